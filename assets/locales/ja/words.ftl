# How numbers and dates look, and what the tests of the words use.
number-separator = ,
words-test = { $who }は{ $where }に{ $count ->
   *[other] { $count }回
 }行きました。
