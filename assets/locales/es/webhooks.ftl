# Addresses that are told what happens here.
webhooks-title = Webhooks
webhooks-about = Se avisa a un programa tuyo cuando pasa algo
webhooks-hint = Cada dirección recibe un POST con JSON: un evento, cuándo fue, y la publicación o la notificación como en la API de Mastodon. La cabecera X-Hub-Signature es el HMAC-SHA256 del cuerpo con el secreto. Incluye las publicaciones directas.
webhooks-none = Aún no se avisa a nadie de nada.
webhooks-add = Añadir un webhook
webhooks-url = Dirección
webhooks-of-what = Avisarle de
webhooks-posts = mis publicaciones
webhooks-notifications = notificaciones
webhooks-secret = Secreto
webhooks-test = Enviar una prueba
webhooks-remove = Quitar
webhooks-sent = La prueba va de camino. Vuelve a cargar esta página para ver si se aceptó.
webhooks-taken = Último envío aceptado: { $when }
webhooks-not-taken = Aún no se ha aceptado nada.
webhooks-failed = Falló ({ $when }): { $why }
