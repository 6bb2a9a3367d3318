# What holds for whole servers, and lists of such.

blocklists-tab = Listas
blocklists-edit = Alterar
blocklists-rule = O que vale lá
blocklists-suspend = Suspenso: nada entra nem sai
blocklists-hide = Oculto: nada dele é mostrado
blocklists-silence = Silenciado: só chega o que vem de quem você segue
blocklists-free = Só o que for marcado abaixo
blocklists-exception = Nunca bloqueado, mesmo que uma lista peça
blocklists-no-media = Não buscar nem mostrar imagens, vídeos e áudios dele
blocklists-no-reports = Não aceitar denúncias dele
blocklists-below = Também todos os subdomínios
blocklists-comment = Nota para você
blocklists-public = Motivo para todos
blocklists-published = Mostrar na lista pública dos seus bloqueios
blocklists-obfuscate = Com asteriscos no nome, nessa lista
blocklists-save = Salvar
blocklists-lift = Remover
blocklists-listed = De uma lista
blocklists-tags-media = sem mídia
blocklists-tags-reports = sem denúncias
blocklists-name-suspend = suspenso
blocklists-name-hide = oculto
blocklists-name-silence = silenciado
blocklists-name-free = limitado
blocklists-name-exception = nunca bloqueado
blocklists-today = Hoje vieram de lá: pessoas novas, { $accounts } de { $most }; publicações novas, { $posts } de { $all }. Acima disso, nada é aceito.
blocklists-drafts = Para você decidir
blocklists-drafts-hint = Há listas que pedem o bloqueio destes servidores, e você perderia pessoas de lá. Nada acontece até você decidir.
blocklists-loss = Seguidores que você perderia: { $followers }. Pessoas que você deixaria de seguir: { $following }.
blocklists-accept = Bloquear
blocklists-decline = Não bloquear
blocklists-file = Trazer uma lista
blocklists-file-hint = Um arquivo CSV do Mastodon, um JSON do GoToSocial ou um texto com um servidor por linha. Você vê o que muda antes que algo mude.
blocklists-file-choose = Arquivo
blocklists-file-look = Ver o que muda
blocklists-waits = Uma lista à espera
blocklists-waits-count = { $count ->
    [one] { $count } servidor seria bloqueado ou limitado.
   *[other] { $count } servidores seriam bloqueados ou limitados.
 }
blocklists-waits-losses = Com estes, você perderia pessoas. Eles não são bloqueados agora: você decide sobre cada um.
blocklists-waits-line = { $server } (seguidores: { $followers }; você segue: { $following })
blocklists-waits-more = E mais { $count }.
blocklists-take = Bloquear todos
blocklists-forget = Descartar
blocklists-lists = Listas que você assina
blocklists-lists-hint = Cada uma é lida uma vez por dia. O que ela retira também é retirado aqui.
blocklists-lists-none = Você não assina nenhuma lista.
blocklists-url = Endereço de uma lista
blocklists-subscribe = Assinar
blocklists-unsubscribe = Cancelar assinatura
blocklists-waiting = Está sendo lida.
blocklists-read = { $count ->
    [one] { $count } servidor.
   *[other] { $count } servidores.
 } Última leitura: { $time }. Deixados de fora: { $skipped }.
blocklists-failed = Não foi possível ler: { $why }
blocklists-export = Salvar seus bloqueios em um arquivo
