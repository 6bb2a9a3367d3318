settings-title = Configurações
settings-back = Voltar às configurações
settings-save = Salvar
settings-saved = Salvo.
settings-browser = Este navegador
settings-sign-out = Sair

settings-you = Você
settings-read = O que você lê
settings-account = Sua conta
settings-house = Este servidor

settings-profile = Perfil
settings-profile-about = Seu nome, suas imagens e o que você diz sobre si
settings-appearance = Aparência
settings-appearance-about = Cores, tamanho do texto, fuso horário, idioma
settings-posting = Publicação
settings-posting-about = Como começa uma nova publicação
settings-privacy = Privacidade
settings-privacy-about = Quem encontra você e quem pode seguir você
settings-emojis = Emojis personalizados
settings-emojis-about = Seus próprios :atalhos:
settings-notifications = Notificações
settings-notifications-about = De quem as novidades passam e de quem esperam
settings-push = Notificações em aplicativos
settings-push-about = Os aplicativos que são avisados, e um teste para eles
settings-discovery = Hashtags e relays
settings-discovery-about = O que você segue e de onde vêm publicações de desconhecidos
settings-filters = Filtros
settings-filters-about = Palavras que você não quer ler
settings-blocks = Silenciados e bloqueados
settings-blocks-about = Pessoas e servidores de que você não quer saber
settings-lists = Listas
settings-lists-about = Algumas das pessoas que você segue, à parte
settings-following = Seguindo
settings-following-about = Quem você segue
settings-followers = Seguidores
settings-followers-about = Quem segue você
settings-reports = Denúncias sobre você
settings-reports-about = O que disseram a outros servidores
settings-security = Segurança
settings-security-about = Navegadores, aplicativos e a senha
settings-apps = Aplicativos
settings-apps-about = O que seus aplicativos pediram e não receberam
settings-moving = Mudança
settings-moving-about = Mudar-se para cá ou para longe; suas outras contas
settings-deletion = Publicações antigas
settings-deletion-about = Deixe suas publicações antigas irem embora sozinhas
settings-storage = Armazenamento
settings-storage-about = Onde está cada byte
settings-health = Saúde
settings-health-about = O que espera para ser enviado e servidores fora de alcance
settings-policies = Regras e políticas
settings-policies-about = O que os visitantes leem sobre este lugar
settings-about = Sobre este servidor
settings-about-about = Versão, tamanho e o que ele fala

settings-profile-words = Perfil
settings-profile-name = Nome de exibição
settings-profile-note = Sobre você
settings-profile-bot = Esta é uma conta automatizada
settings-profile-pictures = Imagens
settings-profile-take-away = Remover
settings-profile-avatar = Avatar
settings-profile-avatar-hint = Quadrado, 400 pixels ou mais
settings-profile-header = Capa
settings-profile-header-hint = Três vezes mais larga que alta, 1500 × 500
settings-profile-fields = Links e fatos
settings-profile-fields-hint = Uma página é marcada como sua quando tem um link para cá com rel="me".
settings-profile-label = Rótulo
settings-profile-content = Conteúdo

settings-privacy-who = Quem encontra você, quem segue você
settings-privacy-locked = Aprovar cada seguidor
settings-privacy-locked-hint = Até lá, só veem suas publicações públicas.
settings-privacy-discoverable = Deixar que outros descubram este perfil
settings-privacy-discoverable-hint = Diretórios e buscadores podem mostrá-lo.
settings-privacy-indexable = Deixar outros servidores buscarem suas publicações públicas
settings-privacy-hide = Ocultar quem você segue e quem segue você

settings-storage-full = O disco está cheio. Ainda dá para publicar texto; arquivos e o que outros enviam precisam esperar até haver espaço.
settings-storage-freed = { $bytes } livres de novo.
settings-storage-of = { $used } de { $granted }
settings-storage-rest = Publicações e tudo o que está no banco de dados
settings-storage-media = Seus arquivos
settings-storage-cache = Imagens e vídeos de outras pessoas
settings-storage-uploads = Envios em andamento
settings-storage-reserve = Reserva, para você poder publicar com o disco cheio
settings-storage-snapshots = Cópias do banco de dados, uma por dia
settings-storage-disk = O disco tem { $free } livres. Arquivos de outras pessoas podem ocupar até { $limit } e são os primeiros a ceder lugar.
settings-storage-for-ever = Das publicações de outras pessoas, ficam guardadas também aquelas com as quais você não fez nada.
settings-storage-days = { $count ->
    [one] Das publicações de outras pessoas, aquelas com as quais você não fez nada somem depois de { $count } dia.
   *[other] Das publicações de outras pessoas, aquelas com as quais você não fez nada somem depois de { $count } dias.
 }
settings-storage-sooner = Isso é mais cedo que o normal, porque o banco de dados está grande.
settings-storage-change = Mude isso com { $disk } e { $days } em { $file }.
settings-storage-forget = Esquecer agora imagens e vídeos de outras pessoas
settings-storage-database = O banco de dados
settings-storage-posts = { $count ->
    [one] { $count } publicação; suas: { $own }.
   *[other] { $count } publicações; suas: { $own }.
 }
settings-storage-count = Contar todas as tabelas
settings-storage-prunable = { $count ->
    [one] { $count } publicação de outra pessoa tem mais de { $days } dias e ninguém mexeu nela: cerca de { $bytes }, que somem nos próximos dias, ou na hora com { $command }.
   *[other] { $count } publicações de outras pessoas têm mais de { $days } dias e ninguém mexeu nelas: cerca de { $bytes }, que somem nos próximos dias, ou na hora com { $command }.
 }
settings-storage-prunable-none = Nenhuma publicação de outras pessoas tem idade para sumir.
settings-storage-within = { $bytes } dentro do arquivo estão livres para novas publicações.

settings-deletion-when = Quando
settings-deletion-hint = Suas publicações e seus impulsos somem quando passam desta idade, algumas dezenas por hora, aqui e nos servidores que os têm. Publicações excluídas não voltam.
settings-deletion-enabled = Excluir minhas publicações antigas
settings-deletion-older = Com mais de
settings-deletion-stays = O que fica
settings-deletion-pinned = Publicações fixadas
settings-deletion-direct = Menções privadas
settings-deletion-liked = Publicações que você favoritou
settings-deletion-bookmarked = Publicações que você salvou
settings-deletion-polls = Enquetes
settings-deletion-media = Publicações com imagens, vídeos ou áudio
settings-deletion-likes = Publicações com pelo menos tantos favoritos
settings-deletion-boosts = Publicações com pelo menos tantos impulsos
settings-deletion-empty = Em branco: nenhuma publicação fica por isso
settings-deletion-some = { $count ->
    [one] { $count } publicação
   *[other] { $count } publicações
 }
settings-deletion-many = { $count } publicações ou mais
settings-deletion-go = O que some agora, por estas regras: { $posts }.
settings-deletion-would = O que sumiria agora, por estas regras: { $posts }.

settings-emojis-hint = Escreva o nome entre dois-pontos, e a imagem aparece: nas suas publicações, no seu nome, no seu perfil.
settings-emojis-name = Nome
settings-emojis-name-hint = Letras, dígitos e _; um nome que já existe recebe a nova imagem
settings-emojis-picture = Imagem
settings-emojis-picture-hint = PNG, GIF ou WebP, no máximo 256 KB
settings-emojis-category = Categoria
settings-emojis-add = Adicionar
settings-emojis-none = Nenhum ainda.
settings-emojis-delete = Excluir

settings-moving-here = Mudar-se para cá
settings-moving-here-hint = Informe a conta de onde você vem. Depois entre nela e mude-se para { $handle }: os seguidores vêm junto; as publicações, não.
settings-moving-remove = Remover
settings-moving-alias = A conta que também é sua
settings-moving-add = Adicionar um alias
settings-moving-away = Mudar-se daqui
settings-moving-moved = Agora você mora em { $account }. Este perfil diz isso, e seus seguidores receberam o pedido de seguir você lá.
settings-moving-back = Voltar a morar aqui
settings-moving-away-hint = A nova conta precisa antes indicar { $handle } como alias. Seus seguidores recebem o pedido de seguir você lá; suas publicações ficam aqui, e você ainda pode escrever. Dá para desfazer, mas os seguidores não voltam com isso.
settings-moving-new = A nova conta
settings-moving-password = Sua senha
settings-moving-go = Levar meus seguidores para lá
settings-moving-no-password = A mudança pede a sua senha, e você não tem: entra por links.
settings-moving-followers = Seguidores agora: { $count }.
settings-feeds = Feeds
settings-feeds-about = Sites cujos artigos você lê aqui
settings-webmentions = Outros sites
settings-webmentions-about = O que dizem das suas publicações, e o que as suas avisam a eles
