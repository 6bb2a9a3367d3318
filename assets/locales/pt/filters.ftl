# Which words hide a post.
filters-title = Filtros
filters-one = Filtro
filters-none = Você não filtra nada.
filters-new = Novo filtro
filters-back-settings = Voltar às configurações
filters-back = Voltar aos filtros
filters-saved = Salvo.
filters-save = Salvar
filters-edit = Editar
filters-delete = Excluir
filters-30-minutes = 30 minutos
filters-1-hour = 1 hora
filters-6-hours = 6 horas
filters-12-hours = 12 horas
filters-1-day = 1 dia
filters-1-week = 1 semana
filters-for-ever = Para sempre
filters-ever = para sempre
filters-as-it-is = Como está: { $end }
filters-ended = terminou em { $time }
filters-until = até { $time }
filters-home = Página inicial e listas
filters-notifications = Notificações
filters-public = Linhas públicas
filters-threads = Conversas
filters-profiles = Perfis
filters-warn = Ocultar com um aviso
filters-hide = Ocultar por completo
filters-blur = Desfocar imagens
filters-within = (também dentro de palavras)
filters-posts = { $count ->
    [one] { $count } publicação avulsa
   *[other] { $count } publicações avulsas
 }
filters-name = Título
filters-words = Palavras
filters-words-hint = Palavras ou frases, uma por linha
filters-each = Deixar as palavras que já existem como estão
filters-each-hint = Algumas valem só como palavra inteira e outras não; a opção abaixo é para as novas.
filters-whole = Só palavras inteiras
filters-what = O que acontece com essas publicações
filters-where = Onde
filters-how-long = Por quanto tempo
