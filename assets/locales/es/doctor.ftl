doctor-title = El doctor
doctor-about = Examina tu servidor desde fuera, tal como lo encuentran los demás, y lo que guarda.
doctor-never = El doctor aún no ha pasado.
doctor-looked = Último examen del doctor: { $when }.
doctor-ask = Examinar ahora
doctor-asked = El doctor está examinando tu servidor. Tarda hasta un minuto: después, vuelve a cargar esta página.
doctor-well = Todo está como debe.
doctor-faults = { $count ->
    [one] Se ha encontrado { $count } fallo.
   *[other] Se han encontrado { $count } fallos.
 }
doctor-again = Volver a cargar
doctor-news = { $count ->
    [one] El doctor ha encontrado un fallo nuevo en tu servidor
   *[other] El doctor ha encontrado { $count } fallos nuevos en tu servidor
 }
doctor-level-ok = Bien
doctor-level-note = Para saber
doctor-level-warning = Atención
doctor-level-fault = Fallo

doctor-name-permissions = Permisos
doctor-name-disk = Espacio en disco
doctor-name-speed = Velocidad del disco
doctor-name-schema = Esquema
doctor-name-database = Base de datos
doctor-name-account = Cuenta
doctor-name-server = Servidor
doctor-name-servers = Un solo servidor
doctor-name-queue = Trabajo en segundo plano
doctor-name-hosts = Otros servidores
doctor-name-budget = Presupuesto de disco
doctor-name-backups = Copias de seguridad
doctor-name-clock = Reloj
doctor-name-dns = DNS
doctor-name-port = Puerto
doctor-name-certificate = Certificado
doctor-name-proxy = Proxy
doctor-name-redirect = De http a https
doctor-name-webfinger = Identificador
doctor-name-apex = Redirección del dominio
doctor-name-actor = Actor
doctor-name-signatures = Firmas
doctor-name-bodies = Peticiones grandes
doctor-name-uploads = Subida de archivos
doctor-name-sockets = WebSockets
doctor-name-events = Flujos de eventos

doctor-no-folder = La carpeta { $folder } no existe o no se puede abrir.
doctor-no-folder-fix = Indica la correcta con --data, o ejecuta esto con el usuario con el que se ejecuta el servidor.
doctor-permissions-fine = Las claves de { $folder } son solo para su propietario.
doctor-readable = Cualquiera en esta máquina puede leer las claves de { $folder }.
doctor-group = El grupo de { $folder } puede leer las claves que contiene.
doctor-readable-fix = Ejecuta: chmod 700 { $folder }
doctor-foreign = { $file }, en { $folder }, pertenece a otro usuario que la carpeta.
doctor-foreign-fix = Ejecuta: chown -R { $owner } { $folder }
doctor-unwritable = No se puede escribir nada en { $folder }.
doctor-unwritable-fix = Ejecuta esto con el usuario con el que se ejecuta el servidor. Si ya es así, dale la carpeta con chown -R y mira si el disco se montó en modo de solo lectura.

doctor-disk-fine = Libre: { $free } de { $total }.
doctor-disk-full = El disco está lleno. Libre: { $free } de { $total }.
doctor-disk-little = El disco está casi lleno. Libre: { $free } de { $total }.
doctor-disk-fix = Haz sitio, o concede menos a Taure con disk_mb en taure.toml. «taure space» muestra dónde están sus bytes.
doctor-speed-fine = Un megabyte está a salvo en el disco en { $ms } ms.
doctor-speed-slow = Un megabyte tarda { $ms } ms en estar a salvo en el disco: todo lo demás tiene que esperar.
doctor-speed-fix = Quizá otra cosa mantiene ocupado el disco, o es una tarjeta lenta o una carpeta en red. Mueve { $folder } a un disco más rápido.
doctor-schema-fine = La base de datos tiene el esquema { $found }, el que usa esta versión de Taure.
doctor-schema-newer = La base de datos tiene el esquema { $found }, y Taure { $version } solo conoce hasta el { $known }: la escribió una versión más nueva.
doctor-schema-newer-fix = Vuelve a instalar la versión más nueva. O restaura una copia anterior: las de la carpeta «snapshots» llevan el esquema en el nombre.
doctor-schema-older = La base de datos tiene el esquema { $found }, y Taure { $version } usa el { $known }.
doctor-schema-older-fix = «taure serve» la pone al día la próxima vez que se inicia.
doctor-database-fine = Todas las páginas y todos los índices de la base de datos están intactos ({ $size }).
doctor-database-quick = Todas las páginas de la base de datos están intactas ({ $size }). Con --deep se examinan también sus índices.
doctor-database-broken = La base de datos { $file } está dañada: { $why }
doctor-database-fix = Detén el servidor y guarda una copia de la carpeta entera. Después restaura la última copia de seguridad con «taure restore», o pon en su lugar la copia más reciente de la carpeta «snapshots». Mira también el disco: puede que se esté muriendo.

doctor-nobody = Aún no vive nadie aquí.
doctor-nobody-fix = Crea la cuenta con «taure init», o en el navegador con «taure serve».
doctor-closed = No se puede abrir la carpeta: { $why }
doctor-server-fine = Taure { $version } está en marcha y responde en { $listen }.
doctor-server-silent = Un servidor ocupa { $folder } y no responde en { $listen }.
doctor-server-silent-fix = Si escucha en otro sitio, di dónde con --listen. Si no, está colgado: lee su registro y vuelve a iniciarlo.
doctor-server-stopped = No hay ningún servidor en marcha: nadie responde en { $listen }. Lo que necesita uno no se ha examinado.
doctor-server-stopped-fix = Inícialo con «taure serve». Si escucha en otro sitio, di dónde con --listen.
doctor-servers = Hay dos servidores con los mismos datos: el que responde en { $at } no es el último que se inició.
doctor-servers-fix = Detén uno de los dos cuanto antes, porque cada uno deshace el trabajo del otro. Busca un segundo contenedor o servicio, o una copia de la carpeta en una máquina antigua a la que aún lleva el nombre.
doctor-queue-fine = Lo que hay que hacer se hace.
doctor-queue-stuck = { $count ->
    [one] Hay un tipo de trabajo pendiente desde hace { $minutes } minutos, y nadie lo hace.
   *[other] Hay { $count } tipos de trabajo pendientes desde hace { $minutes } minutos, y nadie los hace.
 }
doctor-queue-fix = Busca «a lane stopped» o «a job failed» en el registro del servidor, y vuelve a iniciarlo.
doctor-hosts-fine = Se puede contactar con todos los servidores a los que escribes.
doctor-hosts-down = { $count ->
    [one] Hay un servidor con el que no se puede contactar.
   *[other] Hay { $count } servidores con los que no se puede contactar.
 }
doctor-hosts-fix = Con unos pocos es normal. Si son la mayoría, revisa la conexión de esta máquina y su DNS.
doctor-budget-fine = En uso: { $used } de los { $granted } concedidos.
doctor-budget-over = En uso: { $used }; concedidos, solo { $granted }.
doctor-budget-fix = Concede más con disk_mb en taure.toml, o guarda menos días las publicaciones de otros con keep_posts_days.
doctor-snapshots-old = { $count ->
    [0] No hay ninguna copia nocturna de la base de datos.
    [one] La última copia nocturna de la base de datos es de hace { $count } día.
   *[other] La última copia nocturna de la base de datos es de hace { $count } días.
 }
doctor-snapshots-fix = Quizá no hay sitio para ella: mira «Presupuesto de disco». El registro del servidor lo dice cada noche.
doctor-backups-fine = { $count ->
    [0] La última copia de seguridad es de hoy.
    [one] La última copia de seguridad es de hace { $count } día.
   *[other] La última copia de seguridad es de hace { $count } días.
 }
doctor-backups-old = { $count ->
    [one] La última copia de seguridad es de hace { $count } día.
   *[other] La última copia de seguridad es de hace { $count } días.
 }
doctor-backups-none = Nunca se ha hecho una copia de seguridad.
doctor-backups-fix = Haz una con «taure backup ARCHIVO» y guárdala en otra máquina.
doctor-clock-fine = El reloj está en hora, según otros servidores.
doctor-clock-unknown = Ningún otro servidor ha dicho qué hora es.
doctor-clock-off = El reloj de esta máquina va { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
 } { $side ->
    [behind] atrasado
   *[ahead] adelantado
 }: otros servidores rechazan lo que firma.
doctor-clock-fix = Deja que la red ponga el reloj en hora: ejecuta «timedatectl set-ntp true», o inicia chrony. En una máquina virtual, pon en hora el reloj de su anfitrión.

doctor-dns-fine = { $host } lleva a { $addresses }.
doctor-dns-none = El nombre { $host } no lleva a ninguna parte.
doctor-dns-none-fix = Donde está registrado el dominio, añade un registro A (y un registro AAAA para IPv6) para { $host } con la dirección de este servidor. Un registro nuevo tarda hasta una hora en verse.
doctor-dns-private = Desde aquí, { $host } lleva a { $addresses }, que no está en la internet abierta.
doctor-dns-private-fix = En casa es normal, y lo demás se ha examinado por ese camino. Lo que ven los demás hay que mirarlo desde fuera: pide a alguien que abra tu página.
doctor-dns-foreign = Lo que responde por { $host } en { $address } no es este Taure (respuesta: { $status }).
doctor-dns-foreign-fix = Si { $address } no es la dirección de este servidor, corrige los registros A y AAAA de { $host }. Si lo es, el servidor web de allí sirve otro sitio: haz que pase { $host } a { $listen } (nginx: proxy_pass http://{ $listen }; Caddy: reverse_proxy { $listen }).
doctor-dns-elsewhere = { $host } lleva a { $addresses }, que no es ninguna dirección de esta máquina.
doctor-dns-elsewhere-fix = Detrás de un router que reenvía los puertos 80 y 443 está bien así. Si no, corrige los registros A y AAAA de { $host }.
doctor-dns-here-fix = Donde está registrado el dominio, haz que el registro A (para IPv6, el AAAA) de { $host } sea la dirección de esta máquina, { $here }. Un registro cambiado tarda hasta una hora en verse.
doctor-port-fine = El puerto { $port } está abierto.
doctor-port-closed = El puerto { $port } de { $address } está cerrado.
doctor-port-silent = El puerto { $port } de { $address } no responde.
doctor-port-unreachable = No se puede llegar a { $address } por el puerto { $port }: { $why }
doctor-port-six = Desde aquí no se puede llegar a { $address }: { $why }
doctor-port-fix = Abre el puerto { $port } en el cortafuegos de esta máquina y en el de tu proveedor (ufw allow { $port }/tcp); en un router doméstico, reenvíalo a esta máquina. Comprueba después que el proxy, o el propio Taure, escucha ahí. A algunos routers no se puede llegar desde dentro por su propio nombre: prueba antes con un teléfono sin wifi.
doctor-port-free = El puerto { $port } está libre.
doctor-port-taken = { $who ->
    [0] El puerto { $port } está ocupado.
   *[other] El puerto { $port } lo ocupa { $who }.
 }
doctor-port-taken-fix = Haz que ese servidor web pase la dirección a Taure (nginx: proxy_pass; Caddy: reverse_proxy), o detenlo si es Taure quien debe hablar https.
doctor-port-forbidden = Este usuario no puede usar el puerto { $port }.
doctor-port-forbidden-fix = Deja que systemd inicie el servidor, o ejecuta setcap cap_net_bind_service=+ep sobre el binario.
doctor-certificate-fine = { $count ->
    [one] El certificado vale { $count } día más.
   *[other] El certificado vale { $count } días más.
 }
doctor-certificate-none = { $address } no habla https para { $host }: { $why }
doctor-certificate-expired = El certificado de { $host } en { $address } caducó hace { $count ->
    [one] { $count } día.
   *[other] { $count } días.
 }
doctor-certificate-soon = El certificado de { $host } en { $address } caduca en { $count ->
    [one] { $count } día.
   *[other] { $count } días.
 }
doctor-certificate-renew = Renuévalo, y mira por qué no se renovó solo: con el https de Taure lo dice el registro; con certbot, ejecuta «certbot renew»; con Caddy, «journalctl -u caddy». A menudo el puerto 80 está cerrado.
doctor-certificate-foreign = El certificado no es para { $host }: { $why }
doctor-certificate-foreign-fix = Haz que el proxy presente un certificado para { $host }: en nginx, añádelo a server_name y ejecuta «certbot --nginx -d { $host }»; en Caddy, empieza el bloque con { $host }.
doctor-certificate-unknown = Otros servidores no se fían del certificado de { $host }: { $why }
doctor-certificate-fix = Haz que el proxy presente la cadena completa de un certificado en el que todos confían, por ejemplo de Let’s Encrypt (nginx: ssl_certificate fullchain.pem; Caddy lo hace solo), o usa el https de Taure.

doctor-ours = { $host } lleva a este Taure.
doctor-proxy-silent = { $address } acepta la conexión para { $host } y no responde.
doctor-proxy-away = El proxy de { $address } no llega a Taure (respuesta: { $status }).
doctor-proxy-fix = Haz que el proxy pase { $host } a { $listen } (nginx: proxy_pass http://{ $listen }; Caddy: reverse_proxy { $listen }), y comprueba que Taure escucha ahí.
doctor-proxy-unnamed = El proxy no dice quién pregunta: todos los visitantes parecen uno solo, y se les frena a todos juntos.
doctor-proxy-unnamed-fix = En nginx, añade: proxy_set_header X-Forwarded-For $remote_addr. Caddy lo hace solo.
doctor-redirect-fine = http lleva a https.
doctor-redirect-closed = Nadie responde en http://{ $host }.
doctor-redirect-none = http://{ $host } no lleva a https.
doctor-redirect-fix = Abre el puerto 80 y redirígelo (nginx: return 301 https://$host$request_uri; Caddy lo hace solo).
doctor-webfinger-fine = Tu identificador lleva a tu cuenta.
doctor-webfinger = { $handle } no lleva a tu cuenta: { $why }
doctor-webfinger-fix = Haz que el proxy pase a Taure todo lo que hay bajo /.well-known/. En nginx, a menudo se lo queda una «location /.well-known/» propia.
doctor-apex-fine = { $domain } lleva a { $host }.
doctor-apex = No se encuentra { $handle }, porque { $domain } no redirige a { $host }: { $why }
doctor-host-meta = Algunos servidores piden /.well-known/host-meta a { $domain } y no lo encuentran.
doctor-apex-fix = Haz que { $domain } redirija /.well-known/webfinger y /.well-known/host-meta a { $origin }, con los parámetros incluidos (nginx: location = /.well-known/webfinger con return 301 { $origin }$request_uri; Caddy: redir /.well-known/webfinger { $origin }/.well-known/webfinger con sus parámetros).
doctor-actor-fine = Otros servidores pueden leer quién eres.
doctor-actor-none = Otros servidores no pueden leer { $actor }: { $why }
doctor-actor-kind = Quien pide { $actor } como lo hace un servidor recibe { $why }.
doctor-actor-other = En { $actor } se describe a otra persona: { $why }
doctor-actor-fix = Hay una caché o un filtro de por medio. Haz que pase la cabecera Accept y respete «Vary: Accept», o que no guarde nada de este sitio.
doctor-signatures-fine = Las peticiones firmadas llegan tal como se enviaron.
doctor-signatures-none = Una petición firmada no la respondió Taure: { $why }
doctor-signatures-wrong = Llegó una petición firmada y su firma no encaja: { $why }
doctor-signatures-fix = Haz que el proxy pase las peticiones tal como son: método, ruta con parámetros y todas las cabeceras.
doctor-host-changed = El proxy cambia la cabecera Host: llega «{ $seen }» donde se envió «{ $sent }». Nada de lo que firman otros se puede verificar.
doctor-host-fix = En nginx, añade: proxy_set_header Host $host; en Apache: ProxyPreserveHost On. En Caddy, quita «header_up Host».
doctor-header-lost = El proxy elimina la cabecera { $name }: nada de lo que firman otros se puede verificar.
doctor-header-changed = El proxy cambia la cabecera { $name }: llega «{ $seen }» donde se envió «{ $sent }».
doctor-header-fix = Haz que el proxy pase { $name } tal como llegó. Busca una lista de cabeceras permitidas, un cortafuegos de aplicaciones web, o proxy_set_header { $name } en nginx.
doctor-bodies-fine = Una petición de 1 MiB llega.
doctor-bodies-capped = Las peticiones de más de { $kib } KiB no llegan: se pierden publicaciones grandes de otros y no se pueden subir imágenes.
doctor-uploads-capped = El proxy rechaza subidas de { $wanted } MB, que Taure aceptaría.
doctor-bodies-fix = Haz que el proxy acepte { $wanted } MB (nginx: client_max_body_size { $wanted }m; Caddy: request_body max_size { $wanted }MB; Apache: LimitRequestBody).
doctor-sockets-fine = Los WebSockets llegan.
doctor-sockets-none = Los WebSockets no llegan ({ $why }): las aplicaciones solo muestran lo nuevo cuando se vuelven a abrir.
doctor-sockets-fix = En nginx, añade: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade". En Apache, activa proxy_wstunnel. Caddy lo hace solo.
doctor-events-fine = Los eventos llegan al instante.
doctor-events-held = El proxy acumula los eventos en lugar de pasarlos: las aplicaciones y las páginas abiertas se enteran demasiado tarde de lo nuevo.
doctor-events-none = Los eventos no llegan: { $why }
doctor-events-fix = En nginx, añade: proxy_buffering off. En Caddy, añade a reverse_proxy: flush_interval -1. En una caché, deja fuera text/event-stream, y no lo comprimas.
