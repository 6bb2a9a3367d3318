# A profile, its tabs, and the ways on for visitors.
profile-tabs = O que mostrar
profile-posts = Publicações
profile-replies = Respostas
profile-media = Mídia
profile-about = Sobre
profile-people = Pessoas
profile-hashtags = Hashtags
profile-all-posts = Todas as publicações
profile-nothing = Ainda não há nada aqui.
profile-posts-of = Publicações de { $name }
profile-preview = Publicações de { $name } ({ $handle })
profile-avatar-of = Avatar de { $name }
profile-moved = { $name } se mudou para { $target }.
profile-more = Mais
profile-edit = Editar perfil
profile-mention = Mencionar
profile-verified = A página tem um link de volta para cá
profile-count-posts = { $number } { $count ->
    [one] publicação
   *[other] publicações
 }
profile-count-following = { $number } seguindo
profile-count-followers = { $number } { $count ->
    [one] seguidor
   *[other] seguidores
 }
profile-since = desde { $date }
profile-about-who = Sobre { $name }
profile-nothing-said = Ainda não há nada escrito aqui.
profile-here-since = Aqui desde { $date }.
profile-last-post = A última publicação foi em { $date }.
profile-tag-posts = { $count ->
    [one] { $number } publicação
   *[other] { $number } publicações
 }
profile-feeds = Seguir de outra forma
profile-embed = Publicação de { $name }
profile-feed-tag = Publicações de { $name } com { $tag }
profile-feed-covered = Com aviso de conteúdo: veja na página
profile-remote-follow = Seguir
profile-remote-follow-who = Seguir { $name }
profile-remote-follow-from = Seguir do seu servidor
profile-remote-from = Do seu servidor
profile-remote-act = Responder, impulsionar ou favoritar
profile-remote-reply = Responder
profile-remote-boost = Impulsionar
profile-remote-favourite = Favoritar
profile-remote-go = Ir para lá
profile-remote-address = voce@seu.servidor
profile-remote-hint = Seu endereço no Fediverso; ele não é guardado.
profile-remote-see = Ver a publicação
profile-remote-on-to = Rumo a { $domain }
profile-remote-on-why = Daqui em diante é com o seu servidor.
profile-remote-continue = Continuar
profile-remote-title = Rumo ao seu servidor
