# Die Räume: ihre Namen, Listen, Unterhaltungen, Hashtags, Vorschläge, andere Server.
rooms-nav = Räume
rooms-home = Startseite
rooms-notifications = Benachrichtigungen
rooms-write = Schreiben
rooms-search = Suchen und folgen
rooms-profile = Profil
rooms-more = Mehr
rooms-new = neu
rooms-conversations = Unterhaltungen
rooms-lists = Listen
rooms-tags = Hashtags
rooms-bookmarks = Lesezeichen
rooms-favourites = Favoriten
rooms-drafts = Entwürfe
rooms-scheduled = Geplant
rooms-follow-requests = Follower-Anfragen
rooms-settings = Einstellungen
rooms-about = Über
rooms-privacy = Datenschutz
rooms-terms = Bedingungen
rooms-sign-in = Anmelden
rooms-runs-on = Läuft mit Taure
rooms-save = Speichern
rooms-edit = Bearbeiten
rooms-delete = Löschen
rooms-keep = Behalten
rooms-marked-none = Hier ist noch nichts aufgehoben.

rooms-lists-none = Noch keine Listen. Eine Liste zeigt, was einige der Leute schreiben, denen du folgst, getrennt vom Rest.
rooms-list-new = Eine neue Liste
rooms-list-name = Name
rooms-list-replies = Antworten
rooms-list-replies-followed = An alle, denen du folgst
rooms-list-replies-list = An Mitglieder der Liste
rooms-list-replies-none = Keine
rooms-list-exclusive = Mitglieder auf der Startseite ausblenden
rooms-list-exclusive-hint = Ihre Beiträge stehen nur in dieser Liste.
rooms-list-apart = Nicht auf der Startseite
rooms-list-members = Mitglieder
rooms-list-members-of = Mitglieder von „{ $list }“
rooms-list-quiet = Hier ist noch nichts. Was die Mitglieder der Liste veröffentlichen, erscheint hier.
rooms-list-edit = „{ $list }“ bearbeiten
rooms-list-back = Zurück zur Liste
rooms-list-delete = „{ $list }“ löschen?
rooms-list-delete-hint = Die Liste verschwindet. Du folgst weiterhin allen, die darin sind.
rooms-list-find = Jemanden finden, dem du folgst
rooms-list-search = Finden
rooms-list-nobody = Du folgst niemandem mit diesem Namen.
rooms-list-empty = In dieser Liste ist noch niemand.
rooms-list-add = Hinzufügen
rooms-list-remove = Entfernen
rooms-list-first = Lege zuerst eine Liste an

rooms-unsealed = Nicht verschlüsselt: Die Server aller Beteiligten können es lesen.
rooms-not-encrypted = nicht verschlüsselt
rooms-conversations-none = Keine Unterhaltungen. Eine private Erwähnung beginnt eine.
rooms-conversation-new = Neu
rooms-conversation-picture = Ein Bild
rooms-conversation-self = Eine Notiz an dich selbst
rooms-conversation-you = Du:
rooms-conversation-delete = Aus der Liste löschen
rooms-unread = Ungelesen
rooms-mark-read = Als gelesen markieren
rooms-mark-unread = Als ungelesen markieren

rooms-tag-none = Hier gibt es keine Beiträge mit diesem Hashtag.
rooms-tag-name = Ein Hashtag
rooms-tag-follow = Folgen
rooms-tag-unfollow = Entfolgen
rooms-tag-feature = Im Profil zeigen
rooms-tag-unfeature = Aus dem Profil nehmen
rooms-tag-wrong = Das ist kein Hashtag
rooms-tag-posts = { $count ->
    [one] { $count } Beitrag
   *[other] { $count } Beiträge
 }
rooms-tags-followed = Gefolgt
rooms-tags-none = Du folgst keinem. Öffne einen Hashtag und drücke „Folgen“, oder nenne hier einen.
rooms-tags-featured = Im Profil
rooms-tags-featured-hint = Besucher sehen sie dort, höchstens zehn.
rooms-tags-sources = Woher Beiträge von Fremden kommen

rooms-suggestions = Wem du vielleicht folgen magst
rooms-suggestions-hint = Leute, deren Beiträge von denen, denen du folgst, geteilt oder beantwortet werden, oder die sie erwähnen. Für diese Liste wird niemand gefragt.
rooms-suggestions-none = Noch niemand. Je mehr Leuten du folgst, desto mehr gibt es zu finden.
rooms-suggestions-more = Mehr davon
rooms-suggestion-dismiss = Verwerfen

rooms-server-ties = Du folgst dort { $following ->
    [one] { $following } Person
   *[other] { $following } Personen
 }, und { $followers ->
    [one] { $followers } Person folgt dir von dort.
   *[other] { $followers } Personen folgen dir von dort.
 }
rooms-server-failing = Nicht erreichbar seit { $since }.
rooms-server-failing-more = Alle Server mit Schwierigkeiten
rooms-server-wake = Jetzt versuchen
rooms-server-blocked = Du blockierst diesen Server: Nichts von ihm wird angezeigt.
rooms-server-look = Seine öffentlichen Beiträge ansehen
rooms-server-block = Diesen Server blockieren
rooms-server-posts = Öffentliche Beiträge
rooms-server-none = Er zeigt keine öffentlichen Beiträge.

rooms-discovery-title = Hashtags und Relays
rooms-discovery-followed = Hashtags, denen du folgst
rooms-discovery-none = Du folgst keinem. Öffne einen Hashtag und drücke „Folgen“.
rooms-discovery-sources = Woher Beiträge von Fremden kommen
rooms-discovery-hint = Ein Server für eine Person sieht nur die Beiträge der Leute, denen du folgst. Hier kannst du andere nennen, die Beiträge mit deinen Hashtags bringen. Höchstens dreißig in der Minute werden angesehen, und nichts kommt, bevor du einen nennst.
rooms-discovery-new = Quelle hinzufügen
rooms-discovery-add = Hinzufügen
rooms-discovery-remove = Entfernen
rooms-discovery-name = Name oder Adresse
rooms-discovery-sends = Ein Relay: ihm meine öffentlichen Beiträge senden
rooms-discovery-sends-hint = Damit Fremde auf seinen Servern sie finden können.
rooms-discovery-everything = Ein Relay: alle seine Beiträge behalten
rooms-discovery-everything-hint = Nicht nur die mit Hashtags, denen ich folge. Sie füllen den Speicher und die föderierte Timeline.
rooms-discovery-pages = Hashtag-Seiten eines Servers
rooms-discovery-pages-hint = Der Name eines Servers, etwa mastodon.social. Seine öffentlichen Hashtag-Seiten werden stündlich gelesen.
rooms-discovery-accounts = Hashtag-Konten eines Servers
rooms-discovery-accounts-hint = Der Name eines Servers, der für jeden Hashtag ein Konto hat, etwa tags.pub.
rooms-discovery-relay = Ein Relay
rooms-discovery-relay-hint = Seine Adresse: https://relay.example/inbox nach Art von Mastodon, https://relay.example/actor nach Art von Pleroma.
rooms-discovery-all-posts = alle seine Beiträge
rooms-discovery-gets = bekommt meine öffentlichen Beiträge
rooms-discovery-brought = { $count ->
    [one] { $count } Beitrag gebracht
   *[other] { $count } Beiträge gebracht
 }
rooms-discovery-asked = zuletzt gefragt: { $when }
rooms-discovery-taken = { $count } angenommen.
rooms-discovery-waiting = { $count } noch unbeantwortet.
rooms-discovery-refused = { $count } abgelehnt.
rooms-discovery-trouble = Letzte Schwierigkeit: { $reason }
rooms-back-settings = Zurück zu den Einstellungen
