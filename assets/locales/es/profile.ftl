# A profile, its tabs, and the ways on for visitors.
profile-tabs = Qué mostrar
profile-posts = Publicaciones
profile-replies = Respuestas
profile-media = Multimedia
profile-about = Acerca de
profile-people = Personas
profile-hashtags = Etiquetas
profile-all-posts = Todas las publicaciones
profile-nothing = Aún no hay nada aquí.
profile-posts-of = Publicaciones de { $name }
profile-preview = Publicaciones de { $name } ({ $handle })
profile-avatar-of = Avatar de { $name }
profile-moved = { $name } se ha mudado a { $target }.
profile-more = Más
profile-edit = Editar perfil
profile-mention = Mencionar
profile-verified = La página enlaza de vuelta aquí
profile-count-posts = { $number } { $count ->
    [one] publicación
   *[other] publicaciones
 }
profile-count-following = { $number } siguiendo
profile-count-followers = { $number } { $count ->
    [one] seguidor
   *[other] seguidores
 }
profile-since = desde { $date }
profile-about-who = Acerca de { $name }
profile-nothing-said = Aquí aún no se dice nada.
profile-here-since = Aquí desde { $date }.
profile-last-post = Última publicación: { $date }.
profile-tag-posts = { $count ->
    [one] { $number } publicación
   *[other] { $number } publicaciones
 }
profile-feeds = Seguir de otra manera
profile-embed = Publicación de { $name }
profile-feed-tag = Publicaciones de { $name } con { $tag }
profile-feed-covered = Tras una advertencia: verla en su página
profile-remote-follow = Seguir
profile-remote-follow-who = Seguir a { $name }
profile-remote-follow-from = Seguir desde tu propio servidor
profile-remote-from = Desde tu propio servidor
profile-remote-act = Responder, impulsar o marcar como favorita
profile-remote-reply = Responder
profile-remote-boost = Impulsar
profile-remote-favourite = Favorita
profile-remote-go = Ir allí
profile-remote-address = tu@tu.servidor
profile-remote-hint = Tu dirección en el fediverso; no se guarda.
profile-remote-see = Ver la publicación
profile-remote-on-to = Rumbo a { $domain }
profile-remote-on-why = A partir de aquí sigue tu propio servidor.
profile-remote-continue = Continuar
profile-remote-title = Rumbo a tu servidor
