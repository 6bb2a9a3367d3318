# The rooms of the owner: their names, lists, conversations, hashtags, suggestions, other servers.
rooms-nav = Navigation
rooms-home = Accueil
rooms-notifications = Notifications
rooms-write = Écrire
rooms-search = Rechercher et suivre
rooms-profile = Profil
rooms-more = Plus
rooms-new = à voir
rooms-conversations = Conversations
rooms-lists = Listes
rooms-tags = Hashtags
rooms-bookmarks = Marque-pages
rooms-favourites = Favoris
rooms-drafts = Brouillons
rooms-scheduled = Programmés
rooms-follow-requests = Demandes d’abonnement
rooms-settings = Paramètres
rooms-about = À propos
rooms-privacy = Confidentialité
rooms-terms = Conditions
rooms-sign-in = Se connecter
rooms-runs-on = Fonctionne avec Taure
rooms-save = Enregistrer
rooms-edit = Modifier
rooms-delete = Supprimer
rooms-keep = La garder
rooms-marked-none = Rien n’est encore gardé ici.

rooms-lists-none = Pas encore de liste. Une liste montre à part ce qu’écrivent certaines des personnes que vous suivez.
rooms-list-new = Nouvelle liste
rooms-list-name = Nom
rooms-list-replies = Réponses
rooms-list-replies-followed = Aux personnes que vous suivez
rooms-list-replies-list = Aux personnes de la liste
rooms-list-replies-none = Aucune
rooms-list-exclusive = Ne pas montrer ses membres dans l’accueil
rooms-list-exclusive-hint = Leurs messages n’apparaissent que dans cette liste.
rooms-list-apart = Hors de l’accueil
rooms-list-members = Membres
rooms-list-members-of = Membres de { $list }
rooms-list-quiet = Rien ici pour l’instant. Ce que publient les membres de la liste arrivera ici.
rooms-list-edit = Modifier { $list }
rooms-list-back = Retour à la liste
rooms-list-delete = Supprimer { $list } ?
rooms-list-delete-hint = La liste disparaît. Vous suivez toujours toutes les personnes qui s’y trouvent.
rooms-list-find = Trouver une personne que vous suivez
rooms-list-search = Chercher
rooms-list-nobody = Vous ne suivez personne de ce nom.
rooms-list-empty = Il n’y a encore personne dans cette liste.
rooms-list-add = Ajouter
rooms-list-remove = Retirer
rooms-list-first = Créez d’abord une liste

rooms-unsealed = Non chiffré : les serveurs de toutes les personnes présentes peuvent lire.
rooms-not-encrypted = non chiffré
rooms-conversations-none = Aucune conversation. Un message réservé aux personnes mentionnées en commence une.
rooms-conversation-new = Nouvelle
rooms-conversation-picture = Une image
rooms-conversation-self = Une note à vous-même
rooms-conversation-you = Vous :
rooms-conversation-delete = Retirer de la liste
rooms-unread = Non lue
rooms-mark-read = Marquer comme lue
rooms-mark-unread = Marquer comme non lue

rooms-tag-none = Aucun message avec ce hashtag ici.
rooms-tag-name = Un hashtag
rooms-tag-follow = Suivre
rooms-tag-unfollow = Ne plus suivre
rooms-tag-feature = Afficher sur le profil
rooms-tag-unfeature = Retirer du profil
rooms-tag-wrong = Ce n’est pas un hashtag
rooms-tag-posts = { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }
rooms-tags-followed = Suivis
rooms-tags-none = Vous n’en suivez aucun. Ouvrez un hashtag et appuyez sur Suivre, ou indiquez-en un ici.
rooms-tags-featured = Sur le profil
rooms-tags-featured-hint = Les visiteurs les y voient, dix au maximum.
rooms-tags-sources = D’où viennent les messages d’inconnus

rooms-suggestions = Qui vous pourriez suivre
rooms-suggestions-hint = Des personnes que celles que vous suivez partagent, mentionnent ou à qui elles répondent. Personne n’est interrogé pour établir cette liste.
rooms-suggestions-none = Personne pour l’instant. Plus vous suivez de personnes, plus il y en a à découvrir.
rooms-suggestions-more = En voir d’autres
rooms-suggestion-dismiss = Ignorer

rooms-server-ties = Comptes de ce serveur que vous suivez : { $following } ; qui vous suivent : { $followers }.
rooms-server-failing = Il est injoignable depuis { $since }.
rooms-server-failing-more = Tous les serveurs en difficulté
rooms-server-wake = Essayer maintenant
rooms-server-blocked = Vous bloquez ce serveur : rien de ce qui en vient n’est affiché.
rooms-server-look = Voir ses messages publics
rooms-server-block = Bloquer ce serveur
rooms-server-posts = Messages publics
rooms-server-none = Il ne montre aucun message public.

rooms-discovery-title = Hashtags et relais
rooms-discovery-followed = Hashtags suivis
rooms-discovery-none = Vous n’en suivez aucun. Ouvrez un hashtag et appuyez sur Suivre.
rooms-discovery-sources = D’où viennent les messages d’inconnus
rooms-discovery-hint = Le serveur d’une seule personne ne voit que les messages de ceux qu’elle suit. Vous pouvez indiquer ici d’autres sources qui apportent des messages avec les hashtags que vous suivez. Pas plus de trente par minute sont examinés, et rien ne vient tant que vous n’en indiquez aucune.
rooms-discovery-new = Ajouter une source
rooms-discovery-add = Ajouter
rooms-discovery-remove = Retirer
rooms-discovery-name = Nom ou adresse
rooms-discovery-sends = Relais : lui envoyer mes messages publics
rooms-discovery-sends-hint = Pour que des inconnus puissent les trouver sur ses serveurs.
rooms-discovery-everything = Relais : garder tous ses messages
rooms-discovery-everything-hint = Pas seulement ceux avec les hashtags que je suis. Ils remplissent le disque et le fil fédéré.
rooms-discovery-pages = Pages de hashtags d’un serveur
rooms-discovery-pages-hint = Le nom d’un serveur, comme mastodon.social. Ses pages publiques de hashtags sont lues toutes les heures.
rooms-discovery-accounts = Comptes de hashtags d’un serveur
rooms-discovery-accounts-hint = Le nom d’un serveur, comme tags.pub, qui a un compte pour chaque hashtag.
rooms-discovery-relay = Un relais
rooms-discovery-relay-hint = Son adresse : https://relay.example/inbox pour ceux de type Mastodon, https://relay.example/actor pour ceux de type Pleroma.
rooms-discovery-all-posts = tous ses messages
rooms-discovery-gets = reçoit mes messages publics
rooms-discovery-brought = { $count ->
    [one] { $count } message apporté
   *[other] { $count } messages apportés
 }
rooms-discovery-asked = dernière demande : { $when }
rooms-discovery-taken = { $count ->
    [one] { $count } demande acceptée.
   *[other] { $count } demandes acceptées.
 }
rooms-discovery-waiting = { $count } sans réponse pour l’instant.
rooms-discovery-refused = { $count ->
    [one] { $count } refusée.
   *[other] { $count } refusées.
 }
rooms-discovery-trouble = Dernier problème : { $reason }
rooms-back-settings = Retour aux paramètres
