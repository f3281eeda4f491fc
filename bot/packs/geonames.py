"""A place pack from a GeoNames country dump (https://download.geonames.org/export/dump/, CC BY 4.0).

The dump has a line a place, tab-separated; of its 19 columns these are used: 0 id, 1 name, 3 alternate names, 6 class
(P populated place, A administrative division), 7 code, 8 country, 10 first-order division, 14 population.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.core.errors import PackError

_COLUMNS = 19
_SHORTEST = 3
"""Letters of a name: shorter ones are words of too many languages."""
_MOST_NAMES = 40


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    country: str
    division: str
    population: int


def write_pack(file: Path, into: Path, *, population: int) -> tuple[Path, int]:
    """Write ``places-<country>.toml`` into a directory, in place of an older one.

    Args:
        file: the country's dump.
        into: the operator's packs.
        population: the smallest populated place that is taken; divisions are taken whatever their population.

    Returns:
        The pack's file and how many places it has.

    Raises:
        PackError: the file can't be read or is no such dump, or the directory can't be written.
    """
    try:
        rows = list(_rows(file, population))
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{file}: {error}") from error
    if not rows:
        raise PackError(f"{file}: no place of {population} people or more in it")
    country = rows[0].country
    path = into / f"places-{country.lower()}.toml"
    try:
        into.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(_toml(rows, country, file.name), "utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise PackError(f"{path}: {error}") from error
    return path, len(rows)


def _rows(file: Path, population: int) -> Iterator[_Row]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            columns = line.rstrip("\n").split("\t")
            if len(columns) != _COLUMNS or not columns[0].isdecimal():
                raise PackError(f"{file}:{number}: no GeoNames dump: {_COLUMNS} columns expected, {len(columns)} found")
            kind = _kind(columns)
            people = int(columns[14] or 0)
            if kind and (kind == "region" or people >= population):
                names = tuple(dict.fromkeys(n for n in columns[3].split(",") if _usable(n) and n != columns[1]))
                yield _Row(f"gn-{columns[0]}", columns[1], names[:_MOST_NAMES], kind, columns[8], columns[10], people)


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


def _toml(rows: list[_Row], country: str, source: str) -> str:
    """The pack. Divisions become parents; a name twice in the country stays with the larger place."""
    regions = {row.division: row.id for row in rows if row.kind == "region"}
    taken: set[str] = set()
    parts = [
        f"# From {source}, GeoNames (https://www.geonames.org), CC BY 4.0.",
        'kind = "places"',
    ]
    for row in sorted(rows, key=lambda row: (row.kind != "region", -row.population)):
        names = [name for name in row.names if name not in taken]
        parent = regions.get(row.division) if row.kind != "region" else None
        taken.update((row.name, *names))
        parts.append(
            f"\n[[place]]\nid = {json.dumps(row.id)}\nname = {_quoted(row.name)}\nkind = {json.dumps(row.kind)}\n"
            + (f"parent = {json.dumps(parent)}\n" if parent and parent != row.id else "")
            + f"names = [{', '.join(map(_quoted, names))}]"
        )
    return "\n".join(parts) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")
