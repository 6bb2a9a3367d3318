settings-title = Iestatījumi
settings-back = Atpakaļ uz iestatījumiem
settings-save = Saglabāt
settings-saved = Saglabāts.
settings-browser = Šis pārlūks
settings-sign-out = Iziet

settings-you = Tu
settings-read = Ko tu lasi
settings-account = Tavs konts
settings-house = Šis serveris

settings-profile = Profils
settings-profile-about = Tavs vārds, tavi attēli un tas, ko tu par sevi saki
settings-appearance = Izskats
settings-appearance-about = Krāsas, teksta izmērs, laika josla, valoda
settings-posting = Rakstīšana
settings-posting-about = Kā sākas jauns ieraksts
settings-privacy = Privātums
settings-privacy-about = Kas tevi atrod un kas tev drīkst sekot
settings-emojis = Pielāgotās emocijzīmes
settings-emojis-about = Tavi :īskodi:
settings-notifications = Paziņojumi
settings-notifications-about = Kura jaunumi tiek cauri un kura gaida
settings-push = Paziņojumi lietotnēs
settings-push-about = Lietotnes, kurām tiek paziņots, un to izmēģinājums
settings-discovery = Tēmturi un retranslatori
settings-discovery-about = Kam tu seko un no kurienes nāk svešu cilvēku ieraksti
settings-filters = Filtri
settings-filters-about = Vārdi, kurus tu nevēlies lasīt
settings-blocks = Apklusinātie un bloķētie
settings-blocks-about = Cilvēki un serveri, par kuriem tu nevēlies dzirdēt
settings-lists = Saraksti
settings-lists-about = Daži no tiem, kuriem tu seko, atsevišķi
settings-following = Seko
settings-following-about = Kam tu seko
settings-followers = Sekotāji
settings-followers-about = Kas tev seko
settings-reports = Ziņojumi par tevi
settings-reports-about = Kas pateikts citiem serveriem
settings-security = Drošība
settings-security-about = Pārlūki, lietotnes un parole
settings-apps = Lietotnes
settings-apps-about = Ko tavas lietotnes prasīja un nesaņēma
settings-moving = Pārcelšanās
settings-moving-about = Pārcelties šurp vai prom; tavi citi konti
settings-deletion = Vecie ieraksti
settings-deletion-about = Lai vecie ieraksti pazūd paši
settings-storage = Krātuve
settings-storage-about = Kur ir katrs baits
settings-health = Veselība
settings-health-about = Kas gaida nosūtīšanu un kuri serveri nav sasniedzami
settings-policies = Noteikumi un politika
settings-policies-about = Ko apmeklētāji lasa par šo vietu
settings-about = Par šo serveri
settings-about-about = Versija, lielums un valodas, kurās tas runā

settings-profile-words = Profils
settings-profile-name = Parādāmais vārds
settings-profile-note = Par tevi
settings-profile-bot = Šis ir automatizēts konts
settings-profile-pictures = Attēli
settings-profile-take-away = Noņemt
settings-profile-avatar = Profila attēls
settings-profile-avatar-hint = Kvadrātveida, vismaz 400 pikseļu
settings-profile-header = Galvenes attēls
settings-profile-header-hint = Trīsreiz platāks nekā augsts, 1500 × 500
settings-profile-fields = Saites un fakti
settings-profile-fields-hint = Lapa tiek atzīmēta kā tavējā, ja tajā ir saite uz šejieni ar rel="me".
settings-profile-label = Nosaukums
settings-profile-content = Saturs

settings-privacy-who = Kas tevi atrod, kas tev seko
settings-privacy-locked = Apstiprināt katru sekotāju
settings-privacy-locked-hint = Līdz apstiprināšanai viņi redz tikai tavus publiskos ierakstus.
settings-privacy-discoverable = Ļaut citiem atklāt šo profilu
settings-privacy-discoverable-hint = To drīkst rādīt katalogi un meklētāji.
settings-privacy-indexable = Ļaut citiem serveriem meklēt tavos publiskajos ierakstos
settings-privacy-hide = Slēpt, kam tu seko un kas seko tev

settings-storage-full = Disks ir pilns. Tekstu joprojām var publicēt; failiem un tam, ko sūta citi, jāgaida, līdz būs vieta.
settings-storage-freed = Atbrīvots: { $bytes }.
settings-storage-of = { $used } no { $granted }
settings-storage-rest = Ieraksti un viss pārējais datubāzē
settings-storage-media = Tavi faili
settings-storage-cache = Citu cilvēku attēli un video
settings-storage-uploads = Notiekošas augšupielādes
settings-storage-reserve = Ietaupīts, lai tu varētu rakstīt arī tad, kad disks ir pilns
settings-storage-snapshots = Datubāzes kopijas, viena dienā
settings-storage-disk = Diskā ir brīvi { $free }. Citu cilvēku faili var aizņemt līdz { $limit }, un tie atbrīvo vietu pirmie.
settings-storage-for-ever = No citu cilvēku ierakstiem tiek paturēti arī tie, ar kuriem tu neko nedarīji.
settings-storage-days = No citu cilvēku ierakstiem tie, ar kuriem tu neko nedarīji, pazūd pēc { $count ->
    [one] { $count } dienas.
   *[other] { $count } dienām.
 }
settings-storage-sooner = Tas ir agrāk nekā parasti, jo datubāze ir liela.
settings-storage-change = To maina ar { $disk } un { $days } failā { $file }.
settings-storage-forget = Aizmirst citu cilvēku attēlus un video tagad
settings-storage-database = Datubāze
settings-storage-posts = { $count ->
    [zero] { $count } ierakstu,
    [one] { $count } ieraksts,
   *[other] { $count } ieraksti,
 } tavējie no tiem: { $own }.
settings-storage-count = Saskaitīt katru tabulu
settings-storage-prunable = { $count ->
    [zero] { $count } citu cilvēku ierakstu, ko neviens nav aizticis, ir vecāki
    [one] { $count } citu cilvēku ieraksts, ko neviens nav aizticis, ir vecāks
   *[other] { $count } citu cilvēku ieraksti, ko neviens nav aizticis, ir vecāki
 } par { $days ->
    [one] { $days } dienu:
   *[other] { $days } dienām:
 } aptuveni { $bytes }, kas pazudīs tuvākajās dienās vai uzreiz ar { $command }.
settings-storage-prunable-none = Neviens citu cilvēku ieraksts vēl nav tik vecs, lai pazustu.
settings-storage-within = Failā jauniem ierakstiem ir brīvi { $bytes }.

settings-deletion-when = Kad
settings-deletion-hint = Tavi ieraksti un pastiprinājumi pazudīs, tiklīdz būs vecāki par šo, daži desmiti stundā, gan šeit, gan serveros, kuros tie ir. Dzēsti ieraksti neatgriežas.
settings-deletion-enabled = Dzēst manus vecos ierakstus
settings-deletion-older = Vecāki par
settings-deletion-stays = Kas paliek
settings-deletion-pinned = Piespraustie ieraksti
settings-deletion-direct = Privātie pieminējumi
settings-deletion-liked = Ieraksti, kas ir tavā izlasē
settings-deletion-bookmarked = Ieraksti, kas ir tavās grāmatzīmēs
settings-deletion-polls = Aptaujas
settings-deletion-media = Ieraksti ar attēliem, video vai skaņu
settings-deletion-likes = Ieraksti, kas ir vismaz tik izlasēs
settings-deletion-boosts = Ieraksti, kam ir vismaz tik pastiprinājumu
settings-deletion-empty = Tukšs: šā iemesla dēļ neviens ieraksts nepaliek
settings-deletion-some = { $count ->
    [zero] { $count } ierakstu
    [one] { $count } ierakstu
   *[other] { $count } ierakstus
 }
settings-deletion-many = { $count ->
    [zero] { $count } ierakstu vai vairāk
    [one] { $count } ierakstu vai vairāk
   *[other] { $count } ierakstus vai vairāk
 }
settings-deletion-go = Šie noteikumi tagad dzēš { $posts }.
settings-deletion-would = Šie noteikumi tagad dzēstu { $posts }.

settings-emojis-hint = Raksti nosaukumu starp diviem koliem, un tajā vietā būs attēls: tavos ierakstos, tavā vārdā, tavā profilā.
settings-emojis-name = Nosaukums
settings-emojis-name-hint = Burti, cipari un _; nosaukums, kas jau ir, iegūst jauno attēlu
settings-emojis-picture = Attēls
settings-emojis-picture-hint = PNG, GIF vai WebP, ne vairāk kā 256 KB
settings-emojis-category = Kategorija
settings-emojis-add = Pievienot
settings-emojis-none = Vēl nav nevienas.
settings-emojis-delete = Dzēst

settings-moving-here = Pārcelties šurp
settings-moving-here-hint = Nosauc kontu, no kura tu nāc. Tad piesakies tur un pārcelies uz { $handle }: tā sekotāji nāks līdzi, ieraksti – ne.
settings-moving-remove = Noņemt
settings-moving-alias = Konts, kas arī ir tavs
settings-moving-add = Pievienot aizstājvārdu
settings-moving-away = Pārcelties prom
settings-moving-moved = Tu tagad dzīvo citur: { $account }. Šis profils to saka, un tavi sekotāji tika lūgti sekot tev tur.
settings-moving-back = Atkal dzīvot šeit
settings-moving-away-hint = Jaunajam kontam vispirms jānosauc { $handle } par savu aizstājvārdu. Tavi sekotāji tiks lūgti sekot tev tur; tavi ieraksti paliks šeit, un tu joprojām varēsi rakstīt. To var atsaukt, bet sekotāji līdz ar to neatgriezīsies.
settings-moving-new = Jaunais konts
settings-moving-password = Tava parole
settings-moving-go = Pārcelt turp manus sekotājus
settings-moving-no-password = Lai pārceltos prom, vajag tavu paroli, bet tev tās nav: tu piesakies ar saitēm.
settings-moving-followers = Sekotāju skaits tagad: { $count }.
settings-feeds = Plūsmas
settings-feeds-about = Vietnes, kuru rakstus tu lasi šeit
settings-webmentions = Citas vietnes
settings-webmentions-about = Ko tās saka par taviem ierakstiem un ko tām paziņo tavējie
