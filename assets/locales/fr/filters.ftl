# Which words hide a post.
filters-title = Filtres
filters-one = Filtre
filters-none = Vous ne filtrez rien.
filters-new = Nouveau filtre
filters-back-settings = Retour aux paramètres
filters-back = Retour aux filtres
filters-saved = Enregistré.
filters-save = Enregistrer
filters-edit = Modifier
filters-delete = Supprimer
filters-30-minutes = 30 minutes
filters-1-hour = 1 heure
filters-6-hours = 6 heures
filters-12-hours = 12 heures
filters-1-day = 1 jour
filters-1-week = 1 semaine
filters-for-ever = Pour toujours
filters-ever = pour toujours
filters-as-it-is = Inchangé : { $end }
filters-ended = terminé le { $time }
filters-until = jusqu’au { $time }
filters-home = Accueil et listes
filters-notifications = Notifications
filters-public = Fils publics
filters-threads = Conversations
filters-profiles = Profils
filters-warn = Replier derrière le titre
filters-hide = Masquer complètement
filters-blur = Flouter les images
filters-within = (aussi à l’intérieur des mots)
filters-posts = { $count ->
    [one] { $count } message précis
   *[other] { $count } messages précis
 }
filters-name = Titre
filters-words = Mots
filters-words-hint = Un mot ou une expression par ligne
filters-each = Laisser les mots existants tels quels
filters-each-hint = Certains sont des mots entiers, d’autres non ; la case ci-dessous vaut pour les nouveaux.
filters-whole = Mots entiers seulement
filters-what = Ce qu’il advient de ces messages
filters-where = Où
filters-how-long = Pendant combien de temps
