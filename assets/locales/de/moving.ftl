# Umzug auf einen anderen Server: der Blick voraus und wer mitgekommen ist.
moving-check = Erst prüfen, ob es klappt
moving-checked = Umzug zu { $account }
moving-fine = Gut:
moving-mind = Beachte:
moving-stops = Im Weg:
moving-can = Nichts steht im Weg. Gib unten dein Passwort ein, wenn du so weit bist.
moving-cannot = So geht es noch nicht. Räum aus dem Weg, was im Weg ist, und prüfe noch einmal.
moving-named = Das neue Konto nennt { $handle } als seinen Alias.
moving-not-named = Das neue Konto nennt { $handle } nicht als seinen Alias. Melde dich dort an und füge ihn zuerst hinzu.
moving-moved-on = Das neue Konto ist selbst weitergezogen, zu { $target }. Zieh stattdessen dorthin.
moving-suspended = Das neue Konto ist auf seinem Server gesperrt.
moving-blocked = Du blockierst hier das neue Konto oder seinen Server.
moving-locked = Das neue Konto bestätigt Follower: Alle, die kommen, müssen dort eingelassen werden.
moving-open = Dem neuen Konto dürfen alle folgen.
moving-followers = { $count ->
    [one] { $count } Follower wird gebeten mitzukommen,
   *[other] { $count } Follower werden gebeten mitzukommen,
 } auf { $servers ->
    [one] { $servers } Server.
   *[other] { $servers } Servern.
 }
moving-down = { $count ->
    [one] { $count } dieser Server ist gerade nicht erreichbar; er wird tagelang weiter versucht: { $names }
   *[other] { $count } dieser Server sind gerade nicht erreichbar; sie werden tagelang weiter versucht: { $names }
 }
moving-deaf = { $count ->
    [one] Auf { $count } dieser Server läuft etwas, das Umzügen nicht folgt; wer dort ist, muss von Hand folgen: { $names }
   *[other] Auf { $count } dieser Server läuft etwas, das Umzügen nicht folgt; wer dort ist, muss von Hand folgen: { $names }
 }
moving-lately = Du bist vor Kurzem umgezogen oder zurückgekehrt: { $when }. Viele Server beachten nur einen Umzug pro Woche.
moving-arrived = Follower, seit du einen Alias hinzugefügt hast ({ $since }): { $count }.
moving-lead-on = Besucher meines alten Profils zum neuen führen
moving-lead-on-hint = Nur Browser: Andere Server lesen weiterhin das alte Profil, und jeder alte Beitrag bleibt unter seiner Adresse.
moving-save = Speichern
moving-report = Wer mitgekommen ist
moving-report-hint = Wer dem neuen Konto folgt oder hier aufgehört hat zu folgen, ist umgezogen. Manche Server sagen es nie; sieh in der Follower-Liste des neuen Kontos nach, um mehr zu erfahren. Zu früh noch einmal gesendet, wird es nicht gehört: Viele Server beachten nur einen Umzug pro Woche.
moving-sum-moved = Umgezogen
moving-sum-told = Ihr Server hat die Nachricht angenommen; seither nichts gehört
moving-sum-waiting = Ihr Server wird noch versucht
moving-sum-failed = Nicht zu benachrichtigen
moving-sum-gone = Ihr Konto gibt es nicht mehr
moving-look = Nachsehen, wer dort jetzt folgt
moving-again = Noch einmal senden
moving-left = Noch nicht umgezogen
moving-is-told = benachrichtigt
moving-is-waiting = wird noch versucht
moving-is-failed = nicht zu benachrichtigen
moving-is-gone = Konto nicht mehr da
