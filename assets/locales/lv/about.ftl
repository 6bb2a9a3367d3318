# Kas šī ir par vietu.
about-title = Par šo vietu
about-home = Viena cilvēka mājas fediversā. Šeit var lasīt visu, kas ir publisks, un sekot { $handle } no Mastodon vai jebkura cita šāda servera: pameklē tur šo adresi.
about-change = Mainīt šo lapu
about-contact = Saziņa
about-contact-why = Ja par šo serveri ir kāds jautājums, jautā tā īpašniekam.
about-rules = Noteikumi
about-kept = Kas par tevi tiek glabāts
about-kept-visitors = Apmeklētāji nesaņem nevienu sīkdatni, netiek skaitīti un neielādē svešus skriptus.
about-kept-elsewhere = Citu serveru lietotāju attēli var nākt no turienes.
about-kept-through-us = Citu serveru lietotāju attēli nāk caur šo serveri, tāpēc tie serveri par tevi neko neuzzina.
about-kept-more = Ja tu seko šim kontam vai tam raksti, tā serveris glabā to, ko nosūta tavējais: tavu publisko profilu un šim kontam adresētos ierakstus. Vairāk var lasīt lapā „{ $policy }”.
about-policy = privātuma politika
about-software = Programmatūra
about-software-what = Taure { $version }: Mastodon vienam cilvēkam, brīva programmatūra ar AGPL licenci.
about-description = { $domain } ir vieta fediversā, kur dzīvo { $name } ({ $handle })
