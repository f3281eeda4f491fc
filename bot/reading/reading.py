"""One request to its outcome: the format that reads the bytes, then the splitter."""

from __future__ import annotations

import traceback
from pathlib import Path

from bot.core.reading import Reading, ReadOutcome, ReadRequest, Unreadable
from bot.core.split import SplitContext, split
from bot.sources import UnreadableError, read_document


def read(request: ReadRequest) -> ReadOutcome:
    """Read and split one document. A bug that a document lays bare is an outcome too.

    Raises:
        MemoryError: the process had better end.
    """
    try:
        return _read(request)
    except UnreadableError as error:
        return Unreadable(str(error))
    except MemoryError:
        raise
    except RecursionError:
        return Unreadable("it is nested too deep")
    except Exception as error:  # noqa: BLE001 - the isolation boundary: one document never stops the reading of others
        return Unreadable(f"the reader failed on it ({_where(error)})")


def _read(request: ReadRequest) -> Reading:
    document = read_document(
        request.body,
        url=request.url,
        content_type=request.content_type,
        language=request.language,
        links=request.links,
    )
    context = SplitContext(
        read_at=request.read_at,
        url=request.url or document.url,
        timezone=request.timezone,
        language=request.language or document.language,
    )
    return Reading(
        format=document.format,
        split=split(document, context),
        title=document.title,
        language=document.language,
        url=document.url,
        alternates=document.alternates,
        links=document.links,
        damaged=document.damaged,
        wishes=document.wishes,
    )


def _where(error: Exception) -> str:
    """The kind of error and its place, never its words: they may quote the document."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
