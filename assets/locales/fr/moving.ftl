# Moving to another server: the look ahead, and who came along.
moving-check = Vérifier d’abord si c’est possible
moving-checked = Déménagement vers { $account }
moving-fine = En ordre :
moving-mind = À noter :
moving-stops = À régler :
moving-can = Rien ne s’y oppose. Saisissez votre mot de passe ci-dessous quand vous êtes prêt·e.
moving-cannot = Ce n’est pas encore possible ainsi. Réglez ce qui bloque, puis vérifiez à nouveau.
moving-named = Le nouveau compte indique { $handle } comme alias.
moving-not-named = Le nouveau compte n’indique pas { $handle } comme alias. Connectez-vous là-bas et ajoutez-le d’abord.
moving-moved-on = Le nouveau compte a lui-même déménagé, vers { $target }. Allez plutôt là.
moving-suspended = Le nouveau compte est suspendu sur son serveur.
moving-blocked = Vous bloquez ici le nouveau compte ou son serveur.
moving-locked = Le nouveau compte approuve ses abonnements : chaque personne qui vous suit devra y être acceptée.
moving-open = Tout le monde peut suivre le nouveau compte.
moving-followers = { $count ->
    [one] { $count } abonné·e
   *[other] { $count } abonné·e·s
 } sur { $servers ->
    [one] { $servers } serveur
   *[other] { $servers } serveurs
 } : l’invitation à vous suivre là-bas leur sera envoyée.
moving-down = { $count ->
    [one] { $count } de ces serveurs est injoignable en ce moment ; les essais continuent pendant des jours : { $names }
   *[other] { $count } de ces serveurs sont injoignables en ce moment ; les essais continuent pendant des jours : { $names }
 }
moving-deaf = { $count ->
    [one] { $count } de ces serveurs utilise un logiciel qui ne suit pas les déménagements ; les personnes qui y sont devront vous suivre à la main : { $names }
   *[other] { $count } de ces serveurs utilisent un logiciel qui ne suit pas les déménagements ; les personnes qui y sont devront vous suivre à la main : { $names }
 }
moving-lately = Dernier déménagement ou retour : { $when }. Beaucoup de serveurs n’acceptent qu’un déménagement par semaine.
moving-arrived = Nouveaux abonnements depuis l’ajout d’un alias ({ $since }) : { $count }.
moving-lead-on = Mener les visiteurs de mon ancien profil au nouveau
moving-lead-on-hint = Les navigateurs seulement : les autres serveurs lisent toujours l’ancien profil, et chaque ancien message reste à son adresse.
moving-save = Enregistrer
moving-report = Qui est venu
moving-report-hint = Qui suit le nouveau compte, ou a cessé de vous suivre ici, est venu. Certains serveurs ne le disent jamais ; la liste des abonné·e·s du nouveau compte en dit plus. Renvoyée trop tôt, l’annonce n’est pas entendue : beaucoup de serveurs n’acceptent qu’un déménagement par semaine.
moving-sum-moved = Venus
moving-sum-told = Leur serveur a reçu la nouvelle ; aucun signe depuis
moving-sum-waiting = Leur serveur est encore contacté
moving-sum-failed = N’ont pas pu être avertis
moving-sum-gone = Leur compte n’existe plus
moving-look = Voir qui suit là-bas maintenant
moving-again = Renvoyer l’annonce
moving-left = Pas encore venus
moving-is-told = averti
moving-is-waiting = essais en cours
moving-is-failed = n’a pas pu être averti
moving-is-gone = compte disparu
