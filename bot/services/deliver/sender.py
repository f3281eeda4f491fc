"""One parcel on its way: what is said, and the call."""

from __future__ import annotations

import structlog

from bot.core.gather import Parcel
from bot.core.message import Message
from bot.core.model import OutboxKind
from bot.services.deliver.compose import Composer
from bot.services.ports.clock import Clock
from bot.services.ports.sending import Gateway, InDoubt, Rejected, SendOutcome, Sent, Uneditable

log = structlog.get_logger()


class Sender:
    """Renders and sends parcels; every parcel ends in an outcome."""

    def __init__(self, gateway: Gateway, clock: Clock, composer: Composer) -> None:
        self._gateway = gateway
        self._clock = clock
        self._composer = composer

    async def send(self, parcel: Parcel, *, zone: str) -> SendOutcome:
        """Send one parcel. Raises nothing but cancellation: one message's fault must not hold up the others."""
        first = parcel.first
        try:
            message = self._composer.message(parcel, zone=zone, now=self._clock.now())
        except Exception as error:
            log.exception("message cannot be rendered", outbox=first.id, news=first.stored.id)
            return Rejected(f"cannot be rendered: {type(error).__name__}")
        if message is None:
            return Uneditable("the corrected lines have no room in their message")
        try:
            outcome = await self._call(parcel, message)
        except Exception as error:
            log.exception("send broke", outbox=first.id, news=first.stored.id)
            return InDoubt(f"the call broke: {type(error).__name__}")
        _log(parcel, outcome)
        return outcome

    async def _call(self, parcel: Parcel, message: Message) -> SendOutcome:
        row, destination = parcel.first, parcel.destination
        if row.kind is OutboxKind.EDIT:
            if row.message_id is None:
                return Uneditable("the alert's message is not known")
            return await self._gateway.edit(destination, row.message_id, message)
        if row.told_in is not None and not row.possibly_sent:
            outcome = await self._gateway.edit(destination, row.told_in, message)
            if not isinstance(outcome, Uneditable):
                return outcome
        reply_to = row.message_id if parcel.form is None or row.kind is OutboxKind.REPLY else None
        return await self._gateway.send(destination, message, silent=parcel.silent, reply_to=reply_to)


def _log(parcel: Parcel, outcome: SendOutcome) -> None:
    first = parcel.first
    facts = {
        "outbox": first.id,
        "kind": first.kind.value,
        "news": first.stored.id,
        "destination": first.destination.id,
        "attempt": first.attempt,
        "updates": len(parcel.rows),
    }
    if isinstance(outcome, Sent):
        log.debug("sent", **facts, repeat=parcel.possibly_sent, silent=parcel.silent, because=parcel.reason)
    else:
        log.info("not sent", **facts, outcome=type(outcome).__name__, reason=getattr(outcome, "reason", None))
