"""Sets of words with beginnings, and of phrases."""

from __future__ import annotations

from bot.core.wordset import PhraseSet, WordSet


def test_a_star_stands_for_any_ending() -> None:
    """A beginning holds all its words; a word without a star holds only itself."""
    words = WordSet(frozenset({"министр*", "мид"}))
    assert [word in words for word in ("министр", "министра", "министерство", "мид", "мида")] == [
        True, True, False, True, False,
    ]  # fmt: skip
    assert "минута" in (words | WordSet(frozenset({"минут*"})))


def test_the_longest_phrase_wins() -> None:
    """Of two phrases that begin alike, the longer one stands there, if it does."""
    phrases = PhraseSet([("report", "by"), ("report",), ("report", "by", "the")])
    assert phrases.at(["a", "report", "by", "the", "un"], 1) == ("report", "by", "the")
    assert phrases.at(["report", "of"], 0) == ("report",)
    assert phrases.at(["of"], 0) == ()
    assert ("report", "by") in phrases
    assert () not in phrases
