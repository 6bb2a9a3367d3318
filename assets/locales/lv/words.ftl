# Kā izskatās skaitļi un datumi un ko lieto vārdu pārbaudes.
number-separator = nbsp
number-decimal = ,
number-thousands = { $number } tūkst.
number-millions = { $number } milj.
number-bytes = B KB MB GB TB

## Datumi: mēnešu nosaukumi, starp tiem atstarpe. Pilnie ir ģenitīvā, un teikumi tam pieskaņoti.
date-months = janvāra februāra marta aprīļa maija jūnija jūlija augusta septembra oktobra novembra decembra
date-months-short = janv. febr. mar. apr. mai. jūn. jūl. aug. sept. okt. nov. dec.
date-day = { $day }. { $month }
date-day-year = { $year }. g. { $day }. { $month }
date-exact = { $year }. g. { $day }. { $month } plkst. { $time } { $zone }
# Ar pilnu mēneša nosaukumu, ģenitīvā.
date-full = { $year }. gada { $day }. { $month }
date-month-year = { $year }. gada { $month }

words-test = { $who } devās uz { $where } { $count ->
    [zero] { $count } reižu
    [one] { $count } reizi
   *[other] { $count } reizes
 }.
