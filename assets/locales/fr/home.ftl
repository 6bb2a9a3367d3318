# The owner's home timeline.
home-title = Accueil
home-empty = Rien ici pour l’instant. Suivez quelqu’un, ou écrivez le premier message.
home-new = { $count ->
    [one] { $count } nouveau message
   *[other] { $count } nouveaux messages
 }
