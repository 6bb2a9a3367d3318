# What is done with a post that stands.

posts-delete-title = Supprimer un message
posts-delete-question = Supprimer ce message ?
posts-delete-explained = Il disparaît d’ici aussitôt, et les autres serveurs sont priés de le supprimer aussi. Personne ne pourra le faire revenir.
posts-delete = Supprimer
posts-keep = Le garder
posts-redraft-menu = Supprimer et réécrire
posts-redraft-title = Réécrire un message
posts-redraft-question = Supprimer ce message et le réécrire ?
posts-redraft-explained = Son texte, ses images et son sondage deviennent un brouillon. Le message perd le lien avec ses réponses, ses favoris et ses partages ; les autres serveurs sont priés de le supprimer aussi.
posts-redraft = Supprimer et réécrire
posts-history = Versions d’un message
posts-history-of = Toutes les versions d’un message de { $name }
posts-history-back = Vers le message
posts-version = Version { $number }
posts-version-first = Tel qu’il a d’abord été publié
posts-version-now = Tel qu’il est maintenant
posts-no-words = Sans texte
posts-was-warned = Avertissement : { $text }
posts-warning-gone = L’avertissement de contenu a été retiré
posts-now-sensitive = Ses images sont masquées jusqu’à ce qu’on appuie dessus
posts-not-sensitive = Ses images ne sont plus masquées
posts-media-changed = Images, vidéos ou sons modifiés : { $before } avant, { $now } maintenant
posts-poll-changed = Le sondage a été modifié
posts-poll-options = Sondage : { $options }
