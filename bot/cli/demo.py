"""``sitrep demo``: the whole bot against a Telegram server and a news site on loopback; no account, no network."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.core.errors import SitrepError

if TYPE_CHECKING:
    from bot.config import Config
    from bot.demo.news_site import NewsSite
    from bot.demo.telegram import TelegramServer
    from bot.demo.tour import Stage

_GREETING = """\
Sitrep's demo: the real bot, reading a news site and talking to a Telegram server, both on this machine.
The outlet, the towns and the people are invented."""


def demo() -> None:
    """Try Sitrep without a token: by hand on a terminal, else a tour of what subscribers and admins live through."""
    from bot.log import set_up_logging

    set_up_logging("error")
    asyncio.run(_demo())


async def _demo() -> None:
    from bot.demo import tour
    from bot.demo.day import ZONE
    from bot.demo.news_site import NewsSite
    from bot.demo.telegram import TelegramServer

    site = NewsSite(datetime.now(ZoneInfo(ZONE)).date())
    tour.publish_morning(site)
    print(_GREETING)
    with tempfile.TemporaryDirectory(prefix="sitrep-demo-") as folder:
        async with TelegramServer() as server, site:
            await _play(tour.Stage(server, site, print), _configured(server, site, Path(folder)))
    print(tour.GOING_LIVE)


async def _play(stage: Stage, config: Config) -> None:
    """The tour, or the person at the terminal, beside the running bot; when either ends, so does the other."""
    from bot import app

    stop = asyncio.Event()
    code: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(app.run(config, stop=stop, announce=code.set_result))
    touring = asyncio.create_task(_by_hand(stage, code) if sys.stdin.isatty() else _tour(stage, code))
    await asyncio.wait([running, touring], return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    if not touring.done():
        touring.cancel()
    await running
    await touring


async def _tour(stage: Stage, code: asyncio.Future[str]) -> None:
    from bot.demo import tour

    try:
        await tour.play(stage, (await code).split()[-1])
    except TimeoutError as error:
        raise SitrepError(f"the tour was cut short: {error}") from error


async def _by_hand(stage: Stage, code: asyncio.Future[str]) -> None:
    from bot.demo.terminal import Terminal, typed_lines

    terminal = Terminal(stage.server, stage.site, stage.say, code=(await code).split()[-1])
    await terminal.converse(typed_lines())


def _configured(server: TelegramServer, site: NewsSite, folder: Path) -> Config:
    """The demo's own configuration: it never sees a real token, a real database, or the environment."""
    from bot.config import Config, sections
    from bot.demo.day import ZONE

    return Config.model_construct(
        telegram=sections.TelegramSection(token=SecretStr(server.token), base_url=server.base_url),
        storage=sections.StorageSection(url=f"sqlite:///{folder / 'sitrep.db'}"),
        net=sections.NetSection(allow_private_addresses=True),
        poll=sections.PollSection(interval=timedelta(seconds=1)),
        feeds=(sections.FeedSection(url=site.page_url, title=site.title, timezone=ZONE, language="en"),),
    )
