"""Files that travel in messages: what Telegram keeps of one, and what it takes for a picture."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from bot.demo.telegram.errors import JsonObject, bad_request
from bot.demo.telegram.parameters import Upload

MAX_PHOTO = 10 << 20
MAX_DOCUMENT = 50 << 20
MAX_DOWNLOAD = 20 << 20
"""Bytes; what bots may send and fetch (https://core.telegram.org/bots/api#sending-files)."""

_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class File:
    """A file on Telegram's servers."""

    id: str
    name: str
    content: bytes = field(repr=False)
    size: tuple[int, int] | None = None
    """Width and height of a photo; ``None`` for a document."""

    @property
    def path(self) -> str:
        """Where ``getFile`` says it can be fetched, below ``/file/bot<token>/``."""
        return f"{'documents' if self.size is None else 'photos'}/{self.id}"

    def as_json(self) -> JsonObject:
        """The field of a Message that carries it."""
        common = {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.content)}
        if self.size is None:
            return {"document": {**common, "file_name": self.name}}
        return {"photo": [{**common, "width": self.size[0], "height": self.size[1]}]}


class Files:
    """All files that were ever sent."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def keep(self, name: str, content: bytes, size: tuple[int, int] | None = None) -> File:
        """Store a file under a new id."""
        file = File(f"AgAD{len(self._files) + 1:06}", name, content, size)
        self._files[file.id] = file
        return file

    def find(self, file_id: str) -> File | None:
        """The file of that id."""
        return self._files.get(file_id)

    def at(self, path: str) -> File | None:
        """The file that ``getFile`` announced under that path."""
        file = self._files.get(path.rpartition("/")[2])
        return file if file is not None and file.path == path else None

    def sent(self, given: object, *, photo: bool) -> File:
        """The file that a call sends: an upload, or the id of one that is there.

        Raises:
            ApiError: when it is neither, too large, or not a picture where one is wanted.
        """
        if not isinstance(given, Upload):
            known = self.find(str(given))
            if known is None or (known.size is not None) != photo:
                raise bad_request("wrong remote file identifier specified: wrong padding in the string")
            return known
        if not given.content:
            raise bad_request("file must be non-empty")
        if len(given.content) > (MAX_PHOTO if photo else MAX_DOCUMENT):
            raise bad_request("file is too big")
        return self.keep(given.name, given.content, picture_size(given.content) if photo else None)


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG, the only kind of picture that this server knows.

    Raises:
        ApiError: when it is none, or of a shape that Telegram does not show.
    """
    if not content.startswith(_PNG) or len(content) < 24:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", content[16:24])
    if not 0 < width + height <= 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
