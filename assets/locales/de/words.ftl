# Wie Zahlen und Daten aussehen, und was die Tests der Wörter benutzen.
number-separator = .
words-test = { $who } ging { $count ->
    [one] einmal
   *[other] { $count } Mal
 } nach { $where }.
