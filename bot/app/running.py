"""Runs what was assembled, and ends it in order."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

import structlog

from bot.app.assembly import Sitrep, assembled
from bot.config import Config

_log = structlog.get_logger(__name__)

SWITCH_SECONDS = 0.0005
"""How soon a thread that decides about a large page lets the event loop go on: a tenth of what Python allows it."""


async def run(config: Config, *, stop: asyncio.Event, announce: Callable[[str], None] = print) -> None:
    """Run until ``stop`` is set, then end in order: commands first, then reading, then sends in flight.

    Args:
        config: The configuration.
        stop: Set it to end; running work is drained within its limits, under ten seconds in all.
        announce: Told what the operator must see: the one-time code that makes the first owner.

    Raises:
        SitrepError: What a person must mend before the program can start.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    async with assembled(config) as sitrep:
        await sitrep.chat.start()
        try:
            code = await sitrep.admins.issue_code()
            if code is not None:
                announce(f"Nobody owns this bot yet. Send it: /claim {code}")
            await _until_stopped(sitrep, stop)
        finally:
            await sitrep.chat.close()
    _log.info("stopped")


async def _until_stopped(sitrep: Sitrep, stop: asyncio.Event) -> None:
    """Deliver, listen and read until told to stop or until one of them breaks; then drain what is under way."""
    await sitrep.supervisor.catch_up()
    sitrep.supervisor.start()
    delivering = asyncio.create_task(sitrep.deliver.run(), name="deliver")
    listening = asyncio.create_task(sitrep.chat.listening(), name="listening")
    watching = asyncio.create_task(sitrep.blackouts.run(), name="blackouts")
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait([delivering, listening, watching, stopping], return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        sitrep.deliver.stop()
        sitrep.blackouts.stop()
        ends = (sitrep.chat.stop_listening(), sitrep.supervisor.stop(), delivering, listening, watching)
        ended = await asyncio.gather(*ends, return_exceptions=True)
    for failure in filter(None, ended):
        raise failure
