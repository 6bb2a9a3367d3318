# Was dieser Ort ist.
about-title = Über diesen Ort
about-home = Das Zuhause einer Person im Fediverse. Hier kannst du lesen, was öffentlich ist, und { $handle } von Mastodon oder jedem anderen Server dieser Art aus folgen: Such dort nach dieser Adresse.
about-change = Diese Seite ändern
about-contact = Kontakt
about-contact-why = Wer eine Frage zu diesem Server hat, fragt die Person, der er gehört.
about-rules = Regeln
about-kept = Was über dich gespeichert wird
about-kept-visitors = Wer zu Besuch kommt, bekommt kein Cookie, wird nicht gezählt und lädt keine fremden Skripte.
about-kept-elsewhere = Bilder von Leuten auf anderen Servern kommen mitunter von dort.
about-kept-through-us = Bilder von Leuten auf anderen Servern kommen über diesen hier, sodass jene nichts von dir erfahren.
about-kept-more = Wenn du diesem Konto folgst oder ihm schreibst, speichert sein Server, was deiner sendet: dein öffentliches Profil und die Beiträge, die daran gerichtet sind. Mehr steht in der { $policy }.
about-policy = Datenschutzerklärung
about-software = Die Software
about-software-what = Taure { $version }: ein Mastodon für eine Person, freie Software unter der AGPL.
about-description = { $domain } ist das Zuhause von { $name } ({ $handle }) im Fediverse
