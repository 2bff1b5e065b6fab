"""The one queue: everything that waits for somebody who works here, and what they do about it.

Nouns: item, claim, step. It looks down into the rooms; no room knows it. Whoever decides on an old version is told what
was done meanwhile; nobody decides on her own words, her own report or an objection to her own act.
"""
