"""What a chat is sent next: which of the rows that wait for it go now, alone or as one message, and which do not.

Breaking news goes alone while there is little of it; edits and corrections always do. What waited together, whether
through a backlog, a gap, quiet hours or for a list, goes together, oldest first. Every decision has its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.archive import Claimed, Destination, StoredNews
from bot.core.habits import Habits
from bot.core.match import Lane, Lapse, Send, Wait, at_claim
from bot.core.message import Message
from bot.core.model import JoinedForm, OutboxKind

FEW = 3
"""Alerts that wait together and still go one by one."""
PATIENCE = timedelta(minutes=1)
"""How long any of them may have waited for that."""

HabitsOf = Callable[[int], Habits]
"""A destination's (id) decisions, their zone set."""
Heard = Callable[[Claimed], bool]
"""Whether another thread of the chat has heard an alert already."""
Join = Callable[[Destination, Sequence[StoredNews], JoinedForm], "Joint"]
"""Several updates as one message."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A message, and which of several updates are in it."""

    message: Message
    taken: tuple[int, ...]
    """Their places, ascending."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one request carries. The intent to send it is committed: whoever holds it must settle all of its rows."""

    rows: tuple[Claimed, ...]
    """Of one destination, oldest first; never empty."""
    silent: bool
    reason: str
    late_by: timedelta | None = None
    """For an alert of its own: the age to be told first."""
    form: JoinedForm | None = None
    """How the rows are joined, or the message that they edit; ``None`` for a message about one update."""
    message: Message | None = None
    """The joined message; ``None`` where it is still to be rendered."""
    shown: tuple[StoredNews, ...] = ()
    """For an edit of a joined message: everything that it shows, oldest first."""

    @property
    def first(self) -> Claimed:
        """The row that stands for the parcel."""
        return self.rows[0]

    @property
    def destination(self) -> Destination:
        """Where it goes."""
        return self.first.destination

    @property
    def possibly_sent(self) -> bool:
        """An earlier try was left in doubt: the copy that goes out now is marked "(repeat)"."""
        return any(row.possibly_sent for row in self.rows)


@dataclass(frozen=True, slots=True)
class PutOff:
    """A row that waits on."""

    id: int
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A row whose moment is over."""

    id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of the rows that wait for one chat; those that are not named wait for the next turn."""

    parcel: Parcel | None = None
    put_off: tuple[PutOff, ...] = ()
    lapsed: tuple[Lapsed, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ready:
    """A row that may go now."""

    row: Claimed
    send: Send


def one_by_one(rows: Sequence[Claimed]) -> Turn:
    """The first row alone, whatever the moment; an edit takes along those of the same message."""
    first = rows[0]
    if first.kind is OutboxKind.EDIT:
        return Turn(_edit([row for row in rows if _same_message(row, first)]))
    return Turn(Parcel((first,), silent=not first.loud, reason="as set"))


def next_message(
    rows: Sequence[Claimed],
    habits_of: HabitsOf,
    heard: Heard,
    join: Join,
    *,
    now: datetime,
    patience: timedelta = PATIENCE,
) -> Turn:
    """What a chat gets next.

    Args:
        rows: What is due for it, the most urgent lane first, then by the moment of the event and place in its page.
            Rows of which a copy may have arrived come without any others.
        habits_of: What the destinations decided.
        heard: What was heard in other threads.
        join: Renders several updates as one message.
        now: The moment of the claim.
        patience: How long any of few alerts may have waited and still go alone.
    """
    if any(row.possibly_sent for row in rows):
        return Turn(_again(rows, habits_of, join, now))
    ready, put_off, lapsed = _ruled(rows, habits_of, now)
    return Turn(_chosen(ready, habits_of, heard, join, now, patience) if ready else None, tuple(put_off), tuple(lapsed))


def _ruled(
    rows: Sequence[Claimed], habits_of: HabitsOf, now: datetime
) -> tuple[list[_Ready], list[PutOff], list[Lapsed]]:
    ready: list[_Ready] = []
    put_off: list[PutOff] = []
    lapsed: list[Lapsed] = []
    for row in rows:
        habits = habits_of(row.destination.id)
        ruling = _correction_of_a_list(row, habits, now) or at_claim(row, habits, now=now)
        match ruling:
            case Send():
                ready.append(_Ready(row, ruling))
            case Wait(until, reason):
                put_off.append(PutOff(row.id, until, reason))
            case Lapse(reason):
                lapsed.append(Lapsed(row.id, reason))
    return ready, put_off, lapsed


def _correction_of_a_list(row: Claimed, habits: Habits, now: datetime) -> Send | Wait | None:
    """What corrects an update that was told in a list opens the next list."""
    if row.kind is not OutboxKind.REPLY or row.lane != Lane.DIGEST:
        return None
    due = habits.next_digest(row.queued_at or row.stored.noticed_at or now)
    if now < due:
        return Wait(due, "a list's correction opens the next list")
    return Send(silent=True, reason="the time of the list", lane=Lane.DIGEST)


def _again(rows: Sequence[Claimed], habits_of: HabitsOf, join: Join, now: datetime) -> Parcel:
    """What may have arrived goes once more, as it went before, whatever was decided since: the chat waits for it."""
    first = rows[0]
    if first.kind is OutboxKind.EDIT:
        return _edit([row for row in rows if _same_message(row, first)])
    rulings = [at_claim(row, habits_of(row.destination.id), now=now) for row in rows]
    silent = not any(isinstance(ruling, Send) and not ruling.silent for ruling in rulings)
    if first.form is not None and first.kind is OutboxKind.ALERT:
        joint = join(first.destination, [row.stored for row in rows], first.form)
        if joint.taken:
            taken = tuple(rows[place] for place in joint.taken)
            return Parcel(taken, silent, "it may not have arrived", form=first.form, message=joint.message)
    late_by = rulings[0].late_by if isinstance(rulings[0], Send) else None
    return Parcel((first,), silent, "it may not have arrived", late_by=late_by)


def _chosen(  # noqa: PLR0917
    ready: Sequence[_Ready], habits_of: HabitsOf, heard: Heard, join: Join, now: datetime, patience: timedelta
) -> Parcel:
    first = ready[0]
    if first.row.kind is OutboxKind.EDIT:
        return _edit([one.row for one in ready if _same_message(one.row, first.row)])
    if first.row.kind is OutboxKind.REPLY and first.row.lane != Lane.DIGEST:
        return _alone(first, heard)
    together = [one for one in ready if _goes_with(one.row, first.row)]
    together.sort(key=lambda one: (one.row.kind is OutboxKind.ALERT, one.row.stored.at, one.row.stored.news.position))
    form = _form(together, habits_of(first.row.destination.id), now, patience)
    if form is None:
        return _alone(first, heard)
    joint = join(first.row.destination, [one.row.stored for one in together], form)
    if len(joint.taken) < (1 if form is JoinedForm.DIGEST else 2):
        return _alone(first, heard)
    return _joined([together[place] for place in joint.taken], form, heard, joint.message)


def _form(together: Sequence[_Ready], habits: Habits, now: datetime, patience: timedelta) -> JoinedForm | None:
    """How alerts that are ready at one moment go; ``None`` for one by one."""
    first = together[0].row
    if first.lane == Lane.DIGEST:
        return JoinedForm.DIGEST
    if len(together) == 1:
        return None
    if any(one.row.queued_at and habits.quiet_until(one.row.queued_at) for one in together):
        return JoinedForm.MORNING
    if any(one.send.late_by is not None for one in together):
        return JoinedForm.GAP
    waited = max((now - one.row.queued_at for one in together if one.row.queued_at), default=timedelta(0))
    urgent = sum(one.row.stored.level == "breaking" and not one.send.silent for one in together)
    if urgent and urgent <= FEW:
        return None
    return JoinedForm.BACKLOG if len(together) > FEW or waited > patience else None


def _alone(ready: _Ready, heard: Heard) -> Parcel:
    send = ready.send
    silent = send.silent or _heard(ready, heard)
    reason = send.reason if silent == send.silent else "it has rung in another thread of the chat"
    return Parcel((ready.row,), silent, reason, late_by=send.late_by)


def _joined(ready: Sequence[_Ready], form: JoinedForm, heard: Heard, message: Message) -> Parcel:
    loud = next((one for one in ready if not one.send.silent and not _heard(one, heard)), None)
    reason = loud.send.reason if loud else ready[0].send.reason
    return Parcel(tuple(one.row for one in ready), loud is None, reason, form=form, message=message)


def _heard(ready: _Ready, heard: Heard) -> bool:
    return ready.row.kind is OutboxKind.ALERT and heard(ready.row)


def _edit(rows: Sequence[Claimed]) -> Parcel:
    return Parcel(tuple(rows), silent=True, reason="an edit notifies nobody", form=rows[0].form)


def _same_message(row: Claimed, other: Claimed) -> bool:
    """Whether both change one message that shows several updates; an edit of an alert of its own stands alone."""
    if row is other:
        return True
    joined = other.form is not None and other.message_id is not None
    return joined and row.kind is other.kind and row.message_id == other.message_id


def _goes_with(row: Claimed, first: Claimed) -> bool:
    if row.destination.id != first.destination.id:
        return False
    listed = first.lane == Lane.DIGEST
    return (row.lane == Lane.DIGEST) == listed and (listed or row.kind is OutboxKind.ALERT)
