"""AMP live lists (https://amp.dev/documentation/components/amp-live-list): items with their times as attributes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.sources.addresses import absolute
from bot.sources.dates import from_epoch, stated
from bot.sources.elements import own_id
from bot.sources.page import PageFacts
from bot.sources.post import Post, body_blocks, settled


def posts(tree: LexborHTMLParser, facts: PageFacts) -> Iterator[Post]:
    """Every item of a live list, in page order; one with ``data-tombstone`` is taken back."""
    for element in tree.css("[data-sort-time]"):
        yield _post(element, facts)


def _post(element: LexborNode, facts: PageFacts) -> Post:
    attributes = element.attributes
    name = own_id(attributes)
    # The value only has to sort: one that is no Unix time is no time.
    published = from_epoch((attributes.get("data-sort-time") or "").strip())
    return settled(
        Post(
            id=name,
            title=None,
            blocks=body_blocks(element, base=facts.base, timed=published is not None),
            url=_permalink(element, facts) or absolute(f"#{name}" if name else None, facts.url or facts.base),
            published=published or _printed(element),
            updated=from_epoch((attributes.get("data-update-time") or "").strip()),
            retracted="data-tombstone" in attributes,
        )
    )


def _permalink(element: LexborNode, facts: PageFacts) -> str | None:
    """The address that the item's time links to."""
    for moment in element.css("time"):
        around = moment.parent
        if around is not None and around.tag == "a":
            return absolute(around.attributes.get("href"), facts.base)
    return None


def _printed(element: LexborNode) -> datetime | None:
    moment = element.css_first("time[datetime]", strict=False)
    return stated(moment.attributes.get("datetime")) if moment is not None else None
