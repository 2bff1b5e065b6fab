"""Somebody needs a person: what she wrote, who is told, and that it does not stop before somebody has come.

Nouns: concern (one cry for help), chain (who is told when, until somebody takes it), call (that one person was told by
one channel), step (what was done, with its moment), door (how a member comes in: talk, urgent, about staff).
"""
