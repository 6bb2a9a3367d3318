# Profils, tā cilnes un ceļi tālāk apmeklētājiem.
profile-tabs = Ko rādīt
profile-posts = Ieraksti
profile-replies = Atbildes
profile-media = Multivide
profile-about = Par
profile-people = Cilvēki
profile-hashtags = Tēmturi
profile-all-posts = Visi ieraksti
profile-nothing = Te vēl nekā nav.
profile-posts-of = { $name }: ieraksti
profile-preview = { $name } ({ $handle }): ieraksti
profile-avatar-of = { $name }: profila attēls
profile-moved = { $name } tagad dzīvo citur: { $target }.
profile-more = Vairāk
profile-edit = Labot profilu
profile-mention = Pieminēt
profile-verified = Lapā ir saite atpakaļ uz šejieni
profile-count-posts = { $number } { $count ->
    [zero] ierakstu
    [one] ieraksts
   *[other] ieraksti
 }
profile-count-following = seko { $number }
profile-count-followers = { $number } { $count ->
    [zero] sekotāju
    [one] sekotājs
   *[other] sekotāji
 }
profile-since = kopš { $date }
profile-about-who = Kas ir { $name }
profile-nothing-said = Te vēl nekas nav pateikts.
profile-here-since = Šeit kopš { $date }.
profile-last-post = Pēdējais ieraksts: { $date }.
profile-tag-posts = { $count ->
    [zero] { $number } ierakstu
    [one] { $number } ieraksts
   *[other] { $number } ieraksti
 }
profile-feeds = Sekot citādi
profile-embed = { $name }: ieraksts
profile-feed-tag = { $name }: ieraksti ar tēmturi { $tag }
profile-feed-covered = Aiz brīdinājuma: skatīt ieraksta lapā
profile-remote-follow = Sekot
profile-remote-follow-who = Sekot: { $name }
profile-remote-follow-from = Sekot no sava servera
profile-remote-from = No sava servera
profile-remote-act = Atbildēt, pastiprināt vai pievienot izlasei
profile-remote-reply = Atbildēt
profile-remote-boost = Pastiprināt
profile-remote-favourite = Pievienot izlasei
profile-remote-go = Doties turp
profile-remote-address = tu@tavs.serveris
profile-remote-hint = Tava adrese fediversā; tā netiek saglabāta.
profile-remote-see = Skatīt ierakstu
profile-remote-on-to = Tālāk uz { $domain }
profile-remote-on-why = No šejienes tālāk tevi ved tavs serveris.
profile-remote-continue = Turpināt
profile-remote-title = Tālāk uz tavu serveri
