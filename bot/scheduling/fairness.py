"""Which of the due feeds are read next, so that no host takes all the places.

One host is asked one request at a time, a second apart. Its feeds would wait for each other in places that others need:
fifty channels of one service would hold up every other source for minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from bot.core.archive import Feed

PER_HOST = 2
"""Places that the feeds of one host may hold: one that is asked, and one that is next."""


def fair(due: Sequence[Feed], running: Iterable[Feed], *, places: int) -> list[Feed]:
    """The first of the due feeds that may begin, in order, at most ``places`` of them."""
    held = Counter(host_of(feed.settings.url) for feed in running)
    chosen: list[Feed] = []
    for feed in due:
        host = host_of(feed.settings.url)
        if len(chosen) < places and (held[host] < PER_HOST or host == ""):
            held[host] += 1
            chosen.append(feed)
    return chosen


def host_of(url: str) -> str:
    """The host that a feed is asked at; "" for this machine and for what is no address, which nobody waits for."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return "" if host in {"localhost", "::1"} or host.startswith("127.") else host
