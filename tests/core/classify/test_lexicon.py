"""Concepts are found by stem, form, beginning, phrase and shape."""

from __future__ import annotations

import pytest

from bot.core.classify.lexicon import Lexicon
from bot.core.classify.lint import collisions
from bot.core.classify.terms import parse_term
from bot.core.classify.words import sentences


def found(lexicon: Lexicon, text: str) -> dict[str, list[str]]:
    """Concept → the words that stand for it."""
    names = list(lexicon.index)
    result: dict[str, list[str]] = {}
    for sentence in sentences(text):
        for hit in lexicon.read(sentence).hits:
            result.setdefault(names[hit.concept], []).append(" ".join(sentence.words[hit.first : hit.last + 1]))
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shelling shook the houses", {"fire": ["Shelling"], "home": ["houses"]}),
        ("The unit came under fire", {"fire": ["under fire"]}),
        ("The shell company went bankrupt", {}),
        ("It was raining many many rockets", {"fire": ["raining many many rockets"]}),
        ("It was raining one two three rockets", {"number": ["two", "three"]}),
        ("the school, the School", {"home": ["School"]}),
        ("an apartment block and a tower block", {"home": ["apartment block", "tower block"]}),
        ("in Tarvin, in Monday, in winter", {"place": ["in Tarvin"]}),
        ("two men, 14 cars, in 1994", {"number": ["two", "14"]}),
        ("at 13:30 two cars", {"number": ["two"]}),
        ("in 1809, in 1989, in 1990, of 2020", {"past": ["in 1809", "in 1989"]}),
        ("the house's roof", {"home": ["house's"]}),
    ],
)
def test_each_notation_finds_its_words(lexicon: Lexicon, text: str, expected: dict[str, list[str]]) -> None:
    """Stems, exact forms, beginnings, phrases with gaps, names, numbers and what is excluded."""
    assert found(lexicon, text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tarvin is calm", ["Tarvin"]),
        ("Houses burn", []),
        ("In Houses, a village", ["Houses"]),
        ("Houses of Tarvin", ["Tarvin"]),
    ],
)
def test_a_word_that_opens_a_sentence_is_a_name_only_if_nothing_else(text: str, names: list[str]) -> None:
    """Every sentence begins with a capital letter; further in, a capital makes a name of any word."""
    terms = {"named": (parse_term("@Name"),), "home": (parse_term("house"),)}
    lexicon = Lexicon("en", terms, common=frozenset({"in"}))
    assert found(lexicon, text).get("named", []) == names


@pytest.mark.parametrize("text", ["والقصف مستمر", "قصف مستمر", "بالقصف"])
def test_arabic_is_read_without_what_is_written_on_to_it(text: str) -> None:
    """Conjunction, article and preposition before a word do not hide it."""
    lexicon = Lexicon("ar", {"fire": (parse_term("قصف*"),)})
    assert found(lexicon, text)


@pytest.mark.parametrize("text", ["կհարվածեն", "չհարվածեցին", "հարվածել են"])
def test_armenian_is_read_without_the_signs_of_future_and_negation(text: str) -> None:
    """The letter that says "will" or "not" in front of a verb does not hide it."""
    lexicon = Lexicon("hy", {"hit": (parse_term("հարված*"),)})
    assert found(lexicon, text)


@pytest.mark.parametrize(("language", "text"), [("ar", "قُصِفَت"), ("ru", "обстре\u0301лы"), ("uk", "обстрі\u0301ли")])
def test_marks_inside_a_word_do_not_hide_it(language: str, text: str) -> None:
    """Vowel signs and stress marks are no letters."""
    terms = {"fire": (parse_term("قصف*"), parse_term("обстрел*"), parse_term("обстріл*"))}
    assert found(Lexicon(language, terms), text) == {"fire": [text]}


def test_memory_of_words_is_bounded() -> None:
    """A feed that never repeats a word can't fill the memory."""
    lexicon = Lexicon("en", {"home": (parse_term("house"),)}, remembered=50)
    for start in range(0, 1_000, 100):
        found(lexicon, " ".join(f"w{number}" for number in range(start, start + 100)))
    assert len(lexicon._meanings) <= 50


def test_the_lint_names_words_that_stemming_confuses() -> None:
    """A list with "attackers" finds every "attack": the lint says so, with both concepts."""
    concepts = {"gunmen": (parse_term("attackers"),), "hit": (parse_term("attack"),), "home": (parse_term("house"),)}
    (collision,) = collisions(Lexicon("en", concepts))
    assert collision.words == (("gunmen", "attackers"), ("hit", "attack"))
    assert "=word" in str(collision)
