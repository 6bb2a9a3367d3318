# The owner's home timeline.
home-title = Inicio
home-empty = Aún no hay nada aquí. Sigue a alguien o escribe la primera publicación.
home-new = { $count ->
    [one] { $count } publicación nueva
   *[other] { $count } publicaciones nuevas
 }
