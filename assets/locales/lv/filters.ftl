# Kuri vārdi paslēpj ierakstu.
filters-title = Filtri
filters-one = Filtrs
filters-none = Tu neko nefiltrē.
filters-new = Jauns filtrs
filters-back-settings = Atpakaļ uz iestatījumiem
filters-back = Atpakaļ uz filtriem
filters-saved = Saglabāts.
filters-save = Saglabāt
filters-edit = Labot
filters-delete = Dzēst
filters-30-minutes = 30 minūtes
filters-1-hour = 1 stundu
filters-6-hours = 6 stundas
filters-12-hours = 12 stundas
filters-1-day = 1 dienu
filters-1-week = 1 nedēļu
filters-for-ever = Uz visiem laikiem
filters-ever = uz visiem laikiem
filters-as-it-is = Kā līdz šim: { $end }
filters-ended = beidzies: { $time }
filters-until = līdz { $time }
filters-home = Sākums un saraksti
filters-notifications = Paziņojumi
filters-public = Publiskās laika līnijas
filters-threads = Pavedieni
filters-profiles = Profili
filters-warn = Paslēpt aiz nosaukuma
filters-hide = Paslēpt pavisam
filters-blur = Aizmiglot attēlus
filters-within = (arī vārdu vidū)
filters-posts = { $count ->
    [zero] { $count } atsevišķu ierakstu
    [one] { $count } atsevišķs ieraksts
   *[other] { $count } atsevišķi ieraksti
 }
filters-name = Nosaukums
filters-words = Vārdi
filters-words-hint = Vārdi vai frāzes, katrs savā rindā
filters-each = Esošos vārdus atstāt tādus, kādi tie ir
filters-each-hint = Daži ir veseli vārdi, daži nav; nākamā izvēle attiecas uz jaunajiem.
filters-whole = Tikai veseli vārdi
filters-what = Kas notiek ar šādiem ierakstiem
filters-where = Kur
filters-how-long = Cik ilgi
