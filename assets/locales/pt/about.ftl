# What this place is.
about-title = Sobre
about-home = A casa de uma pessoa no Fediverso. Aqui você pode ler o que é público e seguir { $handle } pelo Mastodon ou por qualquer outro servidor do gênero: basta buscar esse nome por lá.
about-change = Alterar esta página
about-contact = Contato
about-contact-why = Quem tiver uma pergunta sobre este servidor pode falar com quem cuida dele.
about-rules = Regras
about-kept = O que é guardado sobre você
about-kept-visitors = Visitantes não recebem cookies, não são contados e não carregam scripts de terceiros.
about-kept-elsewhere = Imagens de pessoas de outros servidores podem vir de lá.
about-kept-through-us = Imagens de pessoas de outros servidores passam por este, e assim os delas não ficam sabendo de você.
about-kept-more = Se você segue esta conta ou escreve para ela, o servidor dela guarda o que o seu envia: seu perfil público e as publicações endereçadas a ela. Os detalhes estão na { $policy }.
about-policy = política de privacidade
about-software = O software
about-software-what = Taure { $version }: um Mastodon para uma pessoa só, software livre sob a AGPL.
about-description = { $domain } é a casa de { $name } ({ $handle }) no Fediverso
