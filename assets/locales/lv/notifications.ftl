# Ko uzzina īpašnieks, kas tiek aizturēts, un ziņojumi par īpašnieku.
notifications-title = Paziņojumi
notifications-none = Viss ir mierīgi.
notifications-none-here = Nekā tāda nav.
notifications-tabs = Ko rādīt
notifications-tab-all = Visi
notifications-tab-mentions = Pieminējumi
notifications-tab-follows = Sekotāji
notifications-tab-favourites = Izlase
notifications-tab-boosts = Pastiprinājumi
notifications-tab-posts = Ieraksti
notifications-tab-polls = Aptaujas
notifications-tab-edits = Labojumi
notifications-tab-reports = Ziņojumi
notifications-others = un vēl { $count ->
    [zero] { $count } cilvēku
    [one] { $count } cilvēks
   *[other] { $count } cilvēki
 }
notifications-who-favourited = Kas pievienoja izlasei tavu ierakstu
notifications-who-boosted = Kas pastiprināja tavu ierakstu
notifications-who-follows = Kas tev seko
notifications-back = Atpakaļ uz paziņojumiem
notifications-read-all = Atzīmēt visus kā lasītus
notifications-clear = Notīrīt visus
notifications-clear-ask = Notīrīt visus paziņojumus?
notifications-clear-hint = Tie pazudīs no šī saraksta, arī aizturētie. Ieraksti paliks.
notifications-clear-do = Notīrīt
notifications-clear-keep = Paturēt
notifications-read-report = Izlasīt
notifications-with = ar { $emoji }
notifications-your-picture = Tavs attēls
notifications-poll-own = jautāja, un aptauja ir beigusies
notifications-mention = pieminēja tevi
notifications-status = publicēja ierakstu
notifications-reblog = pastiprināja tavu ierakstu
notifications-follow = tev seko
notifications-follow-request = vēlas tev sekot
notifications-favourite = pievienoja izlasei tavu ierakstu
notifications-update = laboja ierakstu, ko tu pastiprināji
notifications-poll = rīkoja aptauju, kas ir beigusies
notifications-quote = citēja tavu ierakstu
notifications-report = atsūtīja ziņojumu par tevi
notifications-quoted-update = laboja ierakstu, ko tu citēji
notifications-requests-waiting = No cilvēkiem, kurus tu varbūt nepazīsti
notifications-requests-count = { $count ->
    [zero] { $count } pieprasījumu
    [one] { $count } pieprasījums
   *[other] { $count } pieprasījumi
 }
notifications-requests-title = Pieprasījumi
notifications-requests-hint = „Pieņemt” ielaiž visu, ko šis cilvēks sūta, „Noraidīt” to aizvāc. Kam šeit jāgaida, { $link }.
notifications-requests-choose = izvēlies tu
notifications-requests-none = Neviens negaida.
notifications-requests-mentions = { $count ->
    [zero] { $count } pieminējumu
    [one] { $count } pieminējums
   *[other] { $count } pieminējumi
 }
notifications-accept = Pieņemt
notifications-dismiss = Noraidīt
notifications-rule-not-following = Cilvēki, kuriem tu neseko
notifications-rule-not-followers = Cilvēki, kas tev neseko vai seko mazāk par trim dienām
notifications-rule-new-accounts = Konti, kas jaunāki par trīsdesmit dienām
notifications-rule-private-mentions = Negaidīti privāti pieminējumi
notifications-rule-bots = Automatizēti konti
notifications-policy-hint = Aizturētais gaida šeit: { $link }; atmestais ir zudis. Tie, ko tu tur pieņem, vienmēr tiek cauri.
notifications-policy-requests = pieprasījumi
notifications-save = Saglabāt
notifications-treatment-accept = Pieņemt
notifications-treatment-filter = Aizturēt
notifications-treatment-drop = Atmest
notifications-reports-title = Ziņojumi par tevi
notifications-reports-none = Neviens par tevi nav ziņojis.
notifications-reports-hint = Kāds citā serverī tā pārraudzītājiem ir ziņojis par tevi vai taviem ierakstiem, un viņi to dara zināmu tev: šo serveri neviens cits nepārrauga. Viņi tevi tur var ierobežot vai bloķēt; no šejienes nekas netiek atbildēts.
notifications-reports-back = Atpakaļ uz iestatījumiem
notifications-reports-from = No { $server }
notifications-reports-unknown = nezināma servera
notifications-reports-by = ziņoja { $person }
notifications-reports-wordless = Bez paskaidrojuma.
notifications-reports-about = Par
notifications-reports-post = šo ierakstu
