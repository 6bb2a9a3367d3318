doctor-title = Ārsts
doctor-about = Apskata tavu serveri no ārpuses, kā to redz citi, un to, ko tas glabā.
doctor-never = Ārsts vēl nav skatījies.
doctor-looked = Ārsts pēdējoreiz skatījās: { $when }.
doctor-ask = Apskatīt tagad
doctor-asked = Ārsts skatās. Tas ilgst līdz minūtei: pēc tam ielādē šo lapu vēlreiz.
doctor-well = Viss ir tā, kā tam jābūt.
doctor-faults = { $count ->
    [zero] Atrasts { $count } kļūmju.
    [one] Atrasta { $count } kļūme.
   *[other] Atrastas { $count } kļūmes.
 }
doctor-again = Ielādēt vēlreiz
doctor-news = { $count ->
    [zero] Ārsts tavā serverī atrada { $count } jaunu kļūmju
    [one] Ārsts tavā serverī atrada jaunu kļūmi
   *[other] Ārsts tavā serverī atrada { $count } jaunas kļūmes
 }
doctor-level-ok = Labi
doctor-level-note = Zināšanai
doctor-level-warning = Nav labi
doctor-level-fault = Kļūme

doctor-name-permissions = Piekļuves tiesības
doctor-name-disk = Vieta diskā
doctor-name-speed = Diska ātrums
doctor-name-schema = Shēma
doctor-name-database = Datubāze
doctor-name-account = Konts
doctor-name-server = Serveris
doctor-name-servers = Tikai viens serveris
doctor-name-queue = Darbi fonā
doctor-name-hosts = Citi serveri
doctor-name-budget = Atvēlētā vieta
doctor-name-backups = Rezerves kopijas
doctor-name-clock = Pulkstenis
doctor-name-dns = DNS
doctor-name-port = Ports
doctor-name-certificate = Sertifikāts
doctor-name-proxy = Starpniekserveris
doctor-name-redirect = No http uz https
doctor-name-webfinger = Fediversa adrese
doctor-name-apex = Domēna pāradresācija
doctor-name-actor = ActivityPub aktors
doctor-name-signatures = Paraksti
doctor-name-bodies = Lieli pieprasījumi
doctor-name-uploads = Augšupielādes
doctor-name-sockets = WebSockets
doctor-name-events = Notikumu straumes

doctor-no-folder = Mapes { $folder } nav, vai arī to nedrīkst atvērt.
doctor-no-folder-fix = Norādi pareizo ar --data vai palaid šo kā tas pats lietotājs, ar kuru darbojas serveris.
doctor-permissions-fine = Atslēgas mapē { $folder } ir pieejamas tikai tās īpašniekam.
doctor-readable = Atslēgas mapē { $folder } var lasīt ikviens šajā datorā.
doctor-group = Atslēgas mapē { $folder } var lasīt mapes grupa.
doctor-readable-fix = Izpildi: chmod 700 { $folder }
doctor-foreign = { $file } mapē { $folder } pieder nevis mapes īpašniekam, bet citam lietotājam.
doctor-foreign-fix = Izpildi: chown -R { $owner } { $folder }
doctor-unwritable = Mapē { $folder } neko nevar ierakstīt.
doctor-unwritable-fix = Palaid šo kā tas pats lietotājs, ar kuru darbojas serveris. Ja tā jau ir, atdod tam mapi ar chown -R un paskaties, vai disks nav piemontēts tikai lasīšanai.

doctor-disk-fine = Brīvi ir { $free } no { $total }.
doctor-disk-full = Disks ir pilns: brīvi ir { $free } no { $total }.
doctor-disk-little = Disks ir gandrīz pilns: brīvi ir { $free } no { $total }.
doctor-disk-fix = Atbrīvo vietu vai atvēli Taurei mazāk ar disk_mb failā taure.toml. „taure space” parāda, kur ir tās baiti.
doctor-speed-fine = Megabaits diskā ir drošībā pēc { $ms } ms.
doctor-speed-slow = Paiet { $ms } ms, līdz megabaits diskā ir drošībā: uz to gaida viss pārējais.
doctor-speed-fix = Varbūt disku nodarbina kas cits, vai arī tā ir lēna karte vai tīkla mape. Pārvieto { $folder } uz ātrāku disku.
doctor-schema-fine = Datubāzes shēma ir { $found }, un šī Taure to saprot.
doctor-schema-newer = Datubāzes shēma ir { $found }, bet Taure { $version } pazīst tikai shēmas līdz { $known }: to rakstījusi jaunāka Taure.
doctor-schema-newer-fix = Uzstādi jaunāko versiju atpakaļ. Vai arī atjauno kopiju no laika pirms tās: mapē „snapshots” shēma ir redzama kopiju nosaukumos.
doctor-schema-older = Datubāzes shēma ir { $found }, bet Taure { $version } lieto { $known }.
doctor-schema-older-fix = „taure serve” to pārveidos, kad tiks palaists no jauna.
doctor-database-fine = Visas datubāzes lapas un visi indeksi ir veseli ({ $size }).
doctor-database-quick = Visas datubāzes lapas ir veselas ({ $size }). Ar --deep tiek apskatīti arī indeksi.
doctor-database-broken = Datubāze { $file } ir bojāta: { $why }
doctor-database-fix = Apturi serveri un saglabā visas mapes kopiju. Tad atjauno pēdējo rezerves kopiju ar „taure restore” vai ieliec datubāzes vietā jaunāko kopiju no mapes „snapshots”. Pārbaudi arī disku: varbūt tā mūžs tuvojas beigām.

doctor-nobody = Šeit vēl neviens nedzīvo.
doctor-nobody-fix = Izveido kontu ar „taure init” vai pārlūkā ar „taure serve”.
doctor-closed = Mapi nevar atvērt: { $why }
doctor-server-fine = Taure { $version } darbojas un atbild adresē { $listen }.
doctor-server-silent = Kāds serveris tur aizņemtu mapi { $folder }, bet adresē { $listen } neatbild.
doctor-server-silent-fix = Ja tas klausās citur, norādi, kur, ar --listen. Citādi tas ir iestrēdzis: izlasi tā žurnālu un palaid to no jauna.
doctor-server-stopped = Neviens serveris nedarbojas: adresē { $listen } neviens neatbild. Tas, kam vajag serveri, netika apskatīts.
doctor-server-stopped-fix = Palaid to ar „taure serve”. Ja tas klausās citur, norādi, kur, ar --listen.
doctor-servers = Ar vieniem un tiem pašiem datiem darbojas divi serveri: adresē { $at } atbild nevis tas, kas palaists pēdējais.
doctor-servers-fix = Tūlīt apturi vienu no tiem, jo tie viens otram sabojā padarīto. Pameklē otru konteineru vai pakalpojumu un mapes kopiju vecā datorā, uz kuru vēl ved nosaukums.
doctor-queue-fine = Viss, kam pienācis laiks, tiek padarīts.
doctor-queue-stuck = { $count ->
    [zero] { $count } veidu darbiem
    [one] { $count } veida darbiem
   *[other] { $count } veidu darbiem
 } laiks pienāca pirms { $minutes ->
    [one] { $minutes } minūtes,
   *[other] { $minutes } minūtēm,
 } bet neviens tos nedara.
doctor-queue-fix = Pameklē servera žurnālā „a lane stopped” vai „a job failed” un palaid serveri no jauna.
doctor-hosts-fine = Visi serveri, kuriem tu raksti, ir sasniedzami.
doctor-hosts-down = { $count ->
    [zero] Nav sasniedzami { $count } citu serveru.
    [one] Nav sasniedzams { $count } cits serveris.
   *[other] Nav sasniedzami { $count } citi serveri.
 }
doctor-hosts-fix = Ja tādu ir maz, tā ir ierasta lieta. Ja tādu ir vairums, pārbaudi šī datora tīkla savienojumu un DNS.
doctor-budget-fine = No atvēlētajiem { $granted } izmantoti { $used }.
doctor-budget-over = Izmantoti { $used }, bet atvēlēti tikai { $granted }.
doctor-budget-fix = Atvēli vairāk ar disk_mb failā taure.toml vai glabā citu cilvēku ierakstus mazāk dienu ar keep_posts_days.
doctor-snapshots-old = { $count ->
    [0] Datubāzes nakts kopijas nav.
    [zero] Jaunākā datubāzes nakts kopija ir { $count } dienu veca.
    [one] Jaunākā datubāzes nakts kopija ir { $count } dienu veca.
   *[other] Jaunākā datubāzes nakts kopija ir { $count } dienas veca.
 }
doctor-snapshots-fix = Varbūt tai nav vietas: paskaties sadaļā „Atvēlētā vieta”. Servera žurnālā tas tiek pateikts katru nakti.
doctor-backups-fine = { $count ->
    [0] Pēdējā rezerves kopija izveidota šodien.
    [zero] Pēdējā rezerves kopija ir { $count } dienu veca.
    [one] Pēdējā rezerves kopija ir { $count } dienu veca.
   *[other] Pēdējā rezerves kopija ir { $count } dienas veca.
 }
doctor-backups-old = { $count ->
    [zero] Pēdējā rezerves kopija ir { $count } dienu veca.
    [one] Pēdējā rezerves kopija ir { $count } dienu veca.
   *[other] Pēdējā rezerves kopija ir { $count } dienas veca.
 }
doctor-backups-none = Rezerves kopija vēl ne reizi nav veidota.
doctor-backups-fix = Izveido to ar „taure backup FILE” un glabā citā datorā.
doctor-clock-fine = Pulkstenis iet pareizi: to apstiprina citi serveri.
doctor-clock-unknown = Neviens cits serveris nepateica, cik ir pulkstenis.
doctor-clock-off = Šī datora pulkstenis { $side ->
    [behind] atpaliek
   *[ahead] steidzas
 } par { $minutes ->
    [one] { $minutes } minūti:
   *[other] { $minutes } minūtēm:
 } citi serveri nepieņem tā parakstīto.
doctor-clock-fix = Lai pulksteni regulē tīkls: izpildi „timedatectl set-ntp true” vai palaid chrony. Ja tā ir virtuālā mašīna, iestati pulksteni tās saimniekdatorā.

doctor-dns-fine = { $host } ved uz { $addresses }.
doctor-dns-none = Nosaukums { $host } nekur neved.
doctor-dns-none-fix = Tur, kur domēns ir reģistrēts, pievieno nosaukumam { $host } A ierakstu (un AAAA ierakstu, ja ir IPv6) ar šī servera adresi. Jauns ieraksts kļūst redzams stundas laikā.
doctor-dns-private = No šejienes { $host } ved uz { $addresses }, kas nav atklātajā internetā.
doctor-dns-private-fix = Mājās tā ir ierasta lieta, un arī pārējais tika apskatīts pa šo ceļu. Ko redz citi, jāskatās no ārpuses: palūdz kādam draugam atvērt tavu lapu.
doctor-dns-foreign = Adresē { $address } uz { $host } pieprasījumiem atbild nevis šī Taure, bet kas cits (atbilde: { $status }).
doctor-dns-foreign-fix = Ja { $address } nav šī servera adrese, izlabo { $host } A un AAAA ierakstus. Ja ir, tīmekļa serveris tur rāda citu vietni: lai tas { $host } pieprasījumus nodod uz { $listen } (nginx: proxy_pass http://{ $listen }; Caddy: reverse_proxy { $listen }).
doctor-dns-elsewhere = { $host } ved uz { $addresses }, un tā nav šī datora adrese.
doctor-dns-elsewhere-fix = Aiz maršrutētāja, kas pāradresē 80. un 443. portu, tas ir pareizi. Citādi izlabo { $host } A un AAAA ierakstus.
doctor-dns-here-fix = Tur, kur domēns ir reģistrēts, nosaukuma { $host } A ierakstā (IPv6 – AAAA ierakstā) norādi šī datora adresi: { $here }. Mainīts ieraksts kļūst redzams stundas laikā.
doctor-port-fine = Ports { $port } ir atvērts.
doctor-port-closed = Ports { $port } adresē { $address } ir aizvērts.
doctor-port-silent = Ports { $port } adresē { $address } neatbild.
doctor-port-unreachable = Ports { $port } adresē { $address } nav sasniedzams: { $why }
doctor-port-six = Adrese { $address } no šejienes nav sasniedzama: { $why }
doctor-port-fix = Atver portu { $port } šī datora un tā izmitinātāja ugunsmūrī (ufw allow { $port }/tcp), bet mājas maršrutētājā pāradresē to uz šo datoru. Tad pārliecinies, ka tur klausās starpniekserveris vai pati Taure. Dažus maršrutētājus no iekšpuses nevar sasniegt ar to pašu nosaukumu: tad vispirms paskaties no tālruņa bez Wi-Fi.
doctor-port-free = Ports { $port } ir brīvs.
doctor-port-taken = { $who ->
    [0] Ports { $port } ir aizņemts.
   *[other] Portu { $port } aizņem { $who }.
 }
doctor-port-taken-fix = Vai nu lai tas tīmekļa serveris šo adresi nodod Taurei (nginx: proxy_pass; Caddy: reverse_proxy), vai arī apturi to, ja https jārunā pašai Taurei.
doctor-port-forbidden = Šis lietotājs portu { $port } nedrīkst izmantot.
doctor-port-forbidden-fix = Lai serveri palaiž systemd, vai arī programmas failam izpildi: setcap cap_net_bind_service=+ep.
doctor-certificate-fine = { $count ->
    [zero] Sertifikāts der vēl { $count } dienu.
    [one] Sertifikāts der vēl { $count } dienu.
   *[other] Sertifikāts der vēl { $count } dienas.
 }
doctor-certificate-none = Adrese { $address } nosaukumam { $host } nepiedāvā https: { $why }
doctor-certificate-expired = { $host } sertifikāts adresē { $address } beidzās pirms { $count ->
    [one] { $count } dienas.
   *[other] { $count } dienām.
 }
doctor-certificate-soon = { $host } sertifikāts adresē { $address } beigsies pēc { $count ->
    [one] { $count } dienas.
   *[other] { $count } dienām.
 }
doctor-certificate-renew = Atjauno to un noskaidro, kāpēc tas nenotika pats no sevis: ja lieto Taures https, to pasaka žurnāls, ja certbot, izpildi „certbot renew”, ja Caddy – „journalctl -u caddy”. Bieži vien ir aizvērts 80. ports.
doctor-certificate-foreign = Sertifikāts nav domāts nosaukumam { $host }: { $why }
doctor-certificate-foreign-fix = Lai starpniekserveris uzrāda nosaukuma { $host } sertifikātu: nginx iestatījumos pievieno to pie server_name un izpildi „certbot --nginx -d { $host }”; Caddy iestatījumos sāc bloku ar { $host }.
doctor-certificate-unknown = Citi serveri neuzticas { $host } sertifikātam: { $why }
doctor-certificate-fix = Lai starpniekserveris uzrāda pilnu ķēdi tādam sertifikātam, kuram uzticas visi, piemēram, no Let’s Encrypt (nginx: ssl_certificate fullchain.pem; Caddy to dara pats), vai lieto pašas Taures https.

doctor-ours = { $host } ved uz šo Tauri.
doctor-proxy-silent = { $address } pieņem savienojumu ar { $host }, bet neatbild.
doctor-proxy-away = Starpniekserveris adresē { $address } nesasniedz Tauri (atbilde: { $status }).
doctor-proxy-fix = Lai starpniekserveris { $host } pieprasījumus nodod uz { $listen } (nginx: proxy_pass http://{ $listen }; Caddy: reverse_proxy { $listen }), un pārliecinies, ka Taure tur klausās.
doctor-proxy-unnamed = Starpniekserveris nesaka, kas jautā: visi apmeklētāji izskatās kā viens un tiek bremzēti visi kopā.
doctor-proxy-unnamed-fix = nginx iestatījumos pievieno: proxy_set_header X-Forwarded-For $remote_addr. Caddy to dara pats.
doctor-redirect-fine = http ved uz https.
doctor-redirect-closed = Adresē http://{ $host } neviens neatbild.
doctor-redirect-none = http://{ $host } neved uz https.
doctor-redirect-fix = Atver 80. portu un pāradresē to (nginx: return 301 https://$host$request_uri; Caddy to dara pats).
doctor-webfinger-fine = Tava fediversa adrese ved uz tavu kontu.
doctor-webfinger = { $handle } neved uz tavu kontu: { $why }
doctor-webfinger-fix = Lai starpniekserveris visu, kas ir zem /.well-known/, nodod Taurei. nginx iestatījumos to bieži aizvāc kāds „location /.well-known/”.
doctor-apex-fine = { $domain } pāradresē uz { $host }.
doctor-apex = Adrese { $handle } nav atrodama, jo { $domain } nepāradresē uz { $host }: { $why }
doctor-host-meta = Daži serveri prasa domēnam { $domain } lapu /.well-known/host-meta un to neatrod.
doctor-apex-fix = Lai { $domain } pāradresē /.well-known/webfinger un /.well-known/host-meta uz { $origin }, arī vaicājuma daļu (nginx: location = /.well-known/webfinger ar return 301 { $origin }$request_uri; Caddy: redir /.well-known/webfinger { $origin }/.well-known/webfinger ar tā vaicājumu).
doctor-actor-fine = Citi serveri var izlasīt, kas tu esi.
doctor-actor-none = Citi serveri nevar izlasīt { $actor }: { $why }
doctor-actor-kind = Kas adresi { $actor } prasa tā, kā to dara serveri, saņem { $why }.
doctor-actor-other = Adresē { $actor } aprakstīts kāds cits: { $why }
doctor-actor-fix = Pa vidu ir kešatmiņa vai filtrs. Lai tas nodod galveni Accept un ņem vērā „Vary: Accept” vai arī neglabā neko no šīs vietnes.
doctor-signatures-fine = Parakstīti pieprasījumi pienāk tādi, kādi tika nosūtīti.
doctor-signatures-none = Uz parakstītu pieprasījumu Taure neatbildēja: { $why }
doctor-signatures-wrong = Parakstīts pieprasījums pienāca, bet tā paraksts neatbilst: { $why }
doctor-signatures-fix = Lai starpniekserveris pieprasījumus nodod tādus, kādi tie ir: metodi, ceļu ar vaicājumu un visas galvenes.
doctor-host-changed = Starpniekserveris maina galveni Host: nosūtīts tika „{ $sent }”, bet pienāk „{ $seen }”. Neko no citu parakstītā nevar pārbaudīt.
doctor-host-fix = nginx iestatījumos pievieno: proxy_set_header Host $host; Apache iestatījumos: ProxyPreserveHost On. Caddy iestatījumos izņem „header_up Host”.
doctor-header-lost = Starpniekserveris atmet galveni { $name }: neko no citu parakstītā nevar pārbaudīt.
doctor-header-changed = Starpniekserveris maina galveni { $name }: nosūtīts tika „{ $sent }”, bet pienāk „{ $seen }”.
doctor-header-fix = Lai starpniekserveris nodod { $name } tādu, kāda tā pienāk. Pameklē atļauto galveņu sarakstu, tīmekļa lietotņu ugunsmūri vai nginx iestatījumos proxy_set_header { $name }.
doctor-bodies-fine = 1 MiB liels pieprasījums tiek cauri.
doctor-bodies-capped = Pieprasījumi, kas lielāki par { $kib } KiB, netiek cauri: lieli citu cilvēku ieraksti pazūd, un attēlus nevar augšupielādēt.
doctor-uploads-capped = Starpniekserveris nepieņem { $wanted } MB lielas augšupielādes, ko Taure pieņemtu.
doctor-bodies-fix = Lai starpniekserveris pieņem { $wanted } MB (nginx: client_max_body_size { $wanted }m; Caddy: request_body max_size { $wanted }MB; Apache: LimitRequestBody).
doctor-sockets-fine = WebSockets tiek cauri.
doctor-sockets-none = WebSockets netiek cauri ({ $why }): lietotnes rāda jaunumus tikai tad, kad tās atver no jauna.
doctor-sockets-fix = nginx iestatījumos pievieno: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade". Apache iestatījumos ieslēdz proxy_wstunnel. Caddy to dara pats.
doctor-events-fine = Notikumi pienāk uzreiz.
doctor-events-held = Starpniekserveris notikumus sakrāj, nevis nodod tālāk: lietotnes un atvērtās lapas jaunumus uzzina par vēlu.
doctor-events-none = Notikumi netiek cauri: { $why }
doctor-events-fix = nginx iestatījumos pievieno: proxy_buffering off. Caddy iestatījumos pie reverse_proxy pievieno: flush_interval -1. text/event-stream nelaid caur kešatmiņu un nesaspied.
