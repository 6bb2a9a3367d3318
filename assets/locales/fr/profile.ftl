# A profile, its tabs, and the ways on for visitors.
profile-tabs = Ce qu’il faut afficher
profile-posts = Messages
profile-replies = Réponses
profile-media = Médias
profile-about = À propos
profile-people = Personnes
profile-hashtags = Hashtags
profile-all-posts = Tous les messages
profile-nothing = Rien ici pour l’instant.
profile-posts-of = Messages de { $name }
profile-preview = Messages de { $name } ({ $handle })
profile-avatar-of = Avatar de { $name }
profile-moved = { $name } a déménagé vers { $target }.
profile-more = Plus
profile-edit = Modifier le profil
profile-mention = Mentionner
profile-verified = La page contient un lien vers ce profil
profile-count-posts = { $number } { $count ->
    [one] message
   *[other] messages
 }
profile-count-following = Abonnements : { $number }
profile-count-followers = { $number } { $count ->
    [one] abonné·e
   *[other] abonné·e·s
 }
profile-since = depuis { $date }
profile-about-who = À propos de { $name }
profile-nothing-said = Rien n’est encore dit ici.
profile-here-since = Ici depuis { $date }.
profile-last-post = Dernier message : { $date }.
profile-tag-posts = { $count ->
    [one] { $number } message
   *[other] { $number } messages
 }
profile-feeds = Suivre autrement
profile-embed = Message de { $name }
profile-feed-tag = Messages de { $name } avec { $tag }
profile-feed-covered = Derrière un avertissement : à voir sur sa page
profile-remote-follow = Suivre
profile-remote-follow-who = Suivre { $name }
profile-remote-follow-from = Suivre depuis votre propre serveur
profile-remote-from = Depuis votre propre serveur
profile-remote-act = Répondre, partager ou mettre en favori
profile-remote-reply = Répondre
profile-remote-boost = Partager
profile-remote-favourite = Favori
profile-remote-go = Y aller
profile-remote-address = vous@votre.serveur
profile-remote-hint = Votre adresse dans le Fédivers ; elle n’est pas conservée.
profile-remote-see = Voir le message
profile-remote-on-to = En route vers { $domain }
profile-remote-on-why = Votre propre serveur prend le relais.
profile-remote-continue = Continuer
profile-remote-title = Vers votre serveur
