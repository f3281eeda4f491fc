"""What an entry attaches: addresses of pictures, sounds and films, kept and never fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.core.model import Media
from bot.sources.addresses import absolute

_MOST: Final = 8
_MOST_LOOKED_AT: Final = 100
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}")


def media_of(attached: Iterable[tuple[str | None, str | None]], base: str | None) -> tuple[Media, ...]:
    """The first few of pairs of address and media type: each address once, absolute, http or https.

    Args:
        attached: As the source states them.
        base: What relative addresses are resolved against.
    """
    found: dict[str, Media] = {}
    for place, (link, kind) in enumerate(attached):
        url = absolute(link, base)
        if url is not None:
            found.setdefault(url, Media(url, _kind(kind)))
        if len(found) == _MOST or place == _MOST_LOOKED_AT:
            break
    return tuple(found.values())


def _kind(stated: str | None) -> str | None:
    kind = (stated or "").partition(";")[0].strip().lower()
    return kind if _TYPE.fullmatch(kind) else None
