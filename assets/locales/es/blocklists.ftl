# What holds for whole servers, and lists of such.

blocklists-tab = Listas
blocklists-edit = Cambiar
blocklists-rule = Qué vale allí
blocklists-suspend = Suspendido: nada entra ni sale
blocklists-hide = Oculto: no se muestra nada de él
blocklists-silence = Silenciado: solo se oye a quienes sigues
blocklists-free = Nada más que lo elegido abajo
blocklists-exception = Nunca bloqueado, diga lo que diga una lista
blocklists-no-media = No traer ni mostrar sus imágenes, vídeos y sonidos
blocklists-no-reports = No aceptar denuncias suyas
blocklists-below = También todos sus subdominios
blocklists-comment = Nota para ti
blocklists-public = Motivo para todo el mundo
blocklists-published = Mostrarlo en la lista pública de tus bloqueos
blocklists-obfuscate = Ocultar allí parte de su nombre con asteriscos
blocklists-save = Guardar
blocklists-lift = Quitar
blocklists-listed = De una lista
blocklists-tags-media = sin multimedia
blocklists-tags-reports = sin denuncias
blocklists-name-suspend = suspendido
blocklists-name-hide = oculto
blocklists-name-silence = silenciado
blocklists-name-free = limitado
blocklists-name-exception = nunca bloqueado
blocklists-today = Cuentas nuevas llegadas hoy de allí: { $accounts } de { $most }; publicaciones nuevas: { $posts } de { $all }. No se aceptan más.
blocklists-drafts = Decides tú
blocklists-drafts-hint = Hay listas que quieren bloquear estos servidores, y allí perderías a gente. No pasa nada hasta que decidas.
blocklists-loss = Perderías { $followers ->
    [one] { $followers } seguidor
   *[other] { $followers } seguidores
 } y { $following ->
    [one] { $following } persona a la que sigues
   *[other] { $following } personas a las que sigues
 }.
blocklists-accept = Bloquear
blocklists-decline = Dejarlo
blocklists-file = Importar una lista
blocklists-file-hint = Un archivo CSV de Mastodon, un archivo JSON de GoToSocial o un texto con un servidor por línea. Verás lo que hace antes de que haga nada.
blocklists-file-choose = Archivo
blocklists-file-look = Revisarlo
blocklists-waits = Una lista está en espera
blocklists-waits-count = { $count ->
    [one] Se bloquearía o limitaría { $count } servidor.
   *[other] Se bloquearían o limitarían { $count } servidores.
 }
blocklists-waits-losses = Con estos perderías a gente. No se bloquean ahora; decides sobre cada uno.
blocklists-waits-line = { $server }: { $followers ->
    [one] { $followers } seguidor
   *[other] { $followers } seguidores
 }, sigues a { $following }
blocklists-waits-more = Y { $count } más.
blocklists-take = Bloquearlos
blocklists-forget = Descartarla
blocklists-lists = Tus suscripciones a listas
blocklists-lists-hint = Cada una se lee una vez al día. Lo que ella retira se retira también aquí.
blocklists-lists-none = No tienes suscripciones a listas.
blocklists-url = Dirección de una lista
blocklists-subscribe = Suscribirse
blocklists-unsubscribe = Darse de baja
blocklists-waiting = Se está leyendo.
blocklists-read = { $count ->
    [one] { $count } servidor
   *[other] { $count } servidores
 }, última lectura: { $time }. Omitidos: { $skipped }.
blocklists-failed = No se ha podido leer: { $why }
blocklists-export = Guardar tus bloqueos en un archivo
