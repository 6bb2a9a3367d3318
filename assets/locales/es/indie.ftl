# The IndieWeb: feeds, webmentions, IndieAuth.


indie-feeds-title = Feeds
indie-feeds-lead = Los blogs, noticias y pódcast aparecen en tu cronología de inicio como si fueran personas. Allí nadie se entera.
indie-feeds-address = Dirección de un sitio o de un feed
indie-feeds-address-hint = example.org, o la dirección de su feed RSS, Atom o JSON.
indie-feeds-follow = Seguir este feed
indie-feeds-followed = Feeds que sigues
indie-feeds-none = Aún no sigues ningún feed.
indie-feeds-last = Última consulta: { $when }.
indie-feeds-never = Aún sin consultar.
indie-feeds-next = Próxima consulta: { $time }.
indie-feeds-stopped = Ya no se consulta.
indie-feeds-look = Consultar ahora
indie-feeds-remove = Quitar
indie-feeds-nothing = No se ha encontrado ningún feed en esta dirección. Mira si el sitio tiene uno y pega su dirección.
indie-feeds-imported = { $count ->
    [one] Se ha tomado { $count } feed de tu lista.
   *[other] Se han tomado { $count } feeds de tu lista.
 }
indie-feeds-list-title = Tu lista
indie-feeds-list-hint = Otros lectores importan y exportan listas de feeds como archivos OPML.
indie-feeds-export = Descargar la lista
indie-feeds-file = Una lista de otro lector
indie-feeds-import = Importar esta lista
indie-feeds-back = Volver a los ajustes

indie-mentions-title = Otros sitios
indie-mentions-lead = Un sitio que enlaza a una de tus publicaciones puede decirlo aquí (una webmention). Primero se comprueba: la página tiene que existir y enlazar contigo.
indie-mentions-in = Qué dicen
indie-mentions-none = Nadie ha dicho nada aún.
indie-mentions-out = Qué les dijeron tus publicaciones
indie-mentions-sends = Avisar a las páginas a las que enlazan tus publicaciones públicas
indie-mentions-sends-hint = Solo se avisa a las páginas que lo piden, y solo se les dan ambas direcciones.
indie-mentions-save = Guardar
indie-mentions-saved = Guardado.
indie-mentions-delete = Eliminar
indie-mentions-block = Bloquear el sitio
indie-mentions-profile = tu perfil
indie-mentions-about = sobre { $what }
indie-mentions-accepted = aceptada
indie-mentions-refused = rechazada
indie-mentions-unreachable = sin contacto
indie-mentions-below = En otros sitios
indie-mentions-likes = { $count ->
    [one] { $count } favorito:
   *[other] { $count } favoritos:
 }
indie-mentions-reposts = { $count ->
    [one] { $count } impulso:
   *[other] { $count } impulsos:
 }
indie-mentions-replied = respondió en { $site }
indie-mentions-mentioned = lo menciona en { $site }
indie-mentions-liked = lo marcó como favorito en { $site }
indie-mentions-reposted = lo difundió en { $site }

indie-auth-title = ¿Iniciar sesión con tu dirección?
indie-auth-sign-in = Un sitio pregunta quién eres. Inicia sesión primero.
indie-auth-asks = { $app } quiere saber si { $address } es tuya.
indie-auth-may = Pide permiso para
indie-auth-back = Volverás a { $address }. Tú sabes mejor que nadie si acabas de venir de allí.
indie-auth-allow = Sí, es mía
indie-auth-deny = No
indie-auth-wrong = No ha funcionado
indie-auth-odd = El sitio ha preguntado de un modo que no se puede responder: { $why }.
indie-auth-return = Volver al sitio
