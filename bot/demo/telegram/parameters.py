"""The parameters of a call: read from any body that the Bot API takes, decoded by their kind, refused when unknown.

Like the real server, every value is first brought to its text form, whatever the body was (query string, form,
multipart, JSON), so that ``reply_markup`` may come as an object or as its JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from aiohttp import web

from bot.demo.telegram.errors import JsonObject, bad_request

Kind = Callable[[str], object]
"""Turns the text form of one parameter into its value; raises ``ValueError`` where it has none."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    content: bytes


def string(text: str) -> str:
    """A string parameter, as it came."""
    return text


def integer(text: str) -> int:
    """An integer parameter."""
    return int(text)


def boolean(text: str) -> bool:
    """A boolean parameter in one of the forms that the Bot API takes for one."""
    lowered = text.lower()
    if lowered in {"true", "yes", "1"}:
        return True
    if lowered in {"false", "no", "0", ""}:
        return False
    raise ValueError(text)


def chat_id(text: str) -> int | str:
    """A chat's number, or the ``@name`` of a public one."""
    return text if text.startswith("@") else int(text)


def file(text: str) -> str:
    """A file: an upload, or as text the id of one that Telegram has."""
    return text


def structure(text: str) -> object:
    """A JSON-serialized object or array."""
    value = json.loads(text)
    if not isinstance(value, dict | list):
        raise ValueError(text)  # noqa: TRY004 - a wrong parameter of the call, no wrong type of ours
    return value


class Parameters(Mapping[str, object]):
    """The decoded parameters of one call; reading one with the type of another is a bug of the server."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> object:
        return self._values[name]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def integer(self, name: str, default: int = 0) -> int:
        """An integer, or ``default`` where the call names none."""
        return cast("int", self._values.get(name, default))

    def text(self, name: str, default: str = "") -> str:
        """A string, or ``default`` where the call names none."""
        return cast("str", self._values.get(name, default))

    def flag(self, name: str) -> bool:
        """A boolean, false where the call names none."""
        return cast("bool", self._values.get(name, False))

    def chat(self) -> int | str:
        """The ``chat_id``, which the method requires."""
        return cast("int | str", self._values["chat_id"])

    def object(self, name: str) -> JsonObject | None:
        """A JSON object, or ``None`` where the call names none."""
        value = self._values.get(name)
        if value is None or isinstance(value, dict):
            return value
        raise bad_request(f"object expected as {name}")

    def array(self, name: str) -> list[Any] | None:
        """A JSON array, or ``None`` where the call names none."""
        value = self._values.get(name)
        if value is None or isinstance(value, list):
            return value
        raise bad_request(f"array expected as {name}")


def decode(raw: Mapping[str, str | Upload], kinds: Mapping[str, Kind], required: frozenset[str]) -> Parameters:
    """The call's parameters by their kinds.

    Raises:
        ApiError: for a parameter that the method does not know, one that is missing, or one of another kind.
    """
    for name in raw:
        if name not in kinds:
            raise bad_request(f'unknown parameter "{name}"')
    for name in sorted(required):
        if name not in raw:
            raise bad_request(f'parameter "{name}" is required')
    return Parameters({name: _decoded(name, value, kinds[name]) for name, value in raw.items()})


def _decoded(name: str, value: str | Upload, kind: Kind) -> object:
    if isinstance(value, Upload):
        if kind is file:
            return value
        raise bad_request(f'parameter "{name}" can\'t be a file')
    try:
        return kind(value)
    except ValueError:
        raise bad_request(f'parameter "{name}" can\'t be parsed') from None


async def read_raw(request: web.Request) -> dict[str, str | Upload]:
    """The parameters of the query string and of the body, in their text form.

    Raises:
        ApiError: when the body is not what its content type says.
    """
    raw: dict[str, str | Upload] = dict(request.query)
    if request.content_type == "application/json":
        raw.update(_from_json(await request.read()))
    elif request.method == "POST":
        for name, value in (await request.post()).items():
            raw[name] = Upload(value.filename, value.file.read()) if isinstance(value, web.FileField) else str(value)
    return raw


def _from_json(body: bytes) -> dict[str, str]:
    if not body:
        return {}
    try:
        values = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
        if value is not None
    }
