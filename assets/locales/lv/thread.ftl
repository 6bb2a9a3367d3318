# Ieraksts savā lapā.
thread-title = { $who }: ieraksts
thread-of-day = Ieraksts ({ $date })
thread-looking = Tiek meklētas vēl citas atbildes.
thread-look = Paskatīties vēlreiz
thread-above-missing = Tā ir atbilde uz ierakstu, kas šeit netiek rādīts.
thread-jump = Pāriet uz ierakstu
thread-asked = Šis gaida atļauju no tā ieraksta autora, uz kuru atbild: nevienam citam tā vēl nav.
thread-refused = Tā ieraksta autors, uz kuru šis atbild, to nevēlējās: nevienam citam tā nav.
thread-some = Šeit ir { $here } no { $all ->
    [one] { $all } atbildes;
   *[other] { $all } atbildēm;
 } pārējās neizdevās dabūt.
thread-fetch = Ielādēt trūkstošās
thread-all = Kopā { $count ->
    [zero] { $count } atbilžu
    [one] { $count } atbilde
   *[other] { $count } atbildes
 }
thread-replies = Atbildes
thread-folded = { $count ->
    [zero] vēl { $count } atbilžu
    [one] vēl { $count } atbilde
   *[other] vēl { $count } atbildes
 }
