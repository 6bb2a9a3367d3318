# Das IndieWeb: Feeds, Webmentions, IndieAuth.


indie-feeds-title = Feeds
indie-feeds-lead = Blogs, Nachrichten und Podcasts stehen auf deiner Startseite wie Leute. Dort erfährt niemand davon.
indie-feeds-address = Adresse einer Website oder eines Feeds
indie-feeds-address-hint = example.org oder die Adresse ihres RSS-, Atom- oder JSON-Feeds.
indie-feeds-follow = Diesem Feed folgen
indie-feeds-followed = Feeds, denen du folgst
indie-feeds-none = Du folgst noch keinem Feed.
indie-feeds-last = Nachgesehen: { $when }.
indie-feeds-never = Noch nicht nachgesehen.
indie-feeds-next = Nächstes Nachsehen: { $time }.
indie-feeds-stopped = Es wird nicht mehr nachgesehen.
indie-feeds-look = Jetzt nachsehen
indie-feeds-remove = Entfernen
indie-feeds-nothing = Unter dieser Adresse wurde kein Feed gefunden. Sieh nach, ob die Website einen hat, und füge seine Adresse ein.
indie-feeds-imported = { $count ->
    [one] { $count } Feed wurde aus deiner Liste übernommen.
   *[other] { $count } Feeds wurden aus deiner Liste übernommen.
 }
indie-feeds-list-title = Deine Liste
indie-feeds-list-hint = Andere Feedreader lesen und schreiben Listen von Feeds als OPML-Dateien.
indie-feeds-export = Liste herunterladen
indie-feeds-file = Eine Liste aus einem anderen Feedreader
indie-feeds-import = Diese Liste übernehmen
indie-feeds-back = Zurück zu den Einstellungen

indie-mentions-title = Andere Websites
indie-mentions-lead = Eine Website, die auf einen deiner Beiträge verlinkt, kann das hier mitteilen (eine Webmention). Zuerst wird nachgesehen: Die Seite muss existieren und auf dich verlinken.
indie-mentions-in = Was sie sagen
indie-mentions-none = Noch hat niemand etwas gesagt.
indie-mentions-out = Was deine Beiträge ihnen mitgeteilt haben
indie-mentions-sends = Den Seiten Bescheid geben, auf die deine öffentlichen Beiträge verlinken
indie-mentions-sends-hint = Nur Seiten, die darum bitten, und nur die beiden Adressen.
indie-mentions-save = Speichern
indie-mentions-saved = Gespeichert.
indie-mentions-delete = Löschen
indie-mentions-block = Website blockieren
indie-mentions-profile = dein Profil
indie-mentions-about = über { $what }
indie-mentions-accepted = angenommen
indie-mentions-refused = abgelehnt
indie-mentions-unreachable = nicht erreichbar
indie-mentions-below = Auf anderen Websites
indie-mentions-likes = { $count ->
    [one] { $count } × „Gefällt mir“:
   *[other] { $count } × „Gefällt mir“:
 }
indie-mentions-reposts = { $count ->
    [one] { $count } × geteilt:
   *[other] { $count } × geteilt:
 }
indie-mentions-replied = antwortete auf { $site }
indie-mentions-mentioned = erwähnt dies auf { $site }
indie-mentions-liked = mag es auf { $site }
indie-mentions-reposted = teilt es auf { $site }

indie-auth-title = Mit deiner Adresse anmelden?
indie-auth-sign-in = Eine Website fragt, wer du bist. Melde dich zuerst an.
indie-auth-asks = { $app } möchte wissen, dass { $address } dir gehört.
indie-auth-may = Gewünscht wird
indie-auth-back = Danach geht es zurück zu { $address }. Du weißt am besten, ob du gerade von dort kommst.
indie-auth-allow = Ja, das bin ich
indie-auth-deny = Nein
indie-auth-wrong = Das hat nicht geklappt
indie-auth-odd = Die Website hat auf eine Weise gefragt, die keine Antwort zulässt: { $why }.
indie-auth-return = Zurück zur Website
