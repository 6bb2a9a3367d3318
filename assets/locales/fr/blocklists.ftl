# What holds for whole servers, and lists of such.

blocklists-tab = Listes
blocklists-edit = Modifier
blocklists-rule = Ce qui y vaut
blocklists-suspend = Suspendu : rien n’entre ni ne sort
blocklists-hide = Caché : rien de ce qui en vient n’est affiché
blocklists-silence = En sourdine : seules les personnes que vous suivez sont entendues
blocklists-free = Rien d’autre que ce qui est choisi ci-dessous
blocklists-exception = Jamais bloqué, quoi qu’en dise une liste
blocklists-no-media = Ne récupérer ni afficher ses images, vidéos et sons
blocklists-no-reports = N’accepter aucun signalement de sa part
blocklists-below = Tous ses sous-domaines aussi
blocklists-comment = Note pour vous-même
blocklists-public = Raison donnée à tout le monde
blocklists-published = L’afficher dans la liste publique de vos blocages
blocklists-obfuscate = Y cacher une partie de son nom par des étoiles
blocklists-save = Enregistrer
blocklists-lift = Retirer
blocklists-listed = Vient d’une liste
blocklists-tags-media = sans médias
blocklists-tags-reports = sans signalements
blocklists-name-suspend = suspendu
blocklists-name-hide = caché
blocklists-name-silence = en sourdine
blocklists-name-free = limité
blocklists-name-exception = jamais bloqué
blocklists-today = Nouveaux comptes venus de là aujourd’hui : { $accounts } sur { $most } ; nouveaux messages : { $posts } sur { $all }. Au-delà, rien n’est accepté.
blocklists-drafts = À vous de décider
blocklists-drafts-hint = Des listes veulent bloquer ces serveurs, et vous y perdriez des gens. Rien ne se passe tant que vous n’avez pas décidé.
blocklists-loss = Vous perdriez { $followers ->
    [one] { $followers } abonné·e
   *[other] { $followers } abonné·e·s
 } et { $following ->
    [one] { $following } personne que vous suivez
   *[other] { $following } personnes que vous suivez
 }.
blocklists-accept = Bloquer
blocklists-decline = Ne rien faire
blocklists-file = Importer une liste
blocklists-file-hint = Un fichier CSV de Mastodon, un fichier JSON de GoToSocial, ou un texte avec un serveur par ligne. Vous voyez ce qu’il fera avant qu’il ne fasse quoi que ce soit.
blocklists-file-choose = Fichier
blocklists-file-look = L’examiner
blocklists-waits = Une liste attend
blocklists-waits-count = { $count ->
    [one] { $count } serveur serait bloqué ou limité.
   *[other] { $count } serveurs seraient bloqués ou limités.
 }
blocklists-waits-losses = Avec ceux-ci, vous perdriez des gens. Ils ne sont pas bloqués maintenant ; vous décidez pour chacun.
blocklists-waits-line = { $server } : { $followers ->
    [one] { $followers } abonné·e
   *[other] { $followers } abonné·e·s
 }, { $following ->
    [one] { $following } abonnement
   *[other] { $following } abonnements
 }
blocklists-waits-more = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
 }
blocklists-take = Les bloquer
blocklists-forget = La jeter
blocklists-lists = Vos abonnements à des listes
blocklists-lists-hint = Chacune est lue une fois par jour. Ce qu’elle retire est retiré ici aussi.
blocklists-lists-none = Vous n’êtes abonné·e à aucune liste.
blocklists-url = Adresse d’une liste
blocklists-subscribe = S’abonner
blocklists-unsubscribe = Se désabonner
blocklists-waiting = Lecture en cours.
blocklists-read = { $count ->
    [one] { $count } serveur
   *[other] { $count } serveurs
 }, lecture : { $time }. Laissés de côté : { $skipped }.
blocklists-failed = Elle n’a pas pu être lue : { $why }
blocklists-export = Enregistrer vos blocages dans un fichier
