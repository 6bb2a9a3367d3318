# Was die Person hört, der dieser Server gehört, wer zurückgehalten wird, und Meldungen über sie.
notifications-title = Benachrichtigungen
notifications-none = Alles ruhig.
notifications-none-here = Nichts dergleichen.
notifications-tabs = Was anzuzeigen ist
notifications-tab-all = Alles
notifications-tab-mentions = Erwähnungen
notifications-tab-follows = Follower
notifications-tab-favourites = Favoriten
notifications-tab-boosts = Geteilt
notifications-tab-posts = Beiträge
notifications-tab-polls = Umfragen
notifications-tab-edits = Bearbeitet
notifications-tab-reports = Meldungen
notifications-others = und { $count ->
    [one] { $count } weiteres Profil
   *[other] { $count } weitere Profile
 }
notifications-who-favourited = Wer deinen Beitrag favorisiert hat
notifications-who-boosted = Wer deinen Beitrag geteilt hat
notifications-who-follows = Wer dir folgt
notifications-back = Zurück zu den Benachrichtigungen
notifications-read-all = Alle als gelesen markieren
notifications-clear = Alle löschen
notifications-clear-ask = Alle Benachrichtigungen löschen?
notifications-clear-hint = Sie verschwinden aus dieser Liste, auch die zurückgehaltenen. Die Beiträge bleiben.
notifications-clear-do = Löschen
notifications-clear-keep = Behalten
notifications-read-report = Lesen
notifications-with = mit { $emoji }
notifications-your-picture = Dein Bild
notifications-poll-own = hat gefragt, und die Umfrage ist beendet
notifications-mention = hat dich erwähnt
notifications-status = hat etwas veröffentlicht
notifications-reblog = – dein Beitrag wurde geteilt
notifications-follow = – neu unter deinen Followern
notifications-follow-request = möchte dir folgen
notifications-favourite = – dein Beitrag wurde favorisiert
notifications-update = hat einen Beitrag bearbeitet, den du geteilt hast
notifications-poll = hatte eine Umfrage, die nun beendet ist
notifications-quote = hat deinen Beitrag zitiert
notifications-report = hat eine Meldung über dich gesendet
notifications-quoted-update = hat einen Beitrag bearbeitet, den du zitiert hast
notifications-requests-waiting = Von Leuten, die du vielleicht nicht kennst
notifications-requests-count = { $count ->
    [one] { $count } Anfrage
   *[other] { $count } Anfragen
 }
notifications-requests-title = Anfragen
notifications-requests-hint = Mit „Annehmen“ kommt alles durch, was sie senden, mit „Verwerfen“ wird es weggeräumt. Wer hier wartet, { $link }.
notifications-requests-choose = entscheidest du
notifications-requests-none = Niemand wartet.
notifications-requests-mentions = { $count ->
    [one] { $count } Erwähnung
   *[other] { $count } Erwähnungen
 }
notifications-accept = Annehmen
notifications-dismiss = Verwerfen
notifications-rule-not-following = Leute, denen du nicht folgst
notifications-rule-not-followers = Leute, die dir nicht oder noch keine drei Tage folgen
notifications-rule-new-accounts = Konten, die jünger als dreißig Tage sind
notifications-rule-private-mentions = Unaufgeforderte private Erwähnungen
notifications-rule-bots = Automatisierte Konten
notifications-policy-hint = Zurückgehaltenes wartet unter { $link }; Verworfenes ist weg. Wer dort einmal angenommen wurde, kommt immer durch.
notifications-policy-requests = Anfragen
notifications-save = Speichern
notifications-treatment-accept = Annehmen
notifications-treatment-filter = Zurückhalten
notifications-treatment-drop = Verwerfen
notifications-reports-title = Meldungen über dich
notifications-reports-none = Niemand hat dich gemeldet.
notifications-reports-hint = Jemand auf einem anderen Server hat dessen Moderation auf dich oder deine Beiträge hingewiesen, und sie sagt es dir: Niemand sonst moderiert diesen Server. Dort kann man dich einschränken oder blockieren; von hier aus wird nichts beantwortet.
notifications-reports-back = Zurück zu den Einstellungen
notifications-reports-from = Von { $server }
notifications-reports-unknown = einem unbekannten Server
notifications-reports-by = durch { $person }
notifications-reports-wordless = Ohne ein Wort.
notifications-reports-about = Über
notifications-reports-post = diesen Beitrag
