"""The XML of a feed, found inside whatever an address gives, and taken apart where it is broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from bot.sources.base import MAX_ENTRIES
from bot.sources.nesting import MAX_XML_DEPTH, deeper_than

# Every pattern runs over hostile text: none may scan on to the end from each of many places where it begins.
_ROOT = re.compile(
    r"<(?:rss(?=[\s>])|(?:\w+:)?feed\s[^<>]{0,2000}?(?:w3\.org/2005/Atom|purl\.org/atom)|"
    r"(?:\w+:)?RDF\s[^<>]{0,2000}?(?:purl\.org/rss|my\.netscape\.com))",
    re.IGNORECASE,
)
_BARE_ROOT = re.compile(r"<(?:feed|channel)(?=[\s>])", re.IGNORECASE)
"""A root without its namespace, or without ``rss`` around it: believed only where entries follow."""
_ESCAPED_ROOT = re.compile(r"&lt;(?:rss|(?:\w+:)?feed)\b(?:(?!&[lg]t;).){0,2000}?&gt;\s{0,99}&lt;", re.DOTALL)
_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,300}\?>", re.IGNORECASE)
_ENTRY_BEGINS = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_ENTRY_ENDS = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_NAMED = re.compile(r"</(?:\w+:)?(?:guid|id|link)\s*>|<(?:\w+:)?link\s[^<>]*/>", re.IGNORECASE)
_LONG_PERSON = re.compile(
    r"(<(?:\w+:)?(?:author|creator|contributor|editor|managingEditor|webMaster|owner|publisher|name)\b[^<>]{0,500}>)"
    r"(?:\s{0,9}<!\[CDATA\[[^<\]]{500,}(?:\]\]>)?|[^<]{500,})",
    re.IGNORECASE,
)
"""feedparser searches it for a mail address in quadratic time, and nothing here reads it."""
_ROOT_TAG = re.compile(r"(?:<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>)?\s*<([^\s>]+)[^>]*>")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?!html)[^>\[]*(?:\[[^\]]*\])?[^>]*>", re.IGNORECASE)
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FeedXml:
    """A feed's own text, cut to what is read."""

    text: str
    entries: tuple[int, ...]
    """Where its entries begin."""
    damage: str | None = None
    """What was wrong around it, in words."""
    unfinished: bool = False
    """It ends inside an entry that nothing names yet."""

    def is_nested_deep(self) -> bool:
        """An element of the channel or of any entry is nested beyond all reason.

        Entry by entry, since an end tag that every entry lacks must not add up.
        """
        ends = (*self.entries, len(self.text))
        return any(deeper_than(self.text[start:end], MAX_XML_DEPTH) for start, end in pairwise((0, *ends)))

    def outside_entries(self) -> str:
        """What the feed says about itself: all that stands before its entries, and after them."""
        if not self.entries:
            return self.text
        end = _ENTRY_ENDS.search(self.text, self.entries[-1])
        return self.text[: self.entries[0]] + (self.text[end.end() :] if end else "")

    def one_by_one(self) -> Iterator[str]:
        """Each entry as a feed of its own, so that what is broken in one of them harms no other."""
        root = _ROOT_TAG.match(self.text)
        opening = root[0] if root else "<rss>"
        for start, after in zip(self.entries, (*self.entries[1:], len(self.text)), strict=True):
            end = _ENTRY_ENDS.search(self.text, start, after)
            yield f"{opening}<channel>{self.text[start : end.end() if end else after]}"


def looks_like_feed(head: str) -> bool:
    """A feed's root element stands in ``head``, itself or escaped as a page's text."""
    if _ROOT.search(head) or _ESCAPED_ROOT.search(head):
        return True
    bare = _BARE_ROOT.search(head)
    return bare is not None and _ENTRY_BEGINS.search(head, bare.end()) is not None


def feed_xml(text: str) -> FeedXml | None:
    """The feed inside ``text``: without what stands before it, and cut after the last entry that is read.

    ``None`` when what looked like a feed stands in a comment.
    """
    start = _root(text)
    if start is None:
        text = unescape(text)
        start = _root(text)
    if start is None:
        return None
    declared = _DECLARATION.search(text, 0, start)
    between = _COMMENTS.sub("", text[declared.end() if declared else 0 : start])
    # The text is decoded, whatever its declaration says, so that goes; a document type stays, it may define entities.
    doctype = _DOCTYPE.search(between)
    junk = (text[: declared.start()] if declared else "") + _DOCTYPE.sub("", between)
    # feedparser knows entity declarations only at the beginning of a line.
    text = (doctype[0].replace("<!ENTITY", "\n<!ENTITY") if doctype else "") + text[start:]
    text = _LONG_PERSON.sub(r"\1", text)
    return _cut(text, "something stands before the feed" if junk.strip() else None)


def _root(text: str) -> int | None:
    """Where the root element begins; one that stands in a comment is none."""
    for root in (_ROOT, _BARE_ROOT):
        found = root.search(text)
        while found and text.rfind("<!--", 0, found.start()) > text.rfind("-->", 0, found.start()):
            end = text.find("-->", found.start())
            found = root.search(text, end) if end >= 0 else None
        if found:
            return found.start()
    return None


def _cut(text: str, damage: str | None) -> FeedXml:
    starts = tuple(match.start() for match in _ENTRY_BEGINS.finditer(text))
    if len(starts) > MAX_ENTRIES:
        damage = f"{len(starts)} entries, only the first {MAX_ENTRIES} were read"
        kept = text[: starts[MAX_ENTRIES]]
        return FeedXml(kept + _closing(kept), starts[:MAX_ENTRIES], damage)
    tail = text[starts[-1] :] if len(starts) > 1 else ""
    unfinished = bool(tail) and not _ENTRY_ENDS.search(tail) and not _NAMED.search(tail)
    return FeedXml(text, starts, damage, unfinished)


def _closing(kept: str) -> str:
    """The end tags of what is open after the last entry: a feed that is cut on purpose stays well-formed."""
    root = _ROOT_TAG.match(kept)
    channel = "</channel>" if "<channel" in kept and "</channel" not in kept else ""
    return f"{channel}</{root[1]}>" if root else ""
