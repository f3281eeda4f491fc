"""What Telegram makes of a message's text and entities before it stores them.

Follows TDLib's ``MessageEntity.cpp``: control characters become spaces, direction overrides and a few combining
marks vanish, the ends are trimmed, and an entity must lie on character borders inside the text. Offsets and lengths
are in UTF-16 code units, the length limit in characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.errors import JsonObject, bad_request
from bot.demo.telegram.fields import Fields, check_fields

MAX_CHARACTERS = 4096
MAX_CAPTION = 1024
MAX_BYTES = 1 << 15
"""Of a text before its entities are read (``get_formatted_text``)."""

_COMMON: Fields = {"type": str, "offset": int, "length": int}
FIELDS: Mapping[str, Fields] = {
    "bold": _COMMON,
    "italic": _COMMON,
    "underline": _COMMON,
    "strikethrough": _COMMON,
    "spoiler": _COMMON,
    "code": _COMMON,
    "pre": {**_COMMON, "language": str},
    "blockquote": _COMMON,
    "expandable_blockquote": _COMMON,
    "text_link": {**_COMMON, "url": str},
    "date_time": {**_COMMON, "unix_time": int, "date_time_format": str},
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {"text_link": ("url",), "date_time": ("unix_time",)}
_FOUND_BY_TELEGRAM = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})
_DROPPED = frozenset(map(chr, range(0x2028, 0x202F))) | {"\r", "\u030a", "\u0333", "\u033f"}


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text as Telegram stores it; ``entities`` are the Bot API's objects, in order."""

    text: str
    entities: tuple[JsonObject, ...] = ()


def utf16_length(text: str) -> int:
    """The length of ``text`` in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def formatted(text: str, entities: list[Any] | None) -> FormattedText:
    """The text with its entities as Telegram would store them.

    Raises:
        ApiError: when the text is empty or too long, or an entity is not one.
    """
    if not text:
        raise bad_request("message text is empty")
    content = _stored(text, entities)
    if not content.text:
        raise bad_request("text must be non-empty")
    if len(content.text) > MAX_CHARACTERS:
        raise bad_request("message is too long")
    return content


def caption(text: str, entities: list[Any] | None) -> FormattedText:
    """The same for the caption of a file, which may be empty.

    Raises:
        ApiError: when it is too long, or an entity is not one.
    """
    content = _stored(text, entities)
    if len(content.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return content


def _stored(text: str, entities: list[Any] | None) -> FormattedText:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if size > MAX_BYTES:
        raise bad_request("text is too long")
    checked = [_checked(entity) for entity in entities or []]
    kept = [entity for entity in checked if entity["type"] not in _FOUND_BY_TELEGRAM and entity["length"] > 0]
    return _trimmed(*_cleaned(text, kept))


def _checked(entity: Any) -> JsonObject:
    if not isinstance(entity, dict):
        raise _unparsable("expected an Object")
    kind = str(entity.get("type"))
    if kind in _FOUND_BY_TELEGRAM:
        return entity
    if kind not in FIELDS:
        raise _unparsable("Unsupported type specified")
    check_fields(entity, FIELDS[kind], "MessageEntity")
    for name in ("offset", "length", *_REQUIRED.get(kind, ())):
        if entity.get(name) is None:
            raise _unparsable(f'Can\'t find field "{name}"')
    for name in ("offset", "length"):
        if not 0 <= entity[name] <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect {name} {entity[name]}")
    pattern = entity.get("date_time_format", "")
    if pattern not in {"r", "R"} and not set(pattern) <= set("tTdDwW"):
        raise _unparsable("Invalid date-time format specified")
    return entity


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse MessageEntity: {reason}")


def _cleaned(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """The text without what Telegram drops, and the entities moved along with it."""
    kept: list[str] = []
    moved = {0: 0}
    before = after = 0
    for character in text:
        before += 1 + (character > "\uffff")
        if character not in _DROPPED:
            kept.append(" " if character < " " and character != "\n" else character)
            after += 1 + (character > "\uffff")
        moved[before] = after
    return "".join(kept), [_moved(entity, moved, end=before) for entity in entities]


def _moved(entity: JsonObject, moved: dict[int, int], *, end: int) -> JsonObject:
    start, stop = entity["offset"], entity["offset"] + entity["length"]
    if start > end:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
    if stop > end:
        raise bad_request(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {stop}"
        )
    if start not in moved:
        raise bad_request("entity begins in a middle of a UTF-16 symbol")
    if stop not in moved:
        raise bad_request(f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol")
    return {**entity, "offset": moved[start], "length": moved[stop] - moved[start]}


def _trimmed(text: str, entities: list[JsonObject]) -> FormattedText:
    """Without white space at the ends; a leading one stays where an entity covers it."""
    text = text.rstrip(" \n")
    first_entity = min((entity["offset"] for entity in entities), default=len(text))
    leading = min(len(text) - len(text.lstrip(" \n")), first_entity)
    end = utf16_length(text)
    fitted = (
        {**entity, "offset": entity["offset"] - leading, "length": min(entity["length"], end - entity["offset"])}
        for entity in entities
    )
    ordered = sorted((entity for entity in fitted if entity["length"] > 0), key=lambda e: (e["offset"], -e["length"]))
    return FormattedText(text[leading:], tuple(ordered))
