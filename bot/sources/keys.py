"""Keys of entries: what names an entry within its feed, unique in one document and the same in the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from bot.sources.characters import fold

_LONGEST: Final = 512


@dataclass(frozen=True, slots=True)
class Named:
    """What an entry offers to be named by."""

    id: str | None
    link: str | None
    title: str | None
    opening: str
    """The beginning of its text."""


def keys_of(entries: Sequence[Named]) -> tuple[str, ...]:
    """One key for each entry: its id, else its link, else a hash of its title or opening words.

    Where several share a key, each also gets a hash of its link and title, which, unlike a number, stays the same
    when a new entry comes in. True twins are numbered from the document's end, since feeds grow at the beginning.
    """
    first = [_own(entry) for entry in entries]
    shared = Counter(first)
    keys = [
        f"{key}#{_hash(entry.link, entry.title, None if entry.title else entry.opening)}" if shared[key] > 1 else key
        for key, entry in zip(first, entries, strict=True)
    ]
    return _numbered(keys)


def _own(entry: Named) -> str:
    key = fold(entry.id or "") or entry.link or f"#{_hash(entry.title or entry.opening)}"
    return key if len(key) <= _LONGEST else f"#{_hash(key)}"


def _numbered(keys: list[str]) -> tuple[str, ...]:
    twins: Counter[str] = Counter()
    taken = set(keys)
    numbered: list[str] = []
    for key in reversed(keys):
        twins[key] += 1
        unique = key
        while twins[key] > 1 and (unique := f"{key}-{twins[key]}") in taken:
            twins[key] += 1
        taken.add(unique)
        numbered.append(unique)
    return tuple(reversed(numbered))


def _hash(*parts: str | None) -> str:
    joined = "\n".join(part or "" for part in parts)
    return blake2b(joined.encode("utf-8", "replace"), digest_size=8).hexdigest()
