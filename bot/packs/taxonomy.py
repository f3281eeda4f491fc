"""All topics of all packs, each once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.model import OTHER_TOPIC, Topic
from bot.packs.document import Table
from bot.packs.topics import TopicEntry, TopicPack


def entries(packs: Sequence[TopicPack]) -> tuple[TopicEntry, ...]:
    """Every topic, ``other`` last. A slug that stands twice is an error in the later file."""
    by_slug: dict[str, TopicEntry] = {}
    for pack in packs:
        for entry in pack.topics:
            if entry.slug in by_slug:
                _collide(pack.table, entry.slug)
            by_slug[entry.slug] = entry
    other = by_slug.pop(OTHER_TOPIC)
    return (*by_slug.values(), other)


def _collide(table: Table, slug: str) -> None:
    table.document.fail(f"topic {slug!r} is there already: choose another slug", at=f'"{slug}"')


def topic_in(entry: TopicEntry, language: str) -> Topic:
    """The topic with its words in a language; what the pack has no word for stays English."""
    words = (table.get(language, table["en"]) for table in (entry.names, entry.labels, entry.hashtags))
    return Topic(entry.slug, *words)
