# The box in which posts are written, and the pages around it.

## The box
compose-prompt = Qu’avez-vous en tête ?
compose-your-reply = Votre réponse
compose-content = Contenu :
compose-warning = Avertissement
compose-content-warning = Avertissement de contenu
compose-about-what = De quoi s’agit-il ?
compose-media = Images, vidéos, sons
compose-poll = Sondage
compose-more = Plus
compose-visibility = Qui peut le voir
compose-language = Langue
compose-publish = Publier
compose-reply = Répondre
compose-save = Enregistrer
compose-anyway = Publier quand même
compose-preview = Aperçu
compose-save-draft = Garder en brouillon
compose-saved = Enregistré dans les brouillons
compose-kept-here = Pas de connexion : conservé dans ce navigateur
compose-left = { $count } caractères restants

## Pictures
compose-alt = Texte alternatif
compose-alt-hint = Ce qu’il y a à voir, pour qui ne peut pas le voir
compose-keep = Garder
compose-file = Image, vidéo ou son
compose-sensitive = Masquer les images jusqu’à ce qu’on appuie dessus
compose-focus = Ce qui reste visible
compose-focus-hint = Là où une image est rognée, cette partie est conservée.
compose-focus-exact = Le point que vous avez touché
compose-top-left = En haut à gauche
compose-top = En haut
compose-top-right = En haut à droite
compose-left-side = À gauche
compose-middle = Au milieu
compose-right-side = À droite
compose-bottom-left = En bas à gauche
compose-bottom = En bas
compose-bottom-right = En bas à droite

## Format, quotes, threads, time
compose-format = Écrit en
compose-plain = Texte brut
compose-markdown = Markdown
compose-quote-policy = Qui peut le citer
compose-quote-public = Tout le monde
compose-quote-followers = Abonné·e·s
compose-quote-nobody = Personne
compose-reply-policy = Qui peut répondre
compose-replies-everybody = Tout le monde
compose-replies-followers = Mes abonné·e·s et les personnes que je mentionne
compose-replies-followed = Les personnes que je suis ou que je mentionne
compose-replies-mentioned = Seulement les personnes que je mentionne
compose-thread = En fil
compose-thread-hint = Une ligne de trois tirets, ---, commence le message suivant.
compose-at = Publier plus tard, le
compose-at-hint = Laissez vide pour publier maintenant.
compose-utc = (UTC)

## Poll
compose-minutes-5 = 5 minutes
compose-minutes-30 = 30 minutes
compose-hours-1 = 1 heure
compose-hours-6 = 6 heures
compose-days-1 = 1 jour
compose-days-3 = 3 jours
compose-days-7 = 7 jours
compose-choose = Choisir
compose-vote = Voter
compose-your-vote = (votre vote)
compose-voters = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
 }
compose-votes = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
 }
compose-ended = terminé ({ $time })
compose-ends = se termine le { $time }
compose-option = Choix { $number }
compose-runs-for = Durée
compose-as-before = comme prévu au départ
compose-multiple = Plusieurs choix possibles
compose-poll-hint = Si vous changez les choix, les votes repartent de zéro ; sans aucun choix, le sondage disparaît.

## The page
compose-title = Écrire
compose-title-reply = Répondre
compose-title-quote = Citer
compose-title-edit = Modifier un message
compose-hint = Mentionnez quelqu’un par @compte@serveur et un sujet par #hashtag ; une ligne vide commence un paragraphe.
compose-to-drafts = Brouillons
compose-to-scheduled = Messages programmés
compose-to-defaults = Réglages de publication

## Drafts
compose-drafts = Brouillons
compose-no-drafts = Aucun brouillon. Ce que vous commencez à écrire sans le publier est conservé ici.
compose-open = Ouvrir
compose-throw-away = Jeter
compose-no-words = (encore aucun mot)
compose-media-count = Images, vidéos ou sons : { $count }
compose-changed = Dernière modification : { $time }

## Scheduled posts
compose-scheduled = Messages programmés
compose-no-scheduled = Rien n’attend son heure.
compose-goes-out = Sera publié le { $time }
compose-move = Changer l’heure
compose-edit = Modifier
compose-delete = Supprimer
compose-new-time = Nouvelle heure
compose-refused-before = Son heure est venue, mais il n’a pas pu être publié. Modifiez-le pour savoir pourquoi.

## Posting defaults
compose-defaults = Réglages de publication
compose-defaults-saved = Enregistré.
compose-seen-by = Visible par
compose-written-in = Écrit en
compose-formatting = Mise en forme
compose-alt-reminder = Demander avant de publier une image sans texte alternatif
