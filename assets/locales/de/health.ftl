health-well = Alles in Ordnung.
health-disk-full = Der Speicher ist voll.
health-late = Manche Arbeit ist seit mehr als einer Viertelstunde fällig.
health-clock = Die Uhr dieses Servers geht um { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
 } falsch: Andere Server lehnen ab, was er sendet.
health-down = { $count ->
    [one] { $count } Server ist nicht erreichbar. Was für ihn bestimmt ist, wartet.
   *[other] { $count } Server sind nicht erreichbar. Was für sie bestimmt ist, wartet.
 }

health-queues = Was wartet
health-queues-hint = Arbeit, die im Hintergrund erledigt wird. Meist ist hier wenig.
health-kind = Art
health-waiting = Wartend
health-due = Fällig
health-oldest = Älteste
health-in = Eingegangenes
health-out = Zustellungen
health-fetch = Nachschlagen
health-card = Linkvorschauen
health-push = Benachrichtigungen für Apps
health-poll = Umfragen und Hashtag-Seiten
health-schedule = Geplante Beiträge
health-media = Videos und Audio
health-tidy = Aufräumen

health-servers = Server mit Schwierigkeiten
health-servers-none = Jeder Server, dem du schreibst, ist erreichbar.
health-servers-all = Alle Server mit Schwierigkeiten

health-posts = Deine letzten Beiträge
health-posts-none = Du hast noch nichts veröffentlicht.
health-to-nobody = An niemanden gesendet oder vor mehr als einem Monat
health-delivered = { $delivered } von { $total } zugestellt
health-retrying = { $count } noch im Versuch
health-lost = { $count } aufgegeben

health-given-up = Kürzlich aufgegeben
health-given-up-none = Nichts wurde aufgegeben.

health-arrivals = Der letzte Tag
health-arrived = { $count ->
    [one] { $count } Aktivität ist eingegangen,
   *[other] { $count } Aktivitäten sind eingegangen,
 } von { $servers ->
    [one] { $servers } Server.
   *[other] { $servers } Servern.
 }

health-version = Version
health-build = Build
health-build-debug = zum Testen
health-build-release = zum Benutzen
health-uptime = Läuft seit
health-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
 }
health-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
 }
health-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tagen
 }
health-database = Die Datenbank
health-files = Deine eigenen Dateien
health-cache = Bilder und Videos anderer
health-free = Freier Speicher
health-where = Wo jedes Byte ist
health-more = Wie es ihm im Einzelnen geht
health-speaks = Was er spricht
health-speaks-activitypub = ActivityPub, mit Mastodon und jedem anderen Server dieser Art
health-speaks-api = Die API von Mastodon, für Apps
health-speaks-feeds = RSS, Atom und JSON Feed, für Feedreader
health-speaks-nodeinfo = Was er ist, für Maschinen: { $link }
health-licence = Freie Software
health-licence-words = Du darfst sie lesen, ändern und weitergeben, unter der { $licence }.

health-apps-hint = Eine App, die nach etwas fragt, das dieser Server nicht hat oder das sie nicht bekommen darf, steht hier. Wonach genau sie gefragt hat, wird nicht gespeichert.
health-apps-none = Keine App ist angemeldet.
health-apps-revoke = Eine App abmelden
health-calls-well = { $count ->
    [one] { $count } Aufruf geglückt
   *[other] { $count } Aufrufe geglückt
 }
health-calls-unknown = { $count ->
    [one] { $count } unbekannter Endpunkt
   *[other] { $count } unbekannte Endpunkte
 }
health-calls-refused = { $count } abgelehnt
health-unknown = Hier nicht bekannt
health-refused = Abgelehnt

health-trouble = Server mit Schwierigkeiten
health-trouble-hint = Was für sie bestimmt ist, wird sieben Tage lang versucht, immer seltener, und geht sofort hinaus, wenn sie von sich hören lassen. Einem, der seit einem Monat nicht erreichbar ist, wird bis dahin nichts mehr gesendet.
health-next = Mehr
health-back = Zurück zum Zustand des Servers
health-down-since = Nicht erreichbar seit { $since }, { $count ->
    [one] { $count } Versuch
   *[other] { $count } Versuche
 }
health-waits = { $count } wartend
health-seen = zuletzt gehört: { $when }
health-next-try = nächster Versuch: { $when }
health-try = Jetzt versuchen
health-not-tried = noch nicht versucht
health-the-server = der Server
health-where-went = Wohin dieser Beitrag ging
health-nothing-known = Nichts ist bekannt: Er ging an niemanden oder vor mehr als einem Monat hinaus.
health-try-all = Alle jetzt noch einmal versuchen
health-tries = { $count ->
    [one] { $count } Versuch, zuletzt: { $when }
   *[other] { $count } Versuche, zuletzt: { $when }
 }
health-was-given-up = aufgegeben
health-is-down = nicht erreichbar seit { $when }
health-to-post = Zurück zum Beitrag
health-delivery = Zustellung
health-servers-down = { $count ->
    [one] { $count } Server nicht erreichbar
   *[other] { $count } Server nicht erreichbar
 }
