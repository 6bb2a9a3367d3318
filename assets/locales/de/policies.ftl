# Was über wen gespeichert wird, unter welchen Bedingungen, und die Seite, auf der man es mit eigenen Worten sagt.
policies-privacy = Datenschutzerklärung
policies-terms = Nutzungsbedingungen
policies-questions = Fragen? Schreib an { $owner }.
policies-change = Diesen Text ändern
policies-kept = Was über dich gespeichert wird, steht in der { $policy }.
policies-kept-link = Datenschutzerklärung
policies-description = { $title } von { $domain }, dem Zuhause von { $name }
policies-title = Über diesen Ort
policies-saved = Gespeichert.
policies-visitors = Was Besucher lesen
policies-about = Was dieser Ort ist
policies-about-hint = Leere Zeilen zwischen Absätzen, # vor einer Überschrift, - vor jeder Zeile einer Liste.
policies-rules = Regeln
policies-rules-hint = Eine in jeder Zeile.
policies-policies = Rechtliches
policies-standard = Leere das Feld, um den Standardtext zurückzubekommen.
policies-crawlers = Crawler
policies-crawlers-why = Diese werden gebeten, fernzubleiben, und die Seiten sagen, dass sie nicht zum Training von Maschinen da sind. Ob Suchmaschinen dich zeigen dürfen, ist ein Schalter in deinem { $profile }.
policies-profile = Profil
policies-crawlers-names = Crawler, die draußen bleiben sollen
policies-crawlers-hint = Ein Name in jeder Zeile.
policies-save = Speichern

# Die Standardtexte. Zeilen, die mit # beginnen, werden Überschriften, solche mit - eine Liste.
policies-home = Dieser Server ist das Zuhause einer Person, { $owner }, und hat keine anderen Konten.
policies-visit = Wenn du zu Besuch bist
policies-visit-why = Du bekommst kein Cookie, wirst nicht gezählt oder verfolgt und lädst keine fremden Skripte. Welche Adresse welche Seite abgerufen hat, zeichnet diese Software nicht auf; ein Proxy davor kann ein eigenes Protokoll führen.
policies-pictures-elsewhere = Bilder, Videos und Audio von Leuten auf anderen Servern kommen von dort, sodass diese Server deine Adresse sehen können.
policies-pictures-through-us = Bilder, Videos und Audio von Leuten auf anderen Servern kommen über diesen hier, sodass jene nichts von dir erfahren.
policies-write = Wenn du von einem anderen Server schreibst
policies-write-why = Gespeichert wird, was dein Server sendet: dein öffentliches Profil und deine Schlüssel, die Beiträge, die hierher kommen, und dass du folgst, favorisierst, teilst, abstimmst oder meldest. Kopien von Bildern, Videos und Audio können eine Weile gespeichert bleiben.
policies-forgotten = Beiträge, mit denen hier nichts weiter geschah, werden nach { $days ->
    [one] { $days } Tag
   *[other] { $days } Tagen
 } vergessen.
policies-logged = Was an deinen Server gesendet wird, wird mit dessen Namen und Antwort protokolliert, bis zu 30 Tage lang.
policies-shown = Nichts wird verkauft oder als Werbung gezeigt. Was hier öffentlich ist und was man dir antwortet, geht an andere Server, die es nach ihren eigenen Regeln speichern. Beiträge, die nur für Follower oder wenige Leute bestimmt sind, werden niemandem sonst gezeigt, sind aber nicht verschlüsselt: Die Person, der dieser Server gehört, kann lesen, was hierher gesendet wurde.
policies-translated = Ein Beitrag, der hier übersetzt werden soll, wird an einen Übersetzungsdienst gesendet.
policies-stored = Dateien liegen bei einem Speicherdienst.
policies-gone = Wenn du es gelöscht haben willst
policies-gone-why = Was du auf deinem Server löschst, wird hier gelöscht, sobald er es mitteilt. Für alles andere schreib an { $owner }. In Sicherungskopien kann es etwas länger liegen.
policies-guest = Dieser Server ist das Zuhause einer Person, { $owner }. Wer hier liest oder schreibt, ist zu Gast.
policies-be-kind = Sei freundlich. Keine Belästigung, kein Spam, nichts Illegales.
policies-owner-decides = Die Person, der dieser Server gehört, entscheidet, was bleibt, wer gehört wird und mit welchen Servern gesprochen wird.
policies-yours = Was du schreibst, bleibt deins. Du erlaubst diesem Server, es zu speichern und denen zu zeigen, an die es gerichtet war.
policies-owners = Was die Person schreibt, der dieser Server gehört, bleibt ihres.
policies-no-warranty = Es gibt keine Gewähr: Der Server kann langsam sein, Dinge verlieren oder verschwinden, und niemand haftet dafür, soweit das Gesetz es zulässt.
