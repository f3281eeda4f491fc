"""A language's small words by what they do around numbers and orders: too many in any text to be concepts of rules."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.wordset import WordSet

_NONE = WordSet()


@dataclass(frozen=True, slots=True)
class SmallWords:
    """Folded words; ``*`` after a beginning stands for any ending."""

    linked: WordSet = _NONE
    """What may stand between a number of people and what happened to them: were, others, at least."""
    alone: WordSet = _NONE
    """What may follow a number that stands for people without naming them: in, after."""
    agent: WordSet = _NONE
    """What stands before whoever did it: by."""
    range_to: WordSet = _NONE
    """What joins the ends of a range: to, or."""
    between: WordSet = _NONE
    """What opens a range whose ends "and" joins."""
    joined: WordSet = _NONE
    """And."""
    half: WordSet = _NONE
    """What halves the million behind it."""
    not_yet: WordSet = _NONE
    """What takes an all-clear back: until, not, will be."""
