"""Whether an update is another feed's report told again: the same words, or the same event in other words.

A near-verbatim copy is one alert that names its other sources; a report of the same event is threaded below the first
as "also reported". Never within one feed, never across days, never between different speakers: what two sides say of
one event are two reports. Formulaic openings prove nothing, so both the words and the facts must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.identity.candidates import Candidates
from bot.core.identity.canonical import canonical
from bot.core.identity.lexicon import Lexicon, lexicon, page_language
from bot.core.identity.likeness import Weights, conflicting, likeness
from bot.core.identity.sighting import Sighting
from bot.core.model import NewsUpdate

WINDOW = timedelta(hours=36)
"""How far apart two copies of one text may be read."""
EVENT = timedelta(hours=6)
"""How far apart two reports of one event may be."""
_VERBATIM = 0.82
_SIMILAR = 0.40
_SHORTEST = 6
"""Words below which a text is an everyday phrase ("Sirens in Karst"): two feeds may each say it of their own siren."""
_SAMPLE = 40


@dataclass(frozen=True, slots=True)
class Report:
    """One update of one feed, as the others are compared with it."""

    id: int
    feed_id: int
    news: NewsUpdate
    at: datetime
    """As published, else first read; UTC."""
    speakers: tuple[str, ...] = ()
    """Who says it, lead speaker first; empty when the text names nobody."""


@dataclass(frozen=True, slots=True)
class Kin:
    """The earlier report that an update repeats."""

    report: Report
    copy: bool
    """Near verbatim: one alert. ``False``: another report of the same event."""
    reason: str


class RecentReports:
    """The reports of the last hours, of all feeds, to find the kin of a new one among.

    Args:
        reports: Any order; older ones than the window do no harm.
        language: What most of them are in (BCP 47); ``None`` leaves it to their words.
    """

    def __init__(self, reports: Sequence[Report], *, language: str | None = None) -> None:
        texts = (report.news.whole for report in reports[-_SAMPLE:])
        self._words: Lexicon = lexicon(page_language(texts, language))
        self._reports = reports
        sightings = [Sighting(at, report.news, self._words) for at, report in enumerate(reports)]
        self._weights = Weights(sightings, self._words)
        self._index = Candidates(sightings, self._weights)

    def kin(self, report: Report) -> Kin | None:
        """The report of another feed that this one repeats, a copy before a similar one; ``None`` for news."""
        found = Sighting(0, report.news, self._words)
        if len(found.tokens) < _SHORTEST:
            return None
        kin = [kin for known in self._index.of(found) if (kin := self._judged(report, found, known)) is not None]
        return max(kin, key=lambda one: (one.copy, -abs(one.report.at - report.at)), default=None)

    def _judged(self, report: Report, found: Sighting, known: Sighting) -> Kin | None:
        earlier = self._reports[known.index]
        if earlier.feed_id == report.feed_id or _another_moment(earlier, report) or _another_speaker(earlier, report):
            return None
        if len(known.tokens) < _SHORTEST or conflicting(known, found, self._weights, strictly=True):
            return None
        alike = likeness(known, found, self._weights)
        if alike >= _VERBATIM:
            return Kin(earlier, copy=True, reason=f"{alike:.0%} the words of report {earlier.id}, no other fact")
        shared = {fact for fact in known.facts & found.facts if not self._words.has("function", fact)}
        if alike >= _SIMILAR and len(shared) >= 2 and abs(earlier.at - report.at) <= EVENT:
            reason = f"{alike:.0%} like report {earlier.id}, with {', '.join(sorted(shared)[:4])} in both"
            return Kin(earlier, copy=False, reason=reason)
        return None


def _another_moment(one: Report, other: Report) -> bool:
    """Whether they are of different days, or too far apart where one of them has no day."""
    days = one.news.local_date, other.news.local_date
    return abs(one.at - other.at) > WINDOW or (None not in days and days[0] != days[1])


def _another_speaker(one: Report, other: Report) -> bool:
    """Whether both name who says it, and not the same body or person."""
    if not one.speakers or not other.speakers:
        return False
    return not any(_same_speaker(a, b) for a in one.speakers[:1] for b in other.speakers[:1])


def _same_speaker(one: str, other: str) -> bool:
    """Whether two names are of one speaker, in any order of words; one ministry is not another."""
    a, b = ({word[:5] for word in canonical(name).split() if len(word) > 3} for name in (one, other))
    return len(a & b) * 5 >= 4 * min(len(a), len(b)) and bool(a & b)
