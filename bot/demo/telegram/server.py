"""A Telegram server on loopback that speaks the Bot API over HTTP to one bot.

    async with TelegramServer() as server:
        ...  # start the bot with server.base_url and server.token
        ani = server.person("Ani", language="en")
        welcome = await ani.ask("/start")

It holds people, chats, messages and keyboards, enforces what Telegram enforces, and writes down every call. People act
through Python (:class:`~bot.demo.telegram.people.Person`, :class:`~bot.demo.telegram.groups.Group`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import ClassVar, Self, TypeVar

from aiohttp import web

from bot.demo.telegram.conversation import PATIENCE
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.faults import Fault, FaultSource, Script
from bot.demo.telegram.groups import Group
from bot.demo.telegram.journal import Call, Journal
from bot.demo.telegram.methods import METHODS
from bot.demo.telegram.parameters import read_raw
from bot.demo.telegram.people import Person
from bot.demo.telegram.rates import Limiter, Rates
from bot.demo.telegram.service import ConnectionCut, Service
from bot.demo.telegram.telegram import Telegram
from bot.demo.telegram.updates import UpdateQueue
from bot.demo.telegram.world import ChatType, Status, User, World

BOT_ID = 7_000_000_001
DEFAULT_TOKEN = f"{BOT_ID}:{'demo' * 9}"

T = TypeVar("T")

_PATH = re.compile(r"(/file)?/bot(\d+:[\w-]{30,})/(.+)")


class TelegramServer:
    """The whole of Telegram for one bot; listens while it is entered.

    Args:
        token: The only token that is let in; any other of its form is 401, and everything else 404, as at Telegram.
        name: The bot's first name.
        username: The bot's user name, without ``@``.
        rates: The limits to enforce; none by default.
        port: 0 picks a free one.
        clock: Unix time in seconds, for the dates of messages.
        latency: Seconds to wait before each answer, drawn anew for each.
        journal: Where calls are written down; an own one by default.
    """

    on_end: ClassVar[list[Callable[[Journal], None]]] = []
    """Given the journal of every server that ends: the place for checks that no user of a server can forget."""

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        name: str = "Sitrep",
        username: str = "sitrep_demo_bot",
        rates: Rates | None = None,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        latency: Callable[[], float] | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.token = token
        bot = User(int(token.partition(":")[0]), name, is_bot=True, username=username)
        world = World(bot, clock=clock)
        self.telegram = Telegram(world, UpdateQueue(world.changes, clock))
        self.journal = Journal() if journal is None else journal
        self._script = Script()
        self._service = Service(self.telegram, self.journal, self._script, Limiter(rates or Rates()), latency)
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.down()
        for check in self.on_end:
            check(self.journal)

    @property
    def base_url(self) -> str:
        """The root that stands for ``https://api.telegram.org``: ``/bot<token>/<method>`` is appended."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def bot(self) -> User:
        """The account of the bot."""
        return self.telegram.world.bot

    async def up(self) -> None:
        """Listen, on the same port as before where there was one; everything held is still there."""
        self._service.closing.clear()
        app = web.Application(client_max_size=20 << 20)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = int(self._runner.addresses[0][1])

    async def down(self) -> None:
        """Stop listening and cut what is connected: from now on connections are refused."""
        await self._service.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def script(self, method: str, fault: Fault, *, times: int = 1, chat_id: int | None = None) -> None:
        """Let the next ``times`` calls of ``method`` (to ``chat_id``, where given) meet this fault."""
        self._script.plan(method, fault, times=times, chat_id=chat_id)

    def disturb(self, source: FaultSource | None) -> None:
        """Let ``source`` choose a fault for every call for which nothing is scripted; ``None`` ends that."""
        self._script.source = source

    async def wait_for_call(self, method: str, *, count: int = 1, within: float = PATIENCE) -> Call:
        """The ``count``-th call of that method in the journal, as soon as it was read; it may not be answered yet.

        Raises:
            TimeoutError: when there are not so many in time.
        """

        def look() -> Call | None:
            calls = self.journal.of(method)
            return calls[count - 1] if len(calls) >= count else None

        return await self.until(look, within=within)

    async def wait_until_read(self, *, within: float = PATIENCE) -> None:
        """Until the bot has acknowledged every update so far: it will not ask for them again.

        Raises:
            TimeoutError: when it has not within so many seconds.
        """
        await self.until(lambda: True if not self.telegram.updates else None, within=within)

    async def until(self, look: Callable[[], T | None], *, within: float = PATIENCE) -> T:
        """The first result of ``look`` that is not ``None``, looking now and whenever something happened here.

        Raises:
            TimeoutError: when it stayed ``None`` for so many seconds.
        """
        return await self.telegram.world.changes.until(look, within=within)

    def person(self, name: str, *, language: str | None = "en", user_id: int | None = None) -> Person:
        """A new Telegram user, who has not written to the bot yet."""
        return Person(self.telegram, self.telegram.world.new_user(name, language=language, user_id=user_id))

    def group(self, title: str, *, owner: Person, kind: str = "supergroup", forum: bool = False) -> Group:
        """A new ``group``, ``supergroup`` or ``channel`` with its owner in it, and without the bot."""
        chat = self.telegram.world.new_group(title, ChatType(kind), is_forum=forum)
        chat.statuses[owner.id] = Status.CREATOR
        return Group(self.telegram, chat)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._route(request)
        except ApiError as error:
            return web.json_response(error.as_json(), status=error.code)
        except ConnectionCut:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)

    async def _route(self, request: web.Request) -> web.StreamResponse:
        found = _PATH.fullmatch(request.path)
        if found is None:
            raise ApiError(404, "Not Found")
        is_file, token, name = found.groups()
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        if is_file:
            return self._download(name)
        method = METHODS.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        return await self._service.call(method, await read_raw(request))

    def _download(self, path: str) -> web.Response:
        file = self.telegram.world.files.at(path)
        if file is None:
            raise ApiError(404, "Not Found")
        return web.Response(body=file.content, content_type="application/octet-stream")
