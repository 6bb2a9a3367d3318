# How numbers and dates look, and what the tests of the words use.
number-separator = nbsp
number-decimal = ,
number-thousands = { $number } k
number-millions = { $number } M
number-bytes = o Ko Mo Go To

## Dates: the names of the months with a space between them.
date-months = janvier février mars avril mai juin juillet août septembre octobre novembre décembre
date-months-short = janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.
date-day = { $day ->
    [1] 1er
   *[other] { $day }
 } { $month }
date-day-year = { $day ->
    [1] 1er
   *[other] { $day }
 } { $month } { $year }
date-exact = { $day ->
    [1] 1er
   *[other] { $day }
 } { $month } { $year } à { $time } { $zone }
# With the name of the month in full.
date-full = { $day ->
    [1] 1er
   *[other] { $day }
 } { $month } { $year }
date-month-year = { $month } { $year }

words-test = { $who } est allé { $where } { $count ->
    [one] une fois
   *[other] { $count } fois
 }.
