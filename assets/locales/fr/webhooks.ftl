# Addresses that are told what happens here.
webhooks-title = Webhooks
webhooks-about = Un programme à vous est prévenu quand quelque chose se passe
webhooks-hint = Chaque adresse reçoit un POST avec du JSON : un événement, son heure, et le message ou la notification comme dans l’API de Mastodon. L’en-tête X-Hub-Signature est le HMAC-SHA256 du corps avec le secret. Les messages directs en font partie.
webhooks-none = Personne n’est encore prévenu de rien.
webhooks-add = Ajouter un webhook
webhooks-url = Adresse
webhooks-of-what = Ce qui lui est annoncé
webhooks-posts = mes messages
webhooks-notifications = notifications
webhooks-secret = Secret
webhooks-test = Envoyer un test
webhooks-remove = Supprimer
webhooks-sent = Le test est parti. Rechargez cette page pour voir s’il a été accepté.
webhooks-taken = Dernier envoi accepté : { $when }
webhooks-not-taken = Rien n’a encore été accepté.
webhooks-failed = Échec ({ $when }) : { $why }
