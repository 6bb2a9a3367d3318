# Moving to another server: the look ahead, and who came along.
moving-check = Ver antes se dá certo
moving-checked = Mudança para { $account }
moving-fine = Certo:
moving-mind = Atenção:
moving-stops = Impedimento:
moving-can = Nada impede a mudança. Digite a sua senha abaixo quando quiser.
moving-cannot = Assim ainda não dá. Resolva os impedimentos e veja de novo.
moving-named = A nova conta indica { $handle } como alias.
moving-not-named = A nova conta não indica { $handle } como alias. Entre nela e adicione-o primeiro.
moving-moved-on = A nova conta também se mudou, para { $target }. Mude-se direto para lá.
moving-suspended = A nova conta está suspensa no servidor dela.
moving-blocked = Você bloqueia aqui a nova conta ou o servidor dela.
moving-locked = A nova conta aprova cada seguidor: quem vier precisa ser aceito lá.
moving-open = A nova conta pode ser seguida por qualquer pessoa.
moving-followers = { $count ->
    [one] { $count } seguidor receberá o pedido de vir junto. Servidores: { $servers }.
   *[other] { $count } seguidores receberão o pedido de vir junto. Servidores: { $servers }.
 }
moving-down = { $count ->
    [one] { $count } desses servidores não responde agora; as tentativas seguem por dias: { $names }
   *[other] { $count } desses servidores não respondem agora; as tentativas seguem por dias: { $names }
 }
moving-deaf = { $count ->
    [one] { $count } desses servidores usa um programa que não acompanha mudanças; quem está lá precisa seguir você de novo por conta própria: { $names }
   *[other] { $count } desses servidores usam programas que não acompanham mudanças; quem está lá precisa seguir você de novo por conta própria: { $names }
 }
moving-lately = Última mudança ou volta: { $when }. Muitos servidores só aceitam uma mudança por semana.
moving-arrived = Seguidores desde que você adicionou um alias ({ $since }): { $count }.
moving-lead-on = Encaminhar quem visita meu perfil antigo para o novo
moving-lead-on-hint = Só para navegadores: outros servidores ainda leem o perfil antigo, e cada publicação antiga fica no seu endereço.
moving-save = Salvar
moving-report = Quem veio junto
moving-report-hint = Quem segue a nova conta, ou deixou de seguir esta, se mudou. Alguns servidores nunca avisam; veja a lista de seguidores da nova conta para saber mais. Reenviar cedo demais não adianta: muitos servidores só aceitam uma mudança por semana.
moving-sum-moved = Mudaram
moving-sum-told = O servidor recebeu o aviso; nada desde então
moving-sum-waiting = Ainda tentando o servidor
moving-sum-failed = Não foi possível avisar
moving-sum-gone = A conta não existe mais
moving-look = Ver quem já segue lá
moving-again = Enviar de novo
moving-left = Ainda não mudaram
moving-is-told = avisado
moving-is-waiting = ainda tentando
moving-is-failed = não foi possível avisar
moving-is-gone = conta inexistente
