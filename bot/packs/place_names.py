"""What the places of the packs are called in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.core.places import name_in
from bot.packs.loader import Packs


class PlaceNames(Mapping[str, str]):
    """Place id to the name that readers of a language know; the packs are compiled at the first look."""

    def __init__(self, packs: Packs, language: str) -> None:
        self._packs = packs
        self._language = language

    def __getitem__(self, place_id: str) -> str:
        return name_in(self._packs.gazetteer.places[place_id], self._language)

    def __iter__(self) -> Iterator[str]:
        return iter(self._packs.gazetteer.places)

    def __len__(self) -> int:
        return len(self._packs.gazetteer.places)
