"""One claimed row on its way: what is said, whether it rings, and the call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import structlog

from bot.core.archive import Claimed, StoredNews
from bot.core.habits import Habits
from bot.core.match import Lapse, Ruling, Send, Wait, at_claim
from bot.core.message import Message
from bot.core.model import NewsState, OutboxKind
from bot.core.render import ENGLISH, Frame, Phrases, render_alert, render_edit, render_reply
from bot.services.deliver.rings import Rings
from bot.services.ports.clock import Clock
from bot.services.ports.sending import Gateway, InDoubt, Rejected, SendOutcome, Sent, Unsent
from bot.services.ports.tagging import Topic

log = structlog.get_logger()

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


class Sender:
    """Renders and sends claimed rows; every row ends in an outcome."""

    def __init__(
        self,
        gateway: Gateway,
        clock: Clock,
        dialects: Dialects,
        why_data: WhyData,
        mute_data: WhyData = lambda _: None,
    ) -> None:
        self._gateway = gateway
        self._clock = clock
        self._dialects = dialects
        self._why_data = why_data
        self._mute_data = mute_data
        self._rings = Rings()

    async def send(self, claimed: Claimed) -> SendOutcome:
        """Send one row. Raises nothing but cancellation: one message's fault must not hold up the others."""
        ruling = self._ruling(claimed)
        if isinstance(ruling, Wait):
            return Unsent(ruling.reason)
        if isinstance(ruling, Lapse):
            return Rejected(ruling.reason)
        try:
            message = self._message(claimed, ruling)
        except Exception as error:
            log.exception("message cannot be rendered", outbox=claimed.id, news=claimed.stored.id)
            return Rejected(f"cannot be rendered: {type(error).__name__}")
        try:
            outcome = await self._call(claimed, message, ruling)
        except Exception as error:
            log.exception("send broke", outbox=claimed.id, news=claimed.stored.id)
            return InDoubt(f"the call broke: {type(error).__name__}")
        if not ruling.silent and isinstance(outcome, Sent):
            self._rings.remember(claimed)
        self._log(claimed, outcome, ruling)
        return outcome

    def _ruling(self, claimed: Claimed) -> Ruling:
        ruling = at_claim(claimed, Habits(), now=self._clock.now())
        if (
            isinstance(ruling, Send)
            and not ruling.silent
            and claimed.kind is OutboxKind.ALERT
            and self._rings.heard(claimed)
        ):
            return replace(ruling, silent=True, reason="it has rung in another thread of the chat")
        return ruling

    async def _call(self, claimed: Claimed, message: Message, ruling: Send) -> SendOutcome:
        if claimed.kind is OutboxKind.EDIT:
            if claimed.message_id is None:
                return Rejected("the alert's message is not known")
            return await self._gateway.edit(claimed.destination, claimed.message_id, message)
        return await self._gateway.send(claimed.destination, message, silent=ruling.silent, reply_to=claimed.message_id)

    def _message(self, claimed: Claimed, ruling: Send) -> Message:
        stored = claimed.stored
        if stored.state is NewsState.REMOVED:
            # The archive keeps the time of the last words, not that of their absence, which was noticed just now.
            stored = replace(stored, noticed_at=self._clock.now())
        destination = claimed.destination
        ours = self._dialects(destination.language)
        frame = Frame(
            ours.labels,
            ours.hashtags,
            destination.kind,
            self._why_data(stored),
            ours.phrases,
            self._mute_data(stored),
            ours.places,
            ours.language,
        )
        match claimed.kind:
            case OutboxKind.ALERT:
                return render_alert(stored, frame, late_by=ruling.late_by, repeat=claimed.possibly_sent)
            case OutboxKind.EDIT:
                return render_edit(stored, claimed.previous, frame)
            case OutboxKind.REPLY:
                return render_reply(stored, claimed.previous, frame, repeat=claimed.possibly_sent)

    @staticmethod
    def _log(claimed: Claimed, outcome: SendOutcome, ruling: Send) -> None:
        facts = {
            "outbox": claimed.id,
            "kind": claimed.kind.value,
            "news": claimed.stored.id,
            "destination": claimed.destination.id,
            "attempt": claimed.attempt,
        }
        if isinstance(outcome, Sent):
            log.debug("sent", **facts, repeat=claimed.possibly_sent, silent=ruling.silent, because=ruling.reason)
        else:
            log.info("not sent", **facts, outcome=type(outcome).__name__, reason=getattr(outcome, "reason", None))
