"""Machine-readable times on HTML elements."""

from __future__ import annotations

import re
from datetime import datetime

from bot.sources.dates import stated
from bot.sources.elements import Attributes

_NAMED = re.compile(r"data-[a-z-]*(?:time|date(?!a)|stamp|publi|creat|posted|epoch|utc|unix)[a-z-]*")
_NO_MOMENT = re.compile(r"(?:^|-)(?:id|count|limit|out|delay|interval)(?:-|$)|(?:timeout|postid)")
_FIRST = ("datetime", "data-sort-time", "data-published", "data-datetime", "data-timestamp")
_EDITED = re.compile(r"updat|modif|edit|expir|refresh|poll|load")
_TITLED = frozenset({"abbr", "time", "span", "a", "small"})
_PUBLISHED = frozenset({"datepublished", "datecreated"})


def moments(tag: str, attributes: Attributes) -> tuple[datetime, ...]:
    """What ``datetime``, ``data-*`` times, titles and ``meta`` elements state: publication before modification."""
    if not attributes:
        return ()
    found = [attributes[name] for name in _FIRST if name in attributes]
    later: list[str | None] = []
    for name, value in attributes.items():
        if name not in _FIRST and name.startswith("data-") and _NAMED.fullmatch(name) and not _NO_MOMENT.search(name):
            (later if _EDITED.search(name) else found).append(value)
    if tag in _TITLED and "title" in attributes:  # what a script turned into "5 minutes ago"
        found.append(attributes["title"])
    if tag == "meta" and (attributes.get("itemprop") or "").lower() in _PUBLISHED:
        found.append(attributes.get("content"))
    stamps = (stated(value) for value in found + later)
    return tuple(dict.fromkeys(stamp for stamp in stamps if stamp is not None))
