# Das Feld, in dem Beiträge geschrieben werden, und die Seiten darum herum.

## Das Feld
compose-prompt = Was gibt’s Neues?
compose-your-reply = Deine Antwort
compose-content = Inhalt
compose-warning = Warnung
compose-content-warning = Inhaltswarnung
compose-about-what = Worum geht es?
compose-media = Bilder, Videos, Audio
compose-poll = Umfrage
compose-more = Mehr
compose-visibility = Wer es sehen kann
compose-language = Sprache
compose-publish = Veröffentlichen
compose-reply = Antworten
compose-save = Speichern
compose-anyway = Trotzdem veröffentlichen
compose-preview = Vorschau
compose-save-draft = Als Entwurf speichern
compose-saved = Als Entwurf gespeichert
compose-kept-here = Keine Verbindung: in diesem Browser gespeichert
compose-left = Noch { $count } Zeichen

## Bilder
compose-alt = Bildbeschreibung
compose-alt-hint = Was zu sehen ist, für alle, die es nicht sehen können
compose-keep = Behalten
compose-file = Bild, Video oder Audio
compose-sensitive = Bilder verbergen, bis man sie antippt
compose-focus = Was zu sehen bleibt
compose-focus-hint = Wird ein Bild passend zugeschnitten, bleibt dieser Teil erhalten.
compose-focus-exact = Der Punkt, den du angetippt hast
compose-top-left = Oben links
compose-top = Oben
compose-top-right = Oben rechts
compose-left-side = Links
compose-middle = Mitte
compose-right-side = Rechts
compose-bottom-left = Unten links
compose-bottom = Unten
compose-bottom-right = Unten rechts

## Format, Zitate, Threads, Zeit
compose-format = Format
compose-plain = Einfacher Text
compose-markdown = Markdown
compose-quote-policy = Wer es zitieren darf
compose-quote-public = Alle
compose-quote-followers = Follower
compose-quote-nobody = Niemand
compose-reply-policy = Wer antworten darf
compose-replies-everybody = Alle
compose-replies-followers = Meine Follower und wen ich erwähne
compose-replies-followed = Leute, denen ich folge, und wen ich erwähne
compose-replies-mentioned = Nur, wen ich erwähne
compose-thread = Als Thread
compose-thread-hint = Eine Zeile aus drei Bindestrichen, ---, beginnt den nächsten Beitrag.
compose-at = Später veröffentlichen, um
compose-at-hint = Leer lassen, um jetzt zu veröffentlichen.
compose-utc = (UTC)

## Umfrage
compose-minutes-5 = 5 Minuten
compose-minutes-30 = 30 Minuten
compose-hours-1 = 1 Stunde
compose-hours-6 = 6 Stunden
compose-days-1 = 1 Tag
compose-days-3 = 3 Tage
compose-days-7 = 7 Tage
compose-choose = Auswählen
compose-vote = Abstimmen
compose-your-vote = (deine Stimme)
compose-voters = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
 }
compose-votes = { $count ->
    [one] { $count } Stimme
   *[other] { $count } Stimmen
 }
compose-ended = beendet: { $time }
compose-ends = endet am { $time }
compose-option = { $number }. Auswahl
compose-runs-for = Laufzeit
compose-as-before = so lange wie vorgesehen
compose-multiple = Mehrfachauswahl erlauben
compose-poll-hint = Geänderte Antworten beginnen ohne Stimmen; ganz ohne Antworten verschwindet die Umfrage.

## Die Seite
compose-title = Schreiben
compose-title-reply = Antworten
compose-title-quote = Zitieren
compose-title-edit = Beitrag bearbeiten
compose-hint = Nenne Leute als @name@server und Themen als #hashtag; eine leere Zeile beginnt einen Absatz.
compose-to-drafts = Entwürfe
compose-to-scheduled = Geplante Beiträge
compose-to-defaults = Voreinstellungen

## Entwürfe
compose-drafts = Entwürfe
compose-no-drafts = Keine Entwürfe. Was du zu schreiben beginnst und nicht veröffentlichst, bleibt hier.
compose-open = Öffnen
compose-throw-away = Verwerfen
compose-no-words = (noch keine Worte)
compose-media-count = Bilder, Videos oder Audio: { $count }
compose-changed = Geändert: { $time }

## Geplante Beiträge
compose-scheduled = Geplante Beiträge
compose-no-scheduled = Nichts wartet auf seine Zeit.
compose-goes-out = Erscheint am { $time }
compose-move = Zeit ändern
compose-edit = Bearbeiten
compose-delete = Löschen
compose-new-time = Neue Zeit
compose-refused-before = Seine Zeit ist gekommen, aber er konnte nicht veröffentlicht werden. Bearbeite ihn, um zu sehen, warum.

## Voreinstellungen für Beiträge
compose-defaults = Voreinstellungen für Beiträge
compose-defaults-saved = Gespeichert.
compose-seen-by = Sichtbarkeit
compose-written-in = Sprache
compose-formatting = Formatierung
compose-alt-reminder = Nachfragen, bevor ein Bild ohne Bildbeschreibung veröffentlicht wird
