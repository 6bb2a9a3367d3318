# Moving to another server: the look ahead, and who came along.
moving-check = Mirar antes si es posible
moving-checked = Mudanza a { $account }
moving-fine = Bien:
moving-mind = Ten en cuenta:
moving-stops = Lo impide:
moving-can = Nada lo impide. Escribe tu contraseña más abajo cuando quieras.
moving-cannot = Así aún no es posible. Arregla lo que lo impide y vuelve a mirar.
moving-named = La cuenta nueva tiene { $handle } como alias.
moving-not-named = La cuenta nueva no tiene { $handle } como alias. Inicia sesión allí y añádelo primero.
moving-moved-on = La propia cuenta nueva se ha mudado, a { $target }. Múdate allí.
moving-suspended = La cuenta nueva está suspendida en su servidor.
moving-blocked = Aquí bloqueas la cuenta nueva o su servidor.
moving-locked = La cuenta nueva aprueba a sus seguidores: allí hay que aceptar a cada uno que llega.
moving-open = Cualquiera puede seguir la cuenta nueva.
moving-followers = Se invitará a venir a { $count ->
    [one] { $count } seguidor
   *[other] { $count } seguidores
 } en { $servers ->
    [one] { $servers } servidor
   *[other] { $servers } servidores
 }.
moving-down = { $count ->
    [one] Con { $count } de estos servidores no hay contacto ahora; se intenta durante días: { $names }
   *[other] Con { $count } de estos servidores no hay contacto ahora; se intenta durante días: { $names }
 }
moving-deaf = { $count ->
    [one] { $count } de estos servidores usa un programa que no sigue las mudanzas; quien está allí tiene que seguirte a mano: { $names }
   *[other] { $count } de estos servidores usan un programa que no sigue las mudanzas; quien está allí tiene que seguirte a mano: { $names }
 }
moving-lately = Última mudanza o vuelta: { $when }. Muchos servidores solo aceptan una mudanza por semana.
moving-arrived = Seguidores desde que añadiste un alias ({ $since }): { $count }.
moving-lead-on = Llevar a quien visita mi perfil antiguo al nuevo
moving-lead-on-hint = Solo navegadores: otros servidores siguen leyendo el perfil antiguo, y cada publicación antigua queda en su dirección.
moving-save = Guardar
moving-report = Quién ha venido
moving-report-hint = Quien sigue la cuenta nueva, o ha dejado de seguirte aquí, se ha mudado. Algunos servidores no lo dicen nunca; mira la lista de seguidores de la cuenta nueva para saber más. Si el aviso se repite demasiado pronto, no se oye: muchos servidores solo aceptan una mudanza por semana.
moving-sum-moved = Mudados
moving-sum-told = Su servidor recibió la noticia; nada desde entonces
moving-sum-waiting = Aún se intenta con su servidor
moving-sum-failed = No se les pudo avisar
moving-sum-gone = Su cuenta ya no existe
moving-look = Mirar quién sigue allí ahora
moving-again = Volver a avisar
moving-left = Aún sin mudarse
moving-is-told = con aviso
moving-is-waiting = aún se intenta
moving-is-failed = no se pudo avisar
moving-is-gone = cuenta desaparecida
