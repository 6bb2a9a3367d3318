doctor-title = The doctor
doctor-about = Looks at your server from outside, as others meet it, and at what it keeps.
doctor-never = The doctor has not looked yet.
doctor-looked = The doctor looked { $when }.
doctor-ask = Look now
doctor-asked = The doctor is looking. That takes up to a minute: load this page again then.
doctor-well = Everything is as it should be.
doctor-faults = { $count ->
    [one] { $count } fault was found.
   *[other] { $count } faults were found.
 }
doctor-again = Load again
doctor-news = { $count ->
    [one] The doctor found a new fault in your server
   *[other] The doctor found { $count } new faults in your server
 }
doctor-level-ok = Fine
doctor-level-note = To know
doctor-level-warning = Not good
doctor-level-fault = Fault

doctor-name-permissions = Permissions
doctor-name-disk = Disk space
doctor-name-speed = Disk speed
doctor-name-schema = Schema
doctor-name-database = Database
doctor-name-account = Account
doctor-name-server = Server
doctor-name-servers = One server only
doctor-name-queue = Work in the background
doctor-name-hosts = Other servers
doctor-name-budget = Disk budget
doctor-name-backups = Backups
doctor-name-clock = Clock
doctor-name-dns = DNS
doctor-name-port = Port
doctor-name-certificate = Certificate
doctor-name-proxy = Proxy
doctor-name-redirect = From http to https
doctor-name-webfinger = Handle
doctor-name-apex = Redirect of the domain
doctor-name-actor = Actor
doctor-name-signatures = Signatures
doctor-name-bodies = Large requests
doctor-name-uploads = Uploads
doctor-name-sockets = WebSockets
doctor-name-events = Event streams

doctor-no-folder = The folder { $folder } is not there, or may not be opened.
doctor-no-folder-fix = Name the right one with --data, or run this as the user that the server runs as.
doctor-permissions-fine = The keys in { $folder } are for its owner alone.
doctor-readable = Everybody on this machine can read the keys in { $folder }.
doctor-group = The group of { $folder } can read the keys in it.
doctor-readable-fix = Run: chmod 700 { $folder }
doctor-foreign = { $file } in { $folder } belongs to another user than the folder.
doctor-foreign-fix = Run: chown -R { $owner } { $folder }
doctor-unwritable = Nothing can be written in { $folder }.
doctor-unwritable-fix = Run this as the user that the server runs as. If that is so already, give it the folder with chown -R, and look whether the disk was mounted for reading only.

doctor-disk-fine = { $free } of { $total } are free.
doctor-disk-full = The disk is full: { $free } of { $total } are free.
doctor-disk-little = The disk is nearly full: { $free } of { $total } are free.
doctor-disk-fix = Make room, or grant Taure less with disk_mb in taure.toml. “taure space” shows where its bytes are.
doctor-speed-fine = A megabyte is safe on the disk after { $ms } ms.
doctor-speed-slow = A megabyte takes { $ms } ms until it is safe on the disk: everything waits for that.
doctor-speed-fix = Something else may keep the disk busy, or it is a slow card or a network folder. Move { $folder } to a faster disk.
doctor-schema-fine = The database has schema { $found }, which this Taure speaks.
doctor-schema-newer = The database has schema { $found }, and Taure { $version } knows only up to { $known }: a newer Taure wrote it.
doctor-schema-newer-fix = Install the newer version again. Or restore a copy from before it: those in the folder “snapshots” have it in their names.
doctor-schema-older = The database has schema { $found }, and Taure { $version } speaks { $known }.
doctor-schema-older-fix = “taure serve” brings it there when it is started again.
doctor-database-fine = Every page and index of the database is whole ({ $size }).
doctor-database-quick = Every page of the database is whole ({ $size }). With --deep its indexes are looked at, too.
doctor-database-broken = The database { $file } is damaged: { $why }
doctor-database-fix = Stop the server and keep a copy of the whole folder. Then restore the last backup with “taure restore”, or put the newest copy from the folder “snapshots” in its place. Look at the disk, too: it may be dying.

doctor-nobody = Nobody lives here yet.
doctor-nobody-fix = Make the account with “taure init”, or in the browser with “taure serve”.
doctor-closed = The folder cannot be opened: { $why }
doctor-server-fine = Taure { $version } runs and answers at { $listen }.
doctor-server-silent = A server holds { $folder } and does not answer at { $listen }.
doctor-server-silent-fix = If it listens elsewhere, say where with --listen. Else it hangs: read its log, and start it again.
doctor-server-stopped = No server runs: nobody answers at { $listen }. What needs one was not looked at.
doctor-server-stopped-fix = Start it with “taure serve”. If it listens elsewhere, say where with --listen.
doctor-servers = Two servers run on the same data: who answers at { $at } is not the one that was started last.
doctor-servers-fix = Stop one of them at once, since they undo each other’s work. Look for a second container or service, and for a copy of the folder on an old machine to which the name still leads.
doctor-queue-fine = What is due gets done.
doctor-queue-stuck = { $count ->
    [one] Work of one kind has been due for { $minutes } minutes, and nobody does it.
   *[other] Work of { $count } kinds has been due for { $minutes } minutes, and nobody does it.
 }
doctor-queue-fix = Read the log of the server for “a lane stopped” or “a job failed”, and start it again.
doctor-hosts-fine = Every server that you write to can be reached.
doctor-hosts-down = { $count ->
    [one] One other server cannot be reached.
   *[other] { $count } other servers cannot be reached.
 }
doctor-hosts-fix = That is usual for a few. If it is most of them, look at the connection of this machine and its DNS.
doctor-budget-fine = { $used } of the granted { $granted } are used.
doctor-budget-over = { $used } are used, and only { $granted } are granted.
doctor-budget-fix = Grant more with disk_mb in taure.toml, or keep posts of others for fewer days with keep_posts_days.
doctor-snapshots-old = { $count ->
    [0] There is no nightly copy of the database.
    [one] The last nightly copy of the database is { $count } day old.
   *[other] The last nightly copy of the database is { $count } days old.
 }
doctor-snapshots-fix = There may be no room for it: see “Disk budget”. The log of the server says so each night.
doctor-backups-fine = { $count ->
    [0] The last backup is of today.
    [one] The last backup is { $count } day old.
   *[other] The last backup is { $count } days old.
 }
doctor-backups-old = { $count ->
    [one] The last backup is { $count } day old.
   *[other] The last backup is { $count } days old.
 }
doctor-backups-none = No backup was ever made.
doctor-backups-fix = Make one with “taure backup FILE”, and keep it on another machine.
doctor-clock-fine = The clock is right, as other servers see it.
doctor-clock-unknown = No other server said what time it is.
doctor-clock-off = The clock of this machine is { $minutes } minutes { $side ->
    [behind] behind
   *[ahead] ahead
 }: other servers refuse what it signs.
doctor-clock-fix = Let the clock be set by the network: run “timedatectl set-ntp true”, or start chrony. In a virtual machine, set the clock of its host.

doctor-dns-fine = { $host } leads to { $addresses }.
doctor-dns-none = The name { $host } leads nowhere.
doctor-dns-none-fix = Where the domain is registered, add an A record (and an AAAA record for IPv6) for { $host } with the address of this server. A new record takes up to an hour until it is seen.
doctor-dns-private = From here { $host } leads to { $addresses }, which is not on the open internet.
doctor-dns-private-fix = At home that is usual, and the rest was looked at that way. What others see has to be looked at from outside: ask a friend to open your page.
doctor-dns-foreign = What answers for { $host } at { $address } is not this Taure (it says { $status }).
doctor-dns-foreign-fix = If { $address } is not the address of this server, correct the A and AAAA records of { $host }. If it is, the web server there serves another site: let it pass { $host } on to { $listen } (nginx: proxy_pass http://{ $listen }; Caddy: reverse_proxy { $listen }).
doctor-dns-elsewhere = { $host } leads to { $addresses }, which is no address of this machine.
doctor-dns-elsewhere-fix = Behind a router that passes ports 80 and 443 on that is right. Else correct the A and AAAA records of { $host }.
doctor-dns-here-fix = Where the domain is registered, let the A record (for IPv6 the AAAA record) of { $host } be the address of this machine, { $here }. A changed record takes up to an hour until it is seen.
doctor-port-fine = Port { $port } is open.
doctor-port-closed = Port { $port } of { $address } is closed.
doctor-port-silent = Port { $port } of { $address } does not answer.
doctor-port-unreachable = { $address } cannot be reached at port { $port }: { $why }
doctor-port-six = { $address } cannot be reached from here: { $why }
doctor-port-fix = Open port { $port } in the firewall of this machine and of its host (ufw allow { $port }/tcp), and in a router at home pass it on to this machine. Then see that the proxy, or Taure itself, listens there. Some routers cannot be reached by their own name from inside: then look from a phone without Wi-Fi first.
doctor-port-free = Port { $port } is free.
doctor-port-taken = { $who ->
    [0] Port { $port } is taken.
   *[other] Port { $port } is taken by { $who }.
 }
doctor-port-taken-fix = Either let that web server pass the address on to Taure (nginx: proxy_pass; Caddy: reverse_proxy), or stop it, if Taure is to speak https itself.
doctor-port-forbidden = Port { $port } is not for this user.
doctor-port-forbidden-fix = Let systemd start the server, or run: setcap cap_net_bind_service=+ep on the binary.
doctor-certificate-fine = { $count ->
    [one] The certificate is good for { $count } more day.
   *[other] The certificate is good for { $count } more days.
 }
doctor-certificate-none = { $address } speaks no https for { $host }: { $why }
doctor-certificate-expired = The certificate of { $host } at { $address } has expired, { $count ->
    [one] { $count } day ago.
   *[other] { $count } days ago.
 }
doctor-certificate-soon = The certificate of { $host } at { $address } expires in { $count ->
    [one] { $count } day.
   *[other] { $count } days.
 }
doctor-certificate-renew = Renew it, and see why that did not happen by itself: with Taure’s own https the log says why, with certbot run “certbot renew”, with Caddy “journalctl -u caddy”. Often port 80 is closed.
doctor-certificate-foreign = The certificate is not for { $host }: { $why }
doctor-certificate-foreign-fix = Let the proxy show a certificate for { $host }: in nginx add it to server_name and run “certbot --nginx -d { $host }”; in Caddy begin the block with { $host }.
doctor-certificate-unknown = Other servers do not believe the certificate of { $host }: { $why }
doctor-certificate-fix = Let the proxy show the whole chain of a certificate that everybody trusts, Let’s Encrypt’s say (nginx: ssl_certificate fullchain.pem; Caddy does so by itself), or use Taure’s own https.

doctor-ours = { $host } leads to this Taure.
doctor-proxy-silent = { $address } takes the connection for { $host } and does not answer.
doctor-proxy-away = The proxy at { $address } does not reach Taure (it says { $status }).
doctor-proxy-fix = Let the proxy pass { $host } on to { $listen } (nginx: proxy_pass http://{ $listen }; Caddy: reverse_proxy { $listen }), and see that Taure listens there.
doctor-proxy-unnamed = The proxy does not say who asks: all visitors look like one, and are slowed down together.
doctor-proxy-unnamed-fix = In nginx add: proxy_set_header X-Forwarded-For $remote_addr. Caddy does so by itself.
doctor-redirect-fine = http leads to https.
doctor-redirect-closed = Nobody answers at http://{ $host }.
doctor-redirect-none = http://{ $host } does not lead to https.
doctor-redirect-fix = Open port 80 and lead it on (nginx: return 301 https://$host$request_uri; Caddy does so by itself).
doctor-webfinger-fine = Your handle leads to your account.
doctor-webfinger = { $handle } does not lead to your account: { $why }
doctor-webfinger-fix = Let the proxy pass everything below /.well-known/ on to Taure. In nginx an own “location /.well-known/” often takes it away.
doctor-apex-fine = { $domain } leads on to { $host }.
doctor-apex = { $handle } is not found, since { $domain } does not lead on to { $host }: { $why }
doctor-host-meta = Some servers ask { $domain } for /.well-known/host-meta and do not find it.
doctor-apex-fix = Let { $domain } lead /.well-known/webfinger and /.well-known/host-meta on to { $origin }, the query included (nginx: location = /.well-known/webfinger with return 301 { $origin }$request_uri; Caddy: redir /.well-known/webfinger { $origin }/.well-known/webfinger with its query).
doctor-actor-fine = Other servers can read who you are.
doctor-actor-none = Other servers cannot read { $actor }: { $why }
doctor-actor-kind = Who asks for { $actor } as a server does gets { $why }.
doctor-actor-other = At { $actor } somebody else is described: { $why }
doctor-actor-fix = A cache or a filter stands between. Let it pass the Accept header on and heed “Vary: Accept”, or let it keep nothing of this site.
doctor-signatures-fine = Signed requests arrive as they were sent.
doctor-signatures-none = A signed request was not answered by Taure: { $why }
doctor-signatures-wrong = A signed request arrived, and its signature does not fit: { $why }
doctor-signatures-fix = Let the proxy pass requests on as they are: method, path with query, and all headers.
doctor-host-changed = The proxy changes the Host header: “{ $seen }” arrives where “{ $sent }” was sent. Nothing that others sign can be verified.
doctor-host-fix = In nginx add: proxy_set_header Host $host; in Apache: ProxyPreserveHost On. In Caddy take “header_up Host” away.
doctor-header-lost = The proxy drops the header { $name }: nothing that others sign can be verified.
doctor-header-changed = The proxy changes the header { $name }: “{ $seen }” arrives where “{ $sent }” was sent.
doctor-header-fix = Let the proxy pass { $name } on as it came. Look for a list of allowed headers, a web application firewall, or proxy_set_header { $name } in nginx.
doctor-bodies-fine = A request of 1 MiB comes through.
doctor-bodies-capped = Requests of more than { $kib } KiB do not come through: large posts of others are lost, and pictures cannot be uploaded.
doctor-uploads-capped = The proxy refuses uploads of { $wanted } MB, which Taure would take.
doctor-bodies-fix = Let the proxy take { $wanted } MB (nginx: client_max_body_size { $wanted }m; Caddy: request_body max_size { $wanted }MB; Apache: LimitRequestBody).
doctor-sockets-fine = WebSockets come through.
doctor-sockets-none = WebSockets do not come through ({ $why }): apps show what is new only when they are opened again.
doctor-sockets-fix = In nginx add: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade". In Apache enable proxy_wstunnel. Caddy does so by itself.
doctor-events-fine = Events arrive at once.
doctor-events-held = The proxy gathers events up instead of passing them on: apps and open pages hear of what is new too late.
doctor-events-none = Events do not come through: { $why }
doctor-events-fix = In nginx add: proxy_buffering off. In Caddy add to reverse_proxy: flush_interval -1. In a cache, leave text/event-stream out, and do not compress it.
