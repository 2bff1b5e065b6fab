"""The house's own word lists: what staff add to the lists Hearth comes with or switch off, and how often each is right.

Nouns: phrase, switch, change, judgement, review. What a phrase means to the gate is said in `safety/`.
"""
