# The box in which posts are written, and the pages around it.

## The box
compose-prompt = ¿Qué tienes en mente?
compose-your-reply = Tu respuesta
compose-content = Contenido:
compose-warning = Advertencia
compose-content-warning = Advertencia de contenido
compose-about-what = ¿De qué trata?
compose-media = Imágenes, vídeos, sonidos
compose-poll = Encuesta
compose-more = Más
compose-visibility = Quién puede verla
compose-language = Idioma
compose-publish = Publicar
compose-reply = Responder
compose-save = Guardar
compose-anyway = Publicar igualmente
compose-preview = Vista previa
compose-save-draft = Guardar como borrador
compose-saved = Guardado como borrador
compose-kept-here = Sin conexión: guardado en este navegador
compose-left = Quedan { $count } caracteres

## Pictures
compose-alt = Texto alternativo
compose-alt-hint = Qué se ve, para quienes no pueden verlo
compose-keep = Conservar
compose-file = Imagen, vídeo o sonido
compose-sensitive = Ocultar las imágenes hasta que se pulsen
compose-focus = Qué queda a la vista
compose-focus-hint = Donde una imagen se recorta, se conserva esta parte.
compose-focus-exact = El punto que pulsaste
compose-top-left = Arriba a la izquierda
compose-top = Arriba
compose-top-right = Arriba a la derecha
compose-left-side = Izquierda
compose-middle = Centro
compose-right-side = Derecha
compose-bottom-left = Abajo a la izquierda
compose-bottom = Abajo
compose-bottom-right = Abajo a la derecha

## Format, quotes, threads, time
compose-format = Escrito en
compose-plain = Texto sin formato
compose-markdown = Markdown
compose-quote-policy = Quién puede citarla
compose-quote-public = Cualquiera
compose-quote-followers = Seguidores
compose-quote-nobody = Nadie
compose-reply-policy = Quién puede responder
compose-replies-everybody = Cualquiera
compose-replies-followers = Mis seguidores y a quien mencione
compose-replies-followed = Las personas que sigo y a quien mencione
compose-replies-mentioned = Solo a quien mencione
compose-thread = Como hilo
compose-thread-hint = Una línea de tres guiones, ---, empieza la siguiente publicación.
compose-at = Publicar más tarde, el
compose-at-hint = Déjalo vacío para publicar ahora.
compose-utc = (UTC)

## Poll
compose-minutes-5 = 5 minutos
compose-minutes-30 = 30 minutos
compose-hours-1 = 1 hora
compose-hours-6 = 6 horas
compose-days-1 = 1 día
compose-days-3 = 3 días
compose-days-7 = 7 días
compose-choose = Elegir
compose-vote = Votar
compose-your-vote = (tu voto)
compose-voters = { $count ->
    [one] { $count } persona
   *[other] { $count } personas
 }
compose-votes = { $count ->
    [one] { $count } voto
   *[other] { $count } votos
 }
compose-ended = terminada ({ $time })
compose-ends = termina el { $time }
compose-option = Opción { $number }
compose-runs-for = Duración
compose-as-before = la que ya tenía
compose-multiple = Se pueden elegir varias opciones
compose-poll-hint = Si cambias las opciones, los votos empiezan de cero; sin ninguna, la encuesta desaparece.

## The page
compose-title = Escribir
compose-title-reply = Responder
compose-title-quote = Citar
compose-title-edit = Editar una publicación
compose-hint = Menciona a alguien con @usuario@servidor y un tema con #etiqueta; una línea vacía empieza un párrafo.
compose-to-drafts = Borradores
compose-to-scheduled = Publicaciones programadas
compose-to-defaults = Valores predeterminados

## Drafts
compose-drafts = Borradores
compose-no-drafts = No hay borradores. Lo que empiezas a escribir y no publicas se guarda aquí.
compose-open = Abrir
compose-throw-away = Descartar
compose-no-words = (aún sin palabras)
compose-media-count = Imágenes, vídeos o sonidos: { $count }
compose-changed = Último cambio: { $time }

## Scheduled posts
compose-scheduled = Publicaciones programadas
compose-no-scheduled = Nada espera su hora.
compose-goes-out = Se publica el { $time }
compose-move = Cambiar la hora
compose-edit = Editar
compose-delete = Eliminar
compose-new-time = Nueva hora
compose-refused-before = Llegó su hora y no se pudo publicar. Edítala para ver por qué.

## Posting defaults
compose-defaults = Valores predeterminados de publicación
compose-defaults-saved = Guardado.
compose-seen-by = Visible para
compose-written-in = Escrito en
compose-formatting = Formato
compose-alt-reminder = Preguntar antes de publicar una imagen sin texto alternativo
