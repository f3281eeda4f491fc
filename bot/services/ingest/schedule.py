"""What one read changes in a feed's row besides its updates: when it is read next, and what was learnt for that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from bot.core.archive import Feed, Move, ReadCounts, Validators
from bot.core.polling import (
    FeedAlarm,
    Hints,
    Pace,
    after_failure,
    after_pause,
    after_success,
    alarm_after_failure,
    alarm_after_read,
    learnt,
)
from bot.core.reading import Reading
from bot.services.ingest.plan import Plan
from bot.services.ports.fetching import Failed, Fetched, NotModified
from bot.services.ports.storage import ReadState

ANSWERS_UNTIL_MOVED = 5
"""How many answers in a row must name the same new address before it is believed."""


class Schedule:
    """Plans the next read of a feed.

    Args:
        pace: The bounds between which feeds are read that have no interval of their own.
        jitter: Draws a number between 0 and 1.
    """

    def __init__(self, pace: Pace, jitter: Callable[[], float]) -> None:
        self._pace = pace
        self._jitter = jitter

    def unchanged(self, feed: Feed, outcome: Fetched | NotModified, now: datetime) -> ReadState:
        """After an answer that brought nothing: a 304, or the same bytes again."""
        # A 304 repeats what it is to change (RFC 9111 §4.3.4): freshness that it does not name stays as it was.
        told = isinstance(outcome, Fetched) or outcome.fresh_for is not None
        validators = outcome.validators or (Validators(outcome.url) if isinstance(outcome, Fetched) else None)
        state = ReadState(
            now,
            now,
            ok=True,
            validators=validators,
            baseline=feed.baseline_at is None,
            fresh_for=outcome.fresh_for if told else feed.fresh_for,
            move=_move(feed, outcome.moved_to),
        )
        return self._planned(feed, outcome, state, now)

    def stored(
        self, feed: Feed, fetched: Fetched, reading: Reading, made: Plan, *, now: datetime, body_hash: str
    ) -> ReadState:
        """After a document that was read and believed."""
        baseline = feed.baseline_at is None
        state = ReadState(
            now,
            now,
            ok=True,
            # What is missing for the first time is looked for once more, even if the page does not change.
            body_hash="" if made.watches_for_removal else body_hash,
            validators=fetched.validators or Validators(fetched.url),
            format=reading.format,
            source_title=reading.title,
            baseline=baseline,
            counts=ReadCounts.of(reading.split.updates),
            rhythm=learnt(feed.rhythm, _published(feed, made, now), now=now),
            wishes=reading.wishes,
            fresh_for=fetched.fresh_for,
            move=_move(feed, fetched.moved_to),
        )
        return self._planned(feed, fetched, state, now)

    def held(self, feed: Feed, fetched: Fetched, reason: str, now: datetime) -> ReadState:
        """After a document that was not believed.

        The validators stay those of the last document that was: the next answer is a whole one again, unless the page
        is as it was then.
        """
        planned = self._planned(feed, fetched, ReadState(now, now, ok=True, fresh_for=fetched.fresh_for), now)
        return replace(planned, ok=False, error=reason)

    def failed(self, feed: Feed, failed: Failed, now: datetime) -> ReadState:
        """After an answer without a document, or none at all."""
        following = after_failure(
            now,
            interval=feed.settings.interval or self._pace.shortest,
            failures=feed.failures + 1,
            retry_after=failed.retry_after,
            permanent=failed.permanent,
            answered=failed.status is not None,
            jitter=self._jitter(),
        )
        return ReadState(now, following.at, ok=False, error=failed.reason)

    def postponed(self, failed: Failed, now: datetime) -> datetime:
        """When to ask again a site that is still left alone."""
        return after_pause(now, failed.retry_after or timedelta(0), jitter=self._jitter()).at

    def _planned(self, feed: Feed, outcome: Fetched | NotModified, state: ReadState, now: datetime) -> ReadState:
        following = after_success(
            now,
            pace=self._pace,
            fixed=feed.settings.interval,
            rhythm=feed.rhythm if state.rhythm is None else state.rhythm,
            hints=Hints(outcome.retry_after, state.fresh_for, feed.wishes if state.wishes is None else state.wishes),
            jitter=self._jitter(),
        )
        return replace(state, next_poll_at=following.at)


def alarm_of(feed: Feed, state: ReadState) -> FeedAlarm | None:
    """What is wrong with the feed after this read."""
    if not state.ok:
        return alarm_after_failure(feed.alarm, failures=feed.failures + 1)
    return alarm_after_read(
        feed.alarm,
        state.at,
        feed.rhythm if state.rhythm is None else state.rhythm,
        had_times=_mostly_timed(feed.last_counts),
        has_times=_mostly_timed(state.counts),
    )


def has_moved(state: ReadState) -> str | None:
    """The new address, once enough answers agree on it."""
    return state.move.url if state.move is not None and state.move.answers >= ANSWERS_UNTIL_MOVED else None


def is_gone(feed: Feed, failed: Failed) -> bool:
    """Whether the server says so for the second time in a row: once may be a slip."""
    return failed.status == HTTPStatus.GONE and feed.last_error == failed.reason


def _published(feed: Feed, made: Plan, now: datetime) -> list[datetime]:
    """When the new updates were published, as far as that is known.

    One that was not there at the read before has come since, whatever time it states: stamps may be of another zone.
    """
    stated = [item.news.published_at for item in made.new if not item.news.service]
    if feed.baseline_at is None:
        return [at for at in stated if at is not None]
    before = feed.last_read_at or feed.baseline_at
    return [now if at is None else max(at, before) for at in stated]


def _move(feed: Feed, moved_to: str | None) -> Move | None:
    if moved_to is None:
        return None
    agreed = feed.move is not None and feed.move.url == moved_to
    return Move(moved_to, feed.move.answers + 1 if feed.move is not None and agreed else 1)


def _mostly_timed(counts: ReadCounts | None) -> bool | None:
    return None if counts is None or counts.updates == 0 else counts.timed * 2 >= counts.updates
