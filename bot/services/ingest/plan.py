"""What each decision about an update changes in the archive and the outbox: pure, and with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from bot.core.copies import RecentReports, Report
from bot.core.identity import Added, Corrected, Decision, Known, Missing, New, Removed, Same, Withdrawn
from bot.core.match import at_first_read
from bot.core.model import OTHER_TOPIC, NewsState, NewsUpdate, Tag
from bot.services.ports.storage import Facts, NewNews, RevisedNews
from bot.services.ports.tagging import Findings, Tagger


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about one update, and why."""

    decision: str
    """New, Same, Corrected, Added, Withdrawn, Missing or Removed, in lower case."""
    reason: str
    alerts: bool
    """Somebody may be told: an alert for a new one, an edit or a reply for a known one."""
    news: NewsUpdate | None = None
    known_id: int | None = None
    topics: tuple[str, ...] = ()
    told: bool = False
    """By a message of its own, an alert or a reply, and not by an edit alone."""


@dataclass(slots=True)
class Plan:
    """Everything that one read changes."""

    new: list[NewNews] = field(default_factory=list)
    alerting: list[bool] = field(default_factory=list)
    """For each of ``new``: whether it alerts."""
    revised: list[RevisedNews] = field(default_factory=list)
    edited: list[int] = field(default_factory=list)
    """Known updates whose sent messages change without a word."""
    answered: list[int] = field(default_factory=list)
    """Known updates whose sent messages change and are answered by a new one."""
    missing: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """For how many reads running, and which updates; 0 for those that are back."""
    removed: list[int] = field(default_factory=list)
    held: str | None = None
    """Why none of this may be stored or sent before a person has looked, or ``None``."""
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def watches_for_removal(self) -> bool:
        """An update is missing for the first time: the next read decides, even if the page does not change."""
        return any(reads and ids for reads, ids in self.missing.items())


@dataclass(frozen=True, slots=True)
class Reader:
    """How this feed's updates get their topics, speakers, places and level."""

    tagger: Tagger
    language: str | None
    topics: tuple[str, ...] = ()
    """Topics that every update of the feed gets."""

    def findings(self, news: NewsUpdate) -> Findings:
        """What its words tell; the feed's topics stand behind those found, ``other`` only where there is none."""
        found = self.tagger.findings(news, language=self.language)
        return replace(found, tags=self._with_own(found.tags))

    def _with_own(self, found: tuple[Tag, ...]) -> tuple[Tag, ...]:
        if not self.topics:
            return found
        named = {tag.topic for tag in found}
        own = tuple(Tag(topic) for topic in self.topics if topic not in named)
        return (*(tag for tag in found if tag.topic != OTHER_TOPIC), *own) or found


def plan(
    decisions: Iterable[Decision],
    reader: Reader,
    *,
    now: datetime | None,
    baseline: bool = False,
    damaged: bool = False,
) -> Plan:
    """What the decisions of one read change.

    Args:
        decisions: In page order.
        reader: The feed's topics and speakers.
        now: The moment of the read; ``None`` where no update is too old to alert.
        baseline: The feed's first document: nothing in it is news.
        damaged: The document is only partly readable, so that nothing can be said about what is missing.
    """
    made = Plan()
    for decision in decisions:
        if not (damaged and isinstance(decision, Missing | Removed)):
            _add(made, decision, reader, now=now, baseline=baseline)
    return _untold(made) if baseline else made


def mark_kin(made: Plan, feed_id: int, told: Sequence[Report], *, now: datetime, language: str | None) -> None:
    """Mark those new updates that other feeds told before.

    A copy names this feed in the first alert; another report of the same event answers it.
    """
    recent = RecentReports(told, language=language)
    for place, (item, alerts) in enumerate(zip(made.new, made.alerting, strict=True)):
        report = Report(0, feed_id, item.news, item.news.published_at or now, item.attribution)
        kin = recent.kin(report) if alerts else None
        if kin is None:
            continue
        if kin.copy:
            made.new[place] = replace(item, copy_of=kin.report.id)
            made.edited.append(kin.report.id)
        else:
            made.new[place] = replace(item, report_of=kin.report.id)
        made.verdicts = [
            replace(verdict, reason=kin.reason) if verdict.news is item.news else verdict for verdict in made.verdicts
        ]


def _untold(made: Plan) -> Plan:
    """A baseline over updates that are known (a held feed that counts as seen) changes them without a word."""
    made.edited.clear()
    made.answered.clear()
    made.verdicts = [replace(verdict, alerts=False, told=False) for verdict in made.verdicts]
    return made


def _add(made: Plan, decision: Decision, reader: Reader, *, now: datetime | None, baseline: bool) -> None:
    match decision:
        case New():
            _add_new(made, decision, reader, now=now, baseline=baseline)
        case Same(known, news, reason, touched):
            _add_same(made, known, news, reason, touched=touched, reader=reader)
        case Corrected(known, news, reason):
            _revise(made, decision, reader, NewsState.CORRECTED, made.answered)
        case Added(known, news, reason, alerts=alerts):
            state = NewsState.CORRECTED if known.state is NewsState.CORRECTED else NewsState.CURRENT
            _revise(made, decision, reader, state, made.answered if alerts else made.edited)
        case Withdrawn(known, news, reason):
            if known.state is NewsState.WITHDRAWN:
                _add_same(made, known, news, "withdrawn before", touched=True, reader=reader)
            else:
                _revise(made, decision, reader, NewsState.WITHDRAWN, made.answered)
        case Missing(known, reason):
            made.missing[known.missing_reads + 1].append(known.id)
            made.verdicts.append(Verdict("missing", reason, alerts=False, known_id=known.id))
        case Removed(known, reason):
            if known.state is not NewsState.REMOVED:
                made.removed.append(known.id)
                made.answered.append(known.id)
                made.verdicts.append(Verdict("removed", reason, alerts=True, known_id=known.id, told=True))
        case unknown:
            assert_never(unknown)


def _add_new(made: Plan, decision: New, reader: Reader, *, now: datetime | None, baseline: bool) -> None:
    news, reason = decision.news, decision.reason
    found = reader.findings(news)
    first = at_first_read(news, now=now)
    alerts = first.alerts and decision.alerts and not baseline
    why = "part of the feed's first document" if baseline else first.reason
    made.new.append(NewNews(news, found.tags, found.attribution, facts=Facts.of(found)))
    made.alerting.append(alerts)
    topics = tuple(tag.topic for tag in found.tags)
    reason = f"{reason}; {why}" if why != "new" else reason
    made.verdicts.append(Verdict("new", reason, alerts, news, topics=topics, told=alerts))


def _add_same(made: Plan, known: Known, news: NewsUpdate, reason: str, *, touched: bool, reader: Reader) -> None:
    back = known.state is NewsState.REMOVED
    visible = back or _looks_different(known, news)
    made.verdicts.append(Verdict("same", reason, visible, news, known.id))
    if not (touched or back):
        if known.missing_reads:
            made.missing[0].append(known.id)
        return
    state = NewsState.CURRENT if back else known.state
    found = reader.findings(news)
    tags = found.tags if (known.text, known.heading) != (news.text, news.heading) else ()
    made.revised.append(
        RevisedNews(known.id, news, state, silent=True, tags=tags, attribution=found.attribution, facts=Facts.of(found))
    )
    if visible:
        made.edited.append(known.id)


def _revise(
    made: Plan, decision: Corrected | Added | Withdrawn, reader: Reader, state: NewsState, into: list[int]
) -> None:
    known, news = decision.known, decision.news
    found = reader.findings(news)
    made.revised.append(
        RevisedNews(
            known.id, news, state, silent=False, tags=found.tags, attribution=found.attribution, facts=Facts.of(found)
        )
    )
    into.append(known.id)
    topics = tuple(tag.topic for tag in found.tags)
    name, told = type(decision).__name__.lower(), into is made.answered
    made.verdicts.append(Verdict(name, decision.reason, True, news, known.id, topics, told))


def _looks_different(known: Known, news: NewsUpdate) -> bool:
    """What a message shows of it has changed."""
    before: Sequence[object] = (known.heading, known.text, known.local_date, known.local_time)
    return before != (news.heading, news.text, news.local_date, news.local_time)
