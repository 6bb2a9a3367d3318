# People around the owner, and whom the owner does not want to see.
people-requests = Solicitações para seguir
people-requests-none = Ninguém está pedindo para seguir você.
people-following = Seguindo
people-following-none = Você ainda não segue ninguém. Busque um nome como @usuario@servidor.
people-followers = Seguidores
people-followers-none = Ninguém segue você ainda.
people-hidden = Esta lista é privada.
people-hidden-hint = Só você vê esta lista.
people-accept = Aceitar
people-reject = Rejeitar
people-remove-follower = Remover
people-yours = Só para os seus olhos
people-note = Sua nota
people-note-hint = Ninguém mais a vê, nunca.
people-note-save = Salvar a nota
people-bell-on = Avisar a cada publicação
people-bell-off = Não avisar a cada publicação
people-languages = Só publicações nestes idiomas
people-languages-hint = Códigos como pt, en. Deixe em branco para todos.
people-languages-save = Salvar os idiomas
people-languages-wrong = Estes não são códigos de idiomas
people-not-followed = Você não segue esta conta
people-lists = Listas
people-older = Buscar publicações mais antigas
people-older-wait = Publicações mais antigas estão sendo buscadas. Veja de novo daqui a pouco.
people-server = Sobre { $server }
people-back = Voltar ao perfil
people-unblock = Desbloquear
people-unmute = Dessilenciar
people-blocks = Silenciados e bloqueados
people-blocks-tabs = O que mostrar
people-blocks-muted = Silenciados
people-blocks-blocked = Bloqueados
people-blocks-servers = Servidores
people-blocks-back = Voltar às configurações
people-mutes-none = Você não silencia ninguém.
people-blocks-none = Você não bloqueia ninguém.
people-servers-none = Você não bloqueia nenhum servidor.
people-muted-until = até { $time }
people-muted-forever = para sempre
people-server-block = Bloquear um servidor inteiro
people-server-hint = Nada de quem é de lá será mostrado. Antes de bloquear, você vê o que isso custa.
people-server-next = Avançar
people-server-ask = Bloquear { $server }?
people-server-loss = Você perde { $followers } de lá e deixa de seguir { $following }. Ao desbloquear, isso não volta.
people-server-followers = { $count ->
    [one] { $count } seguidor
   *[other] { $count } seguidores
 }
people-server-people = { $count ->
    [one] { $count } pessoa
   *[other] { $count } pessoas
 }
people-server-do = Bloquear
people-server-leave = Não bloquear
people-mute-for = Silenciar por um tempo
people-mute-for-hint = Até lá, você não vê nada desta conta nem recebe avisos dela. Depois, tudo volta a ser como antes.
people-mute-save = Silenciar
people-mute-hour = Uma hora
people-mute-day = Um dia
people-mute-week = Uma semana
people-mute-month = Um mês
