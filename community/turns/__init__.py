"""Turns of a life that take longer than a moment, as rows: leaving work on a day, a new contact, what waits for two.

Nouns: departure, new contact, two-person turn. What a turn does is `lifecycle/`; here is only what is kept of it.
"""
