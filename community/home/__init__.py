"""Pages that mix rooms or belong to none: the landing page, a channel's page, a piece's menu, Me, Help now, About.

Nouns: feed, card, menu. Home owns no table; it asks each room by name. Help and About work with the database down.
"""
