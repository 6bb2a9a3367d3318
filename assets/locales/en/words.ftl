# How numbers and dates look, and what the tests of the words use.
number-separator = ,
number-decimal = .
number-thousands = { $number } k
number-millions = { $number } M
number-bytes = B KB MB GB TB

## Dates: the names of the months with a space between them.
date-months = January February March April May June July August September October November December
date-months-short = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
date-day = { $day } { $month }
date-day-year = { $day } { $month } { $year }
date-exact = { $day } { $month } { $year }, { $time } { $zone }
# With the name of the month in full.
date-full = { $day } { $month } { $year }
date-month-year = { $month } { $year }

words-test = { $who } went { $where } { $count ->
    [one] once
   *[other] { $count } times
 }.
