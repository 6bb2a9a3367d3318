# How numbers and dates look, and what the tests of the words use.
number-separator = ,
number-decimal = .
number-thousands = { $number }K
number-millions = { $number }M
number-bytes = B KB MB GB TB

## Dates: the names of the months with a space between them.
date-months = 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月
date-months-short = 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月
date-day = { $month }{ $day }日
date-day-year = { $year }年{ $month }{ $day }日
date-exact = { $year }年{ $month }{ $day }日 { $time } { $zone }
# With the name of the month in full.
date-full = { $year }年{ $month }{ $day }日
date-month-year = { $year }年{ $month }

words-test = { $who }は{ $where }に{ $count ->
   *[other] { $count }回
 }行きました。
