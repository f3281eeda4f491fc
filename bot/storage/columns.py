"""Column types that keep what SQLite itself would lose: the zone of an instant, the set of an enumeration."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import BigInteger, Dialect, Enum, SmallInteger, Text, TypeDecorator

E = TypeVar("E", bound=StrEnum)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 in UTC. Raises ``ValueError`` for a naive ``moment``: its zone would be a guess."""
    if moment.utcoffset() is None:
        raise ValueError(f"a naive time can't be stored: {moment!r}")
    return (moment - EPOCH) // MICROSECOND


def moment(stored: int) -> datetime:
    """The aware UTC instant that :func:`microseconds` made an integer of."""
    return EPOCH + timedelta(microseconds=stored)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant as microseconds since 1970 in UTC: half the size of text, and sorts as time does."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment(value)


class Duration(TypeDecorator[timedelta]):
    """A length of time as microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        return None if value is None else value // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(microseconds=value)


class Remark(TypeDecorator[str]):
    """Words about something, kept for people: what can't be encoded becomes "?" instead of an error."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else value.encode("utf-8", "replace").decode()


class IdList(TypeDecorator[Collection[int]]):
    """Any number of ids as one bound parameter; see :func:`bot.storage.engine.among`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(list(value))


class Code(TypeDecorator[E]):
    """One of ``values`` as its place in them, for tables of millions of rows; the order is part of the schema."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, values: tuple[E, ...]) -> None:
        super().__init__()
        self.values = values

    def process_bind_param(self, value: E | None, dialect: Dialect) -> int | None:
        return None if value is None else self.values.index(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> E | None:
        return None if value is None else self.values[value]


def words_of(enumeration: type[StrEnum], name: str) -> Enum:
    """An enumeration as its own words, held to them by a CHECK called ``name``."""
    return Enum(enumeration, name=name, native_enum=False, create_constraint=True, length=16, values_callable=_values)


def one_of(words: Sequence[str], name: str) -> Enum:
    """One of these words, held to them by a CHECK called ``name``."""
    return Enum(*words, name=name, native_enum=False, create_constraint=True, length=16)


def _values(enumeration: Sequence[StrEnum]) -> list[str]:
    return [member.value for member in enumeration]
