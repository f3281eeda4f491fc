"""The last bodies of pages on which an update is missing for the first time.

The next read decides whether it is gone, even if the page has not changed. Then the server says only that it has not,
and must not be asked for the whole page again: so the body is kept until then, in memory. One that is lost with the
program, or has no room, is fetched once more.
"""

from __future__ import annotations

from bot.services.ports.fetching import Fetched

ROOM = 32 * 1024 * 1024
"""Bytes of all bodies together."""


class Watched:
    """At most :data:`ROOM` bytes of bodies, by feed; the oldest make room for new ones."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._bodies: dict[int, Fetched] = {}

    def keep(self, feed_id: int, fetched: Fetched) -> None:
        """Keep the body of this feed's last read."""
        self._bodies.pop(feed_id, None)
        self._bodies[feed_id] = fetched
        while sum(len(kept.body) for kept in self._bodies.values()) > self._room:
            self._bodies.pop(next(iter(self._bodies)))

    def get(self, feed_id: int) -> Fetched | None:
        """The body, where there is one."""
        return self._bodies.get(feed_id)

    def drop(self, feed_id: int) -> None:
        """It has been decided."""
        self._bodies.pop(feed_id, None)
