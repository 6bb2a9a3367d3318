# Kas ir iekšā un pa kurām durvīm ienācis.
security-title = Drošība
security-done = Gatavs.
security-back = Atpakaļ
security-to-settings = Atpakaļ uz iestatījumiem
security-browsers = Pārlūki
security-browsers-hint = Kā tie sevi sauc. Pēdējās lietošanas laiks ir precīzs līdz stundai.
security-this-browser = (šis pārlūks)
security-signed-in = Pieteicies: { $created }, pēdējoreiz lietots: { $used }
security-sign-out = Iziet
security-end = Izbeigt
security-end-others = Izbeigt visus pārējos
security-nameless = Pārlūks bez nosaukuma
security-apps = Lietotnes
security-no-apps = Neviena lietotne nav pieteikusies.
security-apps-hint = Lietotne, kuras atļauju tu atsauc, visur tiek atvienota un vairs nesaņem paziņojumus.
security-let-in-used = Ielaista: { $created }, pēdējoreiz lietota: { $used }
security-let-in-unused = Ielaista: { $created }, nav lietota
security-revoke = Atsaukt
security-password = Parole
security-no-password = Tev tās nav: tu piesakies ar saitēm.
security-current-password = Pašreizējā parole
security-new-password = Jaunā parole
security-password-hint = Vismaz { $count ->
    [zero] { $count } rakstzīmju;
    [one] { $count } rakstzīme;
   *[other] { $count } rakstzīmes;
 } vislabāk īss teikums. Visi pārējie pārlūki tiks atvienoti.
security-change-password = Mainīt paroli
security-passkeys = Piekļuves atslēgas
security-passkeys-hint = Piesakies ar pirkstu, seju vai savas ierīces PIN, bez paroles un koda. Piekļuves atslēga der tikai šai vietnei, tāpēc neviens to nevar no tevis izvilināt.
security-passkey-name = Nosaukums
security-passkey-example = Mans tālrunis
security-passkey-add = Pievienot piekļuves atslēgu
security-passkey-failed = Piekļuves atslēga netika izveidota. Varbūt šajā ierīcē tev tāda jau ir.
security-passkey-script = Lai izveidotu piekļuves atslēgu, vajag JavaScript, bet tas šajā pārlūkā ir izslēgts.
security-passkey-used = Izveidota: { $made }, pēdējoreiz lietota: { $used }
security-passkey-unused = Izveidota: { $made }, nav lietota
security-passkey-change = Pārdēvēt vai noņemt
security-passkey-rename = Pārdēvēt
security-passkey-remove = Noņemt
security-code-title = Kodi no tālruņa
security-code-is-on = Pēc paroles tev tiek prasīts kods.
security-code-is-off = Lietotne tālrunī ik pēc 30 sekundēm rāda jaunu kodu. Kas uzzina tavu paroli, bez koda tik un tā netiek iekšā.
security-code-shell = Kas serverī var rakstīt komandas, vienmēr tiek ielaists: { $command } izdod saiti, kas neprasa ne paroli, ne kodu. Pieskati arī šīs durvis.
security-code-needs-password = Tu piesakies ar saitēm, tāpēc nav paroles, kurai kods varētu palīdzēt. Vispirms zemāk izvēlies paroli.
security-code-turn-on = Ieslēgt kodus
security-code-begin = Turpināt
security-code-scan = 1. Pasaki tālrunim
security-code-scan-how = Noskenē šo attēlu ar savu kodu lietotni.
security-code-pattern = Attēls ar noslēpumu, domāts kamerai
security-code-open = Atvērt lietotnē šajā ierīcē
security-code-type = Vai ievadi lietotnē šo noslēpumu:
security-code-confirm = 2. Pārbaudi, vai darbojas
security-code-first = Kods, ko lietotne rāda tagad
security-code-on = Ieslēgt kodus
security-code-turn-off = Izslēgt kodus
security-code-or-recovery = Kods vai atkopes kods
security-code-off = Izslēgt kodus
security-recovery-left = { $count ->
    [zero] Atlicis { $count } atkopes kodu.
    [one] Atlicis { $count } atkopes kods.
   *[other] Atlikuši { $count } atkopes kodi.
 }
security-recovery-title = Tavi atkopes kodi
security-recovery-keep = Katrs no tiem vienu reizi ļauj pieteikties, ja tālrunis nav pa rokai. Izdrukā vai pieraksti tos: tie tiek rādīti tikai tagad.
security-recovery-kept = Kodi ir pierakstīti
security-recovery-anew = Jauni atkopes kodi
security-recovery-anew-hint = Līdzšinējie vairs nederēs.
security-recovery-make = Izveidot jaunus
security-sign-ins = Pēdējās pieteikšanās
security-sign-ins-hint = { $count ->
    [zero] Pēdējās { $count } reižu. Vai visas ir tev zināmas? Ja ne, nomaini paroli un izbeidz pārējos.
    [one] Pēdējā { $count } reize. Vai visas ir tev zināmas? Ja ne, nomaini paroli un izbeidz pārējos.
   *[other] Pēdējās { $count } reizes. Vai visas ir tev zināmas? Ja ne, nomaini paroli un izbeidz pārējos.
 }
security-by-password = ar paroli
security-by-code = ar paroli un kodu
security-by-recovery = ar paroli un atkopes kodu
security-by-passkey = ar piekļuves atslēgu
security-by-link = ar saiti
security-browser-on = { $browser } uz { $system }
security-browser-on-apple = { $browser } uz Mac vai iPad
security-phrase = Atkopes frāze
security-phrase-since = Tavas atslēgas nāk no atkopes frāzes (izveidota: { $made }).
security-phrase-check = Tā ir tikai uz tavas papīra lapas un vairs nekad netiek rādīta. { $command } komandrindā pasaka, vai tu to pierakstīji pareizi.
security-phrase-none = Tev tās nav: ja zūd disks un nav palikusi neviena rezerves kopija, zūd arī tavas atslēgas.
security-phrase-make = { $command } komandrindā izveido jaunas atslēgas, kas nāk no frāzes, vienu reizi to parāda un paziņo tavu sekotāju serveriem.
