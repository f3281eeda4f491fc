"""The fields of the objects inside a call's parameters: known ones only, each of its type."""

from __future__ import annotations

from collections.abc import Mapping

from bot.demo.telegram.errors import JsonObject, bad_request

Fields = Mapping[str, type]


def check_fields(given: JsonObject, known: Fields, what: str) -> None:
    """Refuse what the Bot API does not describe.

    Raises:
        ApiError: naming the first field of ``what`` that is unknown or of another type.
    """
    for name, value in given.items():
        if name not in known:
            raise bad_request(f'can\'t parse {what}: unknown field "{name}"')
        if type(value) is not known[name]:
            raise bad_request(f'can\'t parse {what}: field "{name}" must be of type {_NAMES[known[name]]}')


_NAMES: Mapping[type, str] = {str: "String", int: "Number", bool: "Boolean", list: "Array"}
