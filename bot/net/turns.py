"""Politeness: one request at a time to one host, a second apart, and none to a site that asked to be left alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

PAUSE = 1.0
"""Seconds from the end of one request to the start of the next."""

_SECOND_LEVEL = frozenset(
    "ac co com edu go gob gov gouv gub in info mil ne net nic nom or org sch web".split()  # noqa: SIM905 - a list of words
)
"""Labels under which the registries of countries give out names."""

_LOCAL_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet")
"""Reserved for private use (RFC 6761, 6762, 8375), or used so by habit."""


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    waiting: int = 0


class Turns:
    """Who may ask whom, and when. Times are monotonic seconds."""

    def __init__(
        self,
        *,
        pause: float = PAUSE,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._pause = pause
        self._monotonic = monotonic
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._left_alone: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Hold this host for one request, as soon as it is free. This machine's own servers need no turns."""
        if is_loopback(host):
            yield
            return
        entry = self._hosts.setdefault(host, _Host())
        entry.waiting += 1
        try:
            async with entry.lock:
                await self._sleep(max(0.0, entry.free_at - self._monotonic()))
                try:
                    yield
                finally:
                    entry.free_at = self._monotonic() + self._pause
        finally:
            entry.waiting -= 1
            self._forget()

    def leave_alone(self, host: str, seconds: float) -> str | None:
        """Ask nothing of this host's site for so long; an earlier wish for longer stands.

        Returns the site; ``None`` for a host of this network, which speaks for the one address only: a feed
        generator of one's own passes on the troubles of many publishers.
        """
        if is_local(host):
            return None
        site = site_of(host)
        self._left_alone[site] = max(self._left_alone.get(site, 0.0), self._monotonic() + seconds)
        return site

    def left_alone_for(self, host: str) -> float:
        """Seconds for which this host's site is still to be left alone; 0 when it may be asked."""
        return max(0.0, self._left_alone.get(site_of(host), 0.0) - self._monotonic())

    def _forget(self) -> None:
        """Drop what is over, once there is much of it: addresses come from outside and may be without end."""
        now = self._monotonic()
        if len(self._hosts) > 4096:
            self._hosts = {name: entry for name, entry in self._hosts.items() if entry.waiting or entry.free_at > now}
        if len(self._left_alone) > 4096:
            self._left_alone = {site: until for site, until in self._left_alone.items() if until > now}


def is_loopback(host: str) -> bool:
    """Whether the host is this machine by its very name."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_local(host: str) -> bool:
    """Whether the host stands in this network by its very name: a private number, one word, ``.local`` and such."""
    try:
        return ip_address(host).is_private
    except ValueError:
        name = host.rstrip(".").lower()
        return "." not in name or name.endswith(_LOCAL_NAMES)


def site_of(host: str) -> str:
    """The part of a host name that one publisher registers: its last two labels, three under ``co.uk`` and the like.

    An approximation of the public suffix list, good enough to be polite (docs/fetching.md says why): where it errs,
    two sites wait together.
    """
    labels = host.rstrip(".").lower().split(".")
    if labels[-1].isdigit() or ":" in host:
        return host
    under_second_level = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if under_second_level else -2 :])
