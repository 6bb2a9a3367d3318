# Wie Zahlen und Daten aussehen, und was die Tests der Wörter benutzen.
number-separator = .
number-decimal = ,
number-thousands = { $number } Tsd.
number-millions = { $number } Mio.
number-bytes = B KB MB GB TB

## Daten: die Namen der Monate, dazwischen ein Leerzeichen.
date-months = Januar Februar März April Mai Juni Juli August September Oktober November Dezember
date-months-short = Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.
date-day = { $day }. { $month }
date-day-year = { $day }. { $month } { $year }
date-exact = { $day }. { $month } { $year }, { $time } { $zone }
# Mit dem vollen Namen des Monats.
date-full = { $day }. { $month } { $year }
date-month-year = { $month } { $year }

words-test = { $who } ging { $count ->
    [one] einmal
   *[other] { $count } Mal
 } nach { $where }.
