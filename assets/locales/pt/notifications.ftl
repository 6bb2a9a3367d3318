# What the owner hears of, who is held back, and reports about the owner.
notifications-title = Notificações
notifications-none = Tudo tranquilo.
notifications-none-here = Nada desse tipo.
notifications-tabs = O que mostrar
notifications-tab-all = Tudo
notifications-tab-mentions = Menções
notifications-tab-follows = Seguidores
notifications-tab-favourites = Favoritos
notifications-tab-boosts = Impulsos
notifications-tab-posts = Publicações
notifications-tab-polls = Enquetes
notifications-tab-edits = Edições
notifications-tab-reports = Denúncias
notifications-others = { $count ->
    [one] e mais { $count } pessoa
   *[other] e mais { $count } pessoas
 }
notifications-who-favourited = Quem favoritou sua publicação
notifications-who-boosted = Quem impulsionou sua publicação
notifications-who-follows = Quem segue você
notifications-back = Voltar às notificações
notifications-read-all = Marcar tudo como lido
notifications-clear = Limpar tudo
notifications-clear-ask = Limpar todas as notificações?
notifications-clear-hint = Elas saem desta lista, inclusive as retidas. As publicações ficam.
notifications-clear-do = Limpar
notifications-clear-keep = Manter
notifications-read-report = Ler
notifications-with = com { $emoji }
notifications-your-picture = Sua imagem
notifications-poll-own = fez uma enquete, que terminou
notifications-mention = mencionou você
notifications-status = publicou
notifications-reblog = impulsionou sua publicação
notifications-follow = seguiu você
notifications-follow-request = quer seguir você
notifications-favourite = favoritou sua publicação
notifications-update = editou uma publicação que você impulsionou
notifications-poll = fez uma enquete que terminou
notifications-quote = citou sua publicação
notifications-report = enviou uma denúncia sobre você
notifications-quoted-update = editou uma publicação que você citou
notifications-requests-waiting = De pessoas que talvez você não conheça
notifications-requests-count = { $count ->
    [one] { $count } solicitação
   *[other] { $count } solicitações
 }
notifications-requests-title = Solicitações
notifications-requests-hint = Aceitar deixa passar tudo o que a pessoa envia; dispensar tira da lista. Quem espera aqui, { $link }.
notifications-requests-choose = você escolhe
notifications-requests-none = Ninguém à espera.
notifications-requests-mentions = { $count ->
    [one] { $count } menção
   *[other] { $count } menções
 }
notifications-accept = Aceitar
notifications-dismiss = Dispensar
notifications-rule-not-following = Pessoas que você não segue
notifications-rule-not-followers = Pessoas que não seguem você, ou seguem há menos de três dias
notifications-rule-new-accounts = Contas com menos de trinta dias
notifications-rule-private-mentions = Menções privadas não solicitadas
notifications-rule-bots = Contas automatizadas
notifications-policy-hint = O que é retido espera nas { $link }; o que é descartado some. Quem você aceitou lá sempre passa.
notifications-policy-requests = solicitações
notifications-save = Salvar
notifications-treatment-accept = Aceitar
notifications-treatment-filter = Reter
notifications-treatment-drop = Descartar
notifications-reports-title = Denúncias sobre você
notifications-reports-none = Ninguém denunciou você.
notifications-reports-hint = Alguém em outro servidor falou de você ou de suas publicações à moderação de lá, e ela avisa você: não há mais ninguém que modere este servidor. Lá, podem limitar ou bloquear você; daqui, nada é respondido.
notifications-reports-back = Voltar às configurações
notifications-reports-from = De { $server }
notifications-reports-unknown = um servidor desconhecido
notifications-reports-by = por { $person }
notifications-reports-wordless = Sem comentário.
notifications-reports-about = Sobre
notifications-reports-post = esta publicação
