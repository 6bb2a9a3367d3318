# How numbers and dates look, and what the tests of the words use.
number-separator = nbsp
words-test = { $who } est allé { $where } { $count ->
    [one] une fois
   *[other] { $count } fois
 }.
