# What the owner hears of, who is held back, and reports about the owner.
notifications-title = Notifications
notifications-none = Tout est calme.
notifications-none-here = Rien de ce genre.
notifications-tabs = Ce qu’il faut afficher
notifications-tab-all = Tout
notifications-tab-mentions = Mentions
notifications-tab-follows = Abonnements
notifications-tab-favourites = Favoris
notifications-tab-boosts = Partages
notifications-tab-posts = Messages
notifications-tab-polls = Sondages
notifications-tab-edits = Modifications
notifications-tab-reports = Signalements
notifications-others = et { $count ->
    [one] { $count } autre
   *[other] { $count } autres
 }
notifications-who-favourited = Qui a mis votre message en favori
notifications-who-boosted = Qui a partagé votre message
notifications-who-follows = Qui vous suit
notifications-back = Retour aux notifications
notifications-read-all = Tout marquer comme lu
notifications-clear = Tout effacer
notifications-clear-ask = Effacer toutes les notifications ?
notifications-clear-hint = Elles disparaissent de cette liste, y compris celles qui sont retenues. Les messages restent.
notifications-clear-do = Effacer
notifications-clear-keep = Les garder
notifications-read-report = Le lire
notifications-with = avec { $emoji }
notifications-your-picture = Votre image
notifications-poll-own = a posé la question ; le sondage est terminé
notifications-mention = vous a mentionné·e
notifications-status = a publié
notifications-reblog = : partage de votre message
notifications-follow = : désormais parmi vos abonné·e·s
notifications-follow-request = demande à vous suivre
notifications-favourite = : ajout de votre message aux favoris
notifications-update = a modifié un message que vous aviez partagé
notifications-poll = a proposé un sondage qui est maintenant terminé
notifications-quote = a cité votre message
notifications-report = a envoyé un signalement à votre sujet
notifications-quoted-update = a modifié un message que vous aviez cité
notifications-requests-waiting = De personnes que vous ne connaissez peut-être pas
notifications-requests-count = { $count ->
    [one] { $count } demande
   *[other] { $count } demandes
 }
notifications-requests-title = Demandes
notifications-requests-hint = Accepter laisse entrer tout ce que la personne envoie, écarter l’efface d’ici. Qui attend ici, c’est { $link }.
notifications-requests-choose = à vous de le choisir
notifications-requests-none = Personne n’attend.
notifications-requests-mentions = { $count ->
    [one] { $count } mention
   *[other] { $count } mentions
 }
notifications-accept = Accepter
notifications-dismiss = Écarter
notifications-rule-not-following = Personnes que vous ne suivez pas
notifications-rule-not-followers = Personnes qui ne vous suivent pas, ou depuis moins de trois jours
notifications-rule-new-accounts = Comptes de moins de trente jours
notifications-rule-private-mentions = Mentions privées non sollicitées
notifications-rule-bots = Comptes automatisés
notifications-policy-hint = Ce qui est retenu attend parmi les { $link } ; ce qui est ignoré disparaît. Les personnes que vous y avez acceptées passent toujours.
notifications-policy-requests = demandes
notifications-save = Enregistrer
notifications-treatment-accept = Accepter
notifications-treatment-filter = Retenir
notifications-treatment-drop = Ignorer
notifications-reports-title = Signalements à votre sujet
notifications-reports-none = Personne ne vous a signalé·e.
notifications-reports-hint = Quelqu’un, sur un autre serveur, a parlé de vous ou de vos messages à sa modération, qui vous le transmet : personne d’autre ne modère ce serveur. Elle peut vous limiter ou vous bloquer là-bas ; d’ici, rien n’est répondu.
notifications-reports-back = Retour aux paramètres
notifications-reports-from = De { $server }
notifications-reports-unknown = un serveur inconnu
notifications-reports-by = par { $person }
notifications-reports-wordless = Sans un mot.
notifications-reports-about = À propos de
notifications-reports-post = ce message
