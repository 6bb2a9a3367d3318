# What this place is.
about-title = Acerca de
about-home = La casa de una sola persona en el fediverso. Aquí puedes leer lo que es público y seguir a { $handle } desde Mastodon o cualquier otro servidor de este tipo: busca allí este nombre.
about-change = Cambiar esta página
about-contact = Contacto
about-contact-why = Si tienes una pregunta sobre este servidor, házsela a su propietario.
about-rules = Reglas
about-kept = Qué se guarda sobre ti
about-kept-visitors = Los visitantes no reciben cookies, no se cuentan y no cargan scripts de terceros.
about-kept-elsewhere = Las imágenes de personas de otros servidores pueden venir de allí.
about-kept-through-us = Las imágenes de personas de otros servidores pasan por este, así que los suyos no saben nada de ti.
about-kept-more = Si sigues esta cuenta o le escribes, su servidor guarda lo que envía el tuyo: tu perfil público y las publicaciones dirigidas a ella. Encontrarás más en la { $policy }.
about-policy = política de privacidad
about-software = El software
about-software-what = Taure { $version }: un Mastodon para una sola persona, software libre bajo la AGPL.
about-description = { $domain } es la casa de { $name } ({ $handle }) en el fediverso
