# Pārcelšanās uz citu serveri: ieskats pirms tam un tas, kas nāca līdzi.
moving-check = Vispirms pārbaudīt, vai izdosies
moving-checked = Pārcelšanās uz { $account }
moving-fine = Labi:
moving-mind = Ņem vērā:
moving-stops = Traucē:
moving-can = Nekas netraucē. Kad esi ar mieru, ieraksti zemāk savu paroli.
moving-cannot = Tā vēl neizdosies. Sakārto to, kas traucē, un pārbaudi vēlreiz.
moving-named = Jaunais konts nosauc { $handle } par savu aizstājvārdu.
moving-not-named = Jaunais konts nenosauc { $handle } par savu aizstājvārdu. Piesakies tur un vispirms to pievieno.
moving-moved-on = Jaunais konts pats ir pārcēlies tālāk uz { $target }. Pārcelies uzreiz turp.
moving-suspended = Jaunais konts savā serverī ir apturēts.
moving-blocked = Tu šeit bloķē jauno kontu vai tā serveri.
moving-locked = Jaunais konts apstiprina sekotājus: katrs, kas atnāks, tur būs jāielaiž.
moving-open = Jaunajam kontam var sekot ikviens.
moving-followers = { $count ->
    [zero] Nākt līdzi tiks lūgts { $count } sekotāju
    [one] Nākt līdzi tiks lūgts { $count } sekotājs
   *[other] Nākt līdzi tiks lūgti { $count } sekotāji
 } no { $servers ->
    [one] { $servers } servera.
   *[other] { $servers } serveriem.
 }
moving-down = { $count ->
    [zero] Pašlaik nav sasniedzami { $count } no šiem serveriem;
    [one] Pašlaik nav sasniedzams { $count } no šiem serveriem;
   *[other] Pašlaik nav sasniedzami { $count } no šiem serveriem;
 } mēģinājumi turpināsies vairākas dienas: { $names }
moving-deaf = { $count } no šiem serveriem lieto programmatūru, kas pārcelšanos neņem vērā; tiem, kas ir tur, jāsāk sekot pašiem: { $names }
moving-lately = Tu pārcēlies vai atgriezies nesen: { $when }. Daudzi serveri ņem vērā tikai vienu pārcelšanos nedēļā.
moving-arrived = Sekotāji, kopš pievienoji aizstājvārdu ({ $since }): { $count }.
moving-lead-on = Vest mana vecā profila apmeklētājus uz jauno
moving-lead-on-hint = Tikai pārlūkus: citi serveri joprojām lasa veco profilu, un katrs vecais ieraksts paliek savā adresē.
moving-save = Saglabāt
moving-report = Kas nāca līdzi
moving-report-hint = Kas seko jaunajam kontam vai pārstāja sekot šeit, ir pārcēlies. Daži serveri to nekad nepasaka; lai uzzinātu vairāk, ieskaties jaunā konta sekotāju sarakstā. Pārāk drīz sūtīta vēlreiz, ziņa netiek sadzirdēta: daudzi serveri ņem vērā tikai vienu pārcelšanos nedēļā.
moving-sum-moved = Pārcēlušies
moving-sum-told = Viņu serveris ziņu pieņēma; kopš tā laika klusums
moving-sum-waiting = Viņu serveri vēl mēģina sasniegt
moving-sum-failed = Paziņot neizdevās
moving-sum-gone = Viņu konta vairs nav
moving-look = Pārbaudīt, kas tur seko tagad
moving-again = Sūtīt vēlreiz
moving-left = Vēl nav pārcēlušies
moving-is-told = ir paziņots
moving-is-waiting = vēl mēģina
moving-is-failed = paziņot neizdevās
moving-is-gone = konta vairs nav
