"""What staff decided about a member or her words: the act, how she is told, and how she objects.

Nouns: act, appeal. An act always has an audit line; every one that limits somebody has a reason, its author is told of
it by construction, and she can object to it. Nobody decides about her own words or against her own act.
"""
