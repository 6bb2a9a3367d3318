# Cilvēki ap īpašnieku un tie, kurus īpašnieks nevēlas redzēt.
people-requests = Sekošanas pieprasījumi
people-requests-none = Neviens nelūdz tev sekot.
people-following = Seko
people-following-none = Tu vēl nevienam neseko. Pameklē kādu vārdu, piemēram, @lietotājs@serveris.
people-followers = Sekotāji
people-followers-none = Tev vēl neviens neseko.
people-hidden = Šis saraksts nav publisks.
people-hidden-hint = Šo sarakstu redzi tikai tu.
people-accept = Pieņemt
people-reject = Noraidīt
people-remove-follower = Noņemt
people-yours = Tikai tavām acīm
people-note = Tava piezīme
people-note-hint = Neviens cits to nekad neredz.
people-note-save = Saglabāt piezīmi
people-bell-on = Paziņot man par katru ierakstu
people-bell-off = Nepaziņot man par katru ierakstu
people-languages = Tikai ieraksti šajās valodās
people-languages-hint = Kodi, piemēram, en, lv. Atstāj tukšu, lai redzētu visas.
people-languages-save = Saglabāt valodas
people-languages-wrong = Tie nav valodu kodi
people-not-followed = Tu šim kontam neseko
people-lists = Saraksti
people-older = Ielādēt vecākus ierakstus
people-older-wait = Vecāki ieraksti tiek ielādēti. Pēc brīža ieskaties vēlreiz.
people-server = Par serveri { $server }
people-back = Atpakaļ uz profilu
people-unblock = Atbloķēt
people-unmute = Atcelt apklusināšanu
people-blocks = Apklusinātie un bloķētie
people-blocks-tabs = Ko rādīt
people-blocks-muted = Apklusinātie
people-blocks-blocked = Bloķētie
people-blocks-servers = Serveri
people-blocks-back = Atpakaļ uz iestatījumiem
people-mutes-none = Tu nevienu neapklusini.
people-blocks-none = Tu nevienu nebloķē.
people-servers-none = Tu nebloķē nevienu serveri.
people-muted-until = līdz { $time }
people-muted-forever = uz visiem laikiem
people-server-block = Bloķēt veselu serveri
people-server-hint = Nekas no tā ļaudīm vairs netiks rādīts. Pirms bloķēšanas redzēsi, ko tas maksā.
people-server-next = Tālāk
people-server-ask = Bloķēt { $server }?
people-server-loss = Tu tur zaudēsi { $followers } un vairs nesekosi { $following }. Ja serveri atbloķēsi, tie neatgriezīsies.
people-server-followers = { $count ->
    [zero] { $count } sekotāju
    [one] { $count } sekotāju
   *[other] { $count } sekotājus
 }
people-server-people = { $count ->
    [zero] { $count } cilvēkiem
    [one] { $count } cilvēkam
   *[other] { $count } cilvēkiem
 }
people-server-do = Bloķēt
people-server-leave = Lai paliek
people-mute-for = Apklusināt uz laiku
people-mute-for-hint = Līdz tam tu no šī cilvēka neko neredzēsi un nedzirdēsi. Pēc tam viss būs kā agrāk.
people-mute-save = Apklusināt
people-mute-hour = Uz stundu
people-mute-day = Uz dienu
people-mute-week = Uz nedēļu
people-mute-month = Uz mēnesi
