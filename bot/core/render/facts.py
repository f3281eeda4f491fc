"""Which of the words that differ are facts: numbers, names, places, negations, speakers, as identity judges them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.core.identity import Corrected, Known, identify
from bot.core.model import NewsUpdate
from bot.core.render.changes import Change, changes, telling


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a correction changed, in text order."""

    in_heading: tuple[Change, ...]
    in_text: tuple[Change, ...]


@lru_cache(maxsize=64)
def corrections(old_heading: str, old_text: str, heading: str, text: str) -> Corrections:
    """The changed facts; where no single one can be named, every short change.

    One correction is rendered for every chat that got the alert, and is compared once.
    """
    facts = _facts(old_heading, old_text, heading, text)
    in_heading, in_text = changes(old_heading, heading), changes(old_text, text)
    told = set(telling((*in_heading, *in_text), facts))
    return Corrections(
        tuple(change for change in in_heading if change in told),
        tuple(change for change in in_text if change in told),
    )


def _facts(old_heading: str, old_text: str, heading: str, text: str) -> tuple[tuple[str, str], ...]:
    known = Known(0, "", 0, old_text, heading=old_heading or None)
    decision = identify((known,), (NewsUpdate(text, 0, heading=heading or None),))[0]
    return decision.changes if isinstance(decision, Corrected) else ()
