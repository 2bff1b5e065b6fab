"""The list of members who want to be found: nobody is in it before she says so, and leaves it in one step.

Nouns: entry (that she stands in it, and what of her it shows), stay (a house she lived in, and its years). What is not
shown is not found by either: a house or years somebody keeps to herself match no choice of theirs.
"""
