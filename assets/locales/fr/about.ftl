# What this place is.
about-title = À propos
about-home = La maison d’une seule personne dans le Fédivers. Vous pouvez y lire ce qui est public et suivre { $handle } depuis Mastodon ou tout autre serveur du même genre : cherchez-y ce nom.
about-change = Modifier cette page
about-contact = Contact
about-contact-why = Une question sur ce serveur ? Posez-la à son propriétaire.
about-rules = Règles
about-kept = Ce qui est conservé à votre sujet
about-kept-visitors = Les visiteurs ne reçoivent aucun cookie, ne sont pas comptés et ne chargent aucun script tiers.
about-kept-elsewhere = Les images de personnes d’autres serveurs peuvent venir de là-bas.
about-kept-through-us = Les images de personnes d’autres serveurs passent par celui-ci : les leurs n’apprennent rien de vous.
about-kept-more = Si vous suivez ce compte ou lui écrivez, son serveur conserve ce que le vôtre envoie : votre profil public et les messages qui lui sont adressés. Pour en savoir plus, lisez la { $policy }.
about-policy = politique de confidentialité
about-software = Le logiciel
about-software-what = Taure { $version } : un Mastodon pour une seule personne, logiciel libre sous licence AGPL.
about-description = { $domain } est la maison de { $name } ({ $handle }) dans le Fédivers
