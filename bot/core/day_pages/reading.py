"""One day's page as part of a feed that has a page per day: its updates get its key, and what it repeats is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.archive import PageOfDay
from bot.core.identity import Decision, Known, New
from bot.core.identity.canonical import canonical
from bot.core.reading import Reading


def on_its_page(page: PageOfDay | None, reading: Reading) -> Reading:
    """The reading with the page's key in those of its updates, so that no other day's are taken for them.

    Args:
        page: The page that was read; ``None`` for a feed that stays at its address.
        reading: As it was read.
    """
    if page is None or not page.key:
        return reading
    updates = tuple(
        replace(news, page_key=f"{page.key}#{news.page_key}" if news.page_key else page.key)
        for news in reading.split.updates
    )
    return replace(reading, split=replace(reading.split, updates=updates))


def without_repeats(decisions: Sequence[Decision], other: Sequence[Known]) -> tuple[Decision, ...]:
    """New updates that stand on the other day's page too alert nobody: many pages begin with the night before.

    Args:
        decisions: What was decided about each update of the page that was read.
        other: All that is known of the page that it is read together with.
    """
    known = {_words(one.heading, one.text) for one in other}
    return tuple(
        replace(decision, alerts=False, reason="it stands on the other day's page too")
        if isinstance(decision, New) and _words(decision.news.heading, decision.news.text) in known
        else decision
        for decision in decisions
    )


def _words(heading: str | None, text: str) -> str:
    return canonical(text) or canonical(heading or "")
