settings-title = Einstellungen
settings-back = Zurück zu den Einstellungen
settings-save = Speichern
settings-saved = Gespeichert.
settings-browser = Dieser Browser
settings-sign-out = Abmelden

settings-you = Du
settings-read = Was du liest
settings-account = Dein Konto
settings-house = Dieser Server

settings-profile = Profil
settings-profile-about = Dein Name, deine Bilder und was du über dich sagst
settings-appearance = Aussehen
settings-appearance-about = Farben, Textgröße, Zeitzone, Sprache
settings-posting = Schreiben
settings-posting-about = Wie ein neuer Beitrag beginnt
settings-privacy = Privatsphäre
settings-privacy-about = Wer dich findet und wer dir folgen darf
settings-emojis = Eigene Emojis
settings-emojis-about = Deine eigenen :shortcodes:
settings-notifications = Benachrichtigungen
settings-notifications-about = Wessen Neuigkeiten durchkommen und wessen warten
settings-push = Benachrichtigungen in Apps
settings-push-about = Die Apps, die Bescheid bekommen, und ein Test für sie
settings-discovery = Hashtags und Relays
settings-discovery-about = Wem du folgst und woher Beiträge von Fremden kommen
settings-filters = Filter
settings-filters-about = Wörter, die du nicht lesen möchtest
settings-blocks = Stummgeschaltet und blockiert
settings-blocks-about = Leute und Server, von denen du nichts hören möchtest
settings-lists = Listen
settings-lists-about = Einige von denen, denen du folgst, für sich
settings-following = Folge ich
settings-following-about = Wem du folgst
settings-followers = Follower
settings-followers-about = Wer dir folgt
settings-reports = Meldungen über dich
settings-reports-about = Was anderen Servern erzählt wurde
settings-security = Sicherheit
settings-security-about = Browser, Apps und das Passwort
settings-apps = Apps
settings-apps-about = Was deine Apps wollten und nicht bekamen
settings-moving = Umzug
settings-moving-about = Hierher ziehen oder weg; deine anderen Konten
settings-deletion = Alte Beiträge
settings-deletion-about = Alte Beiträge von selbst verschwinden lassen
settings-storage = Speicher
settings-storage-about = Wo jedes Byte ist
settings-health = Zustand
settings-health-about = Was auf den Versand wartet und welche Server nicht erreichbar sind
settings-policies = Regeln und Rechtliches
settings-policies-about = Was Besucher über diesen Ort lesen
settings-about = Über diesen Server
settings-about-about = Version, Größe und was er spricht

settings-profile-words = Profil
settings-profile-name = Anzeigename
settings-profile-note = Über dich
settings-profile-bot = Dies ist ein automatisiertes Konto
settings-profile-pictures = Bilder
settings-profile-take-away = Entfernen
settings-profile-avatar = Profilbild
settings-profile-avatar-hint = Quadratisch, mindestens 400 Pixel
settings-profile-header = Titelbild
settings-profile-header-hint = Dreimal so breit wie hoch, 1500 × 500
settings-profile-fields = Links und Fakten
settings-profile-fields-hint = Eine Seite wird als deine markiert, wenn sie mit rel="me" hierher zurückverlinkt.
settings-profile-label = Beschriftung
settings-profile-content = Inhalt

settings-privacy-who = Wer dich findet, wer dir folgt
settings-privacy-locked = Jeden Follower bestätigen
settings-privacy-locked-hint = Bis dahin sehen sie nur deine öffentlichen Beiträge.
settings-privacy-discoverable = Andere dieses Profil entdecken lassen
settings-privacy-discoverable-hint = Verzeichnisse und Suchmaschinen dürfen es zeigen.
settings-privacy-indexable = Andere Server deine öffentlichen Beiträge durchsuchen lassen
settings-privacy-hide = Verbergen, wem du folgst und wer dir folgt

settings-storage-full = Der Speicher ist voll. Text lässt sich weiterhin veröffentlichen; Dateien und was andere senden, müssen warten, bis Platz ist.
settings-storage-freed = { $bytes } sind wieder frei.
settings-storage-of = { $used } von { $granted }
settings-storage-rest = Beiträge und alles in der Datenbank
settings-storage-media = Deine eigenen Dateien
settings-storage-cache = Bilder und Videos anderer
settings-storage-uploads = Laufende Uploads
settings-storage-reserve = Zurückgelegt, damit du auch bei vollem Speicher veröffentlichen kannst
settings-storage-snapshots = Kopien der Datenbank, eine am Tag
settings-storage-disk = Auf dem Datenträger sind { $free } frei. Dateien anderer dürfen bis zu { $limit } belegen und machen zuerst Platz.
settings-storage-for-ever = Von den Beiträgen anderer werden auch die behalten, mit denen du nichts gemacht hast.
settings-storage-days = Von den Beiträgen anderer verschwinden die, mit denen du nichts gemacht hast, nach { $count ->
    [one] { $count } Tag.
   *[other] { $count } Tagen.
 }
settings-storage-sooner = Das ist früher als sonst, weil die Datenbank groß ist.
settings-storage-change = Du änderst das mit { $disk } und { $days } in { $file }.
settings-storage-forget = Bilder und Videos anderer jetzt vergessen
settings-storage-database = Die Datenbank
settings-storage-posts = { $count ->
    [one] { $count } Beitrag,
   *[other] { $count } Beiträge,
 } davon { $own } von dir.
settings-storage-count = Jede Tabelle zählen
settings-storage-prunable = { $count ->
    [one] { $count } Beitrag anderer ist älter als
   *[other] { $count } Beiträge anderer sind älter als
 } { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
 } und von niemandem angerührt: etwa { $bytes }, die in den nächsten Tagen verschwinden oder sofort mit { $command }.
settings-storage-prunable-none = Kein Beitrag anderer ist alt genug, um zu verschwinden.
settings-storage-within = { $bytes } innerhalb der Datei sind frei für neue Beiträge.

settings-deletion-when = Wann
settings-deletion-hint = Deine Beiträge und was du geteilt hast, verschwinden, sobald sie älter sind als das, einige Dutzend in der Stunde, hier und auf den Servern, die sie haben. Gelöschte Beiträge kommen nicht zurück.
settings-deletion-enabled = Meine alten Beiträge löschen
settings-deletion-older = Älter als
settings-deletion-stays = Was bleibt
settings-deletion-pinned = Angeheftete Beiträge
settings-deletion-direct = Private Erwähnungen
settings-deletion-liked = Beiträge, die du selbst favorisiert hast
settings-deletion-bookmarked = Beiträge, für die du ein Lesezeichen gesetzt hast
settings-deletion-polls = Umfragen
settings-deletion-media = Beiträge mit Bildern, Videos oder Audio
settings-deletion-likes = Beiträge, die mindestens so oft favorisiert wurden
settings-deletion-boosts = Beiträge, die mindestens so oft geteilt wurden
settings-deletion-empty = Leer: Deswegen bleibt kein Beitrag
settings-deletion-some = { $count ->
    [one] { $count } Beitrag
   *[other] { $count } Beiträge
 }
settings-deletion-many = { $count } Beiträge oder mehr
settings-deletion-go = Diese Regeln löschen jetzt { $posts }.
settings-deletion-would = Diese Regeln würden jetzt { $posts } löschen.

settings-emojis-hint = Schreib den Namen zwischen zwei Doppelpunkte, und das Bild steht da: in deinen Beiträgen, deinem Namen, deinem Profil.
settings-emojis-name = Name
settings-emojis-name-hint = Buchstaben, Ziffern und _; ein Name, den es schon gibt, bekommt das neue Bild
settings-emojis-picture = Bild
settings-emojis-picture-hint = PNG, GIF oder WebP, höchstens 256 KB
settings-emojis-category = Kategorie
settings-emojis-add = Hinzufügen
settings-emojis-none = Noch keine.
settings-emojis-delete = Löschen

settings-moving-here = Hierher ziehen
settings-moving-here-hint = Nenne das Konto, von dem du kommst. Melde dich dann dort an und zieh um zu { $handle }: Seine Follower kommen mit, Beiträge nicht.
settings-moving-remove = Entfernen
settings-moving-alias = Das Konto, das auch deins ist
settings-moving-add = Alias hinzufügen
settings-moving-away = Wegziehen
settings-moving-moved = Du wohnst jetzt bei { $account }. Dieses Profil sagt es, und deine Follower wurden gebeten, dir dort zu folgen.
settings-moving-back = Wieder hier wohnen
settings-moving-away-hint = Das neue Konto muss zuerst { $handle } als seinen Alias nennen. Deine Follower werden gebeten, dir dort zu folgen; deine Beiträge bleiben hier, und du kannst weiterhin schreiben. Es lässt sich zurücknehmen, aber Follower kehren dadurch nicht zurück.
settings-moving-new = Das neue Konto
settings-moving-password = Dein Passwort
settings-moving-go = Meine Follower dorthin umziehen
settings-moving-no-password = Zum Wegziehen wird dein Passwort verlangt, und du hast keins: Du meldest dich über Links an.
settings-moving-followers = Follower jetzt: { $count }.
settings-feeds = Feeds
settings-feeds-about = Websites, deren Artikel du hier liest
settings-webmentions = Andere Websites
settings-webmentions-about = Was sie über deine Beiträge sagen und was deine ihnen mitteilen
