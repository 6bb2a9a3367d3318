# Was für ganze Server gilt, und Listen davon.

blocklists-tab = Listen
blocklists-edit = Ändern
blocklists-rule = Was dort gilt
blocklists-suspend = Gesperrt: Nichts geht hinein oder hinaus
blocklists-hide = Ausgeblendet: Nichts von dort wird angezeigt
blocklists-silence = Stummgeschaltet: Nur wem du folgst, ist zu hören
blocklists-free = Nur, was unten ausgewählt ist
blocklists-exception = Nie blockieren, egal was eine Liste sagt
blocklists-no-media = Bilder, Videos und Audio von dort weder holen noch zeigen
blocklists-no-reports = Keine Meldungen von dort annehmen
blocklists-below = Auch alle Server unterhalb dieses Namens
blocklists-comment = Notiz für dich
blocklists-public = Grund, für alle sichtbar
blocklists-published = In der öffentlichen Liste meiner Blockierungen zeigen
blocklists-obfuscate = Den Namen dort mit Sternchen verschleiern
blocklists-save = Speichern
blocklists-lift = Entfernen
blocklists-listed = Aus einer Liste
blocklists-tags-media = keine Medien
blocklists-tags-reports = keine Meldungen
blocklists-name-suspend = gesperrt
blocklists-name-hide = ausgeblendet
blocklists-name-silence = stummgeschaltet
blocklists-name-free = eingeschränkt
blocklists-name-exception = nie blockiert
blocklists-today = Heute von dort: neue Leute { $accounts } von { $most }, neue Beiträge { $posts } von { $all }. Mehr wird nicht angenommen.
blocklists-drafts = Das entscheidest du
blocklists-drafts-hint = Listen möchten diese Server blockiert sehen, und du würdest dort Leute verlieren. Nichts geschieht, bevor du dich entscheidest.
blocklists-loss = Du würdest { $followers } Follower verlieren und { $following ->
    [one] { $following } Person nicht mehr folgen.
   *[other] { $following } Personen nicht mehr folgen.
 }
blocklists-accept = Blockieren
blocklists-decline = Lieber nicht
blocklists-file = Liste aus einer Datei
blocklists-file-hint = Eine CSV-Datei von Mastodon, eine JSON-Datei von GoToSocial oder ein Text mit einem Server in jeder Zeile. Du siehst, was sie bewirkt, bevor sie etwas bewirkt.
blocklists-file-choose = Datei
blocklists-file-look = Ansehen
blocklists-waits = Eine Liste wartet
blocklists-waits-count = { $count ->
    [one] { $count } Server würde blockiert oder eingeschränkt.
   *[other] { $count } Server würden blockiert oder eingeschränkt.
 }
blocklists-waits-losses = Mit diesen würdest du Leute verlieren. Sie werden jetzt nicht blockiert; du entscheidest über jeden einzeln.
blocklists-waits-line = { $server }: { $followers } Follower, du folgst { $following ->
    [one] { $following } Person
   *[other] { $following } Personen
 }
blocklists-waits-more = Und { $count } weitere.
blocklists-take = Alle blockieren
blocklists-forget = Verwerfen
blocklists-lists = Listen, die du abonnierst
blocklists-lists-hint = Jede wird einmal am Tag gelesen. Was sie zurücknimmt, wird auch hier zurückgenommen.
blocklists-lists-none = Du abonnierst keine Liste.
blocklists-url = Adresse einer Liste
blocklists-subscribe = Abonnieren
blocklists-unsubscribe = Abbestellen
blocklists-waiting = Sie wird gerade gelesen.
blocklists-read = { $count } Server, gelesen: { $time }. Ausgelassen: { $skipped }.
blocklists-failed = Sie konnte nicht gelesen werden: { $why }
blocklists-export = Deine Blockierungen als Datei speichern
