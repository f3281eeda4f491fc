"""Place packs: names in every script, what lies in what, and what only looks like a place (kind "places")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.places import Gazetteer, Place
from bot.packs.document import Table

KINDS = ("town", "village", "district", "capital", "region", "country")


@dataclass(frozen=True, slots=True)
class PlacePack:
    """One file."""

    table: Table
    places: tuple[Place, ...]
    organisations: frozenset[str]
    never: frozenset[str]
    locative: frozenset[str]
    named_after: frozenset[str]


def read_places(table: Table) -> PlacePack:
    """Check a place pack's file. Raises :class:`~bot.core.errors.PackError`."""
    return PlacePack(
        table,
        tuple(_place(one) for one in table.tables("place", "id")),
        _low(table.texts("organisations", ())),
        _low(table.texts("never", ())),
        _low(table.texts("locative", ())),
        _low(table.texts("named_after", ())),
    )


def compile_places(packs: Iterable[PlacePack]) -> Gazetteer:
    """All packs as one. Raises :class:`~bot.core.errors.PackError` for an id that stands twice or an unknown parent."""
    packs = list(packs)
    places: dict[str, Place] = {}
    for pack in packs:
        for place in pack.places:
            if place.id in places:
                pack.table.document.fail(f"place {place.id!r} is there already", at=f'"{place.id}"')
            places[place.id] = place
    for pack in packs:
        for place in pack.places:
            if place.parent and place.parent not in places:
                pack.table.document.fail(f"{place.parent!r} is no place", at=f'parent = "{place.parent}"')
    return Gazetteer(
        places,
        organisations=frozenset().union(*(pack.organisations for pack in packs)),
        never=frozenset().union(*(pack.never for pack in packs)),
        locative=frozenset().union(*(pack.locative for pack in packs)),
        named_after=frozenset().union(*(pack.named_after for pack in packs)),
    )


def _place(table: Table) -> Place:
    place = Place(
        table.text("id"),
        table.text("name"),
        table.one_of("kind", KINDS),
        table.text("parent", "") or None,
        table.texts("names", ()),
    )
    table.end()
    return place


def _low(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)
