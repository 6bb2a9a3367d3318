# How numbers and dates look, and what the tests of the words use.
number-separator = nbsp
words-test = { $who } fue { $where } { $count ->
    [one] una vez
   *[other] { $count } veces
 }.
