# Who is in, and by which doors.
security-title = Segurança
security-done = Feito.
security-back = Voltar
security-to-settings = Voltar às configurações
security-browsers = Navegadores
security-browsers-hint = Com o nome que eles se dão. O último uso tem precisão de uma hora.
security-this-browser = (este navegador)
security-signed-in = Entrada: { $created }; último uso: { $used }
security-sign-out = Sair
security-end = Encerrar
security-end-others = Encerrar todos os outros
security-nameless = Um navegador sem nome
security-apps = Aplicativos
security-no-apps = Nenhum aplicativo está conectado.
security-apps-hint = Um aplicativo revogado é desconectado em toda parte e não recebe mais notificações.
security-let-in-used = Autorizado: { $created }; último uso: { $used }
security-let-in-unused = Autorizado: { $created }; nunca usado
security-revoke = Revogar
security-password = Senha
security-no-password = Você não tem senha: entra por links.
security-current-password = Sua senha atual
security-new-password = A nova senha
security-password-hint = { $count ->
    [one] Pelo menos { $count } caractere; uma frase curta é o melhor. Todos os outros navegadores são desconectados.
   *[other] Pelo menos { $count } caracteres; uma frase curta é o melhor. Todos os outros navegadores são desconectados.
 }
security-change-password = Mudar a senha
security-passkeys = Chaves de acesso
security-passkeys-hint = Entre com o dedo, o rosto ou o PIN do seu dispositivo, sem senha nem código. Uma chave de acesso só funciona neste site, então ninguém consegue tirá-la de você com um truque.
security-passkey-name = Nome
security-passkey-example = Meu celular
security-passkey-add = Adicionar chave de acesso
security-passkey-failed = Nenhuma chave de acesso foi criada. Talvez este dispositivo já tenha uma para você.
security-passkey-script = Criar uma chave de acesso precisa de JavaScript, que está desativado neste navegador.
security-passkey-used = Criada: { $made }; último uso: { $used }
security-passkey-unused = Criada: { $made }; nunca usada
security-passkey-change = Renomear ou remover
security-passkey-rename = Renomear
security-passkey-remove = Remover
security-code-title = Códigos do seu celular
security-code-is-on = Depois da senha, é pedido um código.
security-code-is-off = Um aplicativo no seu celular mostra um código novo a cada 30 segundos. Quem descobrir sua senha ainda assim não entra sem ele.
security-code-shell = Quem pode digitar comandos no servidor sempre entra: { $command } mostra um link que não pede nem uma coisa nem outra. Cuide dessa porta também.
security-code-needs-password = Você entra por links, então não há senha que um código possa reforçar. Primeiro, escolha uma abaixo.
security-code-turn-on = Ativar códigos
security-code-begin = Continuar
security-code-scan = 1. Conte ao seu celular
security-code-scan-how = Escaneie esta imagem com o seu aplicativo de códigos.
security-code-pattern = Imagem com o segredo, para uma câmera
security-code-open = Abrir em um aplicativo neste dispositivo
security-code-type = Ou digite este segredo no aplicativo:
security-code-confirm = 2. Veja se funciona
security-code-first = O código que o aplicativo mostra agora
security-code-on = Ativar códigos
security-code-turn-off = Desativar códigos
security-code-or-recovery = Um código, ou um código de recuperação
security-code-off = Desativar códigos
security-recovery-left = { $count ->
    [one] Resta { $count } código de recuperação.
   *[other] Restam { $count } códigos de recuperação.
 }
security-recovery-title = Seus códigos de recuperação
security-recovery-keep = Cada um destes permite entrar uma vez, quando você estiver sem o celular. Imprima ou anote: eles só são mostrados agora.
security-recovery-kept = Já guardei
security-recovery-anew = Novos códigos de recuperação
security-recovery-anew-hint = Os que você tem deixam de funcionar.
security-recovery-make = Criar novos
security-sign-ins = As últimas entradas
security-sign-ins-hint = As últimas { $count }. Você reconhece todas? Se não, mude a senha e encerre os outros navegadores.
security-by-password = com senha
security-by-code = com senha e código
security-by-recovery = com senha e código de recuperação
security-by-passkey = com chave de acesso
security-by-link = com um link
