# Adressen, die erfahren, was hier geschieht.
webhooks-title = Webhooks
webhooks-about = Ein Programm von dir erfährt, wenn etwas geschieht
webhooks-hint = Jede Adresse bekommt ein POST mit JSON: ein Ereignis, wann es war, und den Beitrag oder die Benachrichtigung wie in der API von Mastodon. Der Header X-Hub-Signature ist der HMAC-SHA256 des Inhalts mit dem Geheimnis. Direkte Beiträge sind dabei.
webhooks-none = Noch bekommt niemand über etwas Bescheid.
webhooks-add = Webhook hinzufügen
webhooks-url = Adresse
webhooks-of-what = Bescheid geben über
webhooks-posts = meine Beiträge
webhooks-notifications = Benachrichtigungen
webhooks-secret = Geheimnis
webhooks-test = Test senden
webhooks-remove = Entfernen
webhooks-sent = Der Test ist unterwegs. Lade diese Seite neu, um zu sehen, ob er angenommen wurde.
webhooks-taken = Zuletzt angenommen: { $when }
webhooks-not-taken = Noch nichts wurde angenommen.
webhooks-failed = Fehlgeschlagen: { $when }, { $why }
