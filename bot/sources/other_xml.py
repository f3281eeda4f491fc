"""Any XML that is neither a feed nor a page: never read, but named, so that an admin sees what the address gives."""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Document
from bot.sources.base import Raw, UnreadableError
from bot.sources.elements import is_html

NAME: Final = "xml"

_PROLOG = re.compile(
    r"\s*(?><\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)(?=[\s/>])")


def sniff(raw: Raw) -> bool:
    """Its first element is none of HTML's, or its prolog has no end."""
    return _foreign_root(raw) is not None


def parse(raw: Raw) -> Document:
    """Refuse it by name: raises :class:`UnreadableError`."""
    raise UnreadableError(f"it is XML of another kind (<{_foreign_root(raw)}>), not a feed")


def _foreign_root(raw: Raw) -> str | None:
    prolog = _PROLOG.match(raw.head)
    start = prolog.end() if prolog else 0
    if raw.head.startswith(("<?", "<!DOCTYPE"), start):
        return "!DOCTYPE"
    root = _ROOT.match(raw.head, start)
    return root[1][:40] if root and not is_html(root[1].lower()) else None
