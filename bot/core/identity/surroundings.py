"""What speaks for two updates being one besides their words: the clock, the place in the page, the source's own ids."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from bot.core.identity.decisions import Known
from bot.core.identity.sighting import Sighting
from bot.core.model import DateFrom, NewsUpdate

_LONG_ENOUGH = 5
"""Words from which an equal text can't be an everyday phrase."""
_SLIP = 240
"""Minutes by which a clock is put right; more makes it another time."""
_DAY = 1_440
"""Minutes of a day; half of them lie between a.m. and p.m., the one greater slip that is made."""


class Clock(Enum):
    """How the printed times of two updates stand to each other."""

    EQUAL = "equal"
    UNKNOWN = "unknown"
    """One of them prints none."""
    NEAR = "near"
    """Another time of the same day, as a slip of the pen makes it."""
    FAR = "far"
    """Another day, or another part of the day."""


def clock(known: Sighting, found: Sighting) -> Clock:
    """Compare day and time as printed; a day that was only inferred from the moment of reading proves little."""
    other_day = known.day is not None and found.day is not None and known.day != found.day
    if known.clock is None or found.clock is None:
        return Clock.FAR if other_day and not _day_inferred(found) and known.clock == found.clock else Clock.UNKNOWN
    if known.clock == found.clock:
        return (Clock.NEAR if _day_inferred(found) else Clock.FAR) if other_day else Clock.EQUAL
    slip = abs(_minutes(known) - _minutes(found))
    over_midnight = 0 if other_day else _DAY - slip
    return Clock.NEAR if slip <= _SLIP or slip == _DAY // 2 or 0 < over_midnight <= _SLIP else Clock.FAR


def _day_inferred(found: Sighting) -> bool:
    return isinstance(found.news, NewsUpdate) and found.news.date_from is DateFrom.FIRST_SEEN


def _minutes(sighting: Sighting) -> int:
    assert sighting.clock is not None
    days = sighting.day.toordinal() if sighting.day else 0
    return days * _DAY + sighting.clock.hour * 60 + sighting.clock.minute


@dataclass(frozen=True, slots=True)
class Trust:
    """Which of the source's own names may be believed in this read.

    Ids that count from the newest (``#post1``) and pages whose every id changes look stable until the page moves; so
    each read asks whether texts that did not change kept their names.
    """

    keys: bool
    ids: bool
    ids_proven_now: bool
    """This read is itself the proof: several texts kept their ids while their places in the page changed."""


def trust(known: Sequence[Sighting], found: Sequence[Sighting]) -> Trust:
    """Judge page keys and vendor ids by the updates whose text is exactly the same."""
    by_text: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in known:
        by_text[sighting.raw].append(sighting)
    keys: Counter[bool] = Counter()
    ids: Counter[bool] = Counter()
    moved = False
    for sighting in found:
        twins = by_text.get(sighting.raw, ())
        if not twins or len(sighting.raw.split()) < _LONG_ENOUGH:
            continue
        keys[any(twin.key == sighting.key for twin in twins)] += 1
        if sighting.vendor_id is not None and any(twin.vendor_id is not None for twin in twins):
            same = [twin for twin in twins if twin.vendor_id == sighting.vendor_id]
            ids[bool(same)] += 1
            moved = moved or any(twin.news.position != sighting.news.position for twin in same)
    steady = ids[True] >= 3 and not ids[False]
    return Trust(keys[True] >= keys[False], ids[True] >= ids[False], steady and moved)


class Places:
    """Where unpaired updates stand between the paired ones, in the page as it was and as it is."""

    def __init__(self, pairs: Iterable[tuple[Sighting, Sighting]], sole_keys: Collection[str]) -> None:
        anchors = list(pairs)
        stored = sorted((known.news.position, known.index) for known, _ in anchors)
        present = sorted((found.news.position, known.index) for known, found in anchors)
        self._stored, self._stored_ids = [p for p, _ in stored], [i for _, i in stored]
        self._present, self._present_ids = [p for p, _ in present], [i for _, i in present]
        self._sole_keys = sole_keys
        self._place_was = {index: position for position, index in stored}
        self._place_now = {index: position for position, index in present}
        rank = {index: place for place, index in enumerate(self._stored_ids)}
        steps = [rank[b] > rank[a] for a, b in pairwise(self._present_ids)]
        self._reversed = steps.count(False) > steps.count(True)

    def of_known(self, known: Sighting) -> tuple[int | None, int | None] | None:
        """Its neighbours among the paired ones; ``None`` when another stands where it last stood: it left long ago."""
        return self._around(self._stored, self._stored_ids, known.news.position)

    def of_found(self, found: Sighting) -> tuple[int | None, int | None] | None:
        """Its neighbours among the paired ones, as indices of known updates."""
        return self._around(self._present, self._present_ids, found.news.position)

    def agreement(self, known: Sighting, found: Sighting) -> int:
        """How many neighbours they share: 2 between the same two, 1 beside the same one, 0."""
        least = int(self.sole(known, found))
        was, now = self.of_known(known), self.of_found(found)
        if was is None or now is None:
            return least
        inside = None not in was and None not in now
        return max(
            least, _shared(was, now[::-1] if self._reversed else now), int(inside and not set(was).isdisjoint(now))
        )

    def adjoining(self, known: Sighting, found: Sighting) -> bool:
        """Whether they stand equally far from a neighbour that they share: of two in one gap, the one beside it."""
        shared = {*(self.of_known(known) or ())} & {*(self.of_found(found) or ())} - {None}
        return any(
            abs(self._place_was[index] - known.news.position) == abs(self._place_now[index] - found.news.position)
            for index in shared
            if index is not None
        )

    def sole(self, known: Sighting, found: Sighting) -> bool:
        """Whether each is the only update of the one entry that both stand in."""
        return known.key == found.key and known.key in self._sole_keys

    @staticmethod
    def _around(positions: list[int], ids: list[int], at: int) -> tuple[int | None, int | None] | None:
        left, right = bisect_left(positions, at), bisect_right(positions, at)
        if left != right:
            return None
        return (ids[left - 1] if left else None, ids[right] if right < len(ids) else None)


def _shared(was: tuple[int | None, ...], now: tuple[int | None, ...]) -> int:
    return sum(one is not None and one == other for one, other in zip(was, now, strict=True))


def proven(known: Sighting) -> bool:
    """Whether earlier reads have shown this update's vendor id to stay with its text."""
    return isinstance(known.news, Known) and known.news.vendor_id_proven
