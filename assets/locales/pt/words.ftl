# How numbers and dates look, and what the tests of the words use.
number-separator = nbsp
words-test = { $who } foi { $where } { $count ->
    [one] { $count } vez
   *[other] { $count } vezes
 }.
