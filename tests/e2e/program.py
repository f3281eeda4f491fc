"""The whole program as an operator runs it: a process of its own, started, killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Self

from bot.demo.telegram import TelegramServer

PATIENCE = 30.0
"""Seconds after which something that should have happened is taken not to happen."""


class Program:
    """``sitrep run`` against a Telegram server on loopback, with its database in ``folder``.

    Args:
        server: The Telegram that it talks to.
        folder: Where its database and its log are.
        settings: Further keys, as the environment writes them: ``poll__interval="1s"``.
        feeds: The TOML of the ``[[feeds]]`` to begin with.
    """

    def __init__(self, server: TelegramServer, folder: Path, *, feeds: str = "", **settings: str) -> None:
        self._server = server
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self.log = folder / "sitrep.log"
        (folder / "config.toml").write_text(feeds, encoding="utf-8")
        ours = {
            "telegram__token": server.token,
            "telegram__base_url": server.base_url,
            "storage__url": f"sqlite:///{folder / 'sitrep.db'}",
            "net__allow_private_addresses": "true",
            "poll__interval": "1s",
            **settings,
        }
        foreign = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
        self._environment = foreign | {f"SITREP_{key.upper()}": value for key, value in ours.items()}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process is not None:
            await self.kill()

    async def start(self) -> None:
        """Start it and wait until it listens to Telegram."""
        polls = len(self._server.journal.of("getUpdates"))
        await self._spawn()
        await self._server.wait_for_call("getUpdates", count=polls + 1, within=PATIENCE)

    async def kill(self) -> None:
        """SIGKILL: no time for anything."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM, as an operator stops it; returns the exit code."""
        return await self._end(signal.SIGTERM)

    async def run_to_its_end(self) -> tuple[int, str]:
        """Start it where it cannot run; returns the exit code and what it said."""
        process = await self._spawn()
        async with asyncio.timeout(PATIENCE):
            code = await process.wait()
        self._process = None
        return code, self.log.read_text(encoding="utf-8")

    async def _spawn(self) -> asyncio.subprocess.Process:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                "--config",
                str(self._folder / "config.toml"),
                env=self._environment,
                stdout=log,
                stderr=log,
                stdin=asyncio.subprocess.DEVNULL,
            )
        return self._process

    async def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        assert process is not None
        process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            return await process.wait()
