# The rooms of the owner: their names, lists, conversations, hashtags, suggestions, other servers.
rooms-nav = Navegação
rooms-home = Início
rooms-notifications = Notificações
rooms-write = Escrever
rooms-search = Buscar e seguir
rooms-profile = Perfil
rooms-more = Mais
rooms-new = novas
rooms-conversations = Conversas
rooms-lists = Listas
rooms-tags = Hashtags
rooms-bookmarks = Salvos
rooms-favourites = Favoritos
rooms-drafts = Rascunhos
rooms-scheduled = Agendadas
rooms-follow-requests = Solicitações para seguir
rooms-settings = Configurações
rooms-about = Sobre
rooms-privacy = Privacidade
rooms-terms = Termos
rooms-sign-in = Entrar
rooms-runs-on = Feito com Taure
rooms-save = Salvar
rooms-edit = Editar
rooms-delete = Excluir
rooms-keep = Manter
rooms-marked-none = Ainda não há nada guardado aqui.

rooms-lists-none = Nenhuma lista ainda. Uma lista mostra à parte o que escrevem algumas das pessoas que você segue.
rooms-list-new = Nova lista
rooms-list-name = Nome
rooms-list-replies = Respostas
rooms-list-replies-followed = A qualquer pessoa que você segue
rooms-list-replies-list = A pessoas da lista
rooms-list-replies-none = Nenhuma
rooms-list-exclusive = Tirar estas pessoas da página inicial
rooms-list-exclusive-hint = As publicações delas ficam só nesta lista.
rooms-list-apart = Fora da página inicial
rooms-list-members = Membros
rooms-list-members-of = Membros de { $list }
rooms-list-quiet = Ainda não há nada aqui. O que os membros da lista publicam chega aqui.
rooms-list-edit = Editar { $list }
rooms-list-back = Voltar à lista
rooms-list-delete = Excluir { $list }?
rooms-list-delete-hint = A lista some. Você continua seguindo todos os que estão nela.
rooms-list-find = Encontrar alguém que você segue
rooms-list-search = Buscar
rooms-list-nobody = Você não segue ninguém com esse nome.
rooms-list-empty = Ainda não há ninguém nesta lista.
rooms-list-add = Adicionar
rooms-list-remove = Remover
rooms-list-first = Crie uma lista primeiro

rooms-unsealed = Sem criptografia: os servidores de todos os participantes podem ler.
rooms-not-encrypted = sem criptografia
rooms-conversations-none = Nenhuma conversa. Uma publicação só para as pessoas mencionadas começa uma.
rooms-conversation-new = Nova
rooms-conversation-picture = Uma imagem
rooms-conversation-self = Uma nota para si
rooms-conversation-you = Você:
rooms-conversation-delete = Excluir da lista
rooms-unread = Não lida
rooms-mark-read = Marcar como lida
rooms-mark-unread = Marcar como não lida

rooms-tag-none = Não há publicações com esta hashtag aqui.
rooms-tag-name = Uma hashtag
rooms-tag-follow = Seguir
rooms-tag-unfollow = Deixar de seguir
rooms-tag-feature = Mostrar no perfil
rooms-tag-unfeature = Tirar do perfil
rooms-tag-wrong = Isto não é uma hashtag
rooms-tag-posts = { $count ->
    [one] { $count } publicação
   *[other] { $count } publicações
 }
rooms-tags-followed = Seguidas
rooms-tags-none = Você não segue nenhuma. Abra uma hashtag e toque em Seguir, ou digite uma aqui.
rooms-tags-featured = No perfil
rooms-tags-featured-hint = Visitantes as veem lá; dez, no máximo.
rooms-tags-sources = De onde vêm publicações de desconhecidos

rooms-suggestions = Quem você talvez queira seguir
rooms-suggestions-hint = Pessoas que aquelas que você segue impulsionam, respondem ou mencionam. Ninguém é consultado para esta lista.
rooms-suggestions-none = Ninguém ainda. Quanto mais gente você segue, mais há para encontrar.
rooms-suggestions-more = Mais sugestões
rooms-suggestion-dismiss = Dispensar

rooms-server-ties = Contas de lá que você segue: { $following }. Contas de lá que seguem você: { $followers }.
rooms-server-failing = Não é possível alcançá-lo. Última queda: { $since }.
rooms-server-failing-more = Todos os servidores com problemas
rooms-server-wake = Tentar agora
rooms-server-blocked = Você bloqueia este servidor: nada dele é mostrado.
rooms-server-look = Ver as publicações públicas dele
rooms-server-block = Bloquear este servidor
rooms-server-posts = Publicações públicas
rooms-server-none = Ele não mostra publicações públicas.

rooms-discovery-title = Hashtags e relays
rooms-discovery-followed = Hashtags seguidas
rooms-discovery-none = Você não segue nenhuma. Abra uma hashtag e toque em Seguir.
rooms-discovery-sources = De onde vêm publicações de desconhecidos
rooms-discovery-hint = Um servidor para uma pessoa só vê apenas as publicações de quem você segue. Aqui você pode indicar outros que trazem publicações com as hashtags que você segue. No máximo trinta por minuto são examinadas, e nada chega até você indicar um.
rooms-discovery-new = Adicionar
rooms-discovery-add = Adicionar
rooms-discovery-remove = Remover
rooms-discovery-name = Nome ou endereço
rooms-discovery-sends = Relay: enviar a ele minhas publicações públicas
rooms-discovery-sends-hint = Para que desconhecidos nos servidores dele possam encontrá-las.
rooms-discovery-everything = Relay: guardar todas as publicações dele
rooms-discovery-everything-hint = Não só as que têm hashtags que eu sigo. Elas enchem o disco e a linha do tempo federada.
rooms-discovery-pages = Páginas de hashtags de um servidor
rooms-discovery-pages-hint = O nome de um servidor, como mastodon.social. As páginas públicas de hashtags dele são lidas de hora em hora.
rooms-discovery-accounts = Contas de hashtags de um servidor
rooms-discovery-accounts-hint = O nome de um servidor, como tags.pub, que tem uma conta para cada hashtag.
rooms-discovery-relay = Um relay
rooms-discovery-relay-hint = O endereço: https://relay.example/inbox para os do tipo Mastodon, https://relay.example/actor para os do tipo Pleroma.
rooms-discovery-all-posts = todas as publicações
rooms-discovery-gets = recebe minhas publicações públicas
rooms-discovery-brought = trouxe { $count ->
    [one] { $count } publicação
   *[other] { $count } publicações
 }
rooms-discovery-asked = última consulta: { $when }
rooms-discovery-taken = { $count ->
    [one] { $count } aceita.
   *[other] { $count } aceitas.
 }
rooms-discovery-waiting = { $count } ainda sem resposta.
rooms-discovery-refused = { $count ->
    [one] { $count } recusada.
   *[other] { $count } recusadas.
 }
rooms-discovery-trouble = Último problema: { $reason }
rooms-back-settings = Voltar às configurações
