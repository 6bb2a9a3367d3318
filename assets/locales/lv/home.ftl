# Īpašnieka mājas laika līnija.
home-title = Sākums
home-empty = Te vēl nekā nav. Seko kādam vai uzraksti pirmo ierakstu.
home-new = { $count ->
    [zero] { $count } jaunu ierakstu
    [one] { $count } jauns ieraksts
   *[other] { $count } jauni ieraksti
 }
