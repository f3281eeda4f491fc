"""The words of the archive as they are spelled, to find the one that was mistyped.

FTS5's trigram tokenizer finds words that share three letters running; which of them is likest, the core decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import DDL, event, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.query import fold, words_spelled
from bot.storage.tables import vocabulary

CREATE_PARTS = (
    "CREATE VIRTUAL TABLE vocabulary_parts USING fts5"
    "(folded, content='vocabulary', content_rowid='id', columnsize=0, tokenize='trigram')"
)
SHORTEST, LONGEST = 4, 30
"""Letters: shorter words are one slip from too many others, and nobody types longer ones."""
_CANDIDATES = 60
_KNOWN = text("SELECT folded FROM vocabulary WHERE folded IN (SELECT value FROM json_each(:words))")
_ADD = text("INSERT INTO vocabulary (folded, spelled) VALUES (:folded, :spelled)")
_ADD_PARTS = text(
    "INSERT INTO vocabulary_parts (rowid, folded)"
    " SELECT id, folded FROM vocabulary WHERE folded IN (SELECT value FROM json_each(:words))"
)
_LIKE = text(
    "SELECT spelled FROM vocabulary_parts JOIN vocabulary ON vocabulary.id = vocabulary_parts.rowid"
    " WHERE vocabulary_parts MATCH :parts ORDER BY rank LIMIT :most"
)

event.listen(
    vocabulary,
    "after_create",
    DDL(CREATE_PARTS),  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
)


async def learn(connection: AsyncConnection, texts: Iterable[str]) -> None:
    """Keep the words of these texts that are new, as the first text spells each."""
    spelled: dict[str, str] = {}
    for each in texts:
        for folded, word in words_spelled(each):
            if SHORTEST <= len(folded) <= LONGEST:
                spelled.setdefault(folded, word)
    known = set((await connection.scalars(_KNOWN, {"words": json.dumps(list(spelled))})).all())
    new = [{"folded": folded, "spelled": word} for folded, word in spelled.items() if folded not in known]
    if new:
        await connection.execute(_ADD, new)
        await connection.execute(_ADD_PARTS, {"words": json.dumps([row["folded"] for row in new])})


async def spelled_like(connection: AsyncConnection, word: str) -> Sequence[str]:
    """See :meth:`bot.services.ports.storage.News.spelled_like`."""
    folded = fold(word)[:LONGEST]
    parts = dict.fromkeys(folded[at : at + 3] for at in range(len(folded) - 2))
    quoted = " OR ".join(f'"{part}"' for part in parts if part.isalnum())
    if len(folded) < SHORTEST or not quoted:
        return ()
    return (await connection.scalars(_LIKE, {"parts": quoted, "most": _CANDIDATES})).all()
