health-well = Viss ir kārtībā.
health-disk-full = Disks ir pilns.
health-late = Kāds darbs kavējas jau ilgāk nekā ceturtdaļstundu.
health-clock = Šī servera pulkstenis kļūdās par { $minutes ->
    [one] { $minutes } minūti:
   *[other] { $minutes } minūtēm:
 } citi serveri nepieņem tā sūtīto.
health-down = { $count ->
    [zero] Nav sasniedzami { $count } serveru. Tiem domātais gaida.
    [one] Nav sasniedzams { $count } serveris. Tam domātais gaida.
   *[other] Nav sasniedzami { $count } serveri. Tiem domātais gaida.
 }

health-queues = Kas gaida
health-queues-hint = Darbi, kas tiek darīti fonā. Parasti to šeit ir maz.
health-kind = Veids
health-waiting = Gaida
health-due = Laiks klāt
health-oldest = Vecākais
health-in = Ienākušais
health-out = Piegādes
health-fetch = Uzmeklēšana
health-card = Saišu priekšskatījumi
health-push = Paziņojumi lietotnēm
health-poll = Aptaujas un tēmturu lapas
health-schedule = Ieplānotie ieraksti
health-media = Video un skaņas
health-tidy = Sakopšana

health-servers = Serveri ar grūtībām
health-servers-none = Visi serveri, kuriem tu raksti, ir sasniedzami.
health-servers-all = Visi serveri ar grūtībām

health-posts = Tavi pēdējie ieraksti
health-posts-none = Vēl nav neviena ieraksta.
health-to-nobody = Nav sūtīts nevienam vai sūtīts pirms vairāk nekā mēneša
health-delivered = Piegādāts: { $delivered } no { $total }
health-retrying = mēģina vēlreiz: { $count }
health-lost = pamests: { $count }

health-given-up = Nesen pamests
health-given-up-none = Nekas nav pamests.

health-arrivals = Pēdējā diena
health-arrived = { $count ->
    [zero] Saņemts { $count } darbību
    [one] Saņemta { $count } darbība
   *[other] Saņemtas { $count } darbības
 } no { $servers ->
    [one] { $servers } servera.
   *[other] { $servers } serveriem.
 }

health-version = Versija
health-build = Būvējums
health-build-debug = izmēģinājumiem
health-build-release = lietošanai
health-uptime = Darbojas
health-minutes = { $count ->
    [zero] { $count } minūšu
    [one] { $count } minūti
   *[other] { $count } minūtes
 }
health-hours = { $count ->
    [zero] { $count } stundu
    [one] { $count } stundu
   *[other] { $count } stundas
 }
health-days = { $count ->
    [zero] { $count } dienu
    [one] { $count } dienu
   *[other] { $count } dienas
 }
health-database = Datubāze
health-files = Tavi faili
health-cache = Citu cilvēku attēli un video
health-free = Brīvs diskā
health-where = Kur ir katrs baits
health-more = Pilnā aina
health-speaks = Kādās valodās tas runā
health-speaks-activitypub = ActivityPub – ar Mastodon un visiem citiem šādiem serveriem
health-speaks-api = Mastodon API – lietotnēm
health-speaks-feeds = RSS, Atom un JSON Feed – lasītājiem
health-speaks-nodeinfo = Kas tas ir – mašīnām: { $link }
health-licence = Brīva programmatūra
health-licence-words = Tu drīksti to lasīt, mainīt un dot tālāk saskaņā ar licenci { $licence }.

health-apps-hint = Šeit redzamas lietotnes, kas prasīja kaut ko, kā šim serverim nav vai ko tās nedrīkst saņemt. Par ko tās jautāja, netiek glabāts.
health-apps-none = Neviena lietotne nav pieteikusies.
health-apps-revoke = Atvienot lietotni
health-calls-well = { $count ->
    [zero] { $count } izdevušos pieprasījumu
    [one] { $count } izdevies pieprasījums
   *[other] { $count } izdevušies pieprasījumi
 }
health-calls-unknown = { $count ->
    [zero] { $count } nezināmu galapunktu
    [one] { $count } nezināms galapunkts
   *[other] { $count } nezināmi galapunkti
 }
health-calls-refused = { $count ->
    [zero] { $count } noraidītu
    [one] { $count } noraidīts
   *[other] { $count } noraidīti
 }
health-unknown = Šeit nav zināms
health-refused = Noraidīts

health-trouble = Serveri ar grūtībām
health-trouble-hint = Tiem domāto mēģina nosūtīt septiņas dienas, arvien retāk, un nosūta uzreiz, tiklīdz par tiem atkal kas dzirdams. Serverim, kas nav sasniedzams jau mēnesi, līdz tam vairs nekas netiek sūtīts.
health-next = Vēl
health-back = Atpakaļ uz servera veselību
health-down-since = Nav sasniedzams kopš { $since }, { $count ->
    [zero] { $count } mēģinājumu
    [one] { $count } mēģinājums
   *[other] { $count } mēģinājumi
 }
health-waits = gaida: { $count }
health-seen = pēdējoreiz dzirdēts: { $when }
health-next-try = nākamais mēģinājums: { $when }
health-try = Mēģināt tagad
health-not-tried = vēl nav mēģināts
health-the-server = serveris
health-where-went = Kur šis ieraksts nonāca
health-nothing-known = Nekas nav zināms: tas nav sūtīts nevienam vai ir sūtīts pirms vairāk nekā mēneša.
health-try-all = Mēģināt visus vēlreiz
health-tries = { $count ->
    [zero] { $count } mēģinājumu, pēdējais: { $when }
    [one] { $count } mēģinājums, pēdējais: { $when }
   *[other] { $count } mēģinājumi, pēdējais: { $when }
 }
health-was-given-up = pamests
health-is-down = nav sasniedzams kopš { $when }
health-to-post = Atpakaļ uz ierakstu
health-delivery = Piegāde
health-servers-down = { $count ->
    [zero] { $count } nesasniedzamu serveru
    [one] { $count } nesasniedzams serveris
   *[other] { $count } nesasniedzami serveri
 }
