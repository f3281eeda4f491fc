"""What is certainly no text, known by its first bytes."""

from __future__ import annotations

import codecs
from typing import Final

from bot.sources.base import UnreadableError

_MAGIC: Final = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a media file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "compressed data"),
    (b"\x28\xb5\x2f\xfd", "compressed data"),
    (b"BZh", "compressed data"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"OggS", "a media file"),
    (b"ID3", "a media file"),
    (b"SQLite format 3\x00", "a database"),
)
_WIDE: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def refuse_binary(body: bytes) -> None:
    """Raise :class:`UnreadableError` for a known binary format, for mostly control bytes and for nothing at all."""
    if not body.strip():
        raise UnreadableError("the document is empty")
    for magic, what in _MAGIC:
        if body.startswith(magic):
            raise UnreadableError(f"it is {what}, not a page or a feed")
    head = body[:2048]
    # Control bytes on one side of each pair are UTF-16, on both sides they are no text.
    controls = 2 * min(sum(byte < 9 or 13 < byte < 32 for byte in side) for side in (head[::2], head[1::2]))
    if not body.startswith(_WIDE) and controls > len(head) // 10 and b"\x1b$" not in head:
        raise UnreadableError("it is binary data, not a page or a feed")
