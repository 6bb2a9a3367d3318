# People around the owner, and whom the owner does not want to see.
people-requests = Solicitudes de seguimiento
people-requests-none = Nadie ha pedido seguirte.
people-following = Siguiendo
people-following-none = Aún no sigues a nadie. Busca un nombre como @usuario@servidor.
people-followers = Seguidores
people-followers-none = Aún no te sigue nadie.
people-hidden = Esta lista es privada.
people-hidden-hint = Solo tú ves esta lista.
people-accept = Aceptar
people-reject = Rechazar
people-remove-follower = Quitar
people-yours = Solo para tus ojos
people-note = Tu nota
people-note-hint = Nadie más la ve nunca.
people-note-save = Guardar la nota
people-bell-on = Avisarme de cada publicación
people-bell-off = No avisarme de cada publicación
people-languages = Solo publicaciones en estos idiomas
people-languages-hint = Códigos como es, en. Déjalo vacío para todos.
people-languages-save = Guardar los idiomas
people-languages-wrong = No son códigos de idioma
people-not-followed = No sigues esta cuenta
people-lists = Listas
people-older = Traer publicaciones antiguas
people-older-wait = Se están trayendo publicaciones antiguas. Vuelve a mirar dentro de un momento.
people-server = Acerca de { $server }
people-back = Volver al perfil
people-unblock = Desbloquear
people-unmute = Dejar de silenciar
people-blocks = Silenciados y bloqueados
people-blocks-tabs = Qué mostrar
people-blocks-muted = Silenciados
people-blocks-blocked = Bloqueados
people-blocks-servers = Servidores
people-blocks-back = Volver a los ajustes
people-mutes-none = No silencias a nadie.
people-blocks-none = No bloqueas a nadie.
people-servers-none = No bloqueas ningún servidor.
people-muted-until = hasta el { $time }
people-muted-forever = para siempre
people-server-block = Bloquear un servidor entero
people-server-hint = Ya no se mostrará nada de su gente. Antes de bloquearlo verás lo que pierdes.
people-server-next = Siguiente
people-server-ask = ¿Bloquear { $server }?
people-server-loss = Allí pierdes { $followers } y dejas de seguir a { $following }. No vuelven cuando lo desbloqueas.
people-server-followers = { $count ->
    [one] { $count } seguidor
   *[other] { $count } seguidores
 }
people-server-people = { $count ->
    [one] { $count } persona
   *[other] { $count } personas
 }
people-server-do = Bloquear
people-server-leave = Dejarlo
people-mute-for = Silenciar un tiempo
people-mute-for-hint = Hasta entonces no ves ni oyes nada de esta cuenta. Después, todo vuelve a ser como antes.
people-mute-save = Silenciar
people-mute-hour = Una hora
people-mute-day = Un día
people-mute-week = Una semana
people-mute-month = Un mes
