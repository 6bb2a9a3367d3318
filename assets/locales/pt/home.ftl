# The owner's home timeline.
home-title = Página inicial
home-empty = Ainda não há nada aqui. Siga alguém ou escreva a primeira publicação.
home-new = { $count ->
    [one] { $count } publicação nova
   *[other] { $count } publicações novas
 }
