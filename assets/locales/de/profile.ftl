# Ein Profil, seine Reiter und die Wege weiter für Besucher.
profile-tabs = Was anzuzeigen ist
profile-posts = Beiträge
profile-replies = Antworten
profile-media = Medien
profile-about = Über
profile-people = Leute
profile-hashtags = Hashtags
profile-all-posts = Alle Beiträge
profile-nothing = Hier ist noch nichts.
profile-posts-of = Beiträge von { $name }
profile-preview = Beiträge von { $name } ({ $handle })
profile-avatar-of = Profilbild von { $name }
profile-moved = { $name } ist umgezogen: { $target }.
profile-more = Mehr
profile-edit = Profil bearbeiten
profile-mention = Erwähnen
profile-verified = Die Seite verlinkt hierher zurück
profile-count-posts = { $number } { $count ->
    [one] Beitrag
   *[other] Beiträge
 }
profile-count-following = folgt { $number }
profile-count-followers = { $number } { $count ->
    [one] Follower
   *[other] Follower
 }
profile-since = seit { $date }
profile-about-who = Über { $name }
profile-nothing-said = Hier steht noch nichts.
profile-here-since = Hier seit { $date }.
profile-last-post = Letzter Beitrag: { $date }.
profile-tag-posts = { $count ->
    [one] { $number } Beitrag
   *[other] { $number } Beiträge
 }
profile-feeds = Auf andere Weise folgen
profile-embed = Beitrag von { $name }
profile-feed-tag = Beiträge von { $name } mit { $tag }
profile-feed-covered = Hinter einer Warnung: auf seiner Seite ansehen
profile-remote-follow = Folgen
profile-remote-follow-who = { $name } folgen
profile-remote-follow-from = Vom eigenen Server aus folgen
profile-remote-from = Von deinem eigenen Server
profile-remote-act = Antworten, teilen oder favorisieren
profile-remote-reply = Antworten
profile-remote-boost = Teilen
profile-remote-favourite = Favorisieren
profile-remote-go = Dorthin
profile-remote-address = du@dein.server
profile-remote-hint = Deine Adresse im Fediverse; sie wird nicht gespeichert.
profile-remote-see = Beitrag ansehen
profile-remote-on-to = Weiter zu { $domain }
profile-remote-on-why = Von hier an übernimmt dein eigener Server.
profile-remote-continue = Weiter
profile-remote-title = Weiter zu deinem Server
