# How numbers and dates look, and what the tests of the words use.
number-separator = nbsp
number-decimal = ,
number-thousands = { $number } mil
number-millions = { $number } mi
number-bytes = B KB MB GB TB

## Dates: the names of the months with a space between them.
date-months = janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
date-months-short = jan fev mar abr mai jun jul ago set out nov dez
date-day = { $day ->
    [one] 1º de { $month }
   *[other] { $day } de { $month }
 }
date-day-year = { $day ->
    [one] 1º de { $month } de { $year }
   *[other] { $day } de { $month } de { $year }
 }
date-exact = { $day ->
    [one] 1º de { $month } de { $year }, { $time } { $zone }
   *[other] { $day } de { $month } de { $year }, { $time } { $zone }
 }
# With the name of the month in full.
date-full = { $day ->
    [one] 1º de { $month } de { $year }
   *[other] { $day } de { $month } de { $year }
 }
date-month-year = { $month } de { $year }

words-test = { $who } foi { $where } { $count ->
    [one] { $count } vez
   *[other] { $count } vezes
 }.
