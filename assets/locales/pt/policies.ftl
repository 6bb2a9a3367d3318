# What is kept of whom, on what terms, and the page on which the owner says it in other words.
policies-privacy = Política de privacidade
policies-terms = Termos de serviço
policies-questions = Dúvidas? Escreva para { $owner }.
policies-change = Alterar este texto
policies-kept = O que é guardado sobre você está na { $policy }.
policies-kept-link = política de privacidade
policies-description = { $title } de { $domain }, a casa de { $name }
policies-title = Sobre este lugar
policies-saved = Salvo.
policies-visitors = O que os visitantes leem
policies-about = O que é este lugar
policies-about-hint = Linhas em branco entre parágrafos, # antes de um título, - antes de cada linha de uma lista.
policies-rules = Regras
policies-rules-hint = Uma por linha.
policies-policies = Políticas
policies-standard = Apague tudo para voltar ao texto padrão.
policies-crawlers = Rastreadores
policies-crawlers-why = Pede-se a estes que fiquem longe, e as páginas dizem que não servem para treinar máquinas. Se os buscadores podem mostrar você, isso se decide no seu { $profile }.
policies-profile = perfil
policies-crawlers-names = Rastreadores a manter fora
policies-crawlers-hint = Um nome por linha.
policies-save = Salvar

# The standard texts. Lines that begin with # become headings, those with - a list.
policies-home = Este servidor é a casa de uma pessoa, { $owner }, e não tem contas de outras.
policies-visit = Se você visita
policies-visit-why = Você não recebe cookies, não é contado nem rastreado e não carrega scripts de terceiros. Este software não registra que endereço pediu que página; um proxy à frente dele pode manter o próprio registro.
policies-pictures-elsewhere = Imagens, vídeos e áudios de pessoas de outros servidores vêm de lá, então esses servidores podem ver o seu endereço.
policies-pictures-through-us = Imagens, vídeos e áudios de pessoas de outros servidores passam por este, e assim os delas não ficam sabendo de você.
policies-write = Se você escreve de outro servidor
policies-write-why = O que o seu servidor envia é guardado: seu perfil público e suas chaves, as publicações que chegam aqui e o que você faz: seguir, favoritar, impulsionar, votar ou denunciar. Cópias de imagens, vídeos e áudios podem ser guardadas por algum tempo.
policies-forgotten = { $days ->
    [one] Publicações com as quais nada foi feito aqui são esquecidas depois de { $days } dia.
   *[other] Publicações com as quais nada foi feito aqui são esquecidas depois de { $days } dias.
 }
policies-logged = O que é enviado ao seu servidor fica registrado, com o nome dele e a resposta, por até 30 dias.
policies-shown = Nada é vendido nem mostrado como publicidade. O que é público aqui, e uma resposta a você, vai para outros servidores, que o guardam segundo as próprias regras. Publicações só para seguidores ou para poucas pessoas não são mostradas a mais ninguém, mas não são criptografadas: quem cuida deste servidor pode ler o que foi enviado para cá.
policies-translated = Uma publicação que se queira traduzir aqui é enviada a um serviço de tradução.
policies-stored = Os arquivos ficam em um serviço de armazenamento.
policies-gone = Se você quer que suma
policies-gone-why = O que você exclui no seu servidor é excluído aqui quando ele avisa. Para todo o resto, escreva para { $owner }. Cópias de segurança podem guardá-lo um pouco mais.
policies-guest = Este servidor é a casa de uma pessoa, { $owner }. Quem lê ou escreve aqui é visita.
policies-be-kind = Seja gentil. Nada de assédio, de spam ou de coisas ilegais.
policies-owner-decides = Quem mora aqui decide o que fica, quem é ouvido e com quais servidores se fala.
policies-yours = O que você escreve continua seu. Você permite que este servidor o guarde e o mostre a quem foi endereçado.
policies-owners = O que a pessoa desta casa escreve continua sendo dela.
policies-no-warranty = Não há garantia: o servidor pode ficar lento, perder coisas ou sair do ar, e ninguém responde por isso, até onde a lei permite.
