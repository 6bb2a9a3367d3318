# A post on its own page.
thread-title = Publicação de { $who }
thread-of-day = Publicação de { $date }
thread-looking = Mais respostas estão sendo buscadas.
thread-look = Ver de novo
thread-above-missing = Isto responde a uma publicação que não é mostrada aqui.
thread-jump = Ir para a publicação
thread-asked = Isto espera a aprovação de quem escreveu o que está sendo respondido: ninguém mais recebeu ainda.
thread-refused = Quem escreveu o que está sendo respondido não quis esta resposta: ninguém mais a recebeu.
thread-some = { $here } de { $all } respostas; as outras não puderam ser obtidas.
thread-fetch = Buscar o que falta
thread-all = { $count ->
    [one] Ver { $count } resposta
   *[other] Todas as { $count } respostas
 }
thread-replies = Respostas
thread-folded = { $count ->
    [one] Mais { $count } resposta
   *[other] Mais { $count } respostas
 }
