# What is done with a post that stands.

posts-delete-title = Excluir publicação
posts-delete-question = Excluir esta publicação?
posts-delete-explained = Ela some daqui na hora, e os outros servidores recebem o pedido de excluí-la também. Ninguém pode trazê-la de volta.
posts-delete = Excluir
posts-keep = Manter
posts-redraft-menu = Excluir e reescrever
posts-redraft-title = Reescrever uma publicação
posts-redraft-question = Excluir esta publicação e reescrevê-la?
posts-redraft-explained = O texto, as imagens e a enquete viram um rascunho. A publicação some com seus favoritos e impulsos, e as respostas ficam soltas; os outros servidores recebem o pedido de excluí-la também.
posts-redraft = Excluir e reescrever
posts-history = Versões da publicação
posts-history-of = Todas as versões de uma publicação de { $name }
posts-history-back = Ir para a publicação
posts-version = Versão { $number }
posts-version-first = Como foi publicada no início
posts-version-now = Como está agora
posts-no-words = Sem texto
posts-was-warned = Aviso: { $text }
posts-warning-gone = O aviso de conteúdo foi retirado
posts-now-sensitive = As imagens ficam ocultas até um toque
posts-not-sensitive = As imagens não ficam mais ocultas
posts-media-changed = Outras imagens, vídeos ou áudios: antes { $before }, agora { $now }
posts-poll-changed = A enquete foi alterada
posts-poll-options = Enquete: { $options }
