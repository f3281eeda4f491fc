"""Live pages that carry their updates as data: one post for each ``liveBlogUpdate`` or live-list item.

Asked in order: JSON-LD, microdata (both schema.org ``LiveBlogPosting``), AMP live lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from bot.core.model import Document, Entry, EntryKind
from bot.sources import amp_live_list, json_ld, microdata
from bot.sources.base import MAX_ENTRIES, Raw
from bot.sources.keys import Named, keys_of
from bot.sources.main_text import main_blocks
from bot.sources.page import PageFacts, facts_of
from bot.sources.post import Post
from bot.sources.walk import walk

NAME: Final = "live-blog"

_READERS: Final[tuple[tuple[str, Callable[[LexborHTMLParser, PageFacts], Iterator[Post]]], ...]] = (
    ("liveBlogUpdate", json_ld.posts),
    ("liveBlogUpdate", microdata.posts),
    ("data-sort-time", amp_live_list.posts),
)


def sniff(raw: Raw) -> bool:
    """One of the marks stands somewhere in the page."""
    return any(mark in raw.text for mark, _ in _READERS)


def parse(raw: Raw) -> Document | None:
    """Read the posts in document order. ``None`` when the page itself says more than they do."""
    facts = facts_of(raw.tree, raw.url)
    for mark, reader in _READERS:
        if mark in raw.text:
            told = (post for post in reader(raw.tree, facts) if post.blocks or post.title or post.retracted)
            posts = list(dict.fromkeys(islice(told, 2 * MAX_ENTRIES)))  # pages repeat their data
            if posts and not _page_says_more(raw, posts):
                return _document(raw, facts, posts)
    return None


def _page_says_more(raw: Raw, posts: list[Post]) -> bool:
    """Posts that are nothing but headlines, beside a page that has their words."""
    if any(post.blocks for post in posts):
        return False
    on_page = sum(len(block.text) for block in main_blocks(walk(raw.tree.root, base=None)))
    return on_page > 2 * sum(len(post.title or "") for post in posts)


def _document(raw: Raw, facts: PageFacts, posts: list[Post]) -> Document:
    kept = posts[:MAX_ENTRIES]
    keys = keys_of([Named(post.id, None, post.title, post.blocks[0].text if post.blocks else "") for post in kept])
    entries = tuple(
        Entry(
            EntryKind.POST,
            key,
            post.blocks,
            post.title,
            post.url,
            published=post.published,
            updated=post.updated,
            retracted=post.retracted,
        )
        for key, post in zip(keys, kept, strict=True)
    )
    cut = f"more than {MAX_ENTRIES} posts, its end was not read" if len(posts) > MAX_ENTRIES else None
    return Document(
        NAME, entries, facts.title, facts.language, facts.url, facts.alternates, damaged=cut or raw.decoded.damage
    )
