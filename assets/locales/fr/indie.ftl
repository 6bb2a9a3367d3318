# The IndieWeb: feeds, webmentions, IndieAuth.


indie-feeds-title = Flux
indie-feeds-lead = Les blogs, les actualités et les podcasts apparaissent dans votre fil d’accueil comme des personnes. Là-bas, personne n’en sait rien.
indie-feeds-address = Adresse d’un site ou d’un flux
indie-feeds-address-hint = example.org, ou l’adresse de son flux RSS, Atom ou JSON.
indie-feeds-follow = Suivre ce flux
indie-feeds-followed = Flux que vous suivez
indie-feeds-none = Vous ne suivez encore aucun flux.
indie-feeds-last = Dernière visite : { $when }.
indie-feeds-never = Pas encore visité.
indie-feeds-next = Prochaine visite : { $time }.
indie-feeds-stopped = Il n’est plus visité.
indie-feeds-look = Visiter maintenant
indie-feeds-remove = Retirer
indie-feeds-nothing = Aucun flux n’a été trouvé à cette adresse. Regardez si le site en a un, et collez son adresse.
indie-feeds-imported = { $count ->
    [one] { $count } flux a été repris de votre liste.
   *[other] { $count } flux ont été repris de votre liste.
 }
indie-feeds-list-title = Votre liste
indie-feeds-list-hint = D’autres lecteurs acceptent et fournissent des listes de flux sous forme de fichiers OPML.
indie-feeds-export = Télécharger la liste
indie-feeds-file = Une liste d’un autre lecteur
indie-feeds-import = Reprendre cette liste
indie-feeds-back = Retour aux paramètres

indie-mentions-title = Autres sites
indie-mentions-lead = Un site qui renvoie à l’un de vos messages peut le signaler ici (une webmention). C’est vérifié d’abord : la page doit exister et contenir un lien vers vous.
indie-mentions-in = Ce qu’ils disent
indie-mentions-none = Personne n’a encore rien dit.
indie-mentions-out = Ce que vos messages leur ont dit
indie-mentions-sends = Prévenir les pages vers lesquelles pointent vos messages publics
indie-mentions-sends-hint = Seules les pages qui le demandent sont prévenues ; elles ne reçoivent que les deux adresses.
indie-mentions-save = Enregistrer
indie-mentions-saved = Enregistré.
indie-mentions-delete = Supprimer
indie-mentions-block = Bloquer le site
indie-mentions-profile = votre profil
indie-mentions-about = à propos de { $what }
indie-mentions-accepted = acceptée
indie-mentions-refused = refusée
indie-mentions-unreachable = injoignable
indie-mentions-below = Sur d’autres sites
indie-mentions-likes = { $count ->
    [one] { $count } favori :
   *[other] { $count } favoris :
 }
indie-mentions-reposts = { $count ->
    [one] { $count } partage :
   *[other] { $count } partages :
 }
indie-mentions-replied = a répondu sur { $site }
indie-mentions-mentioned = en parle sur { $site }
indie-mentions-liked = a aimé ceci sur { $site }
indie-mentions-reposted = a partagé ceci sur { $site }

indie-auth-title = Se connecter avec votre adresse ?
indie-auth-sign-in = Un site demande qui vous êtes. Connectez-vous d’abord.
indie-auth-asks = { $app } veut savoir si { $address } est bien à vous.
indie-auth-may = Autorisations demandées :
indie-auth-back = Vous retournerez à { $address }. Vous savez mieux que personne si vous en venez à l’instant.
indie-auth-allow = Oui, c’est moi
indie-auth-deny = Non
indie-auth-wrong = Ça n’a pas marché
indie-auth-odd = Le site a fait une demande à laquelle on ne peut pas répondre : { $why }.
indie-auth-return = Retour au site
