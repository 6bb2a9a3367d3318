# Leute rundherum, und wen man nicht sehen möchte.
people-requests = Follower-Anfragen
people-requests-none = Niemand bittet darum, dir zu folgen.
people-following = Folge ich
people-following-none = Du folgst noch niemandem. Such nach einem Namen wie @name@server.
people-followers = Follower
people-followers-none = Dir folgt noch niemand.
people-hidden = Diese Liste ist nicht öffentlich.
people-hidden-hint = Nur du siehst diese Liste.
people-accept = Annehmen
people-reject = Ablehnen
people-remove-follower = Entfernen
people-yours = Nur für deine Augen
people-note = Deine Notiz
people-note-hint = Niemand sonst bekommt sie je zu sehen.
people-note-save = Notiz speichern
people-bell-on = Bei jedem Beitrag benachrichtigen
people-bell-off = Nicht mehr bei jedem Beitrag benachrichtigen
people-languages = Nur Beiträge in diesen Sprachen
people-languages-hint = Kürzel wie en, lv. Leer lassen für alle.
people-languages-save = Sprachen speichern
people-languages-wrong = Das sind keine Sprachkürzel
people-not-followed = Du folgst diesem Konto nicht
people-lists = Listen
people-older = Ältere Beiträge holen
people-older-wait = Ältere Beiträge werden geholt. Sieh gleich noch einmal nach.
people-server = Über { $server }
people-back = Zurück zum Profil
people-unblock = Nicht mehr blockieren
people-unmute = Stummschaltung aufheben
people-blocks = Stummgeschaltet und blockiert
people-blocks-tabs = Was anzuzeigen ist
people-blocks-muted = Stummgeschaltet
people-blocks-blocked = Blockiert
people-blocks-servers = Server
people-blocks-back = Zurück zu den Einstellungen
people-mutes-none = Du hast niemanden stummgeschaltet.
people-blocks-none = Du blockierst niemanden.
people-servers-none = Du blockierst keinen Server.
people-muted-until = bis { $time }
people-muted-forever = für immer
people-server-block = Einen ganzen Server blockieren
people-server-hint = Von den Leuten dort wird nichts mehr angezeigt. Bevor er blockiert wird, siehst du, was es kostet.
people-server-next = Weiter
people-server-ask = { $server } blockieren?
people-server-loss = Du verlierst dort { $followers } und folgst { $following } nicht mehr. Sie kommen nicht zurück, wenn du die Blockierung aufhebst.
people-server-followers = { $count ->
    [one] { $count } Follower
   *[other] { $count } Follower
 }
people-server-people = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
 }
people-server-do = Blockieren
people-server-leave = Lieber nicht
people-mute-for = Für eine Weile stummschalten
people-mute-for-hint = Bis dahin siehst und hörst du nichts von diesem Konto. Danach ist alles wie vorher.
people-mute-save = Stummschalten
people-mute-hour = Eine Stunde
people-mute-day = Ein Tag
people-mute-week = Eine Woche
people-mute-month = Ein Monat
