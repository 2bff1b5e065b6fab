"""The gate every text passes: a pure function of the text, where it is written, facts about the writer, and lists.

Nouns: surface, verdict, grade, word list, entry, what was heard. The gate knows no person; `heard.py` keeps, for those
who will look, that something was heard and never the words.
"""
