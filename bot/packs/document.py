"""A pack's file: read, and checked key by key, with the line of whatever is wrong."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from bot.core.errors import PackError

LARGEST = 8_000_000
"""Bytes: past that it is no pack that a person wrote."""


@dataclass(slots=True)
class Document:
    """The text of a pack's file, to find lines in."""

    path: Path
    text: str

    def fail(self, reason: str, *, at: str | None = None) -> NoReturn:
        """Raise :class:`PackError` for the first line that holds ``at``, or for the file."""
        line = self._line(at) if at else None
        raise PackError(f"{self.path}{f':{line}' if line else ''}: {reason}")

    def _line(self, at: str) -> int | None:
        place = self.text.find(at)
        if place < 0:
            place = self.text.find(at.replace("\\", "\\\\").replace('"', '\\"'))
        return self.text.count("\n", 0, place) + 1 if place >= 0 else None


@dataclass(slots=True)
class Table:
    """One table of a pack: values are asked for by name and kind, and :meth:`end` refuses what nobody asked for."""

    document: Document
    values: Mapping[str, Any]
    name: str = "the pack"
    at: str | None = None
    """Words that stand where the table stands, to name its line."""
    _known: set[str] = field(default_factory=set)

    def text(self, key: str, default: str | None = None) -> str:
        """A non-empty string; without a default it must be there."""
        value = self._take(key, default)
        if value == default and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.fail(f"{key} must be words in quotes", key)
        return value.strip()

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of strings."""
        value = self._take(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one.strip() for one in value):
            self.fail(f"{key} must be a list of words in quotes", key)
        return tuple(value)

    def number(self, key: str, default: float) -> float:
        """A number above 0."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
            self.fail(f"{key} must be a number above 0", key)
        return float(value)

    def flag(self, key: str) -> bool:
        """``true`` or ``false``, false when absent."""
        value = self._take(key, False)
        if not isinstance(value, bool):
            self.fail(f"{key} must be true or false", key)
        return value

    def words(self, key: str) -> dict[str, str]:
        """A table of strings; empty when absent."""
        value = self._take(key, {})
        if not isinstance(value, dict) or not all(isinstance(one, str) and one for one in value.values()):
            self.fail(f"{key} must be a table of words in quotes", key)
        return dict(value)

    def numbers(self, key: str) -> dict[str, int]:
        """A table of whole numbers above 0; empty when absent."""
        value = self._take(key, {})
        if not isinstance(value, dict) or not all(type(one) is int and one > 0 for one in value.values()):
            self.fail(f"{key} must be a table of whole numbers", key)
        return dict(value)

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """A table of lists of strings; empty when absent."""
        value = self._take(key, {})
        if not isinstance(value, dict):
            self.fail(f"{key} must be a table", key)
        inner = Table(self.document, value, key)
        return {name: inner.texts(name) for name in value}

    def tables(self, key: str, named_by: str) -> list[Table]:
        """The ``[[key]]`` tables; each is found in the file by its value of ``named_by``."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fail(f"{key} must be written as [[{key}]]", key)
        return [Table(self.document, one, f"[[{key}]]", _string(one.get(named_by))) for one in value]

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """A string that must be one of these."""
        value = self.text(key, default)
        if value not in allowed:
            self.fail(f"{key} must be one of {', '.join(allowed)}, not {value!r}", value)
        return value

    def is_kind(self, kind: str) -> bool:
        """Whether the pack says that it is of this kind."""
        return self.values.get("kind") == kind

    def end(self) -> None:
        """Refuse keys that nobody asked for, naming the nearest known one."""
        for key in self.values:
            if key not in self._known:
                near = difflib.get_close_matches(key, self._known, n=1)
                self.fail(f"unknown key {key!r} in {self.name}{f', did you mean {near[0]!r}?' if near else ''}", key)

    def fail(self, reason: str, at: str | None = None) -> NoReturn:
        """Raise :class:`PackError` with the line of ``at``, sought from where the table stands."""
        text = self.document.text
        named = text.find(self.at) if self.at else -1
        start = max(text.rfind("[[", 0, named), 0) if named >= 0 else 0
        found = re.search(rf"^\s*(?:\[+)?{re.escape(at)}\b", text[start:], re.MULTILINE) if at else None
        if found:
            line = text.count("\n", 0, start + found.end()) + 1
            raise PackError(f"{self.document.path}:{line}: {reason}")
        self.document.fail(reason, at=at if at and at in text else self.at)

    def _take(self, key: str, default: object) -> Any:
        self._known.add(key)
        value = self.values.get(key, default)
        if value is None:
            self.fail(f"{self.name} needs the key {key!r}")
        return value


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def read_document(path: Path) -> Table:
    """Read a pack's file. Raises :class:`PackError` when it can't be read or is no TOML."""
    try:
        if path.stat().st_size > LARGEST:
            raise PackError(f"{path}: larger than {LARGEST // 1_000_000} MB")
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: {error}") from error
    return parse_document(text, path)


def parse_document(text: str, path: Path) -> Table:
    """Read a pack's text, which errors call ``path``. Raises :class:`PackError` when it is no TOML or far too long."""
    if len(text) > LARGEST:
        raise PackError(f"{path}: larger than {LARGEST // 1_000_000} MB")
    try:
        return Table(Document(path, text), tomllib.loads(text))
    except ValueError as error:  # TOMLDecodeError, or Python's own for a number of thousands of digits
        line = re.search(r"line (\d+)", str(error))
        raise PackError(f"{path}{f':{line.group(1)}' if line else ''}: {error}") from error
    except RecursionError as error:
        raise PackError(f"{path}: nested too deeply") from error
