"""Who works when, and what follows from it: cover, its gaps, the line "working now", and handing over.

Nouns: shift (one person, one house or all, a role, from and to), cover (what the shifts of a moment make: host, night
or none), gap (a time with nobody), handover (outgoing staff sign what is open, incoming staff accept it).
"""
