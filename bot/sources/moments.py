"""Machine-readable times on HTML elements."""

from __future__ import annotations

import re
from datetime import datetime

from bot.sources.dates import stated
from bot.sources.elements import Attributes

_NAMED = re.compile(
    r"data-(?:[a-z-]*-)?(?:time|timestamp|datetime|date|published|created|posted|epoch|utc|unix|ts)(?:-(?:utc|iso|gmt|ms))?"
    r"|data-(?:timestamp|datetime|time|date|published|created|posted)[a-z-]*"
)
_FIRST = ("datetime", "data-sort-time", "data-published", "data-datetime", "data-timestamp")
_EDITED = re.compile(r"updat|modif|edit|expir|refresh|poll|load")


def moments(tag: str, attributes: Attributes) -> tuple[datetime, ...]:
    """What ``datetime``, ``data-*`` times and titled ``abbr`` state: publication before modification."""
    if not attributes:
        return ()
    found = [attributes[name] for name in _FIRST if name in attributes]
    later: list[str | None] = []
    for name, value in attributes.items():
        if name not in _FIRST and _NAMED.fullmatch(name):
            (later if _EDITED.search(name) else found).append(value)
    if tag == "abbr":
        found.append(attributes.get("title"))
    stamps = (stated(value) for value in found + later)
    return tuple(dict.fromkeys(stamp for stamp in stamps if stamp is not None))
