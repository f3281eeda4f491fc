"""A place pack from a GeoNames country dump (https://download.geonames.org/export/dump/, CC BY 4.0).

The dump has a line a place, tab-separated; of its 19 columns these are used: 0 id, 1 name, 3 alternate names, 6 class
(P populated place, A administrative division), 7 code, 8 country, 10 first-order division, 14 population.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.errors import PackError

_COLUMNS = 19
_SHORTEST = 3
"""Letters of a name: shorter ones are words of too many languages."""
_MOST_NAMES = 40
_MOST_PLACES = 30_000
"""The largest ones are taken; more would make a pack that nobody can read."""
_LARGEST_PACK = 7_500_000
"""Bytes, below what a pack may have."""
_LONGEST_LINE = 200_000
"""Bytes: the alternate names of a large city are some thousands."""
_BAD_TOLD = 5
_BAD_IN_A_ROW = 20
"""Bad lines from the start that show that the file is something else."""


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    country: str
    division: str
    population: int

    @property
    def rank(self) -> tuple[bool, int, str]:
        """Divisions before towns, large before small."""
        return (self.kind == "region", self.population, self.id)


@dataclass(slots=True)
class Imported:
    """What an import made of a dump."""

    path: Path
    places: int
    left_out: int
    """Places that were large enough, but for which there was no more room."""
    bad: int = 0
    """Lines that are no place."""
    told: list[str] = field(default_factory=list)
    """The first of them, as file, line and reason."""


def write_pack(
    file: Path, into: Path, *, population: int, progress: Callable[[int], None] = lambda _size: None
) -> Imported:
    """Write ``places-<country>.toml`` into a directory, in place of an older one.

    A line that can't be read is passed over and told. However long the file is, only the largest places are kept.

    Args:
        file: the country's dump.
        into: the operator's packs.
        population: the smallest populated place that is taken; divisions are taken whatever their population.
        progress: called with the bytes that were read since the last call.

    Raises:
        PackError: the file can't be read or is no such dump, or the directory can't be written.
    """
    reading = _Reading(file, population, progress)
    try:
        rows, beyond = _largest(reading.rows())
    except OSError as error:
        raise PackError(f"{file}: {error}") from error
    if not rows:
        raise PackError(f"{file}: no place of {population} people or more in it")
    country = rows[0].country
    path = into / f"places-{country.lower()}.toml"
    text, written = _toml(rows, country, file.name)
    try:
        into.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(text, "utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise PackError(f"{path}: {error}") from error
    return Imported(path, written, beyond + len(rows) - written, reading.bad, reading.told)


def _largest(rows: Iterator[_Row]) -> tuple[list[_Row], int]:
    """The largest places, largest first, and how many more there were."""
    kept: list[tuple[tuple[bool, int, str], _Row]] = []
    beyond = 0
    for row in rows:
        item = (row.rank, row)
        if len(kept) < _MOST_PLACES:
            heapq.heappush(kept, item)
        else:
            heapq.heappushpop(kept, item)
            beyond += 1
    return [row for _, row in sorted(kept, key=lambda item: item[0], reverse=True)], beyond


class _Reading:
    """One pass over the lines of a dump."""

    def __init__(self, file: Path, population: int, progress: Callable[[int], None]) -> None:
        self._file, self._population, self._progress = file, population, progress
        self.bad = 0
        self.told: list[str] = []

    def rows(self) -> Iterator[_Row]:
        """The places; whatever is none is counted, and the first of it told."""
        good = 0
        with self._file.open("rb") as lines:
            for number, line in enumerate(iter(lambda: lines.readline(_LONGEST_LINE), b""), start=1):
                self._progress(len(line))
                try:
                    row = _row(line, self._population)
                except ValueError as error:
                    self._tell(f"{self._file}:{number}: {error}")
                    if not good and self.bad >= _BAD_IN_A_ROW:
                        break
                    continue
                good += 1
                if row is not None:
                    yield row
        if not good and self.bad:
            raise PackError(f"{self.told[0]}; this is no GeoNames dump")

    def _tell(self, problem: str) -> None:
        self.bad += 1
        if len(self.told) < _BAD_TOLD:
            self.told.append(problem)


def _row(line: bytes, population: int) -> _Row | None:
    """The place of a line, or ``None`` for one that is not taken. Raises ``ValueError`` for what is no place."""
    columns = line.decode("utf-8").rstrip("\r\n").split("\t")
    if len(columns) != _COLUMNS:
        raise ValueError(f"{_COLUMNS} columns expected, {len(columns)} found")
    if not columns[0].isdecimal():
        raise ValueError(f"a number expected first, {columns[0][:20]!r} found")
    if not columns[1].strip() or not columns[8].isalpha():
        raise ValueError("a name and a country code expected")
    people = int(columns[14] or 0)
    kind = _kind(columns)
    if kind is None or (kind != "region" and people < population):
        return None
    names = tuple(dict.fromkeys(n for n in columns[3].split(",") if _usable(n) and n != columns[1]))
    return _Row(f"gn-{columns[0]}", columns[1], names[:_MOST_NAMES], kind, columns[8], columns[10], people)


def _kind(columns: list[str]) -> str | None:
    match columns[6], columns[7]:
        case "A", "ADM1":
            return "region"
        case "P", "PPLC":
            return "capital"
        case "P", code if code.startswith("PPL") and code not in {"PPLX", "PPLH", "PPLQ", "PPLW"}:
            return "town" if int(columns[14] or 0) >= 5000 else "village"
        case _:
            return None


def _usable(name: str) -> bool:
    return len(name) >= _SHORTEST and any(letter.isalpha() for letter in name) and not name.isupper()


def _toml(rows: list[_Row], country: str, source: str) -> tuple[str, int]:
    """The pack and how many places found room in it.

    Divisions become parents; a name twice in the country stays with the larger place.
    """
    regions = {row.division: row.id for row in rows if row.kind == "region"}
    taken: set[str] = set()
    parts = [
        f"# From {source}, GeoNames (https://www.geonames.org), CC BY 4.0.",
        'kind = "places"',
    ]
    size = written = 0
    for row in rows:
        part = _table(row, regions, taken)
        size += len(part.encode()) + 1
        if size > _LARGEST_PACK:
            break
        taken.update((row.name, *row.names))
        parts.append(part)
        written += 1
    return "\n".join(parts) + "\n", written


def _table(row: _Row, regions: dict[str, str], taken: set[str]) -> str:
    parent = regions.get(row.division) if row.kind != "region" else None
    names = ", ".join(_quoted(name) for name in row.names if name not in taken)
    return (
        f"\n[[place]]\nid = {json.dumps(row.id)}\nname = {_quoted(row.name)}\nkind = {json.dumps(row.kind)}\n"
        + (f"parent = {json.dumps(parent)}\n" if parent and parent != row.id else "")
        + f"names = [{names}]"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")
