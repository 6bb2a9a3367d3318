# Paziņojumi šajā pārlūkā un lietotnēs; instalētā lietotne.
push-title = Paziņojumi šajā pārlūkā
push-apps = Paziņojumi lietotnēs
push-back = Atpakaļ uz iestatījumiem
push-done = Gatavs.
push-sent = Izmēģinājums ir ceļā. Ielādē šo lapu vēlreiz, lai redzētu, vai tas ir pieņemts.
push-is-on = Tie ir ieslēgti
push-is-off = Šis pārlūks var tev pateikt, ja kaut kas notiek, pat tad, kad šī lapa ir aizvērta.
push-turn-on = Ieslēgt
push-turn-off = Izslēgt
push-test = Sūtīt izmēģinājumu
push-save = Saglabāt
push-script = Šim vajag JavaScript, bet tas šajā pārlūkā ir izslēgts.
push-cannot = Šim pārlūkam neko nevar paziņot. iPhone vai iPad ierīcē vispirms pievieno šo lapu sākuma ekrānam un atver to no turienes.
push-refused = Pārlūks to neatļāva. To var mainīt tā iestatījumos šai vietnei.
push-through = Caur { $host }. Tie beidzas, kad tu šeit izej.
push-of-what = Paziņot, kad kāds
push-mention = piemin mani
push-status = publicē ierakstu (ja ieslēgti šī cilvēka paziņojumi)
push-reblog = pastiprina manu ierakstu
push-follow = sāk man sekot
push-follow-request = vēlas man sekot
push-favourite = pievieno izlasei manu ierakstu
push-update = labo ierakstu, ko es pastiprināju
push-poll = sagaida savas aptaujas beigas, vai beidzas manējā
push-quote = citē manu ierakstu
push-quoted-update = labo ierakstu, ko es citēju
push-report = atsūta ziņojumu par mani
push-from = No kā
push-from-all = No visiem
push-from-followed = No cilvēkiem, kuriem es sekoju
push-from-followers = No cilvēkiem, kas seko man
push-from-nobody = Ne no viena
push-none = Neviena lietotne vēl nav lūgusi, lai tai paziņo. Ieslēdz paziņojumus savā lietotnē, un tā parādīsies šeit.
push-does-it-work = Vai tas darbojas?
push-test-says = Izmēģinājumā teikts: „Taure: This is a test.” Vairums lietotņu to rāda tā, kā tas pienāk. Dažas, piemēram, Tusky, to uztver kā zīmi paskatīties, vai ir kas jauns, bet nekā jauna nav: tad rinda „Pēdējoreiz pieņemts” saka, ka tas ir nokļuvis līdz pašpiegādes pakalpojumam.
push-test-all = Sūtīt izmēģinājumu visām
push-removed-hint = Noņemta lietotne paliek pieteikta un var atkal palūgt, lai tai paziņo.
push-remove = Noņemt
push-added = Caur { $host }, pievienota { $added }
push-all-off = (viss ir izslēgts)
push-taken = Pēdējoreiz pieņemts: { $when }
push-not-taken = Vēl nekas nav pieņemts.
push-failed = Pēdējoreiz neizdevās: { $when }, { $why }
push-in-a-row = { $count ->
    [zero] ({ $count } reižu pēc kārtas)
    [one] ({ $count } reizi pēc kārtas)
   *[other] ({ $count } reizes pēc kārtas)
 }
push-app-write = Rakstīt
push-app-notifications = Paziņojumi
push-app-search = Meklēt
push-offline-title = Nav tīkla
push-offline = Šī ierīce pašlaik nevar sasniegt serveri. Nekas nav zudis: visi tavi ieraksti joprojām ir tur.
push-offline-hint = Varbūt tu esi zem tilta, vai arī serveris ir nosnaudies.
push-offline-again = Mēģināt vēlreiz
