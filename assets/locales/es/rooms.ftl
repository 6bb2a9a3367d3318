# The rooms of the owner: their names, lists, conversations, hashtags, suggestions, other servers.
rooms-nav = Navegación
rooms-home = Inicio
rooms-notifications = Notificaciones
rooms-write = Escribir
rooms-search = Buscar y seguir
rooms-profile = Perfil
rooms-more = Más
rooms-new = sin ver
rooms-conversations = Conversaciones
rooms-lists = Listas
rooms-tags = Etiquetas
rooms-bookmarks = Marcadores
rooms-favourites = Favoritos
rooms-drafts = Borradores
rooms-scheduled = Programadas
rooms-follow-requests = Solicitudes de seguimiento
rooms-settings = Ajustes
rooms-about = Acerca de
rooms-privacy = Privacidad
rooms-terms = Condiciones
rooms-sign-in = Iniciar sesión
rooms-runs-on = Funciona con Taure
rooms-save = Guardar
rooms-edit = Editar
rooms-delete = Eliminar
rooms-keep = Conservarla
rooms-marked-none = Aquí aún no se guarda nada.

rooms-lists-none = Aún no hay listas. Una lista muestra aparte lo que escriben algunas de las personas que sigues.
rooms-list-new = Nueva lista
rooms-list-name = Nombre
rooms-list-replies = Respuestas
rooms-list-replies-followed = A cualquiera a quien sigas
rooms-list-replies-list = A personas de la lista
rooms-list-replies-none = Ninguna
rooms-list-exclusive = Dejar a su gente fuera de Inicio
rooms-list-exclusive-hint = Sus publicaciones solo aparecen en esta lista.
rooms-list-apart = Fuera de Inicio
rooms-list-members = Miembros
rooms-list-members-of = Miembros de { $list }
rooms-list-quiet = Aún no hay nada aquí. Lo que publiquen los miembros de la lista llegará aquí.
rooms-list-edit = Editar { $list }
rooms-list-back = Volver a la lista
rooms-list-delete = ¿Eliminar { $list }?
rooms-list-delete-hint = La lista desaparece. Sigues siguiendo a todos los que están en ella.
rooms-list-find = Encontrar a alguien a quien sigues
rooms-list-search = Buscar
rooms-list-nobody = No sigues a nadie con ese nombre.
rooms-list-empty = Aún no hay nadie en esta lista.
rooms-list-add = Añadir
rooms-list-remove = Quitar
rooms-list-first = Crea primero una lista

rooms-unsealed = Sin cifrar: los servidores de todos los participantes pueden leerla.
rooms-not-encrypted = sin cifrar
rooms-conversations-none = No hay conversaciones. Una publicación solo para las personas mencionadas inicia una.
rooms-conversation-new = Nueva
rooms-conversation-picture = Una imagen
rooms-conversation-self = Una nota para ti
rooms-conversation-you = Tú:
rooms-conversation-delete = Quitar de la lista
rooms-unread = Sin leer
rooms-mark-read = Marcar como leída
rooms-mark-unread = Marcar como no leída

rooms-tag-none = Aquí no hay publicaciones con esta etiqueta.
rooms-tag-name = Una etiqueta
rooms-tag-follow = Seguir
rooms-tag-unfollow = Dejar de seguir
rooms-tag-feature = Mostrar en el perfil
rooms-tag-unfeature = Quitar del perfil
rooms-tag-wrong = Esto no es una etiqueta
rooms-tag-posts = { $count ->
    [one] { $count } publicación
   *[other] { $count } publicaciones
 }
rooms-tags-followed = Seguidas
rooms-tags-none = No sigues ninguna. Abre una etiqueta y pulsa Seguir, o escribe una aquí.
rooms-tags-featured = En el perfil
rooms-tags-featured-hint = Los visitantes las ven allí, diez como máximo.
rooms-tags-sources = De dónde vienen las publicaciones de desconocidos

rooms-suggestions = A quién podrías seguir
rooms-suggestions-hint = Personas a las que impulsan, responden o mencionan aquellas a las que sigues. Para esta lista no se pregunta a nadie.
rooms-suggestions-none = Aún nadie. Cuantas más personas sigas, más habrá por descubrir.
rooms-suggestions-more = Ver más
rooms-suggestion-dismiss = Descartar

rooms-server-ties = Cuentas de allí que sigues: { $following }; que te siguen: { $followers }.
rooms-server-failing = No se puede contactar con él desde { $since }.
rooms-server-failing-more = Todos los servidores con problemas
rooms-server-wake = Intentar ahora
rooms-server-blocked = Bloqueas este servidor: no se muestra nada de él.
rooms-server-look = Ver sus publicaciones públicas
rooms-server-block = Bloquear este servidor
rooms-server-posts = Publicaciones públicas
rooms-server-none = No muestra publicaciones públicas.

rooms-discovery-title = Etiquetas y relés
rooms-discovery-followed = Etiquetas seguidas
rooms-discovery-none = No sigues ninguna. Abre una etiqueta y pulsa Seguir.
rooms-discovery-sources = De dónde vienen las publicaciones de desconocidos
rooms-discovery-hint = Un servidor para una sola persona solo ve las publicaciones de quienes esa persona sigue. Aquí puedes indicar otras fuentes que traigan publicaciones con las etiquetas que sigues. No se miran más de treinta por minuto, y no llega nada hasta que indiques una.
rooms-discovery-new = Añadir una fuente
rooms-discovery-add = Añadir
rooms-discovery-remove = Quitar
rooms-discovery-name = Nombre o dirección
rooms-discovery-sends = Relé: enviarle mis publicaciones públicas
rooms-discovery-sends-hint = Para que los desconocidos de sus servidores puedan encontrarlas.
rooms-discovery-everything = Relé: guardar todas sus publicaciones
rooms-discovery-everything-hint = No solo las que llevan etiquetas que sigo. Llenan el disco y la cronología federada.
rooms-discovery-pages = Páginas de etiquetas de un servidor
rooms-discovery-pages-hint = El nombre de un servidor, como mastodon.social. Sus páginas públicas de etiquetas se leen cada hora.
rooms-discovery-accounts = Cuentas de etiquetas de un servidor
rooms-discovery-accounts-hint = El nombre de un servidor, como tags.pub, que tiene una cuenta por cada etiqueta.
rooms-discovery-relay = Un relé
rooms-discovery-relay-hint = Su dirección: https://relay.example/inbox para los de tipo Mastodon, https://relay.example/actor para los de tipo Pleroma.
rooms-discovery-all-posts = todas sus publicaciones
rooms-discovery-gets = recibe mis publicaciones públicas
rooms-discovery-brought = trajo { $count ->
    [one] { $count } publicación
   *[other] { $count } publicaciones
 }
rooms-discovery-asked = última consulta: { $when }
rooms-discovery-taken = { $count ->
    [one] { $count } aceptada.
   *[other] { $count } aceptadas.
 }
rooms-discovery-waiting = { $count } sin respuesta aún.
rooms-discovery-refused = { $count ->
    [one] { $count } rechazada.
   *[other] { $count } rechazadas.
 }
rooms-discovery-trouble = Último problema: { $reason }
rooms-back-settings = Volver a los ajustes
