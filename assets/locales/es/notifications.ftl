# What the owner hears of, who is held back, and reports about the owner.
notifications-title = Notificaciones
notifications-none = Todo tranquilo.
notifications-none-here = Nada de este tipo.
notifications-tabs = Qué mostrar
notifications-tab-all = Todas
notifications-tab-mentions = Menciones
notifications-tab-follows = Seguidores
notifications-tab-favourites = Favoritos
notifications-tab-boosts = Impulsos
notifications-tab-posts = Publicaciones
notifications-tab-polls = Encuestas
notifications-tab-edits = Ediciones
notifications-tab-reports = Denuncias
notifications-others = y { $count ->
    [one] { $count } más
   *[other] { $count } más
 }
notifications-who-favourited = Quién marcó tu publicación como favorita
notifications-who-boosted = Quién impulsó tu publicación
notifications-who-follows = Quién te sigue
notifications-back = Volver a las notificaciones
notifications-read-all = Marcar todo como leído
notifications-clear = Borrar todas
notifications-clear-ask = ¿Borrar todas las notificaciones?
notifications-clear-hint = Desaparecen de esta lista, también las retenidas. Las publicaciones se quedan.
notifications-clear-do = Borrarlas
notifications-clear-keep = Conservarlas
notifications-read-report = Leerla
notifications-with = con { $emoji }
notifications-your-picture = Tu imagen
notifications-poll-own = hizo la pregunta, y la encuesta ha terminado
notifications-mention = te mencionó
notifications-status = publicó
notifications-reblog = · impulso a tu publicación
notifications-follow = · ahora entre tus seguidores
notifications-follow-request = ha pedido seguirte
notifications-favourite = · favorito para tu publicación
notifications-update = editó una publicación que impulsaste
notifications-poll = hizo una encuesta que ha terminado
notifications-quote = citó tu publicación
notifications-report = envió una denuncia sobre ti
notifications-quoted-update = editó una publicación que citaste
notifications-requests-waiting = De personas que quizá no conoces
notifications-requests-count = { $count ->
    [one] { $count } solicitud
   *[other] { $count } solicitudes
 }
notifications-requests-title = Solicitudes
notifications-requests-hint = Aceptar deja pasar todo lo que envían; descartar lo quita de en medio. Quién espera aquí lo { $link }.
notifications-requests-choose = eliges tú
notifications-requests-none = No espera nadie.
notifications-requests-mentions = { $count ->
    [one] { $count } mención
   *[other] { $count } menciones
 }
notifications-accept = Aceptar
notifications-dismiss = Descartar
notifications-rule-not-following = Personas a las que no sigues
notifications-rule-not-followers = Personas que no te siguen, o desde hace menos de tres días
notifications-rule-new-accounts = Cuentas con menos de treinta días
notifications-rule-private-mentions = Menciones privadas inesperadas
notifications-rule-bots = Cuentas automatizadas
notifications-policy-hint = Lo retenido espera entre las { $link }; lo ignorado se pierde. A quien aceptaste allí siempre se le deja pasar.
notifications-policy-requests = solicitudes
notifications-save = Guardar
notifications-treatment-accept = Aceptar
notifications-treatment-filter = Retener
notifications-treatment-drop = Ignorar
notifications-reports-title = Denuncias sobre ti
notifications-reports-none = Nadie te ha denunciado.
notifications-reports-hint = Alguien en otro servidor ha hablado a sus moderadores de ti o de tus publicaciones, y ellos te lo cuentan: nadie más modera este servidor. Allí pueden limitarte o bloquearte; desde aquí no se responde nada.
notifications-reports-back = Volver a los ajustes
notifications-reports-from = De { $server }
notifications-reports-unknown = un servidor desconocido
notifications-reports-by = por { $person }
notifications-reports-wordless = Sin una palabra.
notifications-reports-about = Sobre
notifications-reports-post = esta publicación
