"""The gate hears what is listed however it is written, and nothing else."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.demo import seed
from community.safety import personal, phrases, plain, word_lists
from community.safety.gate import Facts, Grade, Outcome, Surface, Verdict, judge, screen
from community.safety.word_lists import ACTIONS, LANGUAGES, WordLists, all_shipped, shipped
from tests.safety.heard_table import ENGLISH, PERSONAL, SWEDISH, rows

SOMEBODY = Facts("16-17", "resident", cover="host")
LISTED = ("slabbertask", "knorvla", "ärtskrutt", "zub")
SAMPLE = WordLists(hold=frozenset(LISTED))


def follows(verdict: Verdict) -> str:
    if verdict.outcome is Outcome.REFUSE:
        return "refuse"
    if verdict.grade is not Grade.NONE:
        assert verdict.help
        assert verdict.alert == (verdict.grade is Grade.INTENT)
        return verdict.grade.value
    if verdict.alert:
        return "alert"
    return "hold" if verdict.outcome is Outcome.HOLD else "check" if verdict.check else "nothing"


@pytest.mark.parametrize("table", [SWEDISH, ENGLISH], ids=LANGUAGES)
def test_what_is_heard_and_what_is_not(table: str) -> None:
    lists = all_shipped()
    wrong = {text: (follows(judge(text, SOMEBODY, lists)), said) for text, said in rows(table)}
    assert {text: both for text, both in wrong.items() if both[0] != both[1]} == {}


def test_personal_information_is_known_by_its_form() -> None:
    wrong = {text: (personal.kinds_in(text), said.split()) for text, said in rows(PERSONAL)}
    assert {text: both for text, both in wrong.items() if both[0] != both[1]} == {}


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(rows(SWEDISH)) + len(rows(ENGLISH)) + len(rows(PERSONAL)) > 300
    for table in (SWEDISH, ENGLISH):
        said = [what for _text, what in rows(table)]
        assert len({text for text, _what in rows(table)}) == len(said)
        assert said.count("nothing") > 30 < len(said) - said.count("nothing")


def test_the_demo_group_writes_without_alarms() -> None:
    """At most one false alarm; today there is none, and nothing of theirs waits or is refused."""
    lists, texts, alarms = all_shipped(), 0, []
    for thread in seed.THREADS:
        for said in (thread, *thread["replies"]):
            texts += 1
            verdict = judge(f"{said.get('title') or ''}\n{said.get('note') or ''}\n{said['text']}", SOMEBODY, lists)
            if verdict.alert or verdict.outcome is not Outcome.PUBLISH:
                alarms.append((said["text"][:60], verdict.hits))
    assert texts > 300
    assert len(alarms) <= 1, alarms


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_phrase_hears_itself(language: str) -> None:
    """Each phrase, said in the plainest of its ways, is heard under its own action or a longer one's."""
    lists, deaf = shipped(language), []
    for entry in lists.entries:
        places = phrases.parts_of(entry.phrase)
        said = " ".join(sorted(p.words)[0].replace(plain.LAUGH, "haha") for p in places if p.words and not p.optional)
        if entry.action != "idiom" and not any(entry.key == one.entry.key for one in lists.hear(said)):
            deaf.append((entry.key, said)) if not lists.hear(said) else None
    assert deaf == []


def test_nothing_is_refused_for_asking_for_help() -> None:
    verdict = judge("dom kallar mig hora och jag vill dö", SOMEBODY, all_shipped())
    assert (verdict.outcome, verdict.grade, verdict.alert) == (Outcome.HOLD, Grade.INTENT, True)
    verdict = judge("dom kallar mig hora, jag orkar inte mer", SOMEBODY, all_shipped())
    assert (verdict.outcome, verdict.grade) == (Outcome.HOLD, Grade.HEAVY)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (Facts("under 16", "resident"), Outcome.HOLD),
        (Facts("adult", "alumnus"), Outcome.HOLD),
        (Facts("adult", "alumnus", adults_only=True), Outcome.PUBLISH),
        (Facts("16-17", "resident", adults_only=True), Outcome.HOLD),
        (Facts("adult", "staff"), Outcome.PUBLISH),
    ],
)
def test_a_number_waits_where_minors_read(facts: Facts, outcome: Outcome) -> None:
    verdict = judge("ring 070-174 06 05", facts, all_shipped())
    assert (verdict.outcome, verdict.check) == (outcome, outcome is Outcome.PUBLISH)


def test_drafts_are_never_heard() -> None:
    assert screen("jag vill dö", Surface.DRAFT, SOMEBODY) == Verdict(Outcome.PUBLISH)


@pytest.mark.parametrize(
    "phrase", ["", "..", ".. ord", "ord ..", "ord?", "a .. b .. c .. d", "!", " ".join("abcdefghijkl")]
)
def test_a_phrase_that_would_be_met_everywhere_or_never_is_no_phrase(phrase: str) -> None:
    with pytest.raises(ValueError):
        phrases.parts_of(phrase)


def test_the_files_hold_known_lists_alone() -> None:
    for language in LANGUAGES:
        assert all(getattr(shipped(language), action) for action in ACTIONS), language
    assert all(entry.phrase == entry.phrase.lower() for entry in all_shipped().entries)


ALIKE = {latin: [one for one, is_ in plain.ALIKE.items() if is_ == latin] for latin in "abcdefghijklmnoprstuvxyz"}
LEET = {"o": "0", "e": "3", "a": "4@", "s": "5$", "t": "7", "b": "8", "g": "9", "i": "1!", "l": "1|"}
MARKS = "\u0301\u0300\u0302\u0327\u0336\u0332\u20dd"  # none that makes å, ä or ö
UNSEEN = "\u200b\u200d\u2060\ufeff\u00ad\u034f"


@st.composite
def disguised(draw: Any) -> str:
    """A listed word in any mix of the disguises that hide nothing."""
    word, ways = draw(st.sampled_from(LISTED)), draw(st.sets(st.sampled_from("caluhmz"), max_size=4))
    letters = []
    for char in word:
        shown = char
        if "a" in ways and ALIKE.get(char) and draw(st.booleans()):
            shown = draw(st.sampled_from(ALIKE[char]))
        elif "l" in ways and char in LEET and draw(st.booleans()):
            shown = draw(st.sampled_from(LEET[char]))
        elif "c" in ways and draw(st.booleans()):
            shown = char.upper()
        if "h" in ways and shown.isalpha() and draw(st.booleans()):
            shown *= draw(st.integers(3, 6))
        if "m" in ways and shown.isalpha() and shown.isascii() and draw(st.booleans()):
            shown += draw(st.sampled_from(MARKS))
        if "z" in ways:
            shown += draw(st.text(UNSEEN, max_size=2))
        letters.append(shown)
    between = draw(st.sampled_from([" ", ".", "-", "_", "*", " . ", "  ", "/", ", "])) if "u" in ways else ""
    if draw(st.booleans()):
        return unicodedata.normalize("NFD", between.join(letters))
    return between.join(letters)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    disguised(), st.sampled_from(["", "du är en ", "hej! ", "(", "😀 "]), st.sampled_from(["", " ju", ".", "!!", ")"])
)
def test_a_disguise_hides_no_word(word: str, before: str, after: str) -> None:
    assert [hit.said for hit in judge(before + word + after, SOMEBODY, SAMPLE).hits], (before, word, after)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(LISTED), st.text("abdefgmnprtv", min_size=1, max_size=3), st.booleans())
def test_a_word_inside_a_longer_one_is_not_heard(word: str, more: str, before: bool) -> None:
    assert not judge(f"en {more + word if before else word + more} till", SOMEBODY, SAMPLE).hits or more[0] == word[-1]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=400))
def test_it_never_raises_and_says_the_same_twice(text: str) -> None:
    assert judge(text, SOMEBODY, all_shipped()) == judge(text, SOMEBODY, all_shipped())


def test_the_lists_in_force_can_be_put_aside() -> None:
    with word_lists.in_force(SAMPLE):
        assert screen("zub", Surface.REPLY, SOMEBODY).words == ("zub",)
    assert screen("zub", Surface.REPLY, SOMEBODY).outcome is Outcome.PUBLISH
