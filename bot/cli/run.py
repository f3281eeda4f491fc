"""``sitrep run``: the bot, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal

from bot.cli.options import ConfigFile
from bot.config import Config, load_config


def run(config: ConfigFile = None) -> None:
    """Run the bot until SIGTERM or Ctrl-C."""
    from bot.log import set_up_logging

    loaded = load_config(config)
    token = loaded.telegram.token
    set_up_logging(loaded.log.level, secrets=[token.get_secret_value()] if token else [])
    asyncio.run(_run(loaded))


async def _run(config: Config) -> None:
    from bot import app

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await app.run(config, stop=stop)
