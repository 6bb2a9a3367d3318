# The IndieWeb: feeds, webmentions, IndieAuth.


indie-feeds-title = Feeds
indie-feeds-lead = Blogs, notícias e podcasts aparecem na sua linha do tempo como se fossem pessoas. Ninguém de lá fica sabendo.
indie-feeds-address = Endereço de um site ou de um feed
indie-feeds-address-hint = example.org, ou o endereço do feed RSS, Atom ou JSON.
indie-feeds-follow = Seguir este feed
indie-feeds-followed = Feeds que você segue
indie-feeds-none = Você ainda não segue nenhum feed.
indie-feeds-last = Verificado: { $when }.
indie-feeds-never = Ainda não verificado.
indie-feeds-next = Próxima verificação: { $time }.
indie-feeds-stopped = Não é mais verificado.
indie-feeds-look = Verificar agora
indie-feeds-remove = Remover
indie-feeds-nothing = Nenhum feed foi encontrado neste endereço. Veja se o site tem um e cole o endereço dele.
indie-feeds-imported = { $count ->
    [one] { $count } feed foi importado da sua lista.
   *[other] { $count } feeds foram importados da sua lista.
 }
indie-feeds-list-title = Sua lista
indie-feeds-list-hint = Outros leitores importam e exportam listas de feeds como arquivos OPML.
indie-feeds-export = Baixar a lista
indie-feeds-file = Uma lista de outro leitor
indie-feeds-import = Importar esta lista
indie-feeds-back = Voltar às configurações

indie-mentions-title = Outros sites
indie-mentions-lead = Um site que tem um link para uma publicação sua pode avisar aqui (um Webmention). Antes, é verificado: a página precisa existir e ter um link para você.
indie-mentions-in = O que eles dizem
indie-mentions-none = Ninguém disse nada ainda.
indie-mentions-out = O que suas publicações avisaram
indie-mentions-sends = Avisar as páginas para as quais minhas publicações públicas têm links
indie-mentions-sends-hint = Só são avisadas as páginas que pedem isso, e só com os dois endereços.
indie-mentions-save = Salvar
indie-mentions-saved = Salvo.
indie-mentions-delete = Excluir
indie-mentions-block = Bloquear o site
indie-mentions-profile = seu perfil
indie-mentions-about = sobre { $what }
indie-mentions-accepted = aceito
indie-mentions-refused = recusado
indie-mentions-unreachable = fora de alcance
indie-mentions-below = Em outros sites
indie-mentions-likes = { $count ->
    [one] { $count } favorito:
   *[other] { $count } favoritos:
 }
indie-mentions-reposts = { $count ->
    [one] { $count } compartilhamento:
   *[other] { $count } compartilhamentos:
 }
indie-mentions-replied = respondeu em { $site }
indie-mentions-mentioned = menciona isto em { $site }
indie-mentions-liked = favoritou em { $site }
indie-mentions-reposted = compartilhou em { $site }

indie-auth-title = Entrar com o seu endereço?
indie-auth-sign-in = Um site quer saber quem é você. Entre primeiro.
indie-auth-asks = { $app } quer saber se { $address } é seu.
indie-auth-may = Ele pede para
indie-auth-back = Você voltará para { $address }. Só você sabe se acabou de vir de lá.
indie-auth-allow = Sim, sou eu
indie-auth-deny = Não
indie-auth-wrong = Não funcionou
indie-auth-odd = O site pediu de um jeito que não dá para responder: { $why }.
indie-auth-return = Voltar ao site
