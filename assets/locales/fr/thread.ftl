# A post on its own page.
thread-title = Message de { $who }
thread-of-day = Message du { $date }
thread-looking = D’autres réponses sont en cours de recherche.
thread-look = Revérifier
thread-above-missing = Ce message répond à un autre qui n’est pas affiché ici.
thread-jump = Aller au message
thread-asked = Ce message attend l’accord de l’auteur de celui auquel il répond : personne d’autre ne l’a encore.
thread-refused = L’auteur du message auquel celui-ci répond n’en a pas voulu : personne d’autre ne l’a.
thread-some = Réponses : { $here } sur { $all } ; les autres n’ont pas pu être obtenues.
thread-fetch = Récupérer ce qui manque
thread-all = { $count ->
    [one] { $count } réponse, et c’est tout
   *[other] Les { $count } réponses sont là
 }
thread-replies = Réponses
thread-folded = { $count ->
    [one] { $count } autre réponse
   *[other] { $count } autres réponses
 }
