"""Finding listed phrases in a text, however they are written.

A phrase is words with a space between. `a/b` is either, `word?` may be missing, `..` is up to three words of any kind,
`:laugh` is laughter. It begins with a word that must be there. Between its words may stand laughter and what one says
without meaning anything by it (`FILLERS`).

A word is met where its letters stand one after the other, and
- nothing stands between them; or signs and spaces, if the letters stand one by one, or the pieces are one stretch
  without spaces, or no comma or the like stands between pieces of a longer word (one that is a phrase by itself: with
  a piece shorter than four letters, because "svart skalle" may be a skull);
- a whole phrase may be written without any space ("killmyself"), but nothing is heard inside a longer word.
No regular expression ever meets what a person wrote; the work grows with the length of the text and not faster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from community.safety.plain import LAUGH, WILD, Atom, atoms, folded, held_down, runs

GAP, LONGEST_GAP, MOST_GAPS = "..", 3, 2
SHORT = 4  # letters: a shorter word is met in pieces only where nothing else stands there
LONGEST_WORDS = 10
MOST_LEFT_OUT = 2  # letters of a word, and no more than half of it
LONGEST_WINDOW = 40  # atoms one word may be written in
LONGEST_SPELT = 14  # times one letter, held down while a word is written letter by letter
MOST_FILLERS = 3
BARE_FROM = 4  # letters: a word this long is met without its dots and rings too ("sjalvmord")
_BARE = str.maketrans("åäö", "aao")
_SAID_FREELY = """
    jag jg man ens ja ju nog bara ba verkligen typ liksom asså alltså fan faktiskt seriöst helst mest nu då också bah så
    jävla fortfarande ibland redan väl egentligen i im am just really literally actually honestly fucking fuckin
    like so kinda still genuinely truly seriously even rly
"""
FILLERS = frozenset(_SAID_FREELY.split())

Place = tuple[int, int]
"""An atom, and how many of its letters are behind."""


class Part(NamedTuple):
    """One place of a phrase: any of these words. None: a gap."""

    words: frozenset[str] | None
    optional: bool = False


class Found(NamedTuple):
    """A phrase in a text: which (its number), the words met, the stretches without a space it stands in (counted from
    the text's beginning), and the atoms it covers."""

    number: int
    said: str
    start: int
    end: int
    atoms: tuple[int, int]


def parts_of(phrase: str) -> tuple[Part, ...]:
    """A phrase as its places. Raises ValueError for one that could not be met or would be met everywhere."""
    places: list[Part] = []
    for piece in phrase.split():
        if piece == GAP:
            places.append(Part(None))
            continue
        optional = piece.endswith("?")
        words = frozenset(_word(one) for one in piece.rstrip("?").split("/") if one)
        if not words or "" in words:
            raise ValueError(phrase)
        places.append(Part(words, optional))
    gaps = [at for at, place in enumerate(places) if place.words is None]
    loose = not places or places[0].words is None or places[0].optional or places[-1].words is None
    if loose or len(gaps) > MOST_GAPS or len(places) > LONGEST_WORDS:
        raise ValueError(phrase)
    return tuple(places)


def _word(raw: str) -> str:
    return raw if raw == LAUGH else "".join(char for char in folded(raw.lower()) if char.isalnum())


class Node:
    """A place in the tree of all listed words, each letter once however long it is held."""

    __slots__ = ("next", "words")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.words: list[tuple[str, str, tuple[int, ...]]] = []


class State(NamedTuple):
    """Letters read so far: where in the tree, the last of them, how long each was held, how many were left out, and
    whether one more may be."""

    node: Node
    last: str = ""
    lengths: tuple[int, ...] = ()
    wild: int = 0
    open: bool = True


@dataclass(frozen=True)
class Index:
    """Phrases made ready: by their first word, and all their words as a tree. `alone`: words that are a phrase."""

    phrases: tuple[tuple[Part, ...], ...]
    first: dict[str, tuple[int, ...]]
    tree: Node
    alone: frozenset[str]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Index:
        """Make phrases ready, in their order. Raises ValueError."""
        ready = tuple(parts_of(phrase) for phrase in phrases)
        first: dict[str, list[int]] = defaultdict(list)
        listed: set[str] = set(FILLERS) if ready else set()
        alone: set[str] = set()
        for number, places in enumerate(ready):
            for word in places[0].words or ():
                first[word].append(number)
            for place in places:
                listed |= place.words or frozenset()
            if all(place.optional for place in places[1:]):
                alone |= places[0].words or frozenset()
        tree = Node()
        for word in sorted(listed - {LAUGH}):
            _plant(tree, word, word)
            bare = word.translate(_BARE)
            if bare != word and len(bare) >= BARE_FROM and bare not in listed:
                _plant(tree, bare, word)
        return cls(ready, {word: tuple(numbers) for word, numbers in first.items()}, tree, frozenset(alone))

    def find(self, text: str) -> list[Found]:
        """All phrases in a text, each place once, in the order of the text."""
        if not self.phrases:
            return []
        found = {(*one.atoms, one.number): one for one in _Reading(self, atoms(text)).found()}
        return [found[place] for place in sorted(found)]


def _plant(tree: Node, written: str, word: str) -> None:
    letters, lengths = runs(written)
    for letter in letters:
        tree = tree.next.setdefault(letter, Node())
    tree.words.append((word, letters, lengths))


class _Reading:
    """One text being read. What can stand at a place is looked up once."""

    def __init__(self, index: Index, line: Sequence[Atom]) -> None:
        self.index, self.line = index, line
        self.known: dict[Place, tuple[tuple[str, Place], ...]] = {}
        self.after = [len(line)] * (len(line) + 1)  # the next atom that sounds
        for at in range(len(line) - 1, -1, -1):
            self.after[at] = self.after[at + 1] if line[at].silent else at

    def found(self) -> Iterator[Found]:
        for at in range(len(self.line)):
            for word, end in self._beginning((at, 0)):
                for number in self.index.first.get(word, ()):
                    met = self._match(self.index.phrases[number], 1, end, (word,), 0)
                    if met is not None:
                        last = met[0][0] - 1
                        yield Found(number, " ".join(met[1]), self.line[at].token, self.line[last].token, (at, last))

    def _beginning(self, at: Place) -> Iterator[tuple[str, Place]]:
        """The words a phrase can begin with: at the beginning of what is written there, or behind a filler in it
        ("jagvilldö")."""
        for word, end in self._words(at):
            yield word, end
            if word in FILLERS and end[1]:
                yield from (more for more in self._words(end) if more[1] > end)

    def _match(
        self, places: tuple[Part, ...], place: int, at: Place, said: tuple[str, ...], fillers: int
    ) -> tuple[Place, tuple[str, ...]] | None:
        """Where a phrase ends that goes on at `at`, and the words met; None where it does not, or ends in a word."""
        if place == len(places):
            return (at, said) if not at[1] else None
        words, optional = places[place]
        if words is None:
            for _more in range(LONGEST_GAP + 1):
                ends = self._match(places, place + 1, at, said, 0)
                if ends is not None or at[0] >= len(self.line):
                    return ends
                at = (self.after[at[0]] + 1, 0) if not at[1] else (at[0] + 1, 0)
            return None
        skips = []
        for word, end in self._next(at):
            if word in words:
                ends = self._match(places, place + 1, end, (*said, word), 0)
                if ends is not None:
                    return ends
            if fillers < MOST_FILLERS and (word in FILLERS or word == LAUGH):
                skips.append(end)
        for end in dict.fromkeys(skips):
            ends = self._match(places, place, end, said, fillers + 1)
            if ends is not None:
                return ends
        return self._match(places, place + 1, at, said, fillers) if optional else None

    def _next(self, at: Place) -> Iterator[tuple[str, Place]]:
        """The listed words that can stand next: here, or behind signs that mean nothing."""
        yield from self._words(at)
        if not at[1] and at[0] < len(self.line) and self.line[at[0]].silent:
            sounds = self.after[at[0]]
            for before in range(max(at[0] + 1, sounds - 2), min(sounds + 1, len(self.line))):
                yield from self._words((before, 0))

    def _words(self, at: Place) -> tuple[tuple[str, Place], ...]:
        if at not in self.known:
            self.known[at] = tuple(dict.fromkeys(self._read(at))) if at[0] < len(self.line) else ()
        return self.known[at]

    def _read(self, at: Place) -> Iterator[tuple[str, Place]]:
        atom = self.line[at[0]]
        if atom.laugh:
            yield LAUGH, (at[0] + 1, 0)
        for way in range(4):
            signs = yield from self._read_as(at, way)
            if not signs:
                return  # another way would read the same

    def _read_as(self, begin: Place, way: int) -> Generator[tuple[str, Place], None, bool]:
        """The words that begin at a place, read one way; returns whether another way may read others."""
        line, (start, offset) = self.line, begin
        states = [State(self.index.tree)]
        signs = alpha = stopped = False
        shortest = LONGEST_WINDOW
        if not line[start].ways[way]:
            return True
        pieces, letters = 0, True
        for at in range(start, min(start + (1 if self._repeated(start) else LONGEST_WINDOW), len(line))):
            atom = line[at]
            behind = offset if at == start else 0
            written = atom.ways[way][behind:]
            signs |= atom.several
            if not written:
                continue
            if pieces:
                states = [state for state in states if state.lengths[-1] <= LONGEST_SPELT]
            pieces += 1
            shortest = min(shortest, len(written))
            stopped |= atom.stopped and at > start
            letters &= atom.letter
            alpha |= not way or (bool(atom.ways[0]) and not atom.ways[0].isdigit())
            for read, char in enumerate(written, behind + 1):
                states = _step(states, char)
                if not states:
                    return signs
                if not alpha:
                    continue
                whole = read == len(atom.ways[way])
                held_on = not whole and atom.ways[way][read] == char
                end = (at + 1, 0) if whole else (at, read)
                for state in states:
                    for word, spelt, wants in state.node.words:
                        if state.wild * 2 > len(word) or (held_on and state.lengths[-1] != wants[-1]):
                            continue
                        if char == WILD and len(word) < SHORT and word in self.index.alone:
                            continue  # "3 km*"
                        strict = len(word) < SHORT and (word in self.index.alone or not whole or bool(offset))
                        if not held_down(spelt, state.lengths, wants, strict=strict):
                            continue
                        if pieces == 1 or self._one_word(word, begin, end, letters, stopped, shortest):
                            yield word, end
        return signs

    def _one_word(self, word: str, begin: Place, end: Place, letters: bool, stopped: bool, shortest: int) -> bool:
        """Whether a word is meant by pieces from one place to another."""
        line, (start, offset), (beyond, inside) = self.line, begin, end
        opens, closes = line[start], line[beyond - 1]
        whole = not offset and not inside
        alone = word in self.index.alone
        if alone and any(line[at].ending for at in range(start, beyond)):
            return False  # "who're"
        if whole and opens.token == closes.token and self._opens(start) and self._closes(beyond - 1):
            return True
        if letters:
            if alone and len(word) < SHORT:
                return len(word) == SHORT - 1 and not self._letter(start - 1) and not self._letter(beyond)
            return True
        return len(word) >= SHORT and not stopped and (shortest < SHORT or not alone)

    def _opens(self, at: int) -> bool:
        return self.line[at].first or (self.line[at].silent and self._sounds_same(at, self.after[at]))

    def _closes(self, at: int) -> bool:
        while at > 0 and self.line[at].silent:
            at -= 1
        return self.line[at].last

    def _sounds_same(self, at: int, sounds: int) -> bool:
        return sounds < len(self.line) and self.line[sounds].first and self.line[sounds].token == self.line[at].token

    def _repeated(self, at: int) -> bool:
        """Whether a letter or sign by itself has stood here three times, side by side or every other: no word begins
        so, and whoever writes a thousand of them keeps nobody waiting."""
        line, own = self.line, self.line[at].ways
        if not line[at].letter or at < 2 or line[at - 2].ways != own:
            return False
        return line[at - 1].ways == own or (at > 3 and line[at - 4].ways == own)

    def _letter(self, at: int) -> bool:
        return 0 <= at < len(self.line) and self.line[at].letter and not self.line[at].silent


def _step(states: Sequence[State], char: str) -> list[State]:
    """One letter more. A letter left out is any but the first, and beside others left out."""
    found: list[State] = []
    for node, last, lengths, wild, more in states:
        if char == WILD:
            if lengths and more and wild < MOST_LEFT_OUT:
                found += [State(after, letter, (*lengths, 1), wild + 1) for letter, after in node.next.items()]
                found.append(State(node, last, (*lengths[:-1], lengths[-1] + 1), wild + 1))
        elif char == last:
            found.append(State(node, last, (*lengths[:-1], lengths[-1] + 1), wild, not wild))
        elif char in node.next:
            found.append(State(node.next[char], char, (*lengths, 1), wild, not wild))
    return found
