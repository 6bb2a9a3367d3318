# Lauks, kurā raksta ierakstus, un lapas ap to.

## Lauks
compose-prompt = Kas tev padomā?
compose-your-reply = Tava atbilde
compose-content = Saturs
compose-warning = Brīdinājums
compose-content-warning = Satura brīdinājums
compose-about-what = Par ko tas ir?
compose-media = Attēli, video, skaņas
compose-poll = Aptauja
compose-more = Vairāk
compose-visibility = Kas to var redzēt
compose-language = Valoda
compose-publish = Publicēt
compose-reply = Atbildēt
compose-save = Saglabāt
compose-anyway = Tomēr publicēt
compose-preview = Priekšskatīt
compose-save-draft = Saglabāt melnrakstu
compose-saved = Saglabāts melnrakstos
compose-kept-here = Nav savienojuma: saglabāts šajā pārlūkā
compose-left = Atlikušās rakstzīmes: { $count }

## Attēli
compose-alt = Alternatīvais teksts
compose-alt-hint = Kas tur redzams – tiem, kas to nevar redzēt
compose-keep = Paturēt
compose-file = Attēls, video vai skaņa
compose-sensitive = Slēpt attēlus, līdz tiem pieskaras
compose-focus = Kas paliek redzams
compose-focus-hint = Ja attēls tiek apgriezts, lai tas ietilptu, šī tā daļa paliek.
compose-focus-exact = Tevis norādītais punkts
compose-top-left = Augšā pa kreisi
compose-top = Augšā
compose-top-right = Augšā pa labi
compose-left-side = Pa kreisi
compose-middle = Vidū
compose-right-side = Pa labi
compose-bottom-left = Apakšā pa kreisi
compose-bottom = Apakšā
compose-bottom-right = Apakšā pa labi

## Formāts, citāti, pavedieni, laiks
compose-format = Formāts
compose-plain = Vienkāršs teksts
compose-markdown = Markdown
compose-quote-policy = Kas to drīkst citēt
compose-quote-public = Visi
compose-quote-followers = Sekotāji
compose-quote-nobody = Neviens
compose-reply-policy = Kas drīkst atbildēt
compose-replies-everybody = Visi
compose-replies-followers = Mani sekotāji un tie, kurus pieminu
compose-replies-followed = Tie, kuriem sekoju, un tie, kurus pieminu
compose-replies-mentioned = Tikai tie, kurus pieminu
compose-thread = Kā pavedienu
compose-thread-hint = Rinda ar trim defisēm, ---, sāk nākamo ierakstu.
compose-at = Publicēt vēlāk
compose-at-hint = Atstāj tukšu, lai publicētu tūlīt.
compose-utc = (UTC)

## Aptauja
compose-minutes-5 = 5 minūtes
compose-minutes-30 = 30 minūtes
compose-hours-1 = 1 stunda
compose-hours-6 = 6 stundas
compose-days-1 = 1 diena
compose-days-3 = 3 dienas
compose-days-7 = 7 dienas
compose-choose = Izvēlies
compose-vote = Balsot
compose-your-vote = (tava balss)
compose-voters = { $count ->
    [zero] { $count } cilvēku
    [one] { $count } cilvēks
   *[other] { $count } cilvēki
 }
compose-votes = { $count ->
    [zero] { $count } balsu
    [one] { $count } balss
   *[other] { $count } balsis
 }
compose-ended = beigusies: { $time }
compose-ends = beigsies { $time }
compose-option = { $number }. variants
compose-runs-for = Ilgums
compose-as-before = tikpat, cik bija paredzēts
compose-multiple = Drīkst izvēlēties vairākus variantus
compose-poll-hint = Mainīti varianti sāk bez balsīm; ja nav neviena varianta, aptauja pazūd.

## Lapa
compose-title = Rakstīt
compose-title-reply = Atbildēt
compose-title-quote = Citēt
compose-title-edit = Labot ierakstu
compose-hint = Cilvēkus piemin kā @lietotājs@serveris, tematus – kā #tēmturis; tukša rinda sāk rindkopu.
compose-to-drafts = Melnraksti
compose-to-scheduled = Ieplānotie ieraksti
compose-to-defaults = Ieraksta noklusējumi

## Melnraksti
compose-drafts = Melnraksti
compose-no-drafts = Melnrakstu nav. Šeit glabājas viss, ko tu sāc rakstīt, bet nepublicē.
compose-open = Atvērt
compose-throw-away = Izmest
compose-no-words = (vēl bez vārdiem)
compose-media-count = Attēli, video vai skaņas: { $count }
compose-changed = Mainīts: { $time }

## Ieplānotie ieraksti
compose-scheduled = Ieplānotie ieraksti
compose-no-scheduled = Nekas negaida savu laiku.
compose-goes-out = Tiks publicēts { $time }
compose-move = Mainīt laiku
compose-edit = Labot
compose-delete = Dzēst
compose-new-time = Jaunais laiks
compose-refused-before = Tā laiks ir pienācis, bet publicēt neizdevās. Atver to labošanai, lai redzētu, kāpēc.

## Ieraksta noklusējumi
compose-defaults = Ieraksta noklusējumi
compose-defaults-saved = Saglabāts.
compose-seen-by = Redzamība
compose-written-in = Valoda
compose-formatting = Formatējums
compose-alt-reminder = Pajautāt, pirms publicēju attēlu bez alternatīvā teksta
