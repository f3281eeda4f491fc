"""The bot at Telegram: long polling in, commands and buttons to their modules, from start to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
import telegram.error
from telegram import Bot
from telegram.constants import ChatMemberStatus
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest

from bot.chat.auth import Gate
from bot.chat.calls import Services
from bot.chat.commands import BUTTONS, COMMANDS
from bot.chat.dispatch import Dispatch
from bot.chat.membership import Membership
from bot.chat.menus import set_admin_menu, set_menus
from bot.chat.passing import Passing
from bot.chat.polling import Poller
from bot.chat.reception import Reception
from bot.chat.reduction import Reduction
from bot.chat.replies import Replies
from bot.chat.routing import Router
from bot.chat.screens.broadcasts import stopped_screen
from bot.chat.screens.feed_notices import feed_notice_screen
from bot.chat.screens.feeds import held_screen
from bot.core.archive import ChatKind, Feed
from bot.core.errors import TelegramError
from bot.i18n import load_words
from bot.services.deliver import Stopped
from bot.services.inbox import Inbox
from bot.services.ports.clock import Clock
from bot.services.ports.feed_notices import FeedNotice
from bot.services.ports.sending import Sightings
from bot.services.subscriptions import ChatThread

_log = structlog.get_logger(__name__)

_DRAIN = timedelta(seconds=5)
"""How long running commands may take to end when the program stops; the next start does the others."""
_ADMIN_STATES = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}


def _nothing() -> None:
    """Who is told of messages where nothing is delivered."""


class ChatApplication:
    """Everything between Telegram and the use cases. ``start`` and ``stop`` once each."""

    def __init__(
        self,
        services: Services,
        inbox: Inbox,
        clock: Clock,
        *,
        token: str,
        base_url: str = "https://api.telegram.org",
        language: str = "en",
        request: BaseRequest | None = None,
        polling_request: BaseRequest | None = None,
        on_message: Callable[[], None] = _nothing,
        sightings: Sightings | None = None,
    ) -> None:
        """Build it; nothing is asked of Telegram before :meth:`start`.

        Args:
            services: The use cases, on a storage that is :class:`bot.services.inbox.AppliedOnce`.
            inbox: Where what people send is kept until it is done.
            clock: For waits that Telegram asks for.
            token: The bot's token.
            base_url: The Bot API server's root, without "/bot".
            language: The deployment's own, for people whose language the bot does not speak.
            request: The transport of everything but polling; the library's own where ``None``.
            polling_request: The transport of ``getUpdates``; the library's own where ``None``.
            on_message: Called before each message to a chat that is no alert.
            sightings: Told the ids of all messages, people's too.
        """
        self._base_url = base_url.rstrip("/")
        self._services = services
        self._clock = clock
        passing = Passing(on_message, sightings)
        self._application = _build(token, self._base_url, passing, request, polling_request)
        self._catalogues = load_words(language)
        self._replies = replies = Replies(self.bot, clock, on_lost=services.subscriptions.lost)
        gate = Gate(services.admins, self._is_chat_admin)
        router = Router(services, gate, replies, clock, catalogues=self._catalogues, commands=COMMANDS, buttons=BUTTONS)
        membership = Membership(services.subscriptions, replies, self._catalogues)
        dispatch = Dispatch(self._application, router, membership, commands=COMMANDS)
        self._reception = Reception(inbox, dispatch, Reduction(COMMANDS), self.bot, clock, sightings)
        self._poller = Poller(self.bot, self._reception, clock)
        self._polling: asyncio.Task[None] | None = None

    @property
    def bot(self) -> Bot:
        """The library's client, for the gateway."""
        bot: Bot = self._application.bot
        return bot

    async def start(self) -> None:
        """Check the token, set the menus, and begin to listen.

        Raises:
            TelegramError: Telegram refuses the token, or cannot be reached.
        """
        try:
            await self._application.initialize()
            await self.bot.delete_webhook()
        except telegram.error.TelegramError as error:
            await self._application.bot.shutdown()
            raise self._refused(error) from error
        await self._set_menus()
        self._polling = asyncio.create_task(self._poller.run(), name="polling")
        _log.info("chat_started", username=self.bot.username)

    async def listening(self) -> None:
        """Return once :meth:`stop_listening` was called.

        Raises:
            TelegramError: Telegram refuses the token meanwhile: nobody is heard any more.
        """
        if self._polling is not None:
            await asyncio.wait([self._polling])
            if not self._polling.cancelled() and (error := self._polling.exception()):
                raise error

    async def tell_held(self, feed: Feed, reason: str) -> None:
        """Tell every admin, with sound, that a feed is held."""
        screen = held_screen(feed, reason, self._catalogues.choose(None))
        for user_id in sorted(await self._services.admins.members()):
            await self._replies.send(ChatThread(user_id, ChatKind.PRIVATE), screen)

    async def tell_stopped(self, stopped: Stopped) -> None:
        """Tell every admin, with sound, that Telegram refuses an update, which is sent no further."""
        screen = stopped_screen(stopped, self._catalogues.choose(None))
        for user_id in sorted(await self._services.admins.members()):
            await self._replies.send(ChatThread(user_id, ChatKind.PRIVATE), screen)

    async def tell_of_feed(self, notice: FeedNotice) -> None:
        """Tell every admin, without sound, what has become of a feed.

        Raises:
            TelegramError: None of them could be told.
        """
        screen = feed_notice_screen(notice, self._clock.now(), self._catalogues.choose(None))
        members = sorted(await self._services.admins.members())
        told = [
            await self._replies.send(ChatThread(user_id, ChatKind.PRIVATE), screen, silent=True) for user_id in members
        ]
        if members and not any(message is not None for message in told):
            raise TelegramError("No admin can be told. Has each of them sent /start to the bot?")

    async def stop(self, *, within: timedelta = _DRAIN) -> None:
        """Stop listening, then close the connections."""
        await self.stop_listening(within=within)
        await self.close()

    async def stop_listening(self, *, within: timedelta = _DRAIN) -> None:
        """Take no more commands and let running ones end ``within`` that time; the bot can still send."""
        if self._polling is not None:
            self._polling.cancel()
            await asyncio.wait([self._polling])
            await self._reception.end(within.total_seconds())
            await self._poller.acknowledge()

    async def close(self) -> None:
        """Close the connections: nothing can be sent any more."""
        await self._application.shutdown()

    async def _is_chat_admin(self, chat_id: int, user_id: int) -> bool:
        try:
            member = await self.bot.get_chat_member(chat_id, user_id)
        except telegram.error.TelegramError as error:
            _log.warning("membership_unknown", chat_id=chat_id, user_id=user_id, reason=type(error).__name__)
            return False
        return member.status in _ADMIN_STATES

    async def _set_menus(self) -> None:
        """Menus are a convenience: the bot starts without them when Telegram will not take them now."""
        try:
            await set_menus(self.bot, COMMANDS, self._catalogues)
            for user_id in sorted(await self._services.admins.members()):
                await self._set_admin_menu(user_id)
        except telegram.error.TelegramError as error:
            _log.warning("menus_not_set", reason=type(error).__name__)

    async def _set_admin_menu(self, user_id: int) -> None:
        try:
            await set_admin_menu(self.bot, COMMANDS, self._catalogues, user_id)
        except telegram.error.BadRequest:
            # Whoever owns the bot by configuration may not have written to it yet.
            _log.info("admin_menu_not_set", user_id=user_id)

    def _refused(self, error: telegram.error.TelegramError) -> TelegramError:
        if isinstance(error, telegram.error.InvalidToken | telegram.error.Forbidden):
            return TelegramError(
                f"{self._base_url} refuses the token. Check [telegram] token against what @BotFather shows."
            )
        return TelegramError(
            f"Telegram can't be reached at {self._base_url} ({type(error).__name__}). "
            "Check the network, and base_url and proxy under [telegram]."
        )


def _build(
    token: str, base_url: str, passing: Passing, request: BaseRequest | None, polling_request: BaseRequest | None
) -> Application[Any, Any, Any, Any, Any, Any]:
    builder = ApplicationBuilder().token(token).base_url(f"{base_url}/bot").base_file_url(f"{base_url}/file/bot")
    if request is not None:
        builder = builder.request(request)
    if polling_request is not None:
        builder = builder.get_updates_request(polling_request)
    return builder.rate_limiter(passing).updater(None).job_queue(None).build()
