"""Who is who: each found update to at most one known update, and each known one to at most one found.

Evidence in order: a proven id of the source; the same words; a one-to-one assignment by likeness over all updates ever
seen of the page, in which the clock and the neighbours decide how alike is alike enough.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.core.identity.candidates import Candidates
from bot.core.identity.decisions import Known
from bot.core.identity.lexicon import Lexicon
from bot.core.identity.likeness import Weights, likeness
from bot.core.identity.proposals import Proposals, evidence
from bot.core.identity.sighting import Sighting, page_shift
from bot.core.identity.surroundings import Clock, Places, Trust, clock, proven, trust
from bot.core.model import NewsUpdate

_ROUNDS = 4
"""Each pair found gives its neighbours a better-known place, so the assignment is tried again, this many times."""
_MANY = 3_000
"""Known updates that a short read is compared with where their words are not just the same."""
_CROWD = 8
"""Unpaired updates between the same two neighbours up to which their place alone makes them candidates."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A found update recognised as a known one, and by what."""

    known: Sighting
    found: Sighting
    evidence: str


class Pairing:
    """The pairs so far. It grows stage by stage and is thrown away with the read that it served."""

    def __init__(self, known: Sequence[Sighting], found: Sequence[Sighting]) -> None:
        self.known, self.found = known, found
        self.of_found: dict[int, Pair] = {}
        self._taken: set[int] = set()
        self.trust: Trust = trust(known, found)
        self._sole = _sole_keys(known, found) if self.trust.keys else frozenset()

    def add(self, known: Sighting, found: Sighting, evidence: str) -> None:
        """Pair these two, both of them free."""
        self.of_found[found.index] = Pair(known, found, evidence)
        self._taken.add(known.index)

    def is_taken(self, known: Sighting) -> bool:
        """Whether this known update has been recognised."""
        return known.index in self._taken

    def free(self, known: Sighting, found: Sighting) -> bool:
        """Whether both are still unpaired and may be one by the keys of their entries."""
        if known.index in self._taken or found.index in self.of_found:
            return False
        return not self.trust.keys or known.key == found.key

    @property
    def unpaired_known(self) -> list[Sighting]:
        """Those that may still be recognised; of very many the nearest in time to what was found."""
        unpaired = [sighting for sighting in self.known if sighting.index not in self._taken]
        most = max(_MANY, 2 * len(self.found))
        if len(unpaired) <= most:
            return unpaired
        days = [sighting.day.toordinal() for sighting in self.unpaired_found if sighting.day] or [0]
        first, last = min(days), max(days)
        unpaired.sort(key=lambda s: (_days_apart(s, first, last), -s.index))
        return sorted(unpaired[:most], key=lambda s: s.index)

    @property
    def unpaired_found(self) -> list[Sighting]:
        return [sighting for sighting in self.found if sighting.index not in self.of_found]

    def places(self) -> Places:
        """Where the unpaired stand between the pairs made so far."""
        pairs = ((pair.known, pair.found) for pair in self.of_found.values())
        return Places(pairs, self._sole)


def _days_apart(sighting: Sighting, first: int, last: int) -> int:
    day = sighting.day.toordinal() if sighting.day else last
    return max(first - day, day - last, 0)


def _sole_keys(known: Sequence[Sighting], found: Sequence[Sighting]) -> frozenset[str]:
    """The keys of entries that have always been one update: what stands there is that one, whatever its words."""
    before, now = Counter(s.key for s in known), Counter(s.key for s in found)
    return frozenset(key for key, count in now.items() if count == before[key] == 1)


def pair(known: Sequence[Known], found: Sequence[NewsUpdate], words: Lexicon) -> list[Pair | None]:
    """For each found update, in order, the known one that it is, or ``None`` when it was never seen before."""
    shift = page_shift(known, found)
    pairing = Pairing(
        [Sighting(index, news, words, shift) for index, news in enumerate(known)],
        [Sighting(index, news, words) for index, news in enumerate(found)],
    )
    _by_id(pairing)
    _by_words(pairing, lambda s: s.raw, pairing.known)
    for text in (lambda s: s.body, lambda s: s.whole):
        if pairing.unpaired_found:
            _by_words(pairing, text, pairing.unpaired_known)
    if pairing.unpaired_found and pairing.unpaired_known:
        _by_likeness(pairing, words)
    return [pairing.of_found.get(index) for index in range(len(found))]


def _by_id(pairing: Pairing) -> None:
    """Pair by the source's own id, where it names one known and one found update and has been proven."""
    if not pairing.trust.ids:
        return
    known = _unique(pairing.known)
    for name, found in _unique(pairing.found).items():
        twin = known.get(name)
        if twin is None or not pairing.free(twin, found):
            continue
        if (proven(twin) or pairing.trust.ids_proven_now or _retracted(found)) and _not_another(twin, found):
            pairing.add(twin, found, "the source's own id")


def _unique(sightings: Sequence[Sighting]) -> dict[tuple[str, str], Sighting]:
    names = Counter((s.key, s.vendor_id) for s in sightings)
    return {(s.key, s.vendor_id): s for s in sightings if s.vendor_id and names[s.key, s.vendor_id] == 1}


def _not_another(known: Sighting, found: Sighting) -> bool:
    """An id that is suddenly on other words, far from its time and under another headline has been given away."""
    if _retracted(found) or clock(known, found) is not Clock.FAR or known.heading == found.heading != "":
        return True
    return bool(set(known.tokens) & set(found.tokens)) and likeness(known, found, Weights((), known.words)) >= 0.25


def _retracted(found: Sighting) -> bool:
    return isinstance(found.news, NewsUpdate) and found.news.retracted


def _by_words(pairing: Pairing, text: Callable[[Sighting], str], among: Sequence[Sighting]) -> None:
    """Pair equal texts; among several equal ones those whose moment, heading and order agree."""

    def key(sighting: Sighting) -> str:
        return sighting.key if pairing.trust.keys else ""

    for alike in (
        lambda s: (text(s), key(s), s.day, s.clock, s.heading),
        lambda s: (text(s), key(s), s.day, s.clock),
        lambda s: (text(s), key(s)),
    ):
        known: dict[Hashable, deque[Sighting]] = defaultdict(deque)
        for sighting in among:
            if not pairing.is_taken(sighting):
                known[alike(sighting)].append(sighting)
        for found in pairing.unpaired_found:
            twins = known.get(alike(found)) if text(found) else None
            twin = next((k for k in islice(twins, _CROWD) if _certain(k, found)), None) if twins else None
            if twins and twin:
                twins.remove(twin)
                pairing.add(twin, found, "the same words")


def _certain(known: Sighting, found: Sighting) -> bool:
    """Whether equal words are enough: said again at another time they may be news, and the known one edited."""
    return clock(known, found) in {Clock.EQUAL, Clock.UNKNOWN}


def _by_likeness(pairing: Pairing, words: Lexicon) -> None:
    """Assign the rest one to one, the most alike first, as long as new pairs show new neighbours."""
    unpaired = pairing.unpaired_known
    weights = Weights(pairing.found if len(pairing.found) >= len(unpaired) else [*pairing.found, *unpaired], words)
    index = Candidates(unpaired, weights)
    proposals = Proposals(weights)
    for _ in range(_ROUNDS):
        places = pairing.places()
        gaps = _gaps(pairing, places)
        scored = [
            (proposals.score(known, found, places), -known.index, known, found)
            for found in pairing.unpaired_found
            for known in (*index.of(found), *gaps.get(_gap(places.of_found(found)), ()))
            if pairing.free(known, found) and proposals.accepted(known, found, places)
        ]
        before = len(pairing.of_found)
        for _score, _order, known, found in sorted(scored, key=lambda row: row[:2], reverse=True):
            if pairing.free(known, found):
                pairing.add(known, found, evidence(known, found, places, proposals))
        if len(pairing.of_found) == before:
            return


def _gaps(pairing: Pairing, places: Places) -> dict[frozenset[int | None], list[Sighting]]:
    """The unpaired known updates by the two paired ones that they stood between, where that leaves a choice of few."""
    gaps: dict[frozenset[int | None], list[Sighting]] = defaultdict(list)
    for known in pairing.unpaired_known:
        gaps[_gap(places.of_known(known))].append(known)
    return {gap: members for gap, members in gaps.items() if len(gap) == 2 and len(members) <= _CROWD}


def _gap(neighbours: tuple[int | None, int | None] | None) -> frozenset[int | None]:
    return frozenset(neighbours or ())
