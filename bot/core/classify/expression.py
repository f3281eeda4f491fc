"""Conditions over concepts: what they mean for one reading, and which words make them hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from bot.core.classify.lexicon import Hit, Reading


@dataclass(frozen=True, slots=True)
class Has:
    """Any of these concepts is there."""

    mask: int


@dataclass(frozen=True, slots=True)
class Near:
    """One of ``left`` and one of ``right``, at most ``distance`` words apart; ``ordered``: left before right."""

    left: int
    right: int
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """At least ``least`` hits of these concepts on different words."""

    mask: int
    least: int


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Condition, ...]


Condition = Has | Near | Count | Not | And | Or


def holds(condition: Condition, reading: Reading) -> bool:
    """Whether the condition holds for one reading."""
    match condition:
        case Has(mask):
            return bool(reading.mask & mask)
        case And(parts):
            return all(holds(part, reading) for part in parts)
        case Or(parts):
            return any(holds(part, reading) for part in parts)
        case Not(part):
            return not holds(part, reading)
        case Near():
            return bool(reading.mask & condition.left and reading.mask & condition.right and _pair(condition, reading))
        case Count(mask, least):
            return bool(reading.mask & mask) and _apart(_of(mask, reading)) >= least
        case _:
            assert_never(condition)


def evidence(condition: Condition, reading: Reading) -> Iterator[Hit]:
    """The hits that make a condition hold; nothing for what is absent."""
    match condition:
        case Has(mask) | Count(mask, _):
            yield from _of(mask, reading)
        case And(parts) | Or(parts):
            for part in parts:
                if holds(part, reading):
                    yield from evidence(part, reading)
        case Near():
            yield from _pair(condition, reading)
        case Not():
            return
        case _:
            assert_never(condition)


def trigger(condition: Condition) -> int:
    """A mask that every reading must meet for the condition to have a chance; 0 when there is none."""
    match condition:
        case Has(mask) | Count(mask, _):
            return mask
        case Near(left, right):
            return min(left, right, key=int.bit_count)
        case And(parts):
            return min((mask for part in parts if (mask := trigger(part))), key=int.bit_count, default=0)
        case Or(parts):
            masks = [trigger(part) for part in parts]
            return union(masks) if all(masks) else 0
        case Not():
            return 0
        case _:
            assert_never(condition)


def _of(mask: int, reading: Reading) -> list[Hit]:
    return [hit for hit in reading.hits if mask >> hit.concept & 1]


def _apart(hits: list[Hit]) -> int:
    """How many hits there are that share no word."""
    count, end = 0, -1
    for hit in sorted(hits, key=lambda hit: (hit.last, hit.first)):
        if hit.first > end:
            count, end = count + 1, hit.last
    return count


def _pair(near: Near, reading: Reading) -> tuple[Hit, ...]:
    """The closest two hits that are near enough and not the same words; empty when there are none."""
    best: tuple[Hit, ...] = ()
    least = near.distance + 1
    for left in _of(near.left, reading):
        for right in _of(near.right, reading):
            apart = _distance(left, right, ordered=near.ordered)
            if 0 < apart < least:
                best, least = (left, right), apart
    return best


def _distance(left: Hit, right: Hit, *, ordered: bool) -> int:
    """Words from one hit to the other; a word inside a phrase is next to it; 0 for the very same words."""
    if left.first <= right.last and right.first <= left.last:
        return int(left[1:] != right[1:])
    apart = right.first - left.last
    return apart if ordered else max(apart, left.first - right.last)


def union(masks: Iterable[int]) -> int:
    """Every concept of these masks."""
    together = 0
    for mask in masks:
        together |= mask
    return together
