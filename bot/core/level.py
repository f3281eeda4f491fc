"""How grave an update is: an additive score that explains itself, and CAP's three axes kept apart.

The level decides what rings and what breaks quiet hours; it never withholds. A denial never rings. An all-clear is
recognised as what a source says, and never concluded; one that tells of victims is graded as a report of them.

Axes: urgency, severity, certainty of the Common Alerting Protocol (OASIS CAP 1.2, 3.2.2), in its words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from bot.core.casualties import Casualties
from bot.core.model import Level

BREAKING = 3
IMPORTANT = 2

Urgency = Literal["Immediate", "Past", "Unknown"]
Severity = Literal["Extreme", "Severe", "Moderate", "Minor"]
Certainty = Literal["Observed", "Likely", "Possible", "Unlikely"]


@dataclass(frozen=True, slots=True)
class Signs:
    """What the words of an update show besides its topics."""

    denial: bool = False
    all_clear: bool = False
    now: bool = False
    """It is going on, or was minutes ago."""
    retrospect: bool = False
    """Totals, anniversaries, reviews."""
    sheltered: bool = False
    """A hospital, a school: places that nobody may attack."""
    hedged: bool = False
    """Unconfirmed, preliminary, reported."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A level with its reasons."""

    level: Level
    score: int
    reasons: tuple[tuple[str, int], ...]
    """What counted, in words, and its points."""
    urgency: Urgency
    severity: Severity
    certainty: Certainty


def grade(topics: Collection[str], casualties: Casualties, signs: Signs) -> Grade:
    """The level of an update.

    Args:
        topics: its slugs.
        casualties: numbers of people, as counted.
        signs: what its words show.
    """
    victims = bool(casualties.killed or casualties.wounded)
    reasons = tuple(_reasons(topics, signs, victims=victims))
    score = sum(points for _, points in reasons)
    level: Level = "breaking" if score >= BREAKING else "important" if score >= IMPORTANT else "routine"
    if signs.denial or (signs.all_clear and not victims):
        level = "routine"
    return Grade(level, score, reasons, _urgency(topics, signs), _severity(topics, victims=victims), _certainty(signs))


def _reasons(topics: Collection[str], signs: Signs, *, victims: bool) -> list[tuple[str, int]]:
    danger = "civilian-shelling" in topics or "terrorism" in topics
    table = (
        ("warning", 3, "warnings" in topics),
        ("civilian shelling", 2, "civilian-shelling" in topics),
        ("attack on civilians", 2, "terrorism" in topics and "civilian-shelling" not in topics),
        ("disaster", 1, "disaster" in topics),
        ("victims", 2, victims or "casualties" in topics),
        ("hospital or school", 1, danger and signs.sheltered),
        ("going on", 1, danger and signs.now),
        ("looks back", -2, signs.retrospect),
        ("denial", -3, signs.denial),
        ("all clear", -2, signs.all_clear),
    )
    return [(reason, points) for reason, points, holds in table if holds]


def _urgency(topics: Collection[str], signs: Signs) -> Urgency:
    if signs.retrospect or signs.all_clear:
        return "Past"
    return "Immediate" if signs.now or "warnings" in topics else "Unknown"


def _severity(topics: Collection[str], *, victims: bool) -> Severity:
    danger = bool({"civilian-shelling", "terrorism", "disaster"} & set(topics))
    if danger and victims:
        return "Extreme"
    if danger or victims or "warnings" in topics:
        return "Severe"
    return "Moderate" if {"frontline", "infrastructure", "casualties"} & set(topics) else "Minor"


def _certainty(signs: Signs) -> Certainty:
    if signs.denial:
        return "Unlikely"
    return "Possible" if signs.hedged else "Observed"
