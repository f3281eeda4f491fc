"""Links inside a document, made absolute or dropped."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

from bot.sources.characters import without_unseen

_LONGEST: Final = 2048
_DROPPED = re.compile(r"[\t\n\r]")
"""The URL Standard drops them wherever they stand."""


def absolute(link: str | None, base: str | None) -> str | None:
    """``link`` against ``base``; ``None`` unless the outcome is an http or https address of sane length."""
    if not link or len(link) > _LONGEST:
        return None
    link = without_unseen(_DROPPED.sub("", link)).strip().replace(" ", "%20")
    try:
        joined = urljoin(base or "", link)
        parts = urlsplit(joined)
    except ValueError:  # "http://[" and the like
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(joined) > _LONGEST:
        return None
    return joined
