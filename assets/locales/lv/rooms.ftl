# Īpašnieka istabas: to nosaukumi, saraksti, sarunas, tēmturi, ieteikumi, citi serveri.
rooms-nav = Istabas
rooms-home = Sākums
rooms-notifications = Paziņojumi
rooms-write = Rakstīt
rooms-search = Meklēt un sekot
rooms-profile = Profils
rooms-more = Vairāk
rooms-new = jauni
rooms-conversations = Sarunas
rooms-lists = Saraksti
rooms-tags = Tēmturi
rooms-bookmarks = Grāmatzīmes
rooms-favourites = Izlase
rooms-drafts = Melnraksti
rooms-scheduled = Ieplānotie
rooms-follow-requests = Sekošanas pieprasījumi
rooms-settings = Iestatījumi
rooms-about = Par
rooms-privacy = Privātums
rooms-terms = Noteikumi
rooms-sign-in = Pieteikties
rooms-runs-on = Darbojas ar Tauri
rooms-save = Saglabāt
rooms-edit = Labot
rooms-delete = Dzēst
rooms-keep = Paturēt
rooms-marked-none = Te vēl nekas nav saglabāts.

rooms-lists-none = Sarakstu vēl nav. Saraksts atsevišķi no pārējā rāda, ko raksta daži no tiem, kuriem tu seko.
rooms-list-new = Jauns saraksts
rooms-list-name = Nosaukums
rooms-list-replies = Atbildes
rooms-list-replies-followed = Visiem, kuriem tu seko
rooms-list-replies-list = Saraksta dalībniekiem
rooms-list-replies-none = Nevienam
rooms-list-exclusive = Nerādīt tā dalībniekus sākumā
rooms-list-exclusive-hint = Viņu ieraksti ir tikai šajā sarakstā.
rooms-list-apart = Nav sākumā
rooms-list-members = Dalībnieki
rooms-list-members-of = { $list }: dalībnieki
rooms-list-quiet = Te vēl nekā nav. Šeit nonāk tas, ko publicē saraksta dalībnieki.
rooms-list-edit = Labot sarakstu „{ $list }”
rooms-list-back = Atpakaļ uz sarakstu
rooms-list-delete = Dzēst sarakstu „{ $list }”?
rooms-list-delete-hint = Saraksts pazudīs. Tu joprojām sekosi visiem, kas tajā ir.
rooms-list-find = Atrast kādu, kam tu seko
rooms-list-search = Atrast
rooms-list-nobody = Tu neseko nevienam ar tādu vārdu.
rooms-list-empty = Šajā sarakstā vēl neviena nav.
rooms-list-add = Pievienot
rooms-list-remove = Noņemt
rooms-list-first = Vispirms izveido sarakstu

rooms-unsealed = Nav šifrēts: to var lasīt visu dalībnieku serveri.
rooms-not-encrypted = nav šifrēts
rooms-conversations-none = Sarunu nav. Sarunu sāk ieraksts, kas redzams tikai pieminētajiem.
rooms-conversation-new = Jauna
rooms-conversation-picture = Attēls
rooms-conversation-self = Piezīme sev
rooms-conversation-you = Tu:
rooms-conversation-delete = Dzēst no saraksta
rooms-unread = Nelasīts
rooms-mark-read = Atzīmēt kā lasītu
rooms-mark-unread = Atzīmēt kā nelasītu

rooms-tag-none = Ierakstu ar šo tēmturi šeit nav.
rooms-tag-name = Tēmturis
rooms-tag-follow = Sekot
rooms-tag-unfollow = Nesekot
rooms-tag-feature = Rādīt profilā
rooms-tag-unfeature = Nerādīt profilā
rooms-tag-wrong = Tas nav tēmturis
rooms-tag-posts = { $count ->
    [zero] { $count } ierakstu
    [one] { $count } ieraksts
   *[other] { $count } ieraksti
 }
rooms-tags-followed = Kam tu seko
rooms-tags-none = Tu neseko nevienam. Atver tēmturi un nospied „Sekot” vai ieraksti kādu šeit.
rooms-tags-featured = Profilā
rooms-tags-featured-hint = Apmeklētāji tos tur redz; ne vairāk kā desmit.
rooms-tags-sources = No kurienes nāk svešu cilvēku ieraksti

rooms-suggestions = Kam tu varētu vēlēties sekot
rooms-suggestions-hint = Cilvēki, kurus pastiprina, kuriem atbild vai kurus piemin tie, kam tu seko. Šī saraksta dēļ nevienam nekas netiek jautāts.
rooms-suggestions-none = Vēl neviena nav. Jo vairāk cilvēkiem tu seko, jo vairāk ir ko atrast.
rooms-suggestions-more = Vēl citi
rooms-suggestion-dismiss = Noraidīt

rooms-server-ties = Tur tu seko { $following ->
    [one] { $following } cilvēkam
   *[other] { $following } cilvēkiem
 }, un no turienes tev seko { $followers ->
    [zero] { $followers } cilvēku.
    [one] { $followers } cilvēks.
   *[other] { $followers } cilvēki.
 }
rooms-server-failing = Nav sasniedzams kopš { $since }.
rooms-server-failing-more = Visi serveri ar grūtībām
rooms-server-wake = Mēģināt tagad
rooms-server-blocked = Tu bloķē šo serveri: no tā nekas netiek rādīts.
rooms-server-look = Paskatīties tā publiskos ierakstus
rooms-server-block = Bloķēt šo serveri
rooms-server-posts = Publiskie ieraksti
rooms-server-none = Tas nerāda nevienu publisku ierakstu.

rooms-discovery-title = Tēmturi un retranslatori
rooms-discovery-followed = Tēmturi, kuriem tu seko
rooms-discovery-none = Tu neseko nevienam. Atver tēmturi un nospied „Sekot”.
rooms-discovery-sources = No kurienes nāk svešu cilvēku ieraksti
rooms-discovery-hint = Viena cilvēka serveris redz tikai to cilvēku ierakstus, kuriem tu seko. Šeit vari nosaukt citus serverus, kas atnes ierakstus ar taviem tēmturiem. Minūtē tiek aplūkoti ne vairāk kā trīsdesmit, un, kamēr neviens nav nosaukts, nekas nenāk.
rooms-discovery-new = Pievienot jaunu
rooms-discovery-add = Pievienot
rooms-discovery-remove = Noņemt
rooms-discovery-name = Nosaukums vai adrese
rooms-discovery-sends = Retranslators: sūtīt tam manus publiskos ierakstus
rooms-discovery-sends-hint = Lai tos var atrast sveši cilvēki tā serveros.
rooms-discovery-everything = Retranslators: paturēt visus tā ierakstus
rooms-discovery-everything-hint = Ne tikai tos, kuros ir mani tēmturi. Tie pilda disku un apvienoto laika līniju.
rooms-discovery-pages = Servera tēmturu lapas
rooms-discovery-pages-hint = Servera nosaukums, piemēram, mastodon.social. Tā publiskās tēmturu lapas tiek lasītas reizi stundā.
rooms-discovery-accounts = Servera tēmturu konti
rooms-discovery-accounts-hint = Nosaukums serverim, kurā katram tēmturim ir savs konts, piemēram, tags.pub.
rooms-discovery-relay = Retranslators
rooms-discovery-relay-hint = Tā adrese: https://relay.example/inbox Mastodon paveidam, https://relay.example/actor Pleroma paveidam.
rooms-discovery-all-posts = visi tā ieraksti
rooms-discovery-gets = saņem manus publiskos ierakstus
rooms-discovery-brought = atnesti ieraksti: { $count }
rooms-discovery-asked = pēdējoreiz jautāts: { $when }
rooms-discovery-taken = Pieņemti: { $count }.
rooms-discovery-waiting = Vēl bez atbildes: { $count }.
rooms-discovery-refused = Noraidīti: { $count }.
rooms-discovery-trouble = Pēdējā ķibele: { $reason }
rooms-back-settings = Atpakaļ uz iestatījumiem
