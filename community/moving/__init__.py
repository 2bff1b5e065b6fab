"""Moving out of a house and staying a member: what is planned, and what somebody on her way prepares.

Nouns: move, the list to put in order, people to keep, letter, check-in. A move never takes anything of hers away: what
she is follows from her periods (`members/`), which `lifecycle/` changes; this room holds what is hers beside that.
Nothing anywhere says why somebody moved.
"""
