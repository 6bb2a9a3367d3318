# Welche Wörter einen Beitrag verbergen.
filters-title = Filter
filters-one = Filter
filters-none = Du filterst nichts.
filters-new = Ein neuer Filter
filters-back-settings = Zurück zu den Einstellungen
filters-back = Zurück zu den Filtern
filters-saved = Gespeichert.
filters-save = Speichern
filters-edit = Bearbeiten
filters-delete = Löschen
filters-30-minutes = 30 Minuten
filters-1-hour = 1 Stunde
filters-6-hours = 6 Stunden
filters-12-hours = 12 Stunden
filters-1-day = 1 Tag
filters-1-week = 1 Woche
filters-for-ever = Für immer
filters-ever = für immer
filters-as-it-is = Wie bisher: { $end }
filters-ended = abgelaufen: { $time }
filters-until = bis { $time }
filters-home = Startseite und Listen
filters-notifications = Benachrichtigungen
filters-public = Öffentliche Timelines
filters-threads = Threads
filters-profiles = Profile
filters-warn = Hinter dem Titel einklappen
filters-hide = Ganz ausblenden
filters-blur = Bilder verwischen
filters-within = (auch innerhalb von Wörtern)
filters-posts = { $count ->
    [one] { $count } einzelner Beitrag
   *[other] { $count } einzelne Beiträge
 }
filters-name = Titel
filters-words = Wörter
filters-words-hint = Wörter oder Wendungen, je Zeile eine
filters-each = Die vorhandenen Wörter lassen, wie sie sind
filters-each-hint = Einige sind ganze Wörter, andere nicht; das nächste Kästchen gilt für neue.
filters-whole = Nur ganze Wörter
filters-what = Was mit solchen Beiträgen geschieht
filters-where = Wo
filters-how-long = Wie lange
