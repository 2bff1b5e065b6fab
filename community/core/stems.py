"""The stem of a word, in the languages Hearth is written in: "pannkakorna" and "pannkaka" say the same thing. Pure."""

from __future__ import annotations

from functools import lru_cache

import snowballstemmer

_STEMMERS = {"sv": snowballstemmer.stemmer("swedish"), "en": snowballstemmer.stemmer("english")}
LANGUAGES = tuple(_STEMMERS)


@lru_cache(4096)
def stem(word: str, lang: str) -> str:
    """The stem of a word in small letters; of another language than ours the word itself."""
    stemmer = _STEMMERS.get(lang)
    return str(stemmer.stemWord(word)) if stemmer is not None else word
