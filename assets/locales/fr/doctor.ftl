doctor-title = Le docteur
doctor-about = Examine votre serveur du dehors, tel que les autres le rencontrent, et ce qu’il conserve.
doctor-never = Le docteur n’est pas encore passé.
doctor-looked = Dernier examen du docteur : { $when }.
doctor-ask = Examiner maintenant
doctor-asked = Le docteur examine votre serveur. Cela prend jusqu’à une minute : rechargez ensuite cette page.
doctor-well = Tout est comme il faut.
doctor-faults = { $count ->
    [one] { $count } problème trouvé.
   *[other] { $count } problèmes trouvés.
 }
doctor-again = Recharger
doctor-news = { $count ->
    [one] Le docteur a trouvé un nouveau problème sur votre serveur
   *[other] Le docteur a trouvé { $count } nouveaux problèmes sur votre serveur
 }
doctor-level-ok = En ordre
doctor-level-note = À savoir
doctor-level-warning = Attention
doctor-level-fault = Problème

doctor-name-permissions = Permissions
doctor-name-disk = Espace disque
doctor-name-speed = Vitesse du disque
doctor-name-schema = Schéma
doctor-name-database = Base de données
doctor-name-account = Compte
doctor-name-server = Serveur
doctor-name-servers = Un seul serveur
doctor-name-queue = Travail en arrière-plan
doctor-name-hosts = Autres serveurs
doctor-name-budget = Budget du disque
doctor-name-backups = Sauvegardes
doctor-name-clock = Horloge
doctor-name-dns = DNS
doctor-name-port = Port
doctor-name-certificate = Certificat
doctor-name-proxy = Proxy
doctor-name-redirect = De http à https
doctor-name-webfinger = Identifiant
doctor-name-apex = Redirection du domaine
doctor-name-actor = Acteur
doctor-name-signatures = Signatures
doctor-name-bodies = Grosses requêtes
doctor-name-uploads = Envoi de fichiers
doctor-name-sockets = WebSockets
doctor-name-events = Flux d’événements

doctor-no-folder = Le dossier { $folder } n’existe pas, ou ne peut pas être ouvert.
doctor-no-folder-fix = Indiquez le bon avec --data, ou lancez cette commande sous l’utilisateur qui fait tourner le serveur.
doctor-permissions-fine = Les clés dans { $folder } ne sont lisibles que par leur propriétaire.
doctor-readable = Tout le monde sur cette machine peut lire les clés dans { $folder }.
doctor-group = Le groupe de { $folder } peut lire les clés qui s’y trouvent.
doctor-readable-fix = Lancez : chmod 700 { $folder }
doctor-foreign = { $file } dans { $folder } appartient à un autre utilisateur que le dossier.
doctor-foreign-fix = Lancez : chown -R { $owner } { $folder }
doctor-unwritable = Rien ne peut être écrit dans { $folder }.
doctor-unwritable-fix = Lancez cette commande sous l’utilisateur qui fait tourner le serveur. Si c’est déjà le cas, donnez-lui le dossier avec chown -R, et vérifiez que le disque n’est pas monté en lecture seule.

doctor-disk-fine = { $free } libres sur { $total }.
doctor-disk-full = Le disque est plein : { $free } libres sur { $total }.
doctor-disk-little = Le disque est presque plein : { $free } libres sur { $total }.
doctor-disk-fix = Faites de la place, ou accordez-en moins à Taure avec disk_mb dans taure.toml. « taure space » montre où vont ses octets.
doctor-speed-fine = Un mégaoctet est en sûreté sur le disque après { $ms } ms.
doctor-speed-slow = Un mégaoctet met { $ms } ms à être en sûreté sur le disque : tout attend après cela.
doctor-speed-fix = Peut-être autre chose occupe-t-il le disque, ou est-ce une carte lente ou un dossier en réseau. Déplacez { $folder } vers un disque plus rapide.
doctor-schema-fine = La base de données a le schéma { $found }, que cette version de Taure utilise.
doctor-schema-newer = La base de données a le schéma { $found }, et Taure { $version } ne connaît que jusqu’au { $known } : une version plus récente l’a écrite.
doctor-schema-newer-fix = Réinstallez la version plus récente. Ou restaurez une copie antérieure : celles du dossier « snapshots » ont le schéma dans leur nom.
doctor-schema-older = La base de données a le schéma { $found }, et Taure { $version } utilise le { $known }.
doctor-schema-older-fix = « taure serve » la met à jour au prochain démarrage.
doctor-database-fine = Toutes les pages et tous les index de la base de données sont intacts ({ $size }).
doctor-database-quick = Toutes les pages de la base de données sont intactes ({ $size }). Avec --deep, ses index sont examinés aussi.
doctor-database-broken = La base de données { $file } est endommagée : { $why }
doctor-database-fix = Arrêtez le serveur et gardez une copie du dossier entier. Restaurez ensuite la dernière sauvegarde avec « taure restore », ou mettez à sa place la copie la plus récente du dossier « snapshots ». Vérifiez aussi le disque : il est peut-être en fin de vie.

doctor-nobody = Personne n’habite encore ici.
doctor-nobody-fix = Créez le compte avec « taure init », ou dans le navigateur avec « taure serve ».
doctor-closed = Le dossier ne peut pas être ouvert : { $why }
doctor-server-fine = Taure { $version } tourne et répond à { $listen }.
doctor-server-silent = Un serveur occupe { $folder } et ne répond pas à { $listen }.
doctor-server-silent-fix = S’il écoute ailleurs, dites où avec --listen. Sinon il est bloqué : lisez son journal et redémarrez-le.
doctor-server-stopped = Aucun serveur ne tourne : personne ne répond à { $listen }. Ce qui en demande un n’a pas été examiné.
doctor-server-stopped-fix = Démarrez-le avec « taure serve ». S’il écoute ailleurs, dites où avec --listen.
doctor-servers = Deux serveurs tournent sur les mêmes données : celui qui répond à { $at } n’est pas celui qui a démarré en dernier.
doctor-servers-fix = Arrêtez l’un des deux sans attendre, car chacun défait le travail de l’autre. Cherchez un second conteneur ou service, ou une copie du dossier sur une ancienne machine à laquelle le nom mène encore.
doctor-queue-fine = Ce qui est à faire est fait.
doctor-queue-stuck = { $count ->
    [one] Une sorte de travail attend depuis { $minutes } minutes, et personne ne s’en charge.
   *[other] { $count } sortes de travail attendent depuis { $minutes } minutes, et personne ne s’en charge.
 }
doctor-queue-fix = Cherchez « a lane stopped » ou « a job failed » dans le journal du serveur, et redémarrez-le.
doctor-hosts-fine = Tous les serveurs à qui vous écrivez sont joignables.
doctor-hosts-down = { $count ->
    [one] Un autre serveur est injoignable.
   *[other] { $count } autres serveurs sont injoignables.
 }
doctor-hosts-fix = Pour quelques-uns, c’est normal. Si c’est la plupart, vérifiez la connexion de cette machine et son DNS.
doctor-budget-fine = { $used } utilisés sur les { $granted } accordés.
doctor-budget-over = { $used } sont utilisés, et seulement { $granted } sont accordés.
doctor-budget-fix = Accordez-en plus avec disk_mb dans taure.toml, ou gardez moins longtemps les messages des autres avec keep_posts_days.
doctor-snapshots-old = { $count ->
    [0] Il n’y a aucune copie nocturne de la base de données.
    [one] La dernière copie nocturne de la base de données date de { $count } jour.
   *[other] La dernière copie nocturne de la base de données date de { $count } jours.
 }
doctor-snapshots-fix = Il n’y a peut-être pas assez de place pour elle : voyez « Budget du disque ». Le journal du serveur le dit chaque nuit.
doctor-backups-fine = { $count ->
    [0] La dernière sauvegarde date d’aujourd’hui.
    [one] La dernière sauvegarde date de { $count } jour.
   *[other] La dernière sauvegarde date de { $count } jours.
 }
doctor-backups-old = { $count ->
    [one] La dernière sauvegarde date de { $count } jour.
   *[other] La dernière sauvegarde date de { $count } jours.
 }
doctor-backups-none = Aucune sauvegarde n’a jamais été faite.
doctor-backups-fix = Faites-en une avec « taure backup FICHIER », et gardez-la sur une autre machine.
doctor-clock-fine = L’horloge est à l’heure, vue des autres serveurs.
doctor-clock-unknown = Aucun autre serveur n’a dit l’heure qu’il est.
doctor-clock-off = L’horloge de cette machine { $side ->
    [behind] retarde
   *[ahead] avance
 } de { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 } : les autres serveurs refusent ce qu’elle signe.
doctor-clock-fix = Laissez le réseau régler l’horloge : lancez « timedatectl set-ntp true », ou démarrez chrony. Dans une machine virtuelle, réglez l’horloge de son hôte.

doctor-dns-fine = { $host } mène à { $addresses }.
doctor-dns-none = Le nom { $host } ne mène nulle part.
doctor-dns-none-fix = Là où le domaine est enregistré, ajoutez pour { $host } un enregistrement A (et un enregistrement AAAA pour IPv6) avec l’adresse de ce serveur. Un nouvel enregistrement peut mettre une heure à devenir visible.
doctor-dns-private = D’ici, { $host } mène à { $addresses }, qui n’est pas sur l’internet public.
doctor-dns-private-fix = À la maison, c’est courant, et la suite a été examinée par ce chemin. Ce que voient les autres doit être vérifié du dehors : demandez à quelqu’un d’ouvrir votre page.
doctor-dns-foreign = Ce qui répond pour { $host } à { $address } n’est pas ce Taure (réponse : { $status }).
doctor-dns-foreign-fix = Si { $address } n’est pas l’adresse de ce serveur, corrigez les enregistrements A et AAAA de { $host }. Si c’est la bonne, le serveur web y sert un autre site : réglez-le pour qu’il transmette { $host } à { $listen } (nginx : proxy_pass http://{ $listen } ; Caddy : reverse_proxy { $listen }).
doctor-dns-elsewhere = { $host } mène à { $addresses }, qui n’est pas une adresse de cette machine.
doctor-dns-elsewhere-fix = Derrière un routeur qui transmet les ports 80 et 443, c’est normal. Sinon, corrigez les enregistrements A et AAAA de { $host }.
doctor-dns-here-fix = Là où le domaine est enregistré, donnez à l’enregistrement A (AAAA pour IPv6) de { $host } l’adresse de cette machine, { $here }. Un enregistrement modifié peut mettre une heure à devenir visible.
doctor-port-fine = Le port { $port } est ouvert.
doctor-port-closed = Le port { $port } de { $address } est fermé.
doctor-port-silent = Le port { $port } de { $address } ne répond pas.
doctor-port-unreachable = { $address } est injoignable au port { $port } : { $why }
doctor-port-six = { $address } est injoignable d’ici : { $why }
doctor-port-fix = Ouvrez le port { $port } dans le pare-feu de cette machine et de son hébergeur (ufw allow { $port }/tcp) ; derrière un routeur domestique, faites-le transmettre à cette machine. Vérifiez ensuite que le proxy, ou Taure lui-même, écoute là. Certains routeurs ne sont pas joignables par leur propre nom de l’intérieur : essayez d’abord depuis un téléphone sans Wi-Fi.
doctor-port-free = Le port { $port } est libre.
doctor-port-taken = { $who ->
    [0] Le port { $port } est occupé.
   *[other] Le port { $port } est occupé par { $who }.
 }
doctor-port-taken-fix = Réglez ce serveur web pour qu’il transmette l’adresse à Taure (nginx : proxy_pass ; Caddy : reverse_proxy), ou arrêtez-le si Taure doit parler https lui-même.
doctor-port-forbidden = Cet utilisateur n’a pas droit au port { $port }.
doctor-port-forbidden-fix = Laissez systemd démarrer le serveur, ou lancez setcap cap_net_bind_service=+ep sur le binaire.
doctor-certificate-fine = { $count ->
    [one] Le certificat est valable encore { $count } jour.
   *[other] Le certificat est valable encore { $count } jours.
 }
doctor-certificate-none = { $address } ne parle pas https pour { $host } : { $why }
doctor-certificate-expired = Le certificat de { $host } à { $address } a expiré il y a { $count ->
    [one] { $count } jour.
   *[other] { $count } jours.
 }
doctor-certificate-soon = Le certificat de { $host } à { $address } expire dans { $count ->
    [one] { $count } jour.
   *[other] { $count } jours.
 }
doctor-certificate-renew = Renouvelez-le, et cherchez pourquoi cela ne s’est pas fait tout seul : avec le https de Taure, le journal le dit ; avec certbot, lancez « certbot renew » ; avec Caddy, « journalctl -u caddy ». Souvent, le port 80 est fermé.
doctor-certificate-foreign = Le certificat n’est pas pour { $host } : { $why }
doctor-certificate-foreign-fix = Réglez le proxy pour qu’il présente un certificat pour { $host } : dans nginx, ajoutez-le à server_name et lancez « certbot --nginx -d { $host } » ; dans Caddy, commencez le bloc par { $host }.
doctor-certificate-unknown = Les autres serveurs ne font pas confiance au certificat de { $host } : { $why }
doctor-certificate-fix = Réglez le proxy pour qu’il présente la chaîne complète d’un certificat reconnu partout, par exemple de Let’s Encrypt (nginx : ssl_certificate fullchain.pem ; Caddy le fait tout seul), ou utilisez le https de Taure.

doctor-ours = { $host } mène à ce Taure.
doctor-proxy-silent = { $address } accepte la connexion pour { $host } et ne répond pas.
doctor-proxy-away = Le proxy à { $address } n’atteint pas Taure (réponse : { $status }).
doctor-proxy-fix = Réglez le proxy pour qu’il transmette { $host } à { $listen } (nginx : proxy_pass http://{ $listen } ; Caddy : reverse_proxy { $listen }), et vérifiez que Taure y écoute.
doctor-proxy-unnamed = Le proxy ne dit pas qui demande : tous les visiteurs semblent n’en faire qu’un, et sont ralentis ensemble.
doctor-proxy-unnamed-fix = Dans nginx, ajoutez : proxy_set_header X-Forwarded-For $remote_addr. Caddy le fait tout seul.
doctor-redirect-fine = http mène à https.
doctor-redirect-closed = Personne ne répond à http://{ $host }.
doctor-redirect-none = http://{ $host } ne mène pas à https.
doctor-redirect-fix = Ouvrez le port 80 et redirigez-le (nginx : return 301 https://$host$request_uri ; Caddy le fait tout seul).
doctor-webfinger-fine = Votre identifiant mène à votre compte.
doctor-webfinger = { $handle } ne mène pas à votre compte : { $why }
doctor-webfinger-fix = Réglez le proxy pour qu’il transmette à Taure tout ce qui se trouve sous /.well-known/. Dans nginx, c’est souvent une « location /.well-known/ » à part qui l’en détourne.
doctor-apex-fine = { $domain } mène à { $host }.
doctor-apex = { $handle } est introuvable, car { $domain } ne renvoie pas à { $host } : { $why }
doctor-host-meta = Certains serveurs demandent /.well-known/host-meta à { $domain } et ne le trouvent pas.
doctor-apex-fix = Réglez { $domain } pour qu’il renvoie /.well-known/webfinger et /.well-known/host-meta vers { $origin }, paramètres compris (nginx : location = /.well-known/webfinger avec return 301 { $origin }$request_uri ; Caddy : redir /.well-known/webfinger { $origin }/.well-known/webfinger avec ses paramètres).
doctor-actor-fine = Les autres serveurs peuvent lire qui vous êtes.
doctor-actor-none = Les autres serveurs ne peuvent pas lire { $actor } : { $why }
doctor-actor-kind = Quand on demande { $actor } comme le fait un serveur, on reçoit { $why }.
doctor-actor-other = À { $actor }, quelqu’un d’autre est décrit : { $why }
doctor-actor-fix = Un cache ou un filtre se trouve entre les deux. Réglez-le pour qu’il transmette l’en-tête Accept et respecte « Vary: Accept », ou pour qu’il ne garde rien de ce site.
doctor-signatures-fine = Les requêtes signées arrivent telles qu’elles ont été envoyées.
doctor-signatures-none = Ce n’est pas Taure qui a répondu à une requête signée : { $why }
doctor-signatures-wrong = Une requête signée est arrivée, mais sa signature ne correspond pas : { $why }
doctor-signatures-fix = Réglez le proxy pour qu’il transmette les requêtes telles quelles : méthode, chemin avec paramètres et tous les en-têtes.
doctor-host-changed = Le proxy change l’en-tête Host : « { $seen } » arrive là où « { $sent } » a été envoyé. Rien de ce que les autres signent ne peut être vérifié.
doctor-host-fix = Dans nginx, ajoutez : proxy_set_header Host $host ; dans Apache : ProxyPreserveHost On. Dans Caddy, retirez « header_up Host ».
doctor-header-lost = Le proxy supprime l’en-tête { $name } : rien de ce que les autres signent ne peut être vérifié.
doctor-header-changed = Le proxy change l’en-tête { $name } : « { $seen } » arrive là où « { $sent } » a été envoyé.
doctor-header-fix = Réglez le proxy pour qu’il transmette { $name } tel quel. Cherchez une liste d’en-têtes autorisés, un pare-feu applicatif, ou proxy_set_header { $name } dans nginx.
doctor-bodies-fine = Une requête de 1 Mio passe.
doctor-bodies-capped = Les requêtes de plus de { $kib } Kio ne passent pas : les gros messages des autres sont perdus, et aucune image ne peut être envoyée.
doctor-uploads-capped = Le proxy refuse les envois de { $wanted } Mo, que Taure accepterait.
doctor-bodies-fix = Réglez le proxy pour qu’il accepte { $wanted } Mo (nginx : client_max_body_size { $wanted }m ; Caddy : request_body max_size { $wanted }MB ; Apache : LimitRequestBody).
doctor-sockets-fine = Les WebSockets passent.
doctor-sockets-none = Les WebSockets ne passent pas ({ $why }) : les applications ne montrent les nouveautés que quand on les rouvre.
doctor-sockets-fix = Dans nginx, ajoutez : proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade". Dans Apache, activez proxy_wstunnel. Caddy le fait tout seul.
doctor-events-fine = Les événements arrivent aussitôt.
doctor-events-held = Le proxy accumule les événements au lieu de les transmettre : les applications et les pages ouvertes apprennent trop tard ce qui est nouveau.
doctor-events-none = Les événements ne passent pas : { $why }
doctor-events-fix = Dans nginx, ajoutez : proxy_buffering off. Dans Caddy, ajoutez à reverse_proxy : flush_interval -1. Dans un cache, laissez text/event-stream de côté, et ne le compressez pas.
