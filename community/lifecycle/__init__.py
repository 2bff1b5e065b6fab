"""A whole life with Hearth: one readable function for each turn of it, calling each room by name in one transaction.

Nouns: moving out, moving in again, starting to work here, leaving work, remembrance, break, leaving, erasure. It owns
as little as it can: what a person is stands in her periods. A turn is either done or not begun; done twice it changes
nothing the second time.
"""
