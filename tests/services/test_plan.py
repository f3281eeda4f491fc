"""What the decisions of one read change, without a database."""

from __future__ import annotations

from datetime import timedelta

from bot.core.identity import Added, Known, New, Removed
from bot.services.ingest.plan import Reader, plan
from tests.builders import NOW, a_news
from tests.fakes import PlainTagger


def test_words_told_before_are_archived_without_an_alert() -> None:
    """The second half of an update that was split in two is kept as one of its own, and nobody is told again."""
    half = New(a_news(), "its words stood in update 7 before", alerts=False)
    made = plan([half, New(a_news("Sirens in Karst."), "never seen before")], Reader(PlainTagger(), "en"), now=NOW)
    assert made.alerting == [False, True]
    assert [verdict.alerts for verdict in made.verdicts] == [False, True]


def test_only_messages_of_their_own_are_told() -> None:
    """Text that brings nothing to alert of changes what was sent, and no message goes out for it."""
    known = Known(1, "", 0, "Shells fell.")
    quiet, loud = (Added(known, a_news(), "added", "more", alerts=alerts) for alerts in (False, True))
    made = plan([quiet, loud, Removed(known, "gone")], Reader(PlainTagger(), "en"), now=NOW)
    assert [(verdict.alerts, verdict.told) for verdict in made.verdicts] == [(True, False), (True, True), (True, True)]


def test_without_a_moment_nothing_is_too_old() -> None:
    """A replay of a day that is past alerts of it."""
    old = New(a_news(published_at=NOW - timedelta(days=400)), "never seen before")
    reader = Reader(PlainTagger(), "en")
    assert plan([old], reader, now=NOW).alerting == [False]
    assert plan([old], reader, now=None).alerting == [True]
