"""A place as its pack states it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

_SCRIPTS = {
    "hy": ("\u0531", "\u0587"),
    "ru": ("\u0400", "\u04ff"),
    "uk": ("\u0400", "\u04ff"),
    "ar": ("\u0620", "\u06d3"),
}
"""The letters of the languages that are not written in Latin ones."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as its pack states it."""

    id: str
    name: str
    """The name shown."""
    kind: str
    """town, village, district, capital, region, country."""
    parent: str | None = None
    names: tuple[str, ...] = ()
    """Every spelling in every script, ``name`` included."""


def names_of(places: Collection[Place]) -> tuple[str, ...]:
    """The names shown."""
    return tuple(place.name for place in places)


def name_in(place: Place, language: str) -> str:
    """What readers of a language (ISO 639) call a place: the first name in its script, else the one shown."""
    if language not in _SCRIPTS:
        return place.name
    first, last = _SCRIPTS[language]
    return next((name for name in place.names if first <= name[0] <= last), place.name)
