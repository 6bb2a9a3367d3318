# Addresses that are told what happens here.
webhooks-title = Webhooks
webhooks-about = Um programa seu é avisado quando algo acontece
webhooks-hint = Cada endereço recebe um POST com JSON: o evento, quando foi e a publicação ou a notificação como na API do Mastodon. O cabeçalho X-Hub-Signature é o HMAC-SHA256 do corpo com o segredo. Inclui as publicações diretas.
webhooks-none = Ninguém é avisado de nada ainda.
webhooks-add = Adicionar um webhook
webhooks-url = Endereço
webhooks-of-what = Avisar sobre
webhooks-posts = minhas publicações
webhooks-notifications = notificações
webhooks-secret = Segredo
webhooks-test = Enviar um teste
webhooks-remove = Remover
webhooks-sent = O teste está a caminho. Recarregue esta página para ver se foi recebido.
webhooks-taken = Último recebimento: { $when }
webhooks-not-taken = Nada foi recebido ainda.
webhooks-failed = Última falha: { $when } ({ $why })
