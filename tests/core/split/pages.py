"""Documents for the splitter's tests: pages built from text, and the folder of written ones."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.model import Block, BlockKind, Document, Entry, EntryKind, NewsUpdate, Split
from bot.core.split import SplitContext, split
from bot.sources import read_document

FOLDER = Path(__file__).parents[2] / "documents"


@dataclass(frozen=True)
class WrittenPage:
    """A page that someone wrote, and the updates it holds."""

    slug: str
    document: Document
    expected: dict[str, Any]

    def split(self) -> Split:
        """Splits it as it would be read at the end of its day."""
        zone = ZoneInfo(self.expected.get("zone") or self.expected["timezone"] or "UTC")
        day = date.fromisoformat(self.expected["read_at"])
        return split(
            self.document,
            SplitContext(
                read_at=datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC),
                url=self.expected["url"],
                timezone=self.expected["timezone"],
                language=self.expected["language"],
            ),
        )


def written_pages() -> list[WrittenPage]:
    """Every document of the folder that has its expected updates beside it."""
    return [_written(path) for path in sorted(FOLDER.glob("*.json"))]


def _written(path: Path) -> WrittenPage:
    expected = json.loads(path.read_text(encoding="utf-8"))
    text, markup = path.with_suffix(".txt"), path.with_suffix(".html")
    if text.exists():
        return WrittenPage(path.stem, a_page(text.read_text(encoding="utf-8")), expected)
    return WrittenPage(path.stem, read_document(markup.read_bytes(), url=expected["url"]), expected)


def a_page(text: str, **changes: Any) -> Document:
    """A document of plain text, one block for each line that is not blank."""
    return page_of(Block(BlockKind.PARAGRAPH, " ".join(line.split())) for line in text.splitlines() if line.strip())


def page_of(blocks: Iterable[Block]) -> Document:
    """A document of one page with these blocks."""
    return Document("text", (Entry(EntryKind.PAGE, "", tuple(blocks)),))


def row(news: NewsUpdate) -> dict[str, Any]:
    """What an expected update states, of one that was found."""
    return {
        "date": news.local_date.isoformat() if news.local_date else None,
        "time": f"{news.local_time:%H:%M}" if news.local_time else None,
        "heading": news.heading,
        "text": news.text,
        "service": news.service,
        "date_from": news.date_from.value,
    }
