"""Where packs come from: the shipped files, the optional ones, an operator's directory, or a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.core.errors import PackError
from bot.packs.document import Table, parse_document, read_document
from bot.packs.places import PlacePack, read_places
from bot.packs.speakers import SpeakerPack, read_speakers
from bot.packs.topics import TopicPack, read_topics

Pack = TopicPack | SpeakerPack | PlacePack

SHIPPED = Path(__file__).parent / "shipped"
_KINDS = ("topics", "words", "speakers", "places")


def shipped(kind: str) -> list[Path]:
    """The shipped files of a kind: ``words``, ``speakers``, ``places``."""
    return sorted(SHIPPED.glob(f"{kind}-*.toml"))


def optional_names() -> tuple[str, ...]:
    """The topics that ship switched off."""
    return tuple(sorted(path.stem for path in _optional().glob("*.toml") if read_document(path).is_kind("topics")))


def read_optional(names: Iterable[str]) -> list[Pack]:
    """The packs of these optional topics, each topic's words after its rules. Raises :class:`PackError`."""
    known = optional_names()
    for name in dict.fromkeys(names):
        if name not in known:
            raise PackError(f"[packs] optional: {name!r} is none of {', '.join(known)}")
    return [
        read_pack(path)
        for name in dict.fromkeys(names)
        for path in (_optional() / f"{name}.toml", *sorted(_optional().glob(f"{name}-??.toml")))
    ]


def read_directory(directory: Path) -> list[Pack]:
    """Every ``*.toml`` of an operator's directory. Raises :class:`PackError`."""
    if not directory.is_dir():
        raise PackError(f"{directory}: no such directory: create it, or leave [packs] directory out")
    return [read_pack(path) for path in sorted(directory.glob("*.toml"))]


def read_overlays(overlays: Mapping[str, str]) -> list[Pack]:
    """Packs given as text, by name. Raises :class:`PackError`, which calls each by its name."""
    return [_pack(parse_document(text, Path(name)), name) for name, text in overlays.items()]


def read_pack(path: Path) -> Pack:
    """Read and check one file as far as it goes alone. Raises :class:`PackError`."""
    return _pack(read_document(path), path.stem)


def read_topic_pack(path: Path) -> TopicPack:
    """Like :func:`read_pack`, of a file that can only be a topic pack."""
    pack = read_pack(path)
    assert isinstance(pack, TopicPack), "what ships under this name is a topic pack"
    return pack


def _pack(table: Table, name: str) -> Pack:
    match table.one_of("kind", _KINDS):
        case "speakers":
            pack: Pack = read_speakers(table)
        case "places":
            pack = read_places(table)
        case _:
            pack = read_topics(table, name)
    table.end()
    return pack


def _optional() -> Path:
    return SHIPPED / "optional"
