# Kas ir spēkā veseliem serveriem, un to saraksti.

blocklists-tab = Saraksti
blocklists-edit = Mainīt
blocklists-rule = Kas tur ir spēkā
blocklists-suspend = Apturēts: nekas netiek ne sūtīts, ne saņemts
blocklists-hide = Paslēpts: nekas no tā netiek rādīts
blocklists-silence = Apklusināts: dzirdami tikai tie, kuriem tu seko
blocklists-free = Tikai tas, kas izvēlēts zemāk
blocklists-exception = Nekad nebloķēt, lai ko teiktu saraksti
blocklists-no-media = Neielādēt un nerādīt tā attēlus, video un skaņas
blocklists-no-reports = Nepieņemt tā ziņojumus
blocklists-below = Arī visi serveri zem šī nosaukuma
blocklists-comment = Piezīme sev
blocklists-public = Iemesls, ko redz visi
blocklists-published = Rādīt to manu bloķējumu publiskajā sarakstā
blocklists-obfuscate = Tur daļu nosaukuma aizstāt ar zvaigznītēm
blocklists-save = Saglabāt
blocklists-lift = Noņemt
blocklists-listed = No saraksta
blocklists-tags-media = bez multivides
blocklists-tags-reports = bez ziņojumiem
blocklists-name-suspend = apturēts
blocklists-name-hide = paslēpts
blocklists-name-silence = apklusināts
blocklists-name-free = ierobežots
blocklists-name-exception = nekad netiek bloķēts
blocklists-today = Šodien no turienes: jauni cilvēki – { $accounts } no { $most }, jauni ieraksti – { $posts } no { $all }. Vairāk netiek pieņemts.
blocklists-drafts = Jāizlemj tev
blocklists-drafts-hint = Saraksti vēlas, lai šie serveri tiktu bloķēti, bet tu tur zaudētu cilvēkus. Kamēr tu neizlem, nekas nenotiek.
blocklists-loss = Tu zaudētu { $followers ->
    [zero] { $followers } sekotāju
    [one] { $followers } sekotāju
   *[other] { $followers } sekotājus
 } un vairs nesekotu { $following ->
    [one] { $following } cilvēkam.
   *[other] { $following } cilvēkiem.
 }
blocklists-accept = Bloķēt
blocklists-decline = Lai paliek
blocklists-file = Saraksts no faila
blocklists-file-hint = Mastodon CSV fails, GoToSocial JSON fails vai teksts, kurā katrā rindā ir viens serveris. Vispirms redzēsi, ko tas maina, un tikai tad kaut kas notiek.
blocklists-file-choose = Fails
blocklists-file-look = Apskatīt
blocklists-waits = Saraksts gaida
blocklists-waits-count = { $count ->
    [zero] Tiktu bloķēts vai ierobežots { $count } serveru.
    [one] Tiktu bloķēts vai ierobežots { $count } serveris.
   *[other] Tiktu bloķēti vai ierobežoti { $count } serveri.
 }
blocklists-waits-losses = Bloķējot šos, tu zaudētu cilvēkus. Pagaidām tie netiek bloķēti: par katru izlemsi tu.
blocklists-waits-line = { $server }: { $followers ->
    [zero] { $followers } sekotāju,
    [one] { $followers } sekotājs,
   *[other] { $followers } sekotāji,
 } tu seko { $following ->
    [one] { $following } cilvēkam
   *[other] { $following } cilvēkiem
 }
blocklists-waits-more = Un vēl { $count }.
blocklists-take = Bloķēt tos
blocklists-forget = Izmest
blocklists-lists = Saraksti, ko tu abonē
blocklists-lists-hint = Katrs tiek lasīts reizi dienā. Ko tas atsauc, tiek atsaukts arī šeit.
blocklists-lists-none = Tu neabonē nevienu sarakstu.
blocklists-url = Saraksta adrese
blocklists-subscribe = Abonēt
blocklists-unsubscribe = Neabonēt
blocklists-waiting = Tas tiek lasīts.
blocklists-read = { $count ->
    [zero] { $count } serveru,
    [one] { $count } serveris,
   *[other] { $count } serveri,
 } lasīts: { $time }. Izlaisti: { $skipped }.
blocklists-failed = To neizdevās izlasīt: { $why }
blocklists-export = Saglabāt bloķējumus failā
