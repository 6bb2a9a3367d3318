# The box in which posts are written, and the pages around it.

## The box
compose-prompt = No que você está pensando?
compose-your-reply = Sua resposta
compose-content = Conteúdo
compose-warning = Aviso
compose-content-warning = Aviso de conteúdo
compose-about-what = Do que se trata?
compose-media = Imagens, vídeos, áudios
compose-poll = Enquete
compose-more = Mais
compose-visibility = Quem pode ver
compose-language = Idioma
compose-publish = Publicar
compose-reply = Responder
compose-save = Salvar
compose-anyway = Publicar mesmo assim
compose-preview = Prévia
compose-save-draft = Salvar rascunho
compose-saved = Rascunho salvo
compose-kept-here = Sem conexão: guardado neste navegador
compose-left = Caracteres restantes: { $count }

## Pictures
compose-alt = Texto alternativo
compose-alt-hint = O que se vê aqui, para quem não pode ver
compose-keep = Manter
compose-file = Imagem, vídeo ou áudio
compose-sensitive = Ocultar as imagens até um toque
compose-focus = O que fica à vista
compose-focus-hint = Onde a imagem for cortada para caber, esta parte será mantida.
compose-focus-exact = O ponto em que você tocou
compose-top-left = Em cima, à esquerda
compose-top = Em cima
compose-top-right = Em cima, à direita
compose-left-side = Esquerda
compose-middle = Centro
compose-right-side = Direita
compose-bottom-left = Embaixo, à esquerda
compose-bottom = Embaixo
compose-bottom-right = Embaixo, à direita

## Format, quotes, threads, time
compose-format = Formato
compose-plain = Texto simples
compose-markdown = Markdown
compose-quote-policy = Quem pode citar
compose-quote-public = Todos
compose-quote-followers = Seguidores
compose-quote-nobody = Ninguém
compose-reply-policy = Quem pode responder
compose-replies-everybody = Todos
compose-replies-followers = Meus seguidores e quem eu mencionar
compose-replies-followed = Quem eu sigo e quem eu mencionar
compose-replies-mentioned = Só quem eu mencionar
compose-thread = Em sequência (fio)
compose-thread-hint = Uma linha com três hifens, ---, começa a próxima publicação.
compose-at = Publicar mais tarde, em
compose-at-hint = Deixe em branco para publicar agora.
compose-utc = (UTC)

## Poll
compose-minutes-5 = 5 minutos
compose-minutes-30 = 30 minutos
compose-hours-1 = 1 hora
compose-hours-6 = 6 horas
compose-days-1 = 1 dia
compose-days-3 = 3 dias
compose-days-7 = 7 dias
compose-choose = Escolher
compose-vote = Votar
compose-your-vote = (seu voto)
compose-voters = { $count ->
    [one] { $count } pessoa
   *[other] { $count } pessoas
 }
compose-votes = { $count ->
    [one] { $count } voto
   *[other] { $count } votos
 }
compose-ended = encerrada: { $time }
compose-ends = encerra em { $time }
compose-option = Opção { $number }
compose-runs-for = Duração
compose-as-before = a mesma de antes
compose-multiple = Permitir várias escolhas
compose-poll-hint = Se as opções mudarem, os votos recomeçam do zero; sem nenhuma, a enquete é removida.

## The page
compose-title = Escrever
compose-title-reply = Responder
compose-title-quote = Citar
compose-title-edit = Editar publicação
compose-hint = Mencione pessoas com @usuario@servidor e assuntos com #tag; uma linha em branco começa um parágrafo.
compose-to-drafts = Rascunhos
compose-to-scheduled = Publicações agendadas
compose-to-defaults = Padrões de publicação

## Drafts
compose-drafts = Rascunhos
compose-no-drafts = Nenhum rascunho. O que você começar a escrever e não publicar fica guardado aqui.
compose-open = Abrir
compose-throw-away = Descartar
compose-no-words = (ainda sem texto)
compose-media-count = Imagens, vídeos ou áudios: { $count }
compose-changed = Última alteração: { $time }

## Scheduled posts
compose-scheduled = Publicações agendadas
compose-no-scheduled = Nada agendado.
compose-goes-out = Sai em { $time }
compose-move = Mudar o horário
compose-edit = Editar
compose-delete = Excluir
compose-new-time = Novo horário
compose-refused-before = A hora chegou, mas não foi possível publicar. Abra para editar e veja o motivo.

## Posting defaults
compose-defaults = Padrões de publicação
compose-defaults-saved = Salvo.
compose-seen-by = Visível para
compose-written-in = Idioma
compose-formatting = Formatação
compose-alt-reminder = Perguntar antes de publicar uma imagem sem texto alternativo
