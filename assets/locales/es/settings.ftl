settings-title = Ajustes
settings-back = Volver a los ajustes
settings-save = Guardar
settings-saved = Guardado.
settings-browser = Este navegador
settings-sign-out = Cerrar sesión

settings-you = Tú
settings-read = Lo que lees
settings-account = Tu cuenta
settings-house = Este servidor

settings-profile = Perfil
settings-profile-about = Tu nombre, tus imágenes y lo que dices de ti
settings-appearance = Apariencia
settings-appearance-about = Colores, tamaño del texto, zona horaria, idioma
settings-posting = Publicar
settings-posting-about = Cómo empieza una publicación nueva
settings-privacy = Privacidad
settings-privacy-about = Quién te encuentra y quién puede seguirte
settings-emojis = Emojis personalizados
settings-emojis-about = Tus propios :códigos:
settings-notifications = Notificaciones
settings-notifications-about = De quién llegan las noticias y de quién esperan
settings-push = Notificaciones en aplicaciones
settings-push-about = Las aplicaciones a las que se avisa, y una prueba para ellas
settings-discovery = Etiquetas y relés
settings-discovery-about = Qué sigues y de dónde vienen las publicaciones de desconocidos
settings-filters = Filtros
settings-filters-about = Palabras que no quieres leer
settings-blocks = Silenciados y bloqueados
settings-blocks-about = Personas y servidores de los que no quieres saber nada
settings-lists = Listas
settings-lists-about = Algunas de las personas que sigues, aparte
settings-following = Siguiendo
settings-following-about = A quién sigues
settings-followers = Seguidores
settings-followers-about = Quién te sigue
settings-reports = Denuncias sobre ti
settings-reports-about = Qué se ha dicho a otros servidores
settings-security = Seguridad
settings-security-about = Navegadores, aplicaciones y la contraseña
settings-apps = Aplicaciones
settings-apps-about = Qué pidieron tus aplicaciones y no recibieron
settings-moving = Mudanza
settings-moving-about = Múdate aquí o a otro lugar; tus otras cuentas
settings-deletion = Publicaciones antiguas
settings-deletion-about = Deja que tus publicaciones antiguas se vayan solas
settings-storage = Almacenamiento
settings-storage-about = Dónde está cada byte
settings-health = Estado
settings-health-about = Qué espera para enviarse y con qué servidores no hay contacto
settings-policies = Reglas y políticas
settings-policies-about = Qué leen los visitantes sobre este lugar
settings-about = Acerca de este servidor
settings-about-about = Versión, tamaño y qué habla

settings-profile-words = Perfil
settings-profile-name = Nombre para mostrar
settings-profile-note = Sobre ti
settings-profile-bot = Esta es una cuenta automatizada
settings-profile-pictures = Imágenes
settings-profile-take-away = Quitar
settings-profile-avatar = Avatar
settings-profile-avatar-hint = Cuadrado, de 400 píxeles o más
settings-profile-header = Cabecera
settings-profile-header-hint = Tres veces más ancha que alta, 1500 × 500
settings-profile-fields = Enlaces y datos
settings-profile-fields-hint = Una página se marca como tuya cuando enlaza de vuelta aquí con rel="me".
settings-profile-label = Etiqueta
settings-profile-content = Contenido

settings-privacy-who = Quién te encuentra, quién te sigue
settings-privacy-locked = Aprobar cada seguidor
settings-privacy-locked-hint = Hasta entonces solo ven tus publicaciones públicas.
settings-privacy-discoverable = Dejar que otros descubran este perfil
settings-privacy-discoverable-hint = Los directorios y buscadores pueden mostrarlo.
settings-privacy-indexable = Dejar que otros servidores busquen en tus publicaciones públicas
settings-privacy-hide = Ocultar a quién sigues y quién te sigue

settings-storage-full = El disco está lleno. Aún se puede publicar texto; los archivos y lo que envían los demás tienen que esperar hasta que haya sitio.
settings-storage-freed = { $bytes } vuelven a estar libres.
settings-storage-of = { $used } de { $granted }
settings-storage-rest = Publicaciones y todo lo demás de la base de datos
settings-storage-media = Tus propios archivos
settings-storage-cache = Imágenes y vídeos de otros
settings-storage-uploads = Subidas en curso
settings-storage-reserve = Reserva, para que puedas publicar con el disco lleno
settings-storage-snapshots = Copias de la base de datos, una al día
settings-storage-disk = El disco tiene { $free } libres. Los archivos de otros pueden ocupar hasta { $limit } y son los primeros en ceder el sitio.
settings-storage-for-ever = De las publicaciones de otros, también se conservan aquellas con las que no hiciste nada.
settings-storage-days = De las publicaciones de otros, aquellas con las que no hiciste nada desaparecen al cabo de { $count ->
    [one] { $count } día
   *[other] { $count } días
 }.
settings-storage-sooner = Es antes de lo habitual, porque la base de datos es grande.
settings-storage-change = Esto se cambia con { $disk } y { $days } en { $file }.
settings-storage-forget = Olvidar ahora las imágenes y vídeos de otros
settings-storage-database = La base de datos
settings-storage-posts = { $count ->
    [one] { $count } publicación
   *[other] { $count } publicaciones
 }; tuyas: { $own }.
settings-storage-count = Contar cada tabla
settings-storage-prunable = { $count ->
    [one] { $count } publicación de otros tiene más de { $days } días y nadie la ha tocado: unos { $bytes }, que desaparecen
   *[other] { $count } publicaciones de otros tienen más de { $days } días y nadie las ha tocado: unos { $bytes }, que desaparecen
 } en los próximos días, o al momento con { $command }.
settings-storage-prunable-none = Ninguna publicación de otros es lo bastante antigua para desaparecer.
settings-storage-within = { $bytes } dentro del archivo están libres para publicaciones nuevas.

settings-deletion-when = Cuándo
settings-deletion-hint = Tus publicaciones e impulsos desaparecen cuando son más antiguos que esto, unas docenas por hora, aquí y en los servidores que los tienen. Las publicaciones eliminadas no vuelven.
settings-deletion-enabled = Eliminar mis publicaciones antiguas
settings-deletion-older = Con más de
settings-deletion-stays = Qué se queda
settings-deletion-pinned = Publicaciones fijadas
settings-deletion-direct = Mensajes directos
settings-deletion-liked = Publicaciones que tú marcaste como favoritas
settings-deletion-bookmarked = Publicaciones guardadas en marcadores
settings-deletion-polls = Encuestas
settings-deletion-media = Publicaciones con imágenes, vídeos o sonido
settings-deletion-likes = Publicaciones con al menos estos favoritos
settings-deletion-boosts = Publicaciones con al menos estos impulsos
settings-deletion-empty = Vacío: ninguna publicación se queda por esto
settings-deletion-some = { $count ->
    [one] { $count } publicación
   *[other] { $count } publicaciones
 }
settings-deletion-many = { $count } publicaciones o más
settings-deletion-go = Según estas reglas, se eliminan ahora: { $posts }.
settings-deletion-would = Según estas reglas, se eliminarían ahora: { $posts }.

settings-emojis-hint = Escribe el nombre entre dos puntos, así: «:nombre:», y ahí aparece la imagen: en tus publicaciones, tu nombre, tu perfil.
settings-emojis-name = Nombre
settings-emojis-name-hint = Letras, cifras y _; un nombre que ya existe recibe la imagen nueva
settings-emojis-picture = Imagen
settings-emojis-picture-hint = PNG, GIF o WebP, 256 KB como máximo
settings-emojis-category = Categoría
settings-emojis-add = Añadir
settings-emojis-none = Aún no hay ninguno.
settings-emojis-delete = Eliminar

settings-moving-here = Mudarse aquí
settings-moving-here-hint = Indica la cuenta de la que vienes. Después inicia sesión allí y múdate a { $handle }: sus seguidores vienen contigo, las publicaciones no.
settings-moving-remove = Quitar
settings-moving-alias = La cuenta que también es tuya
settings-moving-add = Añadir un alias
settings-moving-away = Mudarse a otro lugar
settings-moving-moved = Ahora vives en { $account }. Este perfil lo dice, y se ha pedido a tus seguidores que te sigan allí.
settings-moving-back = Volver a vivir aquí
settings-moving-away-hint = La cuenta nueva debe nombrar primero { $handle } como alias. A tus seguidores se les pide que te sigan allí; tus publicaciones se quedan aquí y puedes seguir escribiendo. Se puede deshacer, pero los seguidores no vuelven por ello.
settings-moving-new = La cuenta nueva
settings-moving-password = Tu contraseña
settings-moving-go = Llevar allí a mis seguidores
settings-moving-no-password = Para mudarte se pide tu contraseña, y no tienes: inicias sesión con enlaces.
settings-moving-followers = Seguidores ahora: { $count }.
settings-feeds = Feeds
settings-feeds-about = Sitios cuyos artículos lees aquí
settings-webmentions = Otros sitios
settings-webmentions-about = Qué dicen de tus publicaciones, y qué les dicen las tuyas
