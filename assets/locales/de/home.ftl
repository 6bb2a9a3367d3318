# Die Startseite der Person, der dieser Server gehört.
home-title = Startseite
home-empty = Hier ist noch nichts. Folge jemandem oder schreib den ersten Beitrag.
home-new = { $count ->
    [one] { $count } neuer Beitrag
   *[other] { $count } neue Beiträge
 }
