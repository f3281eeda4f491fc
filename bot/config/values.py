"""The kinds of values that the configuration knows, each with the rule that a wrong one is told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(str(value).strip())
    if match is None:
        raise ValueError('a time span is a number and a unit: "90s", "5m", "2h" or "1d"')
    span = timedelta(**{_UNITS[match[2]]: float(match[1])})
    if span < timedelta(seconds=1):
        raise ValueError('the shortest time span is "1s"')
    return span


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError('a time zone is an IANA name such as "Asia/Yerevan" or "UTC"') from error
    return value


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise ValueError("an address starts with http:// or https://")
    return value.rstrip("/")


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d+:[\w-]+", value.get_secret_value()):
        raise ValueError("a bot token is the number, the colon and the letters that @BotFather gave you")
    return value


def _list(value: object) -> object:
    """A list as TOML has it, or as the environment writes it: ``1, 2`` or ``[1, 2]``."""
    if isinstance(value, str):
        return [item.strip(" \"'") for item in value.strip().strip("[]").split(",") if item.strip()]
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
TimeZone = Annotated[str, AfterValidator(_timezone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
Token = Annotated[SecretStr, AfterValidator(_token)]
Slugs = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_list)]
UserIds = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_list)]
