"""What hides is heard, what only looks like it is not: two corpora in both languages, and what any text may do."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.safety import personal, phrases, plain
from community.safety.gate import Facts, Grade, Outcome, Verdict, judge
from community.safety.word_lists import ACTIONS, LANGUAGES, all_shipped
from tests.safety.test_hearing import SOMEBODY, follows

HERE = Path(__file__).parent
MANY = 200
DISGUISED = ("refuse", "hold", "check", "alert", "heavy", "intent", *personal.KINDS)


@cache
def corpus(name: str) -> dict[str, Any]:
    """One of the two files beside this one."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def heard(verdict: Verdict) -> tuple[object, ...]:
    return verdict.outcome, verdict.grade, verdict.alert, verdict.check, verdict.hits


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_evasion_is_heard_with_what_follows(language: str) -> None:
    lists, wrong = all_shipped(), {}
    for what, texts in corpus("evasions")[language].items():
        for text in texts:
            known = personal.kinds_in(text) if what in personal.KINDS else [follows(judge(text, SOMEBODY, lists))]
            if what not in known:
                wrong[text] = (what, known)
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_innocent_look_alike_is_not_heard(language: str) -> None:
    nothing, lists = heard(Verdict(Outcome.PUBLISH)), all_shipped()
    verdicts = {text: judge(text, SOMEBODY, lists) for text in corpus("innocents")[language]}
    assert {text: verdict.hits for text, verdict in verdicts.items() if heard(verdict) != nothing} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corpora_are_long_enough_to_mean_something(language: str) -> None:
    evasions = corpus("evasions")[language]
    written = [text for texts in evasions.values() for text in texts]
    assert len(set(written)) == len(written) >= MANY
    assert len(set(corpus("innocents")[language])) == len(corpus("innocents")[language]) >= MANY
    assert not set(written) & set(corpus("innocents")[language])
    assert set(evasions) >= {*DISGUISED} - {"number"}
    assert set(ACTIONS) == {*DISGUISED, "idiom"} - {*personal.KINDS}


INNOCENT = [text for language in LANGUAGES for text in corpus("innocents")[language]]
AROUND = ("", "*", "**", "_", "(", "»", '"', "😊", "🎉🎉", "- ", "> ", "# ", "...", "!!", "\n\n", "\u200b", "\u202e")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(INNOCENT), st.sampled_from([*AROUND, "ok: "]), st.sampled_from(AROUND))
def test_wrapping_an_innocent_sentence_never_makes_it_heard(text: str, before: str, after: str) -> None:
    assert judge(before + text + after, SOMEBODY, all_shipped()).hits == ()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from([row for what in ("heavy", "intent") for row in corpus("evasions")["sv"][what]]), st.data())
def test_innocent_company_hides_no_cry_for_help(text: str, data: Any) -> None:
    before, after = (data.draw(st.sampled_from(INNOCENT)) for _side in range(2))
    verdict = judge(f"{before}.\n{text}\n\n{after}", SOMEBODY, all_shipped())
    assert verdict.help, (before, text, after)


def test_nothing_is_refused_for_asking_for_help() -> None:
    """Whatever listed word stands in it: it waits, and a person reads it."""
    lists, refused = all_shipped(), ["hora", "you whore", "kys", "gå och dö", "svartskalle"]
    for language in LANGUAGES:
        for what in ("heavy", "intent", "alert"):
            for text in corpus("evasions")[language][what]:
                for word in refused:
                    assert judge(f"{word}, {text}", SOMEBODY, lists).outcome is Outcome.HOLD, (word, text)


TOLD = [
    "han kallade mig hora hela dagen", "dom skriver gå och dö till mig", "han sa att jag ska ta livet av mig",
    "nån skrev ta livet av dig till mig", "jag vill bara gå och dö", "pappa slår mig och kallar mig hora",
    "han våldtog mig och sa hora", "they call me a whore", "she told me to go die", "he said kys to me",
    "I just want to go die", "dad hits me and calls me a whore",
]  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_telling_what_somebody_said_to_her_is_no_slur(text: str) -> None:
    verdict = judge(text, SOMEBODY, all_shipped())
    assert verdict.outcome is Outcome.HOLD
    assert verdict.help or verdict.alert


ADULT, MINOR = Facts("adult", "alumnus", adults_only=True), Facts("16-17", "resident", adults_only=True)
PRIVATE = [
    "ring 070-174 06 05", "811218-9876", "tuva@example.com", "min snap: tuvan99", "Storgatan 12", "går på Vasaskolan",
]  # fmt: skip


@pytest.mark.parametrize("text", PRIVATE)
def test_among_adults_personal_information_stands_and_is_looked_at(text: str) -> None:
    lists = all_shipped()
    assert heard(judge(text, ADULT, lists))[:4] == (Outcome.PUBLISH, Grade.NONE, False, True)
    for facts in (MINOR, Facts("under 16", "resident", adults_only=True), Facts("adult", "alumnus"), SOMEBODY):
        assert judge(text, facts, lists).outcome is Outcome.HOLD, facts


@pytest.mark.parametrize("what", ["refuse", "hold", "alert", "intent"])
def test_among_adults_everything_else_is_heard_as_anywhere(what: str) -> None:
    lists = all_shipped()
    for text in [one for language in LANGUAGES for one in corpus("evasions")[language][what]]:
        assert heard(judge(text, ADULT, lists)) == heard(judge(text, Facts("adult", "alumnus"), lists)), text


class Steps:
    """Lines of the hearing that are carried out: how much work a text is, without a clock."""

    def __init__(self) -> None:
        self.taken = 0
        self._ours: dict[CodeType, bool] = {}

    def count(self, text: str) -> int:
        self.taken, before = 0, sys.gettrace()
        sys.settrace(self._called)
        try:
            all_shipped().hear(text)
        finally:
            sys.settrace(before)
        return self.taken

    def _called(self, frame: FrameType, _event: str, _arg: Any) -> Any:
        code = frame.f_code
        if code not in self._ours:
            self._ours[code] = code.co_filename in (phrases.__file__, plain.__file__)
        return self._line if self._ours[code] else None

    def _line(self, _frame: FrameType, event: str, _arg: Any) -> Any:
        self.taken += event == "line"
        return self._line


@pytest.mark.parametrize("piece", [
    "vill ", "f ", "1 ", "a", "f.i.t.", "0 1", "1 @", "h o ", "vill dö ", "k*", "h!", "a. ", "jag ", "i", "jag vill",
    "han slog mig ", "😂", "ta alla ", "vill😂", "**", "I ", "s1", "bara", "d*",
])  # fmt: skip
def test_the_work_grows_with_the_text_and_not_faster(piece: str) -> None:
    """Hostile characters, twice and four times as many: the steps that are taken grow like them."""
    steps, text = Steps(), piece * 1_200
    all_shipped().hear(text[:100])  # made ready
    few, more, most = (steps.count(text[:length]) for length in (300, 600, 1_200))
    assert most - more <= 2.5 * (more - few) + 500, (few, more, most)
    assert most <= 1_200 * 2_000, most


def _unbounded(parsed: Iterable[Any]) -> bool:
    """Whether something without an end stands in a pattern."""
    for operator, argument in parsed:
        name = str(operator)
        if name.endswith("REPEAT"):
            _low, high, inner = argument
            if high == re._constants.MAXREPEAT or _unbounded(inner):  # type: ignore[attr-defined]
                return True
        inside = argument[1] if name == "BRANCH" else [argument[-1]] if name in ("SUBPATTERN", "ASSERT_NOT") else []
        if any(_unbounded(one) for one in inside):
            return True
    return False


def test_patterns_for_personal_information_are_bounded() -> None:
    """None of them can go back over more than a few dozen characters, so they take time like the text."""
    patterns = {name: one for name, one in vars(personal).items() if isinstance(one, re.Pattern)}
    assert len(patterns) > 15
    parse = re._parser.parse  # type: ignore[attr-defined]
    assert [name for name, one in patterns.items() if _unbounded(parse(one.pattern, one.flags))] == []
