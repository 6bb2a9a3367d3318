# Adreses, kurām paziņo, kas šeit notiek.
webhooks-title = Tīmekļa āķi
webhooks-about = Tava programma uzzina, kad kaut kas notiek
webhooks-hint = Katra adrese saņem POST ar JSON: notikumu, tā laiku un ierakstu vai paziņojumu tādu kā Mastodon API. Galvenē X-Hub-Signature ir satura HMAC-SHA256 ar noslēpumu. Arī tiešie ieraksti.
webhooks-none = Vēl nevienam nekas netiek paziņots.
webhooks-add = Pievienot tīmekļa āķi
webhooks-url = Adrese
webhooks-of-what = Par ko paziņot
webhooks-posts = mani ieraksti
webhooks-notifications = paziņojumi
webhooks-secret = Noslēpums
webhooks-test = Sūtīt izmēģinājumu
webhooks-remove = Noņemt
webhooks-sent = Izmēģinājums ir ceļā. Ielādē šo lapu vēlreiz, lai redzētu, vai tas ir pieņemts.
webhooks-taken = Pēdējoreiz pieņemts: { $when }
webhooks-not-taken = Vēl nekas nav pieņemts.
webhooks-failed = Neizdevās: { $when }, { $why }
