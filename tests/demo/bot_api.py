"""An independent description of the Bot API (aiogram's models), to hold calls and answers against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, cast

import aiogram.methods
from aiogram.methods.base import TelegramMethod
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.demo.telegram import Call
from bot.demo.telegram.parameters import Upload

Model = type[TelegramMethod[Any]]


def model_of(method: str) -> Model:
    """Aiogram's model of a method, by the method's name."""
    return cast("Model", getattr(aiogram.methods, method[0].upper() + method[1:]))


def problems(call: Call) -> list[str]:
    """What is wrong with a call and its answer, in words; empty when all is right."""
    model = model_of(call.method)
    asked = {name: value.name if isinstance(value, Upload) else value for name, value in call.parameters.items()}
    try:
        unknown = list(_unknown(model.model_validate_json(json.dumps(asked))))
        if call.ok:
            assert call.answer is not None
            _answer_of(model).validate_json(json.dumps(call.answer["result"]))
    except ValidationError as error:
        return [f"{call.method}: {line}" for line in str(error).splitlines()]
    return [f"{call.method} knows no {name}" for name in unknown]


@cache
def _answer_of(model: Model) -> TypeAdapter[Any]:
    return TypeAdapter(model.__returning__)


def _unknown(value: object, path: str = "") -> Iterator[str]:
    """The fields, at any depth, that the description does not name: its models take them all the same."""
    if isinstance(value, BaseModel):
        yield from (f"{path}{name}" for name in value.model_extra or ())
        for name in value.model_fields_set & set(type(value).model_fields):
            yield from _unknown(getattr(value, name), f"{path}{name}.")
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for item in value:
            yield from _unknown(item, path)
