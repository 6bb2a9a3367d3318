# How numbers and dates look, and what the tests of the words use.
number-separator = nbsp
number-decimal = ,
number-thousands = { $number } mil
number-millions = { $number } M
number-bytes = B KB MB GB TB

## Dates: the names of the months with a space between them.
date-months = enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
date-months-short = ene feb mar abr may jun jul ago sept oct nov dic
date-day = { $day } { $month }
date-day-year = { $day } { $month } { $year }
date-exact = { $day } { $month } { $year }, { $time } { $zone }
# With the name of the month in full.
date-full = { $day } de { $month } de { $year }
date-month-year = { $month } de { $year }

words-test = { $who } fue { $where } { $count ->
    [one] una vez
   *[other] { $count } veces
 }.
