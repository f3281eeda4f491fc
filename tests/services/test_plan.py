"""What the decisions of one read change, without a database."""

from __future__ import annotations

from bot.core.identity import New
from bot.services.ingest.plan import Reader, plan
from tests.builders import NOW, a_news
from tests.fakes import PlainTagger


def test_words_told_before_are_archived_without_an_alert() -> None:
    """The second half of an update that was split in two is kept as one of its own, and nobody is told again."""
    half = New(a_news(), "its words stood in update 7 before", alerts=False)
    made = plan([half, New(a_news("Sirens in Karst."), "never seen before")], Reader(PlainTagger(), "en"), now=NOW)
    assert made.alerting == [False, True]
    assert [verdict.alerts for verdict in made.verdicts] == [False, True]
