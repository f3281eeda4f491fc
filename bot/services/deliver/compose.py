"""What a parcel says, in the words of the chat that it goes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.archive import Destination, StoredNews
from bot.core.gather import Joint, Parcel
from bot.core.message import Entity, Message
from bot.core.model import JoinedForm, NewsState, OutboxKind
from bot.core.render import ENGLISH, Frame, Phrases, render_alert, render_edit, render_reply, utf16_length
from bot.core.render.joined import joined
from bot.services.ports.tagging import Topic

WhyData = Callable[[StoredNews], str | None]
"""Callback data of «Why this?», or of «Mute…», for an update; ``None`` where nobody could answer it."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """Everything that a message says of its own, in one language."""

    phrases: Phrases
    labels: Mapping[str, str]
    """Topic slug to the short label that opens a title."""
    hashtags: Mapping[str, str]
    """Topic slug to hashtag."""

    places: Mapping[str, str] = field(default_factory=dict)
    """Place id to name."""
    language: str = "en"
    """ISO 639."""

    @classmethod
    def of(
        cls,
        topics: Sequence[Topic],
        phrases: Phrases = ENGLISH,
        *,
        places: Mapping[str, str] | None = None,
        language: str = "en",
    ) -> Dialect:
        """The words of these topics and places, with these phrases around them."""
        labels, hashtags = {t.slug: t.label for t in topics}, {t.slug: t.hashtag for t in topics}
        return cls(phrases, labels, hashtags, places or {}, language)


Dialects = Callable[[str | None], Dialect]
"""The dialect for a chat's language (BCP 47); ``None`` for a chat that has told none."""


class Composer:
    """Renders messages; pure but for the words that it was given."""

    def __init__(self, dialects: Dialects, why_data: WhyData, mute_data: WhyData) -> None:
        self._dialects = dialects
        self._why_data = why_data
        self._mute_data = mute_data

    def join(
        self, destination: Destination, stored: Sequence[StoredNews], form: JoinedForm, *, zone: str, now: datetime
    ) -> Joint:
        """Several updates as one message."""
        frame = self._frame(destination, stored[-1])
        made = joined([_as_seen(each, now) for each in stored], form, frame, now=now, zone=zone)
        return Joint(made.message, made.taken)

    def message(self, parcel: Parcel, *, zone: str, now: datetime) -> Message | None:
        """What a parcel says; ``None`` where the message that it edits has no room for it any more."""
        if parcel.shown and parcel.form is not None:
            joint = self.join(parcel.destination, parcel.shown, parcel.form, zone=zone, now=now)
            return joint.message if len(joint.taken) == len(parcel.shown) else None
        if parcel.message is not None:
            return self._marked(parcel.message, parcel)
        return self._of_one(parcel, now)

    def _of_one(self, parcel: Parcel, now: datetime) -> Message:
        row = parcel.first
        stored = _as_seen(row.stored, now)
        frame = self._frame(row.destination, stored)
        match row.kind:
            case OutboxKind.ALERT:
                return render_alert(stored, frame, late_by=parcel.late_by, repeat=row.possibly_sent)
            case OutboxKind.EDIT:
                return render_edit(stored, row.previous, frame)
            case OutboxKind.REPLY:
                return render_reply(stored, row.previous, frame, repeat=row.possibly_sent)

    def _frame(self, destination: Destination, stored: StoredNews) -> Frame:
        ours = self._dialects(destination.language)
        return Frame(
            ours.labels,
            ours.hashtags,
            destination.kind,
            self._why_data(stored),
            ours.phrases,
            self._mute_data(stored),
            ours.places,
            ours.language,
        )

    def _marked(self, message: Message, parcel: Parcel) -> Message:
        """A joined message, which says first that it may be the second copy where it may."""
        if not parcel.possibly_sent:
            return message
        mark = f"{self._dialects(parcel.destination.language).phrases.repeat} "
        return replace(message, text=mark + message.text, entities=_shifted(message.entities, utf16_length(mark)))


def _shifted(entities: Sequence[Entity], by: int) -> tuple[Entity, ...]:
    return tuple(replace(entity, offset=entity.offset + by) for entity in entities)


def _as_seen(stored: StoredNews, now: datetime) -> StoredNews:
    """The archive keeps the time of the last words, not that of their absence, which was noticed just now."""
    return replace(stored, noticed_at=now) if stored.state is NewsState.REMOVED else stored
