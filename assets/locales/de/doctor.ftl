doctor-title = Der Doktor
doctor-about = Sieht sich deinen Server von außen an, wie andere ihm begegnen, und was er aufbewahrt.
doctor-never = Der Doktor hat noch nicht nachgesehen.
doctor-looked = Der Doktor hat nachgesehen: { $when }.
doctor-ask = Jetzt nachsehen
doctor-asked = Der Doktor sieht nach. Das dauert bis zu einer Minute: Lade diese Seite dann neu.
doctor-well = Alles ist, wie es sein soll.
doctor-faults = { $count ->
    [one] { $count } Fehler wurde gefunden.
   *[other] { $count } Fehler wurden gefunden.
 }
doctor-again = Neu laden
doctor-news = { $count ->
    [one] Der Doktor hat einen neuen Fehler an deinem Server gefunden
   *[other] Der Doktor hat { $count } neue Fehler an deinem Server gefunden
 }
doctor-level-ok = Gut
doctor-level-note = Hinweis
doctor-level-warning = Nicht gut
doctor-level-fault = Fehler

doctor-name-permissions = Zugriffsrechte
doctor-name-disk = Speicherplatz
doctor-name-speed = Schreibtempo
doctor-name-schema = Schema
doctor-name-database = Datenbank
doctor-name-account = Konto
doctor-name-server = Server
doctor-name-servers = Nur ein Server
doctor-name-queue = Arbeit im Hintergrund
doctor-name-hosts = Andere Server
doctor-name-budget = Zugeteilter Speicher
doctor-name-backups = Sicherungskopien
doctor-name-clock = Uhr
doctor-name-dns = DNS
doctor-name-port = Port
doctor-name-certificate = Zertifikat
doctor-name-proxy = Proxy
doctor-name-redirect = Von http zu https
doctor-name-webfinger = Fediverse-Adresse
doctor-name-apex = Weiterleitung der Domain
doctor-name-actor = ActivityPub-Akteur
doctor-name-signatures = Signaturen
doctor-name-bodies = Große Anfragen
doctor-name-uploads = Uploads
doctor-name-sockets = WebSockets
doctor-name-events = Ereignisströme

doctor-no-folder = Den Ordner { $folder } gibt es nicht, oder er darf nicht geöffnet werden.
doctor-no-folder-fix = Gib den richtigen mit --data an, oder führe dies als der Benutzer aus, unter dem der Server läuft.
doctor-permissions-fine = Die Schlüssel in { $folder } sind nur für den Eigentümer des Ordners lesbar.
doctor-readable = Alle auf diesem Rechner können die Schlüssel in { $folder } lesen.
doctor-group = Die Gruppe von { $folder } kann die Schlüssel darin lesen.
doctor-readable-fix = Führe aus: chmod 700 { $folder }
doctor-foreign = { $file } in { $folder } gehört einem anderen Benutzer als der Ordner.
doctor-foreign-fix = Führe aus: chown -R { $owner } { $folder }
doctor-unwritable = In { $folder } lässt sich nichts schreiben.
doctor-unwritable-fix = Führe dies als der Benutzer aus, unter dem der Server läuft. Ist das schon so, übertrage ihm den Ordner mit chown -R und sieh nach, ob der Datenträger nur zum Lesen eingehängt ist.

doctor-disk-fine = { $free } von { $total } sind frei.
doctor-disk-full = Der Speicher ist voll: { $free } von { $total } sind frei.
doctor-disk-little = Der Speicher ist fast voll: { $free } von { $total } sind frei.
doctor-disk-fix = Schaff Platz, oder teile Taure mit disk_mb in taure.toml weniger zu. „taure space“ zeigt, wo seine Bytes sind.
doctor-speed-fine = Ein Megabyte liegt nach { $ms } ms sicher auf dem Datenträger.
doctor-speed-slow = Ein Megabyte braucht { $ms } ms, bis es sicher auf dem Datenträger liegt: Darauf wartet alles andere.
doctor-speed-fix = Vielleicht lastet etwas anderes den Datenträger aus, oder es ist eine langsame Karte oder ein Netzwerkordner. Zieh { $folder } auf einen schnelleren Datenträger um.
doctor-schema-fine = Die Datenbank hat Schema { $found }, und dieses Taure versteht es.
doctor-schema-newer = Die Datenbank hat Schema { $found }, und Taure { $version } kennt nur bis { $known }: Ein neueres Taure hat sie geschrieben.
doctor-schema-newer-fix = Installiere wieder die neuere Version. Oder stelle eine Kopie aus der Zeit davor wieder her: Bei denen im Ordner „snapshots“ steht das Schema im Namen.
doctor-schema-older = Die Datenbank hat Schema { $found }, und Taure { $version } verwendet { $known }.
doctor-schema-older-fix = „taure serve“ bringt sie beim nächsten Start auf diesen Stand.
doctor-database-fine = Jede Seite und jeder Index der Datenbank ist heil ({ $size }).
doctor-database-quick = Jede Seite der Datenbank ist heil ({ $size }). Mit --deep werden auch ihre Indizes geprüft.
doctor-database-broken = Die Datenbank { $file } ist beschädigt: { $why }
doctor-database-fix = Halte den Server an und bewahre eine Kopie des ganzen Ordners auf. Stelle dann die letzte Sicherungskopie mit „taure restore“ wieder her, oder setze die neueste Kopie aus dem Ordner „snapshots“ an ihre Stelle. Prüfe auch den Datenträger: Vielleicht liegt er im Sterben.

doctor-nobody = Hier wohnt noch niemand.
doctor-nobody-fix = Lege das Konto mit „taure init“ an, oder mit „taure serve“ im Browser.
doctor-closed = Der Ordner lässt sich nicht öffnen: { $why }
doctor-server-fine = Taure { $version } läuft und antwortet unter { $listen }.
doctor-server-silent = Ein Server hält { $folder } belegt und antwortet nicht unter { $listen }.
doctor-server-silent-fix = Wenn er anderswo lauscht, gib mit --listen an, wo. Sonst hängt er: Lies sein Protokoll und starte ihn neu.
doctor-server-stopped = Kein Server läuft: Unter { $listen } antwortet niemand. Was einen braucht, wurde nicht geprüft.
doctor-server-stopped-fix = Starte ihn mit „taure serve“. Wenn er anderswo lauscht, gib mit --listen an, wo.
doctor-servers = Zwei Server laufen mit denselben Daten: Unter { $at } antwortet nicht der, der zuletzt gestartet wurde.
doctor-servers-fix = Halte sofort einen davon an, denn sie machen einander die Arbeit zunichte. Such nach einem zweiten Container oder Dienst und nach einer Kopie des Ordners auf einem alten Rechner, zu dem der Name noch führt.
doctor-queue-fine = Was fällig ist, wird erledigt.
doctor-queue-stuck = Arbeit von { $count ->
    [one] { $count } Art
   *[other] { $count } Arten
 } ist seit { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
 } fällig, und niemand erledigt sie.
doctor-queue-fix = Such im Protokoll des Servers nach „a lane stopped“ oder „a job failed“ und starte ihn neu.
doctor-hosts-fine = Jeder Server, dem du schreibst, ist erreichbar.
doctor-hosts-down = { $count ->
    [one] { $count } anderer Server ist nicht erreichbar.
   *[other] { $count } andere Server sind nicht erreichbar.
 }
doctor-hosts-fix = Bei einigen wenigen ist das normal. Sind es die meisten, prüfe die Verbindung dieses Rechners und sein DNS.
doctor-budget-fine = { $used } von den zugeteilten { $granted } sind belegt.
doctor-budget-over = { $used } sind belegt, und nur { $granted } sind zugeteilt.
doctor-budget-fix = Teile mit disk_mb in taure.toml mehr zu, oder behalte die Beiträge anderer mit keep_posts_days für weniger Tage.
doctor-snapshots-old = { $count ->
    [0] Es gibt keine nächtliche Kopie der Datenbank.
    [one] Die letzte nächtliche Kopie der Datenbank ist { $count } Tag alt.
   *[other] Die letzte nächtliche Kopie der Datenbank ist { $count } Tage alt.
 }
doctor-snapshots-fix = Vielleicht ist kein Platz dafür: siehe „Zugeteilter Speicher“. Das Protokoll des Servers sagt es jede Nacht.
doctor-backups-fine = { $count ->
    [0] Die letzte Sicherungskopie ist von heute.
    [one] Die letzte Sicherungskopie ist { $count } Tag alt.
   *[other] Die letzte Sicherungskopie ist { $count } Tage alt.
 }
doctor-backups-old = { $count ->
    [one] Die letzte Sicherungskopie ist { $count } Tag alt.
   *[other] Die letzte Sicherungskopie ist { $count } Tage alt.
 }
doctor-backups-none = Es wurde noch nie eine Sicherungskopie angelegt.
doctor-backups-fix = Lege eine mit „taure backup FILE“ an und bewahre sie auf einem anderen Rechner auf.
doctor-clock-fine = Die Uhr geht richtig, wie andere Server sie sehen.
doctor-clock-unknown = Kein anderer Server hat gesagt, wie spät es ist.
doctor-clock-off = Die Uhr dieses Rechners geht { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
 } { $side ->
    [behind] nach
   *[ahead] vor
 }: Andere Server lehnen ab, was er signiert.
doctor-clock-fix = Lass die Uhr vom Netz stellen: Führe „timedatectl set-ntp true“ aus oder starte chrony. Bei einer virtuellen Maschine stelle die Uhr des Hosts.

doctor-dns-fine = { $host } führt zu { $addresses }.
doctor-dns-none = Der Name { $host } führt nirgendwohin.
doctor-dns-none-fix = Füge dort, wo die Domain registriert ist, für { $host } einen A-Eintrag (und einen AAAA-Eintrag für IPv6) mit der Adresse dieses Servers hinzu. Bis ein neuer Eintrag zu sehen ist, dauert es bis zu einer Stunde.
doctor-dns-private = Von hier aus führt { $host } zu { $addresses }, und das ist nicht im offenen Internet.
doctor-dns-private-fix = Zu Hause ist das normal, und der Rest wurde auf diesem Weg geprüft. Was andere sehen, lässt sich nur von außen prüfen: Bitte jemanden, deine Seite zu öffnen.
doctor-dns-foreign = Was unter { $address } für { $host } antwortet, ist nicht dieses Taure (es sagt { $status }).
doctor-dns-foreign-fix = Wenn { $address } nicht die Adresse dieses Servers ist, berichtige die A- und AAAA-Einträge von { $host }. Wenn doch, liefert der Webserver dort eine andere Website aus: Lass ihn { $host } an { $listen } weitergeben (nginx: proxy_pass http://{ $listen }; Caddy: reverse_proxy { $listen }).
doctor-dns-elsewhere = { $host } führt zu { $addresses }, und das ist keine Adresse dieses Rechners.
doctor-dns-elsewhere-fix = Hinter einem Router, der die Ports 80 und 443 weitergibt, ist das richtig. Sonst berichtige die A- und AAAA-Einträge von { $host }.
doctor-dns-here-fix = Trage dort, wo die Domain registriert ist, im A-Eintrag (für IPv6 im AAAA-Eintrag) von { $host } die Adresse dieses Rechners ein: { $here }. Bis ein geänderter Eintrag zu sehen ist, dauert es bis zu einer Stunde.
doctor-port-fine = Port { $port } ist offen.
doctor-port-closed = Port { $port } von { $address } ist geschlossen.
doctor-port-silent = Port { $port } von { $address } antwortet nicht.
doctor-port-unreachable = { $address } ist an Port { $port } nicht erreichbar: { $why }
doctor-port-six = { $address } ist von hier aus nicht erreichbar: { $why }
doctor-port-fix = Öffne Port { $port } in der Firewall dieses Rechners und in der seines Anbieters (ufw allow { $port }/tcp), und gib ihn in einem Router zu Hause an diesen Rechner weiter. Prüfe dann, ob der Proxy oder Taure selbst dort lauscht. Manche Router sind von innen nicht unter dem eigenen Namen erreichbar: Dann sieh zuerst mit einem Handy ohne WLAN nach.
doctor-port-free = Port { $port } ist frei.
doctor-port-taken = { $who ->
    [0] Port { $port } ist belegt.
   *[other] Port { $port } ist von { $who } belegt.
 }
doctor-port-taken-fix = Lass entweder jenen Webserver die Adresse an Taure weitergeben (nginx: proxy_pass; Caddy: reverse_proxy), oder halte ihn an, wenn Taure selbst https sprechen soll.
doctor-port-forbidden = Port { $port } ist für diesen Benutzer nicht erlaubt.
doctor-port-forbidden-fix = Lass den Server von systemd starten, oder führe für die Programmdatei aus: setcap cap_net_bind_service=+ep.
doctor-certificate-fine = { $count ->
    [one] Das Zertifikat gilt noch { $count } Tag.
   *[other] Das Zertifikat gilt noch { $count } Tage.
 }
doctor-certificate-none = { $address } spricht kein https für { $host }: { $why }
doctor-certificate-expired = Das Zertifikat von { $host } unter { $address } ist vor { $count ->
    [one] { $count } Tag abgelaufen.
   *[other] { $count } Tagen abgelaufen.
 }
doctor-certificate-soon = Das Zertifikat von { $host } unter { $address } läuft in { $count ->
    [one] { $count } Tag ab.
   *[other] { $count } Tagen ab.
 }
doctor-certificate-renew = Erneuere es und sieh nach, warum das nicht von selbst geschah: Bei Taures eigenem https steht es im Protokoll, bei certbot führe „certbot renew“ aus, bei Caddy „journalctl -u caddy“. Oft ist Port 80 geschlossen.
doctor-certificate-foreign = Das Zertifikat ist nicht für { $host }: { $why }
doctor-certificate-foreign-fix = Lass den Proxy ein Zertifikat für { $host } vorzeigen: In nginx trage den Namen bei server_name ein und führe „certbot --nginx -d { $host }“ aus; in Caddy beginne den Block mit { $host }.
doctor-certificate-unknown = Andere Server trauen dem Zertifikat von { $host } nicht: { $why }
doctor-certificate-fix = Lass den Proxy die ganze Kette eines Zertifikats vorzeigen, dem alle vertrauen, etwa von Let’s Encrypt (nginx: ssl_certificate fullchain.pem; Caddy macht das von selbst), oder nimm Taures eigenes https.

doctor-ours = { $host } führt zu diesem Taure.
doctor-proxy-silent = { $address } nimmt die Verbindung für { $host } an und antwortet nicht.
doctor-proxy-away = Der Proxy unter { $address } erreicht Taure nicht (er sagt { $status }).
doctor-proxy-fix = Lass den Proxy { $host } an { $listen } weitergeben (nginx: proxy_pass http://{ $listen }; Caddy: reverse_proxy { $listen }), und prüfe, ob Taure dort lauscht.
doctor-proxy-unnamed = Der Proxy sagt nicht, wer fragt: Alle Besucher sehen aus wie einer und werden gemeinsam gebremst.
doctor-proxy-unnamed-fix = In nginx füge hinzu: proxy_set_header X-Forwarded-For $remote_addr. Caddy macht das von selbst.
doctor-redirect-fine = http führt zu https.
doctor-redirect-closed = Unter http://{ $host } antwortet niemand.
doctor-redirect-none = http://{ $host } führt nicht zu https.
doctor-redirect-fix = Öffne Port 80 und leite ihn weiter (nginx: return 301 https://$host$request_uri; Caddy macht das von selbst).
doctor-webfinger-fine = Deine Fediverse-Adresse führt zu deinem Konto.
doctor-webfinger = { $handle } führt nicht zu deinem Konto: { $why }
doctor-webfinger-fix = Lass den Proxy alles unterhalb von /.well-known/ an Taure weitergeben. In nginx nimmt es oft ein eigenes „location /.well-known/“ weg.
doctor-apex-fine = { $domain } leitet zu { $host } weiter.
doctor-apex = { $handle } wird nicht gefunden, weil { $domain } nicht zu { $host } weiterleitet: { $why }
doctor-host-meta = Manche Server fragen { $domain } nach /.well-known/host-meta und finden es nicht.
doctor-apex-fix = Lass { $domain } /.well-known/webfinger und /.well-known/host-meta an { $origin } weiterleiten, samt Query (nginx: location = /.well-known/webfinger mit return 301 { $origin }$request_uri; Caddy: redir /.well-known/webfinger { $origin }/.well-known/webfinger mit der Query).
doctor-actor-fine = Andere Server können lesen, wer du bist.
doctor-actor-none = Andere Server können { $actor } nicht lesen: { $why }
doctor-actor-kind = Wer wie ein Server nach { $actor } fragt, bekommt { $why }.
doctor-actor-other = Unter { $actor } wird jemand anders beschrieben: { $why }
doctor-actor-fix = Ein Cache oder Filter steht dazwischen. Lass ihn den Header Accept weitergeben und „Vary: Accept“ beachten, oder lass ihn nichts von dieser Website behalten.
doctor-signatures-fine = Signierte Anfragen kommen so an, wie sie gesendet wurden.
doctor-signatures-none = Eine signierte Anfrage wurde nicht von Taure beantwortet: { $why }
doctor-signatures-wrong = Eine signierte Anfrage kam an, und ihre Signatur passt nicht: { $why }
doctor-signatures-fix = Lass den Proxy Anfragen so weitergeben, wie sie sind: Methode, Pfad mit Query und alle Header.
doctor-host-changed = Der Proxy ändert den Header Host: „{ $seen }“ kommt an, wo „{ $sent }“ gesendet wurde. Nichts, was andere signieren, lässt sich prüfen.
doctor-host-fix = In nginx füge hinzu: proxy_set_header Host $host; in Apache: ProxyPreserveHost On. In Caddy entferne „header_up Host“.
doctor-header-lost = Der Proxy verwirft den Header { $name }: Nichts, was andere signieren, lässt sich prüfen.
doctor-header-changed = Der Proxy ändert den Header { $name }: „{ $seen }“ kommt an, wo „{ $sent }“ gesendet wurde.
doctor-header-fix = Lass den Proxy { $name } so weitergeben, wie er kam. Such nach einer Liste erlaubter Header, einer Web Application Firewall oder proxy_set_header { $name } in nginx.
doctor-bodies-fine = Eine Anfrage von 1 MiB kommt durch.
doctor-bodies-capped = Anfragen von mehr als { $kib } KiB kommen nicht durch: Große Beiträge anderer gehen verloren, und Bilder lassen sich nicht hochladen.
doctor-uploads-capped = Der Proxy lehnt Uploads von { $wanted } MB ab, die Taure annehmen würde.
doctor-bodies-fix = Lass den Proxy { $wanted } MB annehmen (nginx: client_max_body_size { $wanted }m; Caddy: request_body max_size { $wanted }MB; Apache: LimitRequestBody).
doctor-sockets-fine = WebSockets kommen durch.
doctor-sockets-none = WebSockets kommen nicht durch ({ $why }): Apps zeigen Neues erst, wenn sie wieder geöffnet werden.
doctor-sockets-fix = In nginx füge hinzu: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade". In Apache aktiviere proxy_wstunnel. Caddy macht das von selbst.
doctor-events-fine = Ereignisse kommen sofort an.
doctor-events-held = Der Proxy sammelt Ereignisse, statt sie weiterzugeben: Apps und offene Seiten erfahren Neues zu spät.
doctor-events-none = Ereignisse kommen nicht durch: { $why }
doctor-events-fix = In nginx füge hinzu: proxy_buffering off. In Caddy füge bei reverse_proxy hinzu: flush_interval -1. In einem Cache nimm text/event-stream aus, und komprimiere es nicht.
