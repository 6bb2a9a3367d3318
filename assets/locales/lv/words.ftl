# Kā izskatās skaitļi un datumi un ko lieto vārdu pārbaudes.
number-separator = nbsp
words-test = { $who } devās uz { $where } { $count ->
    [zero] { $count } reižu
    [one] { $count } reizi
   *[other] { $count } reizes
 }.
