# IndieWeb: plūsmas, webmentions, IndieAuth.


indie-feeds-title = Plūsmas
indie-feeds-lead = Blogi, ziņas un raidieraksti parādās tavā sākuma laika līnijā gluži kā cilvēki. Neviens tur par to neuzzina.
indie-feeds-address = Vietnes vai plūsmas adrese
indie-feeds-address-hint = example.org vai tās RSS, Atom vai JSON plūsmas adrese.
indie-feeds-follow = Sekot šai plūsmai
indie-feeds-followed = Plūsmas, kurām tu seko
indie-feeds-none = Tu vēl neseko nevienai plūsmai.
indie-feeds-last = Pārbaudīta: { $when }.
indie-feeds-never = Vēl nav pārbaudīta.
indie-feeds-next = Nākamā pārbaude: { $time }.
indie-feeds-stopped = To vairs neviens nepārbauda.
indie-feeds-look = Pārbaudīt tagad
indie-feeds-remove = Noņemt
indie-feeds-nothing = Šajā adresē plūsma netika atrasta. Paskaties, vai vietnei tāda ir, un ielīmē tās adresi.
indie-feeds-imported = { $count ->
    [zero] No tava saraksta pārņemts { $count } plūsmu.
    [one] No tava saraksta pārņemta { $count } plūsma.
   *[other] No tava saraksta pārņemtas { $count } plūsmas.
 }
indie-feeds-list-title = Tavs saraksts
indie-feeds-list-hint = Citi lasītāji plūsmu sarakstus pieņem un izdod kā OPML failus.
indie-feeds-export = Lejupielādēt sarakstu
indie-feeds-file = Saraksts no cita lasītāja
indie-feeds-import = Pārņemt šo sarakstu
indie-feeds-back = Atpakaļ uz iestatījumiem

indie-mentions-title = Citas vietnes
indie-mentions-lead = Vietne, kurā ir saite uz kādu tavu ierakstu, var par to šeit paziņot (ar webmention). Vispirms tas tiek pārbaudīts: lapai jābūt un tajā jābūt saitei uz tevi.
indie-mentions-in = Ko tās saka
indie-mentions-none = Vēl neviens neko nav teicis.
indie-mentions-out = Ko tām pateica tavi ieraksti
indie-mentions-sends = Paziņot lapām, uz kurām ved saites manos publiskajos ierakstos
indie-mentions-sends-hint = Paziņo tikai tām lapām, kas to lūdz, un tikai abas adreses.
indie-mentions-save = Saglabāt
indie-mentions-saved = Saglabāts.
indie-mentions-delete = Dzēst
indie-mentions-block = Bloķēt vietni
indie-mentions-profile = tavu profilu
indie-mentions-about = par { $what }
indie-mentions-accepted = pieņemts
indie-mentions-refused = noraidīts
indie-mentions-unreachable = nebija sasniedzama
indie-mentions-below = Citās vietnēs
indie-mentions-likes = { $count ->
    [zero] { $count } patikšanas atzīmju:
    [one] { $count } patikšanas atzīme:
   *[other] { $count } patikšanas atzīmes:
 }
indie-mentions-reposts = { $count ->
    [zero] { $count } pārpublicējumu:
    [one] { $count } pārpublicējums:
   *[other] { $count } pārpublicējumi:
 }
indie-mentions-replied = atbildēja vietnē { $site }
indie-mentions-mentioned = piemin šo vietnē { $site }
indie-mentions-liked = atzīmēja, ka patīk, vietnē { $site }
indie-mentions-reposted = pārpublicēja vietnē { $site }

indie-auth-title = Pieteikties ar tavu adresi?
indie-auth-sign-in = Kāda vietne jautā, kas tu esi. Vispirms piesakies.
indie-auth-asks = { $app } vēlas pārliecināties, ka { $address } pieder tev.
indie-auth-may = Tā lūdz atļauju
indie-auth-back = Tu atgriezīsies šeit: { $address }. Tu vislabāk zini, vai tikko nāci no turienes.
indie-auth-allow = Jā, tā ir mana
indie-auth-deny = Nē
indie-auth-wrong = Neizdevās
indie-auth-odd = Vietne jautāja tā, ka atbildēt nav iespējams: { $why }.
indie-auth-return = Atpakaļ uz vietni
