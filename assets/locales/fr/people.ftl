# People around the owner, and whom the owner does not want to see.
people-requests = Demandes d’abonnement
people-requests-none = Personne ne demande à vous suivre.
people-following = Abonnements
people-following-none = Vous ne suivez encore personne. Cherchez un nom comme @compte@serveur.
people-followers = Abonné·e·s
people-followers-none = Personne ne vous suit encore.
people-hidden = Cette liste reste privée.
people-hidden-hint = Personne d’autre que vous ne voit cette liste.
people-accept = Accepter
people-reject = Refuser
people-remove-follower = Retirer
people-yours = Pour vos yeux seulement
people-note = Votre note
people-note-hint = Personne d’autre ne la voit jamais.
people-note-save = Enregistrer la note
people-bell-on = M’avertir de chaque message
people-bell-off = Ne plus m’avertir de chaque message
people-languages = Seulement les messages dans ces langues
people-languages-hint = Des codes comme fr, en. Laissez vide pour toutes.
people-languages-save = Enregistrer les langues
people-languages-wrong = Ce ne sont pas des codes de langue
people-not-followed = Vous ne suivez pas ce compte
people-lists = Listes
people-older = Récupérer les anciens messages
people-older-wait = Les anciens messages arrivent. Revenez voir dans un instant.
people-server = À propos de { $server }
people-back = Retour au profil
people-unblock = Débloquer
people-unmute = Ne plus masquer
people-blocks = Comptes masqués et bloqués
people-blocks-tabs = Ce qu’il faut afficher
people-blocks-muted = Masqués
people-blocks-blocked = Bloqués
people-blocks-servers = Serveurs
people-blocks-back = Retour aux paramètres
people-mutes-none = Vous ne masquez personne.
people-blocks-none = Vous ne bloquez personne.
people-servers-none = Vous ne bloquez aucun serveur.
people-muted-until = jusqu’au { $time }
people-muted-forever = pour toujours
people-server-block = Bloquer un serveur entier
people-server-hint = Rien de ce qui vient de là-bas ne sera plus affiché. Avant de confirmer, vous verrez ce que vous perdez.
people-server-next = Suivant
people-server-ask = Bloquer { $server } ?
people-server-loss = Vous perdez là-bas { $followers } et ne suivez plus { $following }. Débloquer le serveur ne les fera pas revenir.
people-server-followers = { $count ->
    [one] { $count } abonné·e
   *[other] { $count } abonné·e·s
 }
people-server-people = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
 }
people-server-do = Bloquer
people-server-leave = Ne rien faire
people-mute-for = Masquer pour un temps
people-mute-for-hint = D’ici là, vous ne voyez rien de ce compte et n’en entendez rien. Ensuite, tout redevient comme avant.
people-mute-save = Masquer
people-mute-hour = Une heure
people-mute-day = Un jour
people-mute-week = Une semaine
people-mute-month = Un mois
