# Which words hide a post.
filters-title = Filtros
filters-one = Filtro
filters-none = No filtras nada.
filters-new = Nuevo filtro
filters-back-settings = Volver a los ajustes
filters-back = Volver a los filtros
filters-saved = Guardado.
filters-save = Guardar
filters-edit = Editar
filters-delete = Eliminar
filters-30-minutes = 30 minutos
filters-1-hour = 1 hora
filters-6-hours = 6 horas
filters-12-hours = 12 horas
filters-1-day = 1 día
filters-1-week = 1 semana
filters-for-ever = Para siempre
filters-ever = para siempre
filters-as-it-is = Como está: { $end }
filters-ended = terminó el { $time }
filters-until = hasta el { $time }
filters-home = Inicio y listas
filters-notifications = Notificaciones
filters-public = Cronologías públicas
filters-threads = Hilos
filters-profiles = Perfiles
filters-warn = Plegar tras el título
filters-hide = Ocultar por completo
filters-blur = Difuminar las imágenes
filters-within = (también dentro de palabras)
filters-posts = { $count ->
    [one] { $count } publicación concreta
   *[other] { $count } publicaciones concretas
 }
filters-name = Título
filters-words = Palabras
filters-words-hint = Una palabra o frase por línea
filters-each = Dejar como están las palabras que ya hay
filters-each-hint = Algunas son palabras completas y otras no; la casilla de abajo es para las nuevas.
filters-whole = Solo palabras completas
filters-what = Qué pasa con esas publicaciones
filters-where = Dónde
filters-how-long = Durante cuánto tiempo
