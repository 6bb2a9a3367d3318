settings-title = Paramètres
settings-back = Retour aux paramètres
settings-save = Enregistrer
settings-saved = Enregistré.
settings-browser = Ce navigateur
settings-sign-out = Se déconnecter

settings-you = Vous
settings-read = Ce que vous lisez
settings-account = Votre compte
settings-house = Ce serveur

settings-profile = Profil
settings-profile-about = Votre nom, vos images et ce que vous dites de vous
settings-appearance = Apparence
settings-appearance-about = Couleurs, taille du texte, fuseau horaire, langue
settings-posting = Publication
settings-posting-about = Comment commence un nouveau message
settings-privacy = Confidentialité
settings-privacy-about = Qui vous trouve, et qui peut vous suivre
settings-emojis = Émojis personnalisés
settings-emojis-about = Vos propres :raccourcis:
settings-notifications = Notifications
settings-notifications-about = De qui les nouvelles passent, et de qui elles attendent
settings-push = Notifications dans les applications
settings-push-about = Les applications prévenues, et un test pour elles
settings-discovery = Hashtags et relais
settings-discovery-about = Ce que vous suivez, et d’où viennent les messages d’inconnus
settings-filters = Filtres
settings-filters-about = Les mots que vous ne voulez pas lire
settings-blocks = Comptes masqués et bloqués
settings-blocks-about = Les personnes et serveurs dont vous ne voulez rien savoir
settings-lists = Listes
settings-lists-about = Certaines des personnes que vous suivez, à part
settings-following = Abonnements
settings-following-about = Qui vous suivez
settings-followers = Abonné·e·s
settings-followers-about = Qui vous suit
settings-reports = Signalements à votre sujet
settings-reports-about = Ce qui a été dit à d’autres serveurs
settings-security = Sécurité
settings-security-about = Navigateurs, applications et mot de passe
settings-apps = Applications
settings-apps-about = Ce que vos applications ont demandé sans l’obtenir
settings-moving = Déménagement
settings-moving-about = Venir ici ou partir ailleurs ; vos autres comptes
settings-deletion = Anciens messages
settings-deletion-about = Laisser partir d’eux-mêmes vos anciens messages
settings-storage = Stockage
settings-storage-about = Où va chaque octet
settings-health = État
settings-health-about = Ce qui attend d’être envoyé, et les serveurs injoignables
settings-policies = Règles et politiques
settings-policies-about = Ce que les visiteurs lisent sur ce lieu
settings-about = À propos de ce serveur
settings-about-about = Version, taille, et ce qu’il parle

settings-profile-words = Profil
settings-profile-name = Nom affiché
settings-profile-note = À propos de vous
settings-profile-bot = Ceci est un compte automatisé
settings-profile-pictures = Images
settings-profile-take-away = Retirer
settings-profile-avatar = Avatar
settings-profile-avatar-hint = Carré, 400 pixels ou plus
settings-profile-header = Bannière
settings-profile-header-hint = Trois fois plus large que haute, 1500 × 500
settings-profile-fields = Liens et informations
settings-profile-fields-hint = Une page est reconnue comme la vôtre quand elle contient un lien vers ici avec rel="me".
settings-profile-label = Intitulé
settings-profile-content = Contenu

settings-privacy-who = Qui vous trouve, qui vous suit
settings-privacy-locked = Approuver chaque demande d’abonnement
settings-privacy-locked-hint = D’ici là, seuls vos messages publics sont visibles.
settings-privacy-discoverable = Laisser les autres découvrir ce profil
settings-privacy-discoverable-hint = Les annuaires et les moteurs de recherche peuvent l’afficher.
settings-privacy-indexable = Laisser les autres serveurs chercher dans vos messages publics
settings-privacy-hide = Masquer qui vous suivez et qui vous suit

settings-storage-full = Le disque est plein. Vous pouvez encore publier du texte ; les fichiers et ce que les autres envoient doivent attendre qu’il y ait de la place.
settings-storage-freed = { $bytes } ont été libérés.
settings-storage-of = { $used } sur { $granted }
settings-storage-rest = Messages et reste de la base de données
settings-storage-media = Vos propres fichiers
settings-storage-cache = Images et vidéos des autres
settings-storage-uploads = Envois en cours
settings-storage-reserve = Réserve, pour que vous puissiez publier même sur un disque plein
settings-storage-snapshots = Copies de la base de données, une par jour
settings-storage-disk = Il y a { $free } de libres sur le disque. Les fichiers des autres peuvent occuper jusqu’à { $limit } et cèdent la place en premier.
settings-storage-for-ever = Parmi les messages des autres, ceux dont vous n’avez rien fait sont gardés aussi.
settings-storage-days = Parmi les messages des autres, ceux dont vous n’avez rien fait disparaissent après { $count ->
    [one] { $count } jour
   *[other] { $count } jours
 }.
settings-storage-sooner = C’est plus tôt que d’habitude, car la base de données est grande.
settings-storage-change = Cela se règle avec { $disk } et { $days } dans { $file }.
settings-storage-forget = Oublier maintenant les images et vidéos des autres
settings-storage-database = La base de données
settings-storage-posts = { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }, dont { $own } de vous.
settings-storage-count = Compter chaque table
settings-storage-prunable = { $count ->
    [one] { $count } message d’autrui a plus de { $days } jours et n’a été touché par personne : environ { $bytes }, qui partira
   *[other] { $count } messages des autres ont plus de { $days } jours et n’ont été touchés par personne : environ { $bytes }, qui partiront
 } dans les prochains jours, ou tout de suite avec { $command }.
settings-storage-prunable-none = Aucun message des autres n’est assez ancien pour partir.
settings-storage-within = { $bytes } dans le fichier sont libres pour de nouveaux messages.

settings-deletion-when = Quand
settings-deletion-hint = Vos messages et partages disparaissent une fois plus anciens que cela, quelques dizaines par heure, ici et sur les serveurs qui les ont. Les messages supprimés ne reviennent pas.
settings-deletion-enabled = Supprimer mes anciens messages
settings-deletion-older = Plus anciens que
settings-deletion-stays = Ce qui reste
settings-deletion-pinned = Messages épinglés
settings-deletion-direct = Messages directs
settings-deletion-liked = Messages que vous avez mis vous-même en favori
settings-deletion-bookmarked = Messages dans vos marque-pages
settings-deletion-polls = Sondages
settings-deletion-media = Messages avec images, vidéos ou son
settings-deletion-likes = Messages ayant au moins ce nombre de favoris
settings-deletion-boosts = Messages ayant au moins ce nombre de partages
settings-deletion-empty = Vide : aucun message ne reste pour cette raison
settings-deletion-some = { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }
settings-deletion-many = { $count } messages ou plus
settings-deletion-go = Selon ces règles, à supprimer maintenant : { $posts }.
settings-deletion-would = Selon ces règles, il y aurait à supprimer maintenant : { $posts }.

settings-emojis-hint = Écrivez le nom entre deux deux-points, et l’image apparaît à cet endroit : dans vos messages, votre nom, votre profil.
settings-emojis-name = Nom
settings-emojis-name-hint = Lettres, chiffres et _ ; un nom qui existe déjà reçoit la nouvelle image
settings-emojis-picture = Image
settings-emojis-picture-hint = PNG, GIF ou WebP, 256 Ko au maximum
settings-emojis-category = Catégorie
settings-emojis-add = Ajouter
settings-emojis-none = Aucun pour l’instant.
settings-emojis-delete = Supprimer

settings-moving-here = Venir ici
settings-moving-here-hint = Indiquez le compte d’où vous venez. Ensuite, connectez-vous là-bas et déménagez vers { $handle } : ses abonné·e·s viennent avec, pas ses messages.
settings-moving-remove = Retirer
settings-moving-alias = Le compte qui est aussi à vous
settings-moving-add = Ajouter un alias
settings-moving-away = Partir ailleurs
settings-moving-moved = Vous habitez maintenant à { $account }. Ce profil l’indique, et vos abonné·e·s ont été invité·e·s à vous suivre là-bas.
settings-moving-back = Revenir habiter ici
settings-moving-away-hint = Le nouveau compte doit d’abord indiquer { $handle } comme alias. Vos abonné·e·s sont invité·e·s à le suivre ; vos messages restent ici, et vous pouvez encore écrire. On peut revenir en arrière, mais cela ne ramène pas les abonné·e·s.
settings-moving-new = Le nouveau compte
settings-moving-password = Votre mot de passe
settings-moving-go = Y emmener mes abonné·e·s
settings-moving-no-password = Partir ailleurs demande votre mot de passe, et vous n’en avez pas : vous vous connectez par des liens.
settings-moving-followers = Abonné·e·s à ce jour : { $count }.
settings-feeds = Flux
settings-feeds-about = Les sites dont vous lisez ici les articles
settings-webmentions = Autres sites
settings-webmentions-about = Ce qu’ils disent de vos messages, et ce que les vôtres leur disent
