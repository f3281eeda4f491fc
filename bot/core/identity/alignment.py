"""Which sentence of the new version is which of the old one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from bot.core.identity.sentences import Sentence
from bot.core.identity.units import Unit

_ALIKE = 0.4
_ALIKE_IN_PLACE = 0.15
"""Enough between the same two neighbours."""
_MOST = 60
"""Changed sentences up to which each is compared with each; beyond, only with those near it."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Sentences that stayed in changed form, those that went, and those that came; identical ones are in none."""

    changed: tuple[tuple[Sentence, Sentence], ...]
    cut: tuple[Sentence, ...]
    added: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Hunk:
    """A run of units that differs between two sentences: units ``was`` of the old one became ``now`` of the new."""

    was: range
    now: range


def align(was: Sequence[Sentence], now: Sequence[Sentence]) -> Alignment:
    """Pair equal sentences, then the most alike, then those alone between the same two neighbours."""
    partner = _equal(was, now)
    equal = set(partner)
    old = [i for i in range(len(was)) if i not in partner]
    new = sorted(set(range(len(now))) - set(partner.values()))
    scored = sorted(
        ((overlap(was[i], now[j]), -i, -j) for i in old for j in _within_reach(i, new, len(was), len(now))),
        reverse=True,
    )
    _assign(scored, partner, _ALIKE)
    _assign([row for row in scored if _in_place(-row[1], -row[2], partner)], partner, _ALIKE_IN_PLACE)
    taken = set(partner.values())
    return Alignment(
        changed=tuple((was[i], now[j]) for i, j in sorted(partner.items()) if i not in equal),
        cut=tuple(was[i] for i in old if i not in partner),
        added=tuple(now[j] for j in new if j not in taken),
    )


def _equal(was: Sequence[Sentence], now: Sequence[Sentence]) -> dict[int, int]:
    places: dict[tuple[str, ...], list[int]] = {}
    for j in reversed(range(len(now))):
        places.setdefault(now[j].keys, []).append(j)
    return {i: places[s.keys].pop() for i, s in enumerate(was) if places.get(s.keys)}


def _within_reach(i: int, new: list[int], was: int, now: int) -> list[int]:
    if len(new) <= _MOST:
        return new
    centre = i * now // max(was, 1)
    return [j for j in new if abs(j - centre) <= _MOST // 2]


def _assign(scored: Sequence[tuple[float, int, int]], partner: dict[int, int], needed: float) -> None:
    taken = set(partner.values())
    for score, minus_i, minus_j in scored:
        if score >= needed and -minus_i not in partner and -minus_j not in taken:
            partner[-minus_i] = -minus_j
            taken.add(-minus_j)


def _in_place(i: int, j: int, partner: dict[int, int]) -> bool:
    """Whether the sentence before each is the other's partner, or both open the text."""
    return j == 0 if i == 0 else partner.get(i - 1) == j - 1


def overlap(one: Sentence, other: Sentence) -> float:
    """The share of units in common, from 0 to 1, of their mean or of the shorter where that is long enough to tell."""
    a, b = Counter(one.keys), Counter(other.keys)
    shared = (a & b).total()
    shorter = min(len(one.keys), len(other.keys))
    contained = 0.8 * shared / shorter if shorter >= 4 else 0.0
    return max(2 * shared / (len(one.keys) + len(other.keys)), contained)


def hunks(was: Sentence, now: Sentence) -> list[Hunk]:
    """The runs of units that differ, in order; neighbouring insertions and deletions are one run."""
    runs: list[Hunk] = []
    for op in Indel.opcodes(was.keys, now.keys):
        if op.tag == "equal":
            continue
        last = runs[-1] if runs else None
        if last is not None and last.was.stop == op.src_start and last.now.stop == op.dest_start:
            runs[-1] = Hunk(range(last.was.start, op.src_end), range(last.now.start, op.dest_end))
        else:
            runs.append(Hunk(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end)))
    return runs


def words_of(sentence: Sentence, run: range) -> str:
    """The words of a run as they stand in the sentence."""
    units: Sequence[Unit] = sentence.units[run.start : run.stop]
    return sentence.text[units[0].start : units[-1].end] if units else ""
