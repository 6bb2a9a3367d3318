# Ein Beitrag auf seiner eigenen Seite.
thread-title = Beitrag von { $who }
thread-of-day = Beitrag vom { $date }
thread-looking = Weitere Antworten werden gesucht.
thread-look = Noch einmal nachsehen
thread-above-missing = Dies antwortet auf einen Beitrag, der hier nicht gezeigt wird.
thread-jump = Zum Beitrag springen
thread-asked = Dies wartet auf die Zustimmung der Person, der es antwortet: Noch hat es niemand sonst.
thread-refused = Die Person, der dies antwortet, wollte es nicht: Niemand sonst hat es.
thread-some = { $here } von { $all ->
    [one] { $all } Antwort;
   *[other] { $all } Antworten;
 } die anderen waren nicht zu bekommen.
thread-fetch = Fehlende holen
thread-all = { $count ->
    [one] { $count } Antwort
   *[other] Alle { $count } Antworten
 }
thread-replies = Antworten
thread-folded = { $count ->
    [one] { $count } weitere Antwort
   *[other] { $count } weitere Antworten
 }
