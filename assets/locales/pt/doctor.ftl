doctor-title = Check-up
doctor-about = Examina o seu servidor por fora, como os outros o encontram, e o que ele guarda.
doctor-never = Ainda não foi feito nenhum check-up.
doctor-looked = Último check-up: { $when }.
doctor-ask = Examinar agora
doctor-asked = O check-up está em andamento. Leva até um minuto; depois, recarregue esta página.
doctor-well = Está tudo como deve ser.
doctor-faults = { $count ->
    [one] Foi encontrada { $count } falha.
   *[other] Foram encontradas { $count } falhas.
 }
doctor-again = Recarregar
doctor-news = { $count ->
    [one] O check-up encontrou uma nova falha no seu servidor
   *[other] O check-up encontrou { $count } novas falhas no seu servidor
 }
doctor-level-ok = Bem
doctor-level-note = Nota
doctor-level-warning = Atenção
doctor-level-fault = Falha

doctor-name-permissions = Permissões
doctor-name-disk = Espaço em disco
doctor-name-speed = Velocidade do disco
doctor-name-schema = Esquema
doctor-name-database = Banco de dados
doctor-name-account = Conta
doctor-name-server = Servidor
doctor-name-servers = Um só servidor
doctor-name-queue = Trabalho em segundo plano
doctor-name-hosts = Outros servidores
doctor-name-budget = Cota de disco
doctor-name-backups = Backups
doctor-name-clock = Relógio
doctor-name-dns = DNS
doctor-name-port = Porta
doctor-name-certificate = Certificado
doctor-name-proxy = Proxy
doctor-name-redirect = De http para https
doctor-name-webfinger = Nome da conta
doctor-name-apex = Redirecionamento do domínio
doctor-name-actor = Ator
doctor-name-signatures = Assinaturas
doctor-name-bodies = Requisições grandes
doctor-name-uploads = Envio de arquivos
doctor-name-sockets = WebSockets
doctor-name-events = Fluxos de eventos

doctor-no-folder = A pasta { $folder } não existe ou não pode ser aberta.
doctor-no-folder-fix = Indique a pasta certa com --data, ou execute isto com o usuário do servidor.
doctor-permissions-fine = As chaves em { $folder } são só de quem é dono da pasta.
doctor-readable = Qualquer pessoa nesta máquina pode ler as chaves em { $folder }.
doctor-group = O grupo de { $folder } pode ler as chaves que estão lá.
doctor-readable-fix = Execute: chmod 700 { $folder }
doctor-foreign = { $file }, em { $folder }, pertence a um usuário diferente do da pasta.
doctor-foreign-fix = Execute: chown -R { $owner } { $folder }
doctor-unwritable = Não é possível gravar em { $folder }.
doctor-unwritable-fix = Execute isto com o usuário do servidor. Se já for ele, dê-lhe a pasta com chown -R e veja se o disco não foi montado só para leitura.

doctor-disk-fine = { $free } de { $total } estão livres.
doctor-disk-full = O disco está cheio: só { $free } de { $total } estão livres.
doctor-disk-little = O disco está quase cheio: { $free } de { $total } estão livres.
doctor-disk-fix = Libere espaço, ou dê menos ao Taure com disk_mb em taure.toml. “taure space” mostra onde estão os bytes dele.
doctor-speed-fine = Um megabyte está seguro no disco depois de { $ms } ms.
doctor-speed-slow = Um megabyte leva { $ms } ms até estar seguro no disco, e tudo espera por isso.
doctor-speed-fix = Talvez outra coisa ocupe o disco, ou ele seja um cartão lento ou uma pasta de rede. Mova { $folder } para um disco mais rápido.
doctor-schema-fine = O banco de dados tem o esquema { $found }, que é o deste Taure.
doctor-schema-newer = O banco de dados tem o esquema { $found }, e o Taure { $version } só conhece até o { $known }: quem gravou foi um Taure mais novo.
doctor-schema-newer-fix = Instale de novo a versão mais nova. Ou restaure uma cópia anterior a ela: as da pasta “snapshots” trazem isso no nome.
doctor-schema-older = O banco de dados tem o esquema { $found }, e o do Taure { $version } é o { $known }.
doctor-schema-older-fix = “taure serve” o atualiza quando for iniciado de novo.
doctor-database-fine = Todas as páginas e todos os índices do banco de dados estão íntegros ({ $size }).
doctor-database-quick = Todas as páginas do banco de dados estão íntegras ({ $size }). Com --deep, os índices também são examinados.
doctor-database-broken = O banco de dados { $file } está danificado: { $why }
doctor-database-fix = Pare o servidor e guarde uma cópia da pasta inteira. Depois restaure o último backup com “taure restore”, ou ponha no lugar dele a cópia mais recente da pasta “snapshots”. Veja também o disco: ele pode estar no fim da vida.

doctor-nobody = Ninguém mora aqui ainda.
doctor-nobody-fix = Crie a conta com “taure init”, ou no navegador com “taure serve”.
doctor-closed = Não é possível abrir a pasta: { $why }
doctor-server-fine = O Taure { $version } está funcionando e responde em { $listen }.
doctor-server-silent = Um servidor ocupa { $folder } e não responde em { $listen }.
doctor-server-silent-fix = Se ele escuta em outro lugar, indique onde com --listen. Se não, ele travou: leia o log e reinicie-o.
doctor-server-stopped = Nenhum servidor está funcionando: ninguém responde em { $listen }. O que depende dele não foi examinado.
doctor-server-stopped-fix = Inicie-o com “taure serve”. Se ele escuta em outro lugar, indique onde com --listen.
doctor-servers = Dois servidores usam os mesmos dados: quem responde em { $at } não é o que foi iniciado por último.
doctor-servers-fix = Pare um deles já, pois um desfaz o trabalho do outro. Procure um segundo contêiner ou serviço, e uma cópia da pasta em uma máquina antiga para a qual o nome ainda aponte.
doctor-queue-fine = O trabalho está em dia.
doctor-queue-stuck = { $count ->
    [one] Há trabalho de { $count } tipo atrasado há { $minutes } minutos, e ninguém o faz.
   *[other] Há trabalho de { $count } tipos atrasado há { $minutes } minutos, e ninguém o faz.
 }
doctor-queue-fix = Procure “a lane stopped” ou “a job failed” no log do servidor e reinicie-o.
doctor-hosts-fine = Todos os servidores para os quais você escreve estão acessíveis.
doctor-hosts-down = { $count ->
    [one] { $count } outro servidor está fora de alcance.
   *[other] { $count } outros servidores estão fora de alcance.
 }
doctor-hosts-fix = Para alguns poucos, é normal. Se for a maioria, veja a conexão desta máquina e o DNS dela.
doctor-budget-fine = Em uso: { $used } dos { $granted } permitidos.
doctor-budget-over = { $used } estão em uso, e só { $granted } são permitidos.
doctor-budget-fix = Permita mais com disk_mb em taure.toml, ou guarde as publicações de outras pessoas por menos dias com keep_posts_days.
doctor-snapshots-old = { $count ->
    [0] Não há cópia noturna do banco de dados.
    [one] A última cópia noturna do banco de dados tem { $count } dia.
   *[other] A última cópia noturna do banco de dados tem { $count } dias.
 }
doctor-snapshots-fix = Talvez falte espaço para ela: veja “Cota de disco”. O log do servidor diz isso toda noite.
doctor-backups-fine = { $count ->
    [0] O último backup é de hoje.
    [one] O último backup tem { $count } dia.
   *[other] O último backup tem { $count } dias.
 }
doctor-backups-old = { $count ->
    [one] O último backup tem { $count } dia.
   *[other] O último backup tem { $count } dias.
 }
doctor-backups-none = Nunca foi feito um backup.
doctor-backups-fix = Faça um com “taure backup FILE” e guarde-o em outra máquina.
doctor-clock-fine = O relógio está certo, pelo que dizem outros servidores.
doctor-clock-unknown = Nenhum outro servidor disse que horas são.
doctor-clock-off = O relógio desta máquina está { $side ->
    [behind] atrasado
   *[ahead] adiantado
 } em { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
 }: outros servidores recusam o que ela assina.
doctor-clock-fix = Deixe a rede acertar o relógio: execute “timedatectl set-ntp true” ou inicie o chrony. Em uma máquina virtual, acerte o relógio da máquina que a hospeda.

doctor-dns-fine = { $host } aponta para { $addresses }.
doctor-dns-none = O nome { $host } não aponta para lugar nenhum.
doctor-dns-none-fix = Onde o domínio está registrado, adicione para { $host } um registro A (e um AAAA para IPv6) com o endereço deste servidor. Um registro novo leva até uma hora para ser visto.
doctor-dns-private = Daqui, { $host } aponta para { $addresses }, que não está na internet aberta.
doctor-dns-private-fix = Em casa isso é normal, e o resto foi examinado por esse caminho. O que os outros veem precisa ser visto de fora: peça a alguém que abra a sua página.
doctor-dns-foreign = O que responde por { $host } em { $address } não é este Taure (a resposta é { $status }).
doctor-dns-foreign-fix = Se { $address } não é o endereço deste servidor, corrija os registros A e AAAA de { $host }. Se é, o servidor web de lá atende outro site: faça-o repassar { $host } para { $listen } (nginx: proxy_pass http://{ $listen }; Caddy: reverse_proxy { $listen }).
doctor-dns-elsewhere = { $host } aponta para { $addresses }, que não é um endereço desta máquina.
doctor-dns-elsewhere-fix = Atrás de um roteador que repassa as portas 80 e 443, está certo. Se não for o caso, corrija os registros A e AAAA de { $host }.
doctor-dns-here-fix = Onde o domínio está registrado, ponha no registro A (no AAAA, para IPv6) de { $host } o endereço desta máquina, { $here }. Um registro alterado leva até uma hora para ser visto.
doctor-port-fine = A porta { $port } está aberta.
doctor-port-closed = A porta { $port } de { $address } está fechada.
doctor-port-silent = A porta { $port } de { $address } não responde.
doctor-port-unreachable = Não é possível alcançar { $address } na porta { $port }: { $why }
doctor-port-six = Não é possível alcançar { $address } daqui: { $why }
doctor-port-fix = Abra a porta { $port } no firewall desta máquina e no da hospedagem (ufw allow { $port }/tcp) e, em um roteador doméstico, encaminhe-a para esta máquina. Depois veja se o proxy, ou o próprio Taure, escuta nela. Alguns roteadores não podem ser alcançados de dentro pelo próprio nome: nesse caso, veja primeiro em um celular sem Wi-Fi.
doctor-port-free = A porta { $port } está livre.
doctor-port-taken = { $who ->
    [0] A porta { $port } está ocupada.
   *[other] A porta { $port } está ocupada por { $who }.
 }
doctor-port-taken-fix = Faça esse servidor web repassar o endereço ao Taure (nginx: proxy_pass; Caddy: reverse_proxy), ou pare-o, se for o próprio Taure que vai atender em https.
doctor-port-forbidden = A porta { $port } não é permitida a este usuário.
doctor-port-forbidden-fix = Deixe o systemd iniciar o servidor, ou execute no binário: setcap cap_net_bind_service=+ep
doctor-certificate-fine = { $count ->
    [one] O certificado vale por mais { $count } dia.
   *[other] O certificado vale por mais { $count } dias.
 }
doctor-certificate-none = { $address } não atende { $host } em https: { $why }
doctor-certificate-expired = O certificado de { $host } em { $address } venceu há { $count ->
    [one] { $count } dia.
   *[other] { $count } dias.
 }
doctor-certificate-soon = O certificado de { $host } em { $address } vence em { $count ->
    [one] { $count } dia.
   *[other] { $count } dias.
 }
doctor-certificate-renew = Renove-o e veja por que isso não aconteceu sozinho: com o https do próprio Taure, o log diz o motivo; com o certbot, execute “certbot renew”; com o Caddy, “journalctl -u caddy”. Muitas vezes, é a porta 80 que está fechada.
doctor-certificate-foreign = O certificado não é de { $host }: { $why }
doctor-certificate-foreign-fix = Faça o proxy apresentar um certificado de { $host }: no nginx, adicione o nome a server_name e execute “certbot --nginx -d { $host }”; no Caddy, comece o bloco com { $host }.
doctor-certificate-unknown = Outros servidores não confiam no certificado de { $host }: { $why }
doctor-certificate-fix = Faça o proxy apresentar a cadeia completa de um certificado em que todos confiem, como os do Let’s Encrypt (nginx: ssl_certificate fullchain.pem; o Caddy já faz isso), ou use o https do próprio Taure.

doctor-ours = { $host } leva a este Taure.
doctor-proxy-silent = { $address } aceita a conexão por { $host } e não responde.
doctor-proxy-away = O proxy em { $address } não alcança o Taure (a resposta é { $status }).
doctor-proxy-fix = Faça o proxy repassar { $host } para { $listen } (nginx: proxy_pass http://{ $listen }; Caddy: reverse_proxy { $listen }) e veja se o Taure escuta lá.
doctor-proxy-unnamed = O proxy não diz quem pede: todos os visitantes parecem um só, e o limite de acessos vale para todos juntos.
doctor-proxy-unnamed-fix = No nginx, adicione: proxy_set_header X-Forwarded-For $remote_addr. O Caddy já faz isso.
doctor-redirect-fine = http leva a https.
doctor-redirect-closed = Ninguém responde em http://{ $host }.
doctor-redirect-none = http://{ $host } não leva a https.
doctor-redirect-fix = Abra a porta 80 e redirecione-a (nginx: return 301 https://$host$request_uri; o Caddy já faz isso).
doctor-webfinger-fine = O nome da sua conta leva até ela.
doctor-webfinger = { $handle } não leva à sua conta: { $why }
doctor-webfinger-fix = Faça o proxy repassar ao Taure tudo o que fica abaixo de /.well-known/. No nginx, muitas vezes é um “location /.well-known/” próprio que o desvia.
doctor-apex-fine = { $domain } redireciona para { $host }.
doctor-apex = { $handle } não é encontrado, porque { $domain } não redireciona para { $host }: { $why }
doctor-host-meta = Alguns servidores pedem /.well-known/host-meta a { $domain } e não o encontram.
doctor-apex-fix = Faça { $domain } redirecionar /.well-known/webfinger e /.well-known/host-meta para { $origin }, com a consulta (nginx: location = /.well-known/webfinger com return 301 { $origin }$request_uri; Caddy: redir /.well-known/webfinger { $origin }/.well-known/webfinger com a consulta).
doctor-actor-fine = Outros servidores conseguem ler quem você é.
doctor-actor-none = Outros servidores não conseguem ler { $actor }: { $why }
doctor-actor-kind = Quem pede { $actor } como um servidor pede recebe { $why }.
doctor-actor-other = Em { $actor } está descrita outra pessoa: { $why }
doctor-actor-fix = Há um cache ou um filtro no caminho. Faça-o repassar o cabeçalho Accept e respeitar “Vary: Accept”, ou não guardar nada deste site.
doctor-signatures-fine = Requisições assinadas chegam como foram enviadas.
doctor-signatures-none = Uma requisição assinada não foi respondida pelo Taure: { $why }
doctor-signatures-wrong = Uma requisição assinada chegou, e a assinatura não confere: { $why }
doctor-signatures-fix = Faça o proxy repassar as requisições como são: método, caminho com a consulta e todos os cabeçalhos.
doctor-host-changed = O proxy muda o cabeçalho Host: chega “{ $seen }” onde foi enviado “{ $sent }”. Nada do que os outros assinam pode ser verificado.
doctor-host-fix = No nginx, adicione: proxy_set_header Host $host; no Apache: ProxyPreserveHost On. No Caddy, tire “header_up Host”.
doctor-header-lost = O proxy descarta o cabeçalho { $name }: nada do que os outros assinam pode ser verificado.
doctor-header-changed = O proxy muda o cabeçalho { $name }: chega “{ $seen }” onde foi enviado “{ $sent }”.
doctor-header-fix = Faça o proxy repassar { $name } como chegou. Procure uma lista de cabeçalhos permitidos, um firewall de aplicação web ou, no nginx, proxy_set_header { $name }.
doctor-bodies-fine = Uma requisição de 1 MiB passa.
doctor-bodies-capped = Requisições de mais de { $kib } KiB não passam: publicações grandes de outras pessoas se perdem, e não dá para enviar imagens.
doctor-uploads-capped = O proxy recusa envios de { $wanted } MB, que o Taure aceitaria.
doctor-bodies-fix = Faça o proxy aceitar { $wanted } MB (nginx: client_max_body_size { $wanted }m; Caddy: request_body max_size { $wanted }MB; Apache: LimitRequestBody).
doctor-sockets-fine = WebSockets passam.
doctor-sockets-none = WebSockets não passam ({ $why }): os aplicativos só mostram as novidades quando são abertos de novo.
doctor-sockets-fix = No nginx, adicione: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade". No Apache, ative proxy_wstunnel. O Caddy já faz isso.
doctor-events-fine = Os eventos chegam na hora.
doctor-events-held = O proxy acumula os eventos em vez de repassá-los: aplicativos e páginas abertas ficam sabendo das novidades tarde demais.
doctor-events-none = Os eventos não passam: { $why }
doctor-events-fix = No nginx, adicione: proxy_buffering off. No Caddy, adicione a reverse_proxy: flush_interval -1. Em um cache, deixe text/event-stream de fora e não o comprima.
