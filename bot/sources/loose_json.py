"""JSON as web pages carry it: wrapped in comments, with raw line breaks, trailing commas, or cut off."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any, Final

Json = Any
"""What ``json`` returns: nothing is known of it until it is looked at."""

_WRAPPED_BEGINS = re.compile(r"(?:<!--|(?://|/\*)?\s{0,9}<!\[CDATA\[(?:\s{0,9}\*/)?)")
_WRAPPED_ENDS = re.compile(r"(?:-->|(?://|/\*)?\s{0,9}\]\]>(?:\s{0,9}\*/)?|;)$")
_LONGEST_WRAPPING: Final = 40
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*(?:"|\Z))|,(?=\s*[}\]])', re.DOTALL)
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')
"""An escape, or a lone backslash before what JSON has no escape for."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)|[{}\[\],:]|[^"{}\[\],:\s]+', re.DOTALL)
_MAX_DEPTH: Final = 256


def load(text: str) -> Json | None:
    """Parse ``text``, repaired where need be; ``None`` when it can't be saved, or is nested absurdly deep."""
    text = _unwrapped(text)
    value = _parse(text)
    return _parse(_repaired(text)) if value is None else value


def load_cut(text: str) -> Json | None:
    """Like :func:`load`, and an end that is missing is taken to be just after the last whole value."""
    value = load(text)
    return _parse(_closed(_repaired(_unwrapped(text)))) if value is None else value


def _unwrapped(text: str) -> str:
    text = text.strip()
    begins = _WRAPPED_BEGINS.match(text)
    text = text[begins.end() :] if begins else text
    ends = _WRAPPED_ENDS.search(text, max(0, len(text) - _LONGEST_WRAPPING))
    return text[: ends.start()].strip() if ends else text.strip()


def _repaired(text: str) -> str:
    """Without trailing commas, without backslashes before what needs none, and not escaped as if it were HTML."""
    text = unescape(text) if "&quot;" in text and '"' not in text else text
    text = _ESCAPE.sub(lambda found: found[0] if len(found[0]) > 1 else "", text)
    return _TRAILING_COMMA.sub(lambda found: found[1] or "", text)


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
