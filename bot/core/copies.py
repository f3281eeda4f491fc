"""Whether another feed told the very same thing before: near-verbatim copies become one alert that names its sources.

The traps are formulas ("the night was relatively calm") and one event told by two speakers: another day, another
speaker, another number, name or denial, and it is news of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from rapidfuzz import fuzz, process

from bot.core.archive import Told
from bot.core.identity import Known, Same, canonical, identify
from bot.core.model import NewsUpdate

WINDOW = timedelta(hours=36)
"""An older report is not the same news, however alike."""
_NEAR_VERBATIM = 92.0
"""Likeness of the canonical words in percent: outlets that carry one agency's report differ by a comma or two."""
_FEWEST_WORDS = 8
"""Shorter texts are alike by chance."""


def copied_from(
    news: NewsUpdate, attribution: Sequence[str], told: Sequence[Told], *, language: str | None = None
) -> Told | None:
    """The report of another feed that ``news`` repeats, or ``None`` when it is news of its own.

    Args:
        news: An update that its own feed never had before.
        attribution: Who says it, lead speaker first.
        told: What other feeds brought within :data:`WINDOW`, oldest first; of equals the oldest is the original.
        language: The language that the feed declares.
    """
    body = canonical(news.text or news.heading or "")
    if len(body.split()) < _FEWEST_WORDS or news.service or news.retracted:
        return None
    eligible = [report for report in told if _may_be_one(news, attribution, report)]
    found = process.extractOne(
        body, [canonical(report.text) for report in eligible], scorer=fuzz.ratio, score_cutoff=_NEAR_VERBATIM
    )
    if found is None:
        return None
    report = eligible[found[2]]
    return report if _changes_nothing(report, news, language) else None


def _may_be_one(news: NewsUpdate, attribution: Sequence[str], report: Told) -> bool:
    """Whether day and speaker agree, where both are known."""
    other_day = news.local_date and report.local_date and news.local_date != report.local_date
    other_speaker = attribution and report.attribution and attribution[0] != report.attribution[0]
    return not other_day and not other_speaker


def _changes_nothing(report: Told, news: NewsUpdate, language: str | None) -> bool:
    """Whether a source that edited the one text into the other would have changed nothing that must be told."""
    known = Known(report.id, news.page_key, position=0, text=report.text)
    now = replace(news, heading=None, text=news.text or news.heading or "", vendor_id=None)
    return isinstance(identify([known], [now], language=language)[0], Same)
