health-well = Tout va bien.
health-disk-full = Le disque est plein.
health-late = Des tâches sont en retard de plus d’un quart d’heure.
health-clock = L’horloge de ce serveur est décalée de { $minutes } minutes : les autres serveurs refusent ce qu’il envoie.
health-down = { $count ->
    [one] { $count } serveur est injoignable. Ce qui lui est destiné attend.
   *[other] { $count } serveurs sont injoignables. Ce qui leur est destiné attend.
 }

health-queues = Ce qui attend
health-queues-hint = Le travail fait en arrière-plan. La plupart du temps, il y a peu à voir ici.
health-kind = Type
health-waiting = En attente
health-due = À traiter
health-oldest = Plus ancien
health-in = Ce qui arrive
health-out = Envois
health-fetch = Récupération de contenus
health-card = Aperçus de liens
health-push = Notifications pour les applications
health-poll = Sondages et pages de hashtags
health-schedule = Messages programmés
health-media = Vidéos et sons
health-tidy = Ménage

health-servers = Serveurs en difficulté
health-servers-none = Tous les serveurs à qui vous écrivez sont joignables.
health-servers-all = Tous les serveurs en difficulté

health-posts = Vos derniers messages
health-posts-none = Vous n’avez encore rien publié.
health-to-nobody = Envoyé à personne, ou il y a plus d’un mois
health-delivered = Remis à { $delivered } sur { $total }
health-retrying = { $count } en cours
health-lost = { $count ->
    [one] { $count } abandonné
   *[other] { $count } abandonnés
 }

health-given-up = Abandonnés récemment
health-given-up-none = Rien n’a été abandonné.

health-arrivals = Ces dernières 24 heures
health-arrived = { $count ->
    [one] { $count } activité reçue
   *[other] { $count } activités reçues
 } de { $servers ->
    [one] { $servers } serveur
   *[other] { $servers } serveurs
 }.

health-version = Version
health-build = Compilation
health-build-debug = pour les tests
health-build-release = pour l’usage
health-uptime = En marche depuis
health-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
health-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
 }
health-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
 }
health-database = La base de données
health-files = Vos propres fichiers
health-cache = Images et vidéos des autres
health-free = Libre sur le disque
health-where = Où va chaque octet
health-more = L’état en détail
health-speaks = Ce qu’il parle
health-speaks-activitypub = ActivityPub, avec Mastodon et tous les serveurs du même genre
health-speaks-api = L’API de Mastodon, pour les applications
health-speaks-feeds = RSS, Atom et JSON Feed, pour les lecteurs de flux
health-speaks-nodeinfo = Ce qu’il est, pour les machines : { $link }
health-licence = Logiciel libre
health-licence-words = Vous pouvez le lire, le modifier et le partager, sous la licence { $licence }.

health-apps-hint = Une application qui demande quelque chose que ce serveur n’a pas, ou qu’elle n’a pas le droit d’obtenir, figure ici. Le sujet de sa demande n’est pas conservé.
health-apps-none = Aucune application n’est connectée.
health-apps-revoke = Déconnecter une application
health-calls-well = { $count ->
    [one] { $count } appel réussi
   *[other] { $count } appels réussis
 }
health-calls-unknown = { $count ->
    [one] { $count } adresse inconnue
   *[other] { $count } adresses inconnues
 }
health-calls-refused = { $count ->
    [one] { $count } refusé
   *[other] { $count } refusés
 }
health-unknown = Inconnu ici
health-refused = Refusé

health-trouble = Serveurs en difficulté
health-trouble-hint = Ce qui les attend est retenté pendant sept jours, de plus en plus rarement, et part aussitôt qu’ils donnent signe de vie. À un serveur injoignable depuis un mois, plus rien n’est envoyé d’ici là.
health-next = Suite
health-back = Retour à l’état du serveur
health-down-since = Injoignable depuis { $since }, { $count ->
    [one] { $count } essai
   *[other] { $count } essais
 }
health-waits = { $count } en attente
health-seen = dernier signe de vie : { $when }
health-next-try = prochain essai : { $when }
health-try = Essayer maintenant
health-not-tried = pas encore essayé
health-the-server = le serveur
health-where-went = Où ce message est allé
health-nothing-known = On n’en sait rien : il n’est allé nulle part, ou il y a plus d’un mois.
health-try-all = Tous les réessayer maintenant
health-tries = { $count ->
    [one] { $count } essai, le dernier : { $when }
   *[other] { $count } essais, le dernier : { $when }
 }
health-was-given-up = abandonné
health-is-down = injoignable depuis { $when }
health-to-post = Retour au message
health-delivery = Envoi
health-servers-down = { $count ->
    [one] { $count } serveur injoignable
   *[other] { $count } serveurs injoignables
 }
