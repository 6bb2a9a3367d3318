health-well = Está tudo bem.
health-disk-full = O disco está cheio.
health-late = Há trabalho atrasado há mais de quinze minutos.
health-clock = { $minutes ->
    [one] O relógio deste servidor está errado em { $minutes } minuto: outros servidores recusam o que ele envia.
   *[other] O relógio deste servidor está errado em { $minutes } minutos: outros servidores recusam o que ele envia.
 }
health-down = { $count ->
    [one] { $count } servidor está fora de alcance. O que é para ele espera.
   *[other] { $count } servidores estão fora de alcance. O que é para eles espera.
 }

health-queues = O que está na fila
health-queues-hint = Trabalho feito em segundo plano. Na maior parte do tempo há pouco aqui.
health-kind = Tipo
health-waiting = Na fila
health-due = Na hora
health-oldest = Mais antigo
health-in = O que chegou
health-out = Entregas
health-fetch = Consultas a outros servidores
health-card = Prévias de links
health-push = Notificações para aplicativos
health-poll = Enquetes e páginas de hashtags
health-schedule = Publicações agendadas
health-media = Vídeos e áudios
health-tidy = Limpeza

health-servers = Servidores com problemas
health-servers-none = Todos os servidores para os quais você escreve estão acessíveis.
health-servers-all = Todos os servidores com problemas

health-posts = Suas últimas publicações
health-posts-none = Você ainda não publicou nada.
health-to-nobody = Não foi para ninguém, ou foi há mais de um mês
health-delivered = Entregue a { $delivered } de { $total }
health-retrying = { $count } em nova tentativa
health-lost = { $count } sem sucesso

health-given-up = Desistências recentes
health-given-up-none = Não houve desistências.

health-arrivals = O último dia
health-arrived = { $count ->
    [one] Chegou { $count } atividade.
   *[other] Chegaram { $count } atividades.
 } Servidores de origem: { $servers }.

health-version = Versão
health-build = Compilação
health-build-debug = para testes
health-build-release = para uso
health-uptime = No ar há
health-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
 }
health-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
 }
health-days = { $count ->
    [one] { $count } dia
   *[other] { $count } dias
 }
health-database = O banco de dados
health-files = Seus arquivos
health-cache = Imagens e vídeos de outras pessoas
health-free = Livre no disco
health-where = Onde está cada byte
health-more = O estado em detalhes
health-speaks = O que ele fala
health-speaks-activitypub = ActivityPub, com o Mastodon e todos os outros servidores do gênero
health-speaks-api = A API do Mastodon, para aplicativos
health-speaks-feeds = RSS, Atom e JSON Feed, para leitores de feeds
health-speaks-nodeinfo = O que ele é, para máquinas: { $link }
health-licence = Software livre
health-licence-words = Você pode ler, modificar e compartilhar, sob a { $licence }.

health-apps-hint = Um aplicativo que pede algo que este servidor não tem, ou que não pode receber, aparece aqui. O conteúdo do pedido não é guardado.
health-apps-none = Nenhum aplicativo está conectado.
health-apps-revoke = Desconectar um aplicativo
health-calls-well = { $count ->
    [one] { $count } chamada ok
   *[other] { $count } chamadas ok
 }
health-calls-unknown = { $count ->
    [one] { $count } endpoint desconhecido
   *[other] { $count } endpoints desconhecidos
 }
health-calls-refused = { $count ->
    [one] { $count } recusada
   *[other] { $count } recusadas
 }
health-unknown = Desconhecido aqui
health-refused = Recusado

health-trouble = Servidores com problemas
health-trouble-hint = O que espera por eles é tentado por sete dias, com intervalos cada vez maiores, e sai na hora quando eles dão notícia. Um que está fora do ar há um mês não recebe mais nada até lá.
health-next = Mais
health-back = Voltar à saúde do servidor
health-down-since = Caiu: { $since }, { $count ->
    [one] { $count } tentativa
   *[other] { $count } tentativas
 }
health-waits = { $count } na fila
health-seen = último contato: { $when }
health-next-try = próxima tentativa: { $when }
health-try = Tentar agora
health-not-tried = ainda sem tentativas
health-the-server = o servidor
health-where-went = Para onde foi esta publicação
health-nothing-known = Nada se sabe: não foi para ninguém, ou foi há mais de um mês.
health-try-all = Tentar todos de novo agora
health-tries = { $count ->
    [one] { $count } tentativa, última: { $when }
   *[other] { $count } tentativas, última: { $when }
 }
health-was-given-up = desistência
health-is-down = caiu: { $when }
health-to-post = Voltar à publicação
health-delivery = Entrega
health-servers-down = { $count ->
    [one] { $count } servidor fora do ar
   *[other] { $count } servidores fora do ar
 }
