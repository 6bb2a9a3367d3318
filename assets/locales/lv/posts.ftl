# Ko dara ar ierakstu, kas jau ir.

posts-delete-title = Dzēst ierakstu
posts-delete-question = Dzēst šo ierakstu?
posts-delete-explained = No šejienes tas pazūd uzreiz, un arī citi serveri tiek lūgti to dzēst. Atgūt to nevar neviens.
posts-delete = Dzēst
posts-keep = Paturēt
posts-redraft-menu = Dzēst un rakstīt no jauna
posts-redraft-title = Rakstīt ierakstu no jauna
posts-redraft-question = Dzēst šo ierakstu un rakstīt to no jauna?
posts-redraft-explained = Tā teksts, attēli un aptauja kļūs par melnrakstu. Ieraksts pazudīs līdz ar atbilžu saikni, vietām izlasēs un pastiprinājumiem; arī citi serveri tiks lūgti to dzēst.
posts-redraft = Dzēst un rakstīt no jauna
posts-history = Ieraksta versijas
posts-history-of = { $name }: visas ieraksta versijas
posts-history-back = Uz ierakstu
posts-version = { $number }. versija
posts-version-first = Kā tika publicēts sākumā
posts-version-now = Kā ir tagad
posts-no-words = Bez vārdiem
posts-was-warned = Brīdinājums: { $text }
posts-warning-gone = Satura brīdinājums ir noņemts
posts-now-sensitive = Attēli ir slēpti, līdz tiem pieskaras
posts-not-sensitive = Attēli vairs nav slēpti
posts-media-changed = Citi attēli, video vai skaņas: iepriekš { $before }, tagad { $now }
posts-poll-changed = Aptauja ir mainīta
posts-poll-options = Aptauja: { $options }
