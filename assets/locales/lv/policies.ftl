# Kas par ko tiek glabāts, ar kādiem noteikumiem, un lapa, kurā īpašnieks to pasaka citiem vārdiem.
policies-privacy = Privātuma politika
policies-terms = Lietošanas noteikumi
policies-questions = Ir jautājumi? Raksti: { $owner }.
policies-change = Mainīt šo tekstu
policies-kept = Kas par tevi tiek glabāts, var lasīt lapā „{ $policy }”.
policies-kept-link = privātuma politika
policies-description = { $domain }: { $title }; šeit fediversā dzīvo { $name }
policies-title = Par šo vietu
policies-saved = Saglabāts.
policies-visitors = Ko lasa apmeklētāji
policies-about = Kas šī ir par vietu
policies-about-hint = Starp rindkopām tukša rinda, pirms virsraksta #, pirms katras saraksta rindas -.
policies-rules = Noteikumi
policies-rules-hint = Katrs savā rindā.
policies-policies = Politika
policies-standard = Izdzēs visu, lai atgūtu parasto tekstu.
policies-crawlers = Rāpuļprogrammas
policies-crawlers-why = Šīs rāpuļprogrammas tiek lūgtas turēties pa gabalu, un lapās ir teikts, ka tās nav domātas mašīnu apmācībai. Vai meklētāji drīkst tevi rādīt, nosaka slēdzis lapā „{ $profile }”.
policies-profile = profils
policies-crawlers-names = Neielaižamās rāpuļprogrammas
policies-crawlers-hint = Katrā rindā viens nosaukums.
policies-save = Saglabāt

# Parastie teksti. Rindas, kas sākas ar #, kļūst par virsrakstiem, ar - par sarakstu.
policies-home = Šis serveris ir viena cilvēka mājas. Šeit dzīvo { $owner }, un citu kontu te nav.
policies-visit = Ja tu šeit ieskaties
policies-visit-why = Tu nesaņem nevienu sīkdatni, neviens tevi neskaita un neizseko, un sveši skripti netiek ielādēti. Šī programmatūra nepieraksta, kura adrese prasījusi kuru lapu; starpniekserveris tās priekšā var turēt savu žurnālu.
policies-pictures-elsewhere = Citu serveru lietotāju attēli, video un skaņas nāk no turienes, tāpēc tie serveri var redzēt tavu adresi.
policies-pictures-through-us = Citu serveru lietotāju attēli, video un skaņas nāk caur šo serveri, tāpēc tie serveri par tevi neko neuzzina.
policies-write = Ja tu raksti no cita servera
policies-write-why = Tiek glabāts tas, ko nosūta tavs serveris: tavs publiskais profils un atslēgas, ieraksti, kas nonāk šeit, un tas, ka tu seko, pievieno izlasei, pastiprini, balso vai ziņo. Kādu laiku var tikt glabātas attēlu, video un skaņu kopijas.
policies-forgotten = Ieraksti, ar kuriem īpašnieks neko nav darījis, tiek aizmirsti pēc { $days ->
    [one] { $days } dienas.
   *[other] { $days } dienām.
 }
policies-logged = Tas, kas tiek sūtīts tavam serverim, līdz 30 dienām tiek uzskaitīts ar servera nosaukumu un atbildi.
policies-shown = Nekas netiek pārdots vai rādīts kā reklāma. Tas, kas šeit ir publisks, un atbildes tev nonāk citos serveros, kas to glabā pēc saviem noteikumiem. Ieraksti, kas domāti sekotājiem vai dažiem cilvēkiem, nevienam citam netiek rādīti, bet tie nav šifrēti: īpašnieks var lasīt to, kas šeit ir atsūtīts.
policies-translated = Ieraksts, kuru īpašnieks vēlas iztulkot, tiek nosūtīts tulkošanas pakalpojumam.
policies-stored = Faili tiek glabāti krātuves pakalpojumā.
policies-gone = Ja vēlies, lai tas pazūd
policies-gone-why = Ko tu izdzēs savā serverī, tas tiek izdzēsts arī šeit, tiklīdz tavs serveris to paziņo. Par visu pārējo raksti: { $owner }. Rezerves kopijās tas var palikt mazliet ilgāk.
policies-guest = Šis serveris ir viena cilvēka mājas. Šeit dzīvo { $owner }. Katrs, kas šeit lasa vai raksta, ir viesis.
policies-be-kind = Izturies laipni. Bez aizskaršanas, mēstulēm un nelikumībām.
policies-owner-decides = Īpašnieks izlemj, kas paliek, kurš tiek uzklausīts un ar kuriem serveriem ir runāšana.
policies-yours = Ko tu raksti, paliek tavs. Tu ļauj šim serverim to glabāt un rādīt tiem, kam tas bija adresēts.
policies-owners = Ko raksta īpašnieks, paliek īpašnieka.
policies-no-warranty = Garantijas nav: serveris var būt lēns, kaut ko pazaudēt vai beigt pastāvēt, un neviens par to neatbild, ciktāl to pieļauj likums.
