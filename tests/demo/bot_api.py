"""An independent description of the Bot API (aiogram's models), to hold calls and answers against."""

from __future__ import annotations

import json
from typing import Any, cast

import aiogram.methods
from aiogram.methods.base import TelegramMethod
from pydantic import TypeAdapter, ValidationError

from bot.demo.telegram import Call
from bot.demo.telegram.parameters import Upload

Model = type[TelegramMethod[Any]]


def model_of(method: str) -> Model:
    """Aiogram's model of a method, by the method's name."""
    return cast("Model", getattr(aiogram.methods, method[0].upper() + method[1:]))


def problems(call: Call) -> list[str]:
    """What is wrong with a call and its answer, in words; empty when all is right."""
    model = model_of(call.method)
    found = [f"{call.method} knows no parameter {name}" for name in call.parameters if name not in model.model_fields]
    asked = {name: value.name if isinstance(value, Upload) else value for name, value in call.parameters.items()}
    try:
        model.model_validate_json(json.dumps(asked))
        if call.ok:
            assert call.answer is not None
            TypeAdapter(model.__returning__).validate_json(json.dumps(call.answer["result"]))
    except ValidationError as error:
        found += [f"{call.method}: {line}" for line in str(error).splitlines()]
    return found
