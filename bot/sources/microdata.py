"""``LiveBlogPosting`` as microdata (https://html.spec.whatwg.org/multipage/microdata.html)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.core.model import Block
from bot.sources.addresses import absolute
from bot.sources.characters import fold
from bot.sources.dates import stated
from bot.sources.elements import own_id
from bot.sources.page import PageFacts
from bot.sources.post import Post, body_blocks, settled

_VALUES: Final = ("content", "datetime", "href")


def posts(tree: LexborHTMLParser, facts: PageFacts) -> Iterator[Post]:
    """Every element that is a ``liveBlogUpdate``, in document order."""
    for element in tree.css('[itemprop~="liveBlogUpdate"]'):
        yield _post(element, facts)


def _post(element: LexborNode, facts: PageFacts) -> Post:
    published = stated(_value(element, "datePublished") or _value(element, "dateCreated"))
    link = absolute(_value(element, "url") or _value(element, "mainEntityOfPage"), facts.base)
    return settled(
        Post(
            id=element.attributes.get("itemid") or own_id(element.attributes) or link,
            title=fold(_value(element, "headline") or _value(element, "name") or "") or None,
            blocks=_body(element, facts.base, timed=published is not None),
            url=link,
            published=published,
            updated=stated(_value(element, "dateModified")),
        )
    )


def _body(element: LexborNode, base: str | None, *, timed: bool) -> tuple[Block, ...]:
    """The ``articleBody`` elements, or the whole post where the site marks none."""
    bodies = element.css('[itemprop~="articleBody"]') or element.css('[itemprop~="text"]') or [element]
    return tuple(block for body in bodies for block in body_blocks(body, base=base, timed=timed))


def _value(element: LexborNode, name: str) -> str | None:
    """A property of the post itself: ``content``, ``datetime`` or ``href`` where its element has one, else its text."""
    for found in element.css(f'[itemprop~="{name}"]'):
        if _is_own(found, element):
            attributes = found.attributes
            stated_value = next((value for key in _VALUES if (value := attributes.get(key))), None)
            return stated_value or found.text() or None
    return None


def _is_own(found: LexborNode, element: LexborNode) -> bool:
    """No other item stands between: an author's name is not the post's."""
    around = found.parent
    while around is not None and around.mem_id != element.mem_id:
        if "itemscope" in around.attributes:
            return False
        around = around.parent
    return True
