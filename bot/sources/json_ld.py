"""``LiveBlogPosting`` as JSON-LD (https://schema.org/LiveBlogPosting), wherever in the graph it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.core.model import Block
from bot.sources.addresses import absolute
from bot.sources.dates import stated
from bot.sources.loose_json import load_cut
from bot.sources.markup import blocks_of_markup, text_of_markup
from bot.sources.page import PageFacts
from bot.sources.post import Post, body_blocks, settled

_BODIES: Final = ("articleBody", "text", "description")
_NAMES: Final = ("@id", "identifier", "url", "mainEntityOfPage")
_LINKS: Final = ("url", "@id", "mainEntityOfPage")
_MOST_OBJECTS: Final = 200_000


def posts(tree: LexborHTMLParser, facts: PageFacts) -> Iterator[Post]:
    """Every update of every live blog in the page's JSON-LD, in document order."""
    objects = [found for script in _scripts(tree) for found in _objects(load_cut(script))]
    described = {name: found for found in objects if len(found) > 1 and (name := _string(found.get("@id")))}
    on_page = _Elements(tree)
    for blog in objects:
        for update in _list(blog.get("liveBlogUpdate")):
            named = {"@id": update} if isinstance(update, str) else update
            if isinstance(named, dict):
                reference = _string(named.get("@id")) if len(named) == 1 else None
                yield _post(described.get(reference or "", named), on_page, facts)


def article_dates(tree: LexborHTMLParser) -> tuple[datetime | None, datetime | None]:
    """When the page's article was published and modified, by the first object that says the former."""
    for script in _scripts(tree):
        for found in _objects(load_cut(script)):
            published = stated(_string(found.get("datePublished")))
            if published is not None:
                return published, stated(_string(found.get("dateModified")))
    return None, None


class _Elements:
    """The page's elements by id, looked up only when a body is missing."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree

    @cached_property
    def _by_id(self) -> dict[str, LexborNode]:
        return {name: element for element in self._tree.css("[id]") if (name := element.attributes.get("id"))}

    def blocks(self, address: str | None, base: str | None) -> tuple[Block, ...]:
        """The words of the element that a post's address or name points to."""
        name = urldefrag(address or "")[1] or address or ""
        element = self._by_id.get(name.lstrip("#"))
        return body_blocks(element, base=base, timed=True) if element is not None else ()


def _scripts(tree: LexborHTMLParser) -> Iterator[str]:
    for script in tree.css('script[type^="application/ld+json" i]'):
        yield script.text()


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside ``value``, itself included, in document order; never by recursion."""
    stack = [value]
    met = 0
    while stack and met < _MOST_OBJECTS:
        met += 1
        found = stack.pop()
        if isinstance(found, dict):
            yield found
            stack += reversed([inner for inner in found.values() if isinstance(inner, dict | list)])
        elif isinstance(found, list):
            stack += reversed(found)


def _post(update: dict[str, Any], on_page: _Elements, facts: PageFacts) -> Post:
    name = next((text for key in _NAMES if (text := _string(update.get(key)))), None)
    link = next((url for key in _LINKS if (url := absolute(_string(update.get(key)), facts.base))), None)
    told = next((body for key in _BODIES if (body := _body(update.get(key), facts.base))), ())
    published = stated(_string(update.get("datePublished")) or _string(update.get("dateCreated")))
    return settled(
        Post(
            id=name,
            title=text_of_markup(_string(update.get("headline")) or _string(update.get("name"))),
            blocks=_fuller(told, on_page, name, facts.base),
            url=link,
            published=published,
            updated=stated(_string(update.get("dateModified"))),
        )
    )


def _fuller(told: tuple[Block, ...], on_page: _Elements, name: str | None, base: str | None) -> tuple[Block, ...]:
    """What the data says, or what the page shows where the data is empty or cut off with an ellipsis."""
    if told and not told[-1].text.endswith(("…", "...")):
        return told
    return on_page.blocks(name, base) or told


def _body(value: Any, base: str | None) -> tuple[Block, ...]:
    texts = [text for item in _list(value) if (text := _string(item))]
    return tuple(block for text in texts for block in blocks_of_markup(text, base=base))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _string(value: Any) -> str | None:
    """Text however JSON-LD writes it: a string, a number, ``{"@value": …}``, a reference, the first of a list."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("@id") or value.get("url") or value.get("value")
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
