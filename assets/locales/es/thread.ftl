# A post on its own page.
thread-title = Publicación de { $who }
thread-of-day = Publicación del { $date }
thread-looking = Se están buscando más respuestas.
thread-look = Volver a mirar
thread-above-missing = Esto responde a una publicación que no se muestra aquí.
thread-jump = Saltar a la publicación
thread-asked = Esta respuesta espera al autor de la publicación original: nadie más la tiene aún.
thread-refused = El autor de la publicación original no quiso esta respuesta: nadie más la tiene.
thread-some = Respuestas: { $here } de { $all }; las demás no se pudieron obtener.
thread-fetch = Traer lo que falta
thread-all = { $count ->
    [one] { $count } respuesta, no hay más
   *[other] Las { $count } respuestas están aquí
 }
thread-replies = Respuestas
thread-folded = { $count ->
    [one] { $count } respuesta más
   *[other] { $count } respuestas más
 }
