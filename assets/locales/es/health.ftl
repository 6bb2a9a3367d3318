health-well = Todo va bien.
health-disk-full = El disco está lleno.
health-late = Hay tareas con más de un cuarto de hora de retraso.
health-clock = El reloj de este servidor se desvía { $minutes } minutos: otros servidores rechazan lo que envía.
health-down = { $count ->
    [one] No se puede contactar con { $count } servidor. Lo que es para él espera.
   *[other] No se puede contactar con { $count } servidores. Lo que es para ellos espera.
 }

health-queues = Qué espera
health-queues-hint = El trabajo que se hace en segundo plano. Casi siempre hay poco aquí.
health-kind = Tipo
health-waiting = En espera
health-due = Por hacer
health-oldest = El más antiguo
health-in = Lo que ha llegado
health-out = Envíos
health-fetch = Consultas
health-card = Vistas previas de enlaces
health-push = Notificaciones para aplicaciones
health-poll = Encuestas y páginas de etiquetas
health-schedule = Publicaciones programadas
health-media = Vídeos y sonidos
health-tidy = Limpieza

health-servers = Servidores con problemas
health-servers-none = Se puede contactar con todos los servidores a los que escribes.
health-servers-all = Todos los servidores con problemas

health-posts = Tus últimas publicaciones
health-posts-none = Aún no has publicado nada.
health-to-nobody = No fue a nadie, o hace más de un mes
health-delivered = Entregada a { $delivered } de { $total }
health-retrying = { $count } reintentando
health-lost = { $count ->
    [one] { $count } abandonado
   *[other] { $count } abandonados
 }

health-given-up = Abandonado hace poco
health-given-up-none = No se ha abandonado nada.

health-arrivals = El último día
health-arrived = { $count ->
    [one] Ha llegado { $count } actividad
   *[other] Han llegado { $count } actividades
 } de { $servers ->
    [one] { $servers } servidor
   *[other] { $servers } servidores
 }.

health-version = Versión
health-build = Compilación
health-build-debug = para pruebas
health-build-release = para el uso
health-uptime = En marcha desde hace
health-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
 }
health-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
 }
health-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
 }
health-database = La base de datos
health-files = Tus propios archivos
health-cache = Imágenes y vídeos de otros
health-free = Libre en el disco
health-where = Dónde está cada byte
health-more = El estado en detalle
health-speaks = Qué habla
health-speaks-activitypub = ActivityPub, con Mastodon y cualquier otro servidor de este tipo
health-speaks-api = La API de Mastodon, para aplicaciones
health-speaks-feeds = RSS, Atom y JSON Feed, para lectores
health-speaks-nodeinfo = Qué es, para máquinas: { $link }
health-licence = Software libre
health-licence-words = Puedes leerlo, cambiarlo y compartirlo, bajo la { $licence }.

health-apps-hint = Aquí aparece toda aplicación que pide algo que este servidor no tiene o que no puede recibir. Lo que pidió en concreto no se guarda.
health-apps-none = Ninguna aplicación tiene la sesión iniciada.
health-apps-revoke = Cerrar la sesión de una aplicación
health-calls-well = { $count ->
    [one] { $count } llamada correcta
   *[other] { $count } llamadas correctas
 }
health-calls-unknown = { $count ->
    [one] { $count } dirección desconocida
   *[other] { $count } direcciones desconocidas
 }
health-calls-refused = { $count ->
    [one] { $count } rechazada
   *[other] { $count } rechazadas
 }
health-unknown = Desconocido aquí
health-refused = Rechazado

health-trouble = Servidores con problemas
health-trouble-hint = Lo que espera por ellos se intenta durante siete días, cada vez con menos frecuencia, y sale en cuanto dan señales de vida. A uno que lleva un mes caído no se le envía nada más hasta entonces.
health-next = Más
health-back = Volver al estado del servidor
health-down-since = Caído desde { $since }, { $count ->
    [one] { $count } intento
   *[other] { $count } intentos
 }
health-waits = { $count } en espera
health-seen = última señal de vida: { $when }
health-next-try = próximo intento: { $when }
health-try = Intentar ahora
health-not-tried = sin intentos aún
health-the-server = el servidor
health-where-went = Adónde fue esta publicación
health-nothing-known = No se sabe nada: no fue a nadie, o fue hace más de un mes.
health-try-all = Volver a intentar todos ahora
health-tries = { $count ->
    [one] { $count } intento, el último: { $when }
   *[other] { $count } intentos, el último: { $when }
 }
health-was-given-up = abandonado
health-is-down = caído desde { $when }
health-to-post = Volver a la publicación
health-delivery = Entrega
health-servers-down = { $count ->
    [one] { $count } servidor caído
   *[other] { $count } servidores caídos
 }
