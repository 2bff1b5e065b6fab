"""Taking my things along: everything Hearth holds about a member, in one file she can open anywhere.

Nouns: export, part. A table names what each room gives (`tables.py`); there is no hidden registration. Only its owner
ever reads an export; other people's private side is masked in it.
"""
