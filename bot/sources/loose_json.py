"""JSON as web pages carry it: wrapped in comments, with raw line breaks, trailing commas, or cut off."""

from __future__ import annotations

import json
import re
from typing import Any, Final

Json = Any
"""What ``json`` returns: nothing is known of it until it is looked at."""

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$"
)
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^"{}\[\],:\s]+', re.DOTALL)
_MAX_DEPTH: Final = 256


def load(text: str) -> Json | None:
    """Parse ``text``, repaired where need be; ``None`` when it can't be saved, or is nested absurdly deep."""
    text = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";")
    value = _parse(text)
    if value is None:
        value = _parse(_TRAILING_COMMA.sub(lambda found: found[1] or "", text))
    return value


def load_cut(text: str) -> Json | None:
    """Like :func:`load`, and an end that is missing is taken to be just after the last whole value."""
    value = load(text)
    return _parse(_closed(text)) if value is None else value


def _parse(text: str) -> Json | None:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _closed(text: str) -> str:
    """``text`` up to the last whole object or array, with what is still open there closed."""
    closers: list[str] = []
    keep, keep_closers = 0, ""
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "{[":
            closers.append("}" if mark == "{" else "]")
        elif mark in "}]":
            if not closers or closers.pop() != mark or not closers:
                break
            keep, keep_closers = token.end(), "".join(reversed(closers))
        if len(closers) > _MAX_DEPTH:
            return ""
    return text[:keep] + keep_closers
