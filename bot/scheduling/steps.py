"""Notices when the wall clock is set back, by a clock that never goes back."""

from __future__ import annotations

from datetime import timedelta

from bot.services.ports.clock import Clock

_BEAT_SECONDS = 1.0
_TOLERANCE = timedelta(seconds=2)
"""Slewing and scheduling move the two clocks apart by less."""


class Heartbeat:
    """Compares the two clocks once a second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def next_step_back(self) -> timedelta:
        """Wait until the wall clock is set back; by how much."""
        wall, steady = self._clock.now(), self._clock.monotonic()
        while True:
            await self._clock.sleep(_BEAT_SECONDS)
            now, moment = self._clock.now(), self._clock.monotonic()
            stepped = timedelta(seconds=moment - steady) - (now - wall)
            if stepped > _TOLERANCE:
                return stepped
            wall, steady = now, moment
