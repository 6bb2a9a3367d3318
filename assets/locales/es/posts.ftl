# What is done with a post that stands.

posts-delete-title = Eliminar una publicación
posts-delete-question = ¿Eliminar esta publicación?
posts-delete-explained = Desaparece de aquí al momento, y se pide a los demás servidores que también la eliminen. Nadie puede recuperarla.
posts-delete = Eliminarla
posts-keep = Conservarla
posts-redraft-menu = Eliminar y reescribir
posts-redraft-title = Reescribir una publicación
posts-redraft-question = ¿Eliminar esta publicación y reescribirla?
posts-redraft-explained = Su texto, sus imágenes y su encuesta pasan a un borrador. La publicación pierde el vínculo con sus respuestas, sus favoritos y sus impulsos; se pide a los demás servidores que también la eliminen.
posts-redraft = Eliminar y reescribir
posts-history = Versiones de una publicación
posts-history-of = Todas las versiones de una publicación de { $name }
posts-history-back = A la publicación
posts-version = Versión { $number }
posts-version-first = Como se publicó al principio
posts-version-now = Como está ahora
posts-no-words = Sin texto
posts-was-warned = Advertencia: { $text }
posts-warning-gone = Se quitó la advertencia de contenido
posts-now-sensitive = Sus imágenes están ocultas hasta que se pulsen
posts-not-sensitive = Sus imágenes ya no están ocultas
posts-media-changed = Otras imágenes, vídeos o sonidos: { $before } antes, { $now } ahora
posts-poll-changed = Se cambió la encuesta
posts-poll-options = Encuesta: { $options }
