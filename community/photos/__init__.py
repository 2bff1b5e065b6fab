"""Photos on what people say, and the yes of everybody in them.

Nouns: photo (its files are in `core/picture_files.py`), who is in it (the uploader's answer), a person in it and her
answer, a claim ("I am in this"), cells (the squares of a picture that are blurred). A photo hangs on a piece; nobody
but its uploader sees one that hangs on none. What may be shown follows from the answers alone (`consent.py`).

A portrait is a picture a member put up of herself, she alone in it, instead of the drawn one (`portraits.py`).
"""
