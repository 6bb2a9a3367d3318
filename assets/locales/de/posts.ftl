# Was man mit einem Beitrag macht, den es schon gibt.

posts-delete-title = Beitrag löschen
posts-delete-question = Diesen Beitrag löschen?
posts-delete-explained = Hier verschwindet er sofort, und andere Server werden gebeten, ihn ebenfalls zu löschen. Niemand kann ihn zurückholen.
posts-delete = Löschen
posts-keep = Behalten
posts-redraft-menu = Löschen und neu erstellen
posts-redraft-title = Beitrag neu erstellen
posts-redraft-question = Diesen Beitrag löschen und neu erstellen?
posts-redraft-explained = Sein Text, seine Bilder und seine Umfrage werden zu einem Entwurf. Der Beitrag verschwindet samt Verbindung zu seinen Antworten, Favorisierungen und Teilungen; andere Server werden gebeten, ihn ebenfalls zu löschen.
posts-redraft = Löschen und neu erstellen
posts-history = Fassungen eines Beitrags
posts-history-of = Alle Fassungen eines Beitrags von { $name }
posts-history-back = Zum Beitrag
posts-version = Fassung { $number }
posts-version-first = Wie zuerst veröffentlicht
posts-version-now = Wie er jetzt ist
posts-no-words = Keine Worte
posts-was-warned = Warnung: { $text }
posts-warning-gone = Die Inhaltswarnung wurde entfernt
posts-now-sensitive = Seine Bilder sind verborgen, bis man sie antippt
posts-not-sensitive = Seine Bilder sind nicht mehr verborgen
posts-media-changed = Andere Bilder, Videos oder Audio: vorher { $before }, jetzt { $now }
posts-poll-changed = Die Umfrage wurde geändert
posts-poll-options = Umfrage: { $options }
