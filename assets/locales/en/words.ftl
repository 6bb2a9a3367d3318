# How numbers and dates look, and what the tests of the words use.
number-separator = ,
words-test = { $who } went { $where } { $count ->
    [one] once
   *[other] { $count } times
 }.
