"""The gate every text passes: a pure function of the text, where it is written, and plain facts about the writer.

Nouns: surface, verdict, word list. It knows no person and no table. Until moderation comes the lists are empty.
"""
