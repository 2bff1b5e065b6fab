"""Separations: staff keep two people apart, and say how far.

Nouns: pair, level (total; no private contact; not in chat together), what will look odd, day of review. A floor of
oversight, because what will look odd is asked of several rooms by name; the wall itself stands in `members/`
(`Exclusion`, `Separation`). The two never learn of it, and nobody decides about a pair she is one of.
"""
