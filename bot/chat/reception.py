"""From a batch of Telegram's updates to each one carried out: written down first, in order, and again if it must be.

Here an ``update`` is Telegram's.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import structlog
from telegram import Bot, CallbackQuery, Update

from bot.chat.dispatch import Dispatch
from bot.chat.flood import FloodGate, Verdict
from bot.chat.incoming import asker_of, is_asked
from bot.chat.lines import Lines
from bot.chat.reduction import Reduction
from bot.core.errors import StorageError
from bot.services.inbox import MAX_TRIES, Inbox
from bot.services.ports.clock import Clock
from bot.services.ports.inbox import Kept
from bot.services.ports.sending import Sightings

_log = structlog.get_logger(__name__)

_FIRST_REST = 0.2
"""Seconds before an update that broke is tried again; twice as long each time."""
_WORDS_WAIT = 0.5
"""Seconds in which an answer that needs words is waited for before Telegram is told that it has been taken."""


@dataclass(eq=False, slots=True)
class _Item:
    """One update in its chat's line."""

    update: Update
    kept: Kept | None = None
    """``None`` for what is not worth keeping."""
    left_over: bool = False
    slowed: bool = False
    """Too much from one person: they are only told so."""
    wordless: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Reception:
    """Keeps what comes in, and works it off."""

    def __init__(  # noqa: PLR0917 - each is one of a kind
        self,
        inbox: Inbox,
        dispatch: Dispatch,
        reduction: Reduction,
        bot: Bot,
        clock: Clock,
        sightings: Sightings | None = None,
    ) -> None:
        self._sightings = sightings
        self._inbox = inbox
        self._dispatch = dispatch
        self._reduction = reduction
        self._bot = bot
        self._clock = clock
        self._flood = FloodGate()
        self._lines = Lines(self._carry_out)
        self._left_over: dict[int, Kept] | None = None
        self._wordless: list[_Item] = []

    async def take(self, updates: Sequence[Update]) -> None:
        """Write down what came, then line it up; the first call lines up what an earlier run left, too.

        Raises:
            StorageError: It could not be written down: Telegram must not be told that it was taken.
        """
        await self._lines.room()
        if self._left_over is None:
            self._left_over = {kept.update_id: kept for kept in await self._inbox.left_over()}
        left = self._left_over
        items = [item for update in updates if update.update_id not in left and (item := self._item(update))]
        incoming = [item.kept for item in items if item.kept is not None]
        new = await self._inbox.keep(incoming, last=updates[-1].update_id) if updates else ()
        for item in (*self._taken_up(updates), *items):
            if item.kept is None or item.left_over or item.kept.update_id in new:
                self._line_up(item)

    async def words_answered(self) -> None:
        """Give answers that need words a moment: these are not written down, so that only Telegram has them."""
        waits = [asyncio.ensure_future(item.done.wait()) for item in self._wordless if not item.done.is_set()]
        if waits:
            await asyncio.wait(waits, timeout=_WORDS_WAIT)
        self._wordless = []
        for wait in waits:
            wait.cancel()

    @property
    def first_with_words(self) -> int | None:
        """The first update whose words are still needed, and that Telegram may not have been told of."""
        return min((item.update.update_id for item in self._wordless if not item.done.is_set()), default=None)

    async def end(self, within: float) -> None:
        """Let what is in work be done within so many seconds; the rest is done at the next start."""
        cut_off = await self._lines.end(within)
        if cut_off:
            _log.warning("commands_cut_off", after_seconds=within, updates=cut_off)
        await self._inbox.close()

    def _item(self, update: Update) -> _Item | None:
        if self._sightings is not None and update.message is not None:
            self._sightings.saw(update.message.chat.id, update.message.message_id)
        asked = update.callback_query or update.message
        asker = asker_of(asked) if asked is not None and is_asked(asked) else None
        if asker is not None:
            verdict = self._flood.admit(asker, self._clock.monotonic())
            if verdict is not Verdict.PASS:
                told = verdict is Verdict.NOTICE or isinstance(asked, CallbackQuery)
                return _Item(update, slowed=True) if told else None
        reduced = self._reduction.reduced(update)
        if reduced is None:
            return _Item(update)
        return _Item(update, Kept(update.update_id, reduced.chat_id, reduced.body), wordless=reduced.wordless)

    def _taken_up(self, updates: Sequence[Update]) -> list[_Item]:
        """What an earlier run left, with its words where Telegram tells them once more."""
        left, self._left_over = self._left_over or {}, {}
        told_again = {update.update_id: update for update in updates}
        return [_Item(told_again.get(id_) or self._restored(kept), kept, left_over=True) for id_, kept in left.items()]

    def _restored(self, kept: Kept) -> Update:
        return Update.de_json(json.loads(kept.body), self._bot)

    def _line_up(self, item: _Item) -> None:
        chat = item.update.effective_chat
        self._lines.add(item.kept.chat_id if item.kept else chat.id if chat else 0, item)
        if item.wordless:
            self._wordless.append(item)

    async def _carry_out(self, item: _Item) -> None:
        if item.slowed:
            await self._dispatch.slowed(item.update)
        elif item.kept is None:
            await self._dispatch.handle(item.update)
        else:
            await self._until_done(item.update, item.kept, again=item.left_over)
        item.done.set()

    async def _until_done(self, update: Update, kept: Kept, *, again: bool) -> None:
        while True:
            if again:
                counted = await self._begin_again(kept)
                if counted is None:
                    await self._dispatch.given_up(update)
                    return
                kept = counted
            with self._inbox.handling(kept) as handling:
                error = await self._dispatch.handle(update)
            if error is None:
                self._inbox.done(kept.update_id)
                return
            again, kept = True, replace(kept, applied=kept.applied or handling.marked)
            await self._clock.sleep(_FIRST_REST * 2**kept.tries)

    async def _begin_again(self, kept: Kept) -> Kept | None:
        try:
            return await self._inbox.begin_again(kept)
        except StorageError as error:
            # What broke is the database: the tries of this run are counted here, and its row is there at the next.
            _log.warning("try_not_counted", update_id=kept.update_id, reason=str(error))
            return replace(kept, tries=kept.tries + 1) if kept.tries < MAX_TRIES else None
