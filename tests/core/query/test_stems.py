"""Word forms: what a reader types finds the other forms of the word, and not other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.query import index_terms, query_terms, words_of

SAME: list[tuple[str, str, str]] = [
    # language, typed, as the text has it
    ("en", "hospital", "hospitals"),
    ("en", "shelling", "shelled"),
    ("en", "refugees", "refugee"),
    ("en", "negotiation", "negotiations"),
    ("en", "evacuate", "evacuated"),
    ("en", "authority", "authorities"),
    ("en", "Tarvin", "Tarvin's"),
    ("ru", "больница", "больницы"),
    ("ru", "обстрел", "обстреляли"),
    ("ru", "беженец", "беженцев"),
    ("ru", "участок", "участка"),
    ("ru", "самолет", "самолёты"),
    ("hy", "հիվանդանոց", "հիվանդանոցում"),
    ("hy", "հրետակոծություն", "հրետակոծության"),
    ("hy", "փախստական", "փախստականների"),
    ("hy", "դպրոց", "դպրոցը"),
    ("hy", "Մարտունի", "Մարտունիում"),
    ("hy", "եվ", "և"),
    ("ar", "مستشفى", "المستشفيات"),
    ("ar", "صاروخ", "صواريخ"),
    ("ar", "لاجئ", "اللاجئين"),
    ("ar", "قصف", "والقصف"),
    ("ar", "هجوم", "هجمات"),
    ("tr", "hastane", "hastaneye"),
    ("tr", "saldırı", "saldırılar"),
    ("tr", "mülteci", "mültecilere"),
    ("tr", "şehir", "şehri"),
    ("tr", "Ankara", "Ankara'da"),
    ("uk", "лікарня", "лікарні"),
    ("uk", "обстріл", "обстрілу"),
    ("uk", "біженець", "біженців"),
    ("uk", "Харків", "Харкова"),
    ("uk", "зв'язок", "зв’язку"),
]
OTHERS: list[tuple[str, str, str]] = [
    ("en", "hospital", "hospitality"),
    ("en", "refugee", "refuge"),
    ("en", "police", "policy"),
    ("en", "authorities", "author"),
    ("en", "import", "important"),
    ("ru", "мост", "место"),
    ("ru", "война", "воин"),
    ("hy", "հիվանդանոց", "հիվանդ"),
    ("ar", "مدينة", "مدني"),
    ("tr", "hastane", "hasta"),
    ("uk", "лікарня", "лікар"),
]


def meets(typed: str, text: str, language: str | None) -> bool:
    """Whether the word that is typed finds the text in a feed of that language."""
    word = next(iter(words_of(typed)))
    return bool(set(query_terms(word)) & set(index_terms(text, language)))


@pytest.mark.parametrize(("language", "typed", "text"), SAME)
def test_forms_of_a_word_find_each_other(language: str, typed: str, text: str) -> None:
    """Either form finds the other, by the rules of the feed's language."""
    assert meets(typed, text, language)
    assert meets(text, typed, language)


@pytest.mark.parametrize(("language", "typed", "text"), OTHERS)
def test_other_words_are_not_found(language: str, typed: str, text: str) -> None:
    """Words that only look related stay apart, either way."""
    assert not meets(typed, text, language)
    assert not meets(text, typed, language)


@pytest.mark.parametrize("language", [None, "en", "ru", "fr", "xx", "zh-Hant"])
@pytest.mark.parametrize(("typed", "text"), [("больница", "больницы"), ("hospital", "hospital"), ("դպրոց", "դպրոցը")])
def test_another_script_than_the_feeds_is_understood(language: str | None, typed: str, text: str) -> None:
    """A word gets the stem of its own script, whatever the feed declares."""
    assert meets(typed, text, language)


@given(st.text(max_size=60), st.sampled_from([None, "en", "ru", "uk", "hy", "tr", "ar", "fr"]))
def test_a_text_is_found_by_each_of_its_words(text: str, language: str | None) -> None:
    """Whatever the letters are, the word as it stands in the text finds the text."""
    held = set(index_terms(text, language))
    assert all(set(query_terms(word)) & held for word in words_of(text))
