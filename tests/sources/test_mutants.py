"""Broken feeds: each mutant has a named outcome, and the entries that can be saved are."""

from __future__ import annotations

import html
from dataclasses import dataclass

import pytest

from bot.sources import UnreadableError, read_document
from tests.sources.feeds import KEYS, RSS, TITLES

ALL = 3


@dataclass(frozen=True)
class Mutant:
    """A way to break the feed, and what is saved of it."""

    name: str
    body: bytes
    saved: int = ALL
    """Entries with their right titles, from the first."""
    damage: str | None = "not well-formed"
    """Words of the named damage; ``None``: nothing is wrong with the outcome."""
    keys: tuple[str, ...] | None = KEYS
    titles: tuple[str, ...] = TITLES


def _text(name: str, text: str, **rest: object) -> Mutant:
    return Mutant(name, text.encode(), **rest)  # type: ignore[arg-type]  # the fields of Mutant, checked by the tests


LAST = RSS.index("Both sides")
MUTANTS = (
    _text("whole", RSS, damage=None),
    _text("cut off in the last entry's text", RSS[: LAST + 9]),
    _text("cut off before the last entry has a name", RSS[: RSS.index("Talks") + 3], saved=2),
    _text("cut off before the last entry's id", RSS[: RSS.index("<guid>post-3")], saved=2),
    _text("cut off inside a tag", RSS[: RSS.index("<pubDate>Tue, 03 Nov 2020 10") + 5]),
    _text("bare ampersand", RSS.replace("&amp;", "&")),
    _text("mismatched end tag", RSS.replace("Karst is shut.</description>", "Karst is shut.</desc>")),
    _text("unclosed element", RSS.replace("</language>", "")),
    _text("end tag too many", RSS.replace("</language>", "</language></b>")),
    _text("undefined entity", RSS.replace("Both sides", "Both&nbsp;sides &mdash;")),
    _text("unquoted attribute", RSS.replace("<guid>", "<guid isPermaLink=false>")),
    _text("undeclared namespace", RSS.replace(' xmlns:content="http://purl.org/rss/1.0/modules/content/"', "")),
    _text("control characters", RSS.replace("Both sides", "Both\x00 si\x01des\x0b"), damage=None),
    _text("control character as a reference", RSS.replace("Both sides", "Both&#1; sides")),
    _text("junk before the declaration", "Warning: cannot connect <br />\n" + RSS, damage="before the feed"),
    _text("junk before a feed without entries", "Warning: <br />\n" + RSS[: RSS.index("<item>")] + "</channel></rss>",
          saved=0, damage="before the feed"),
    _text("empty lines before the declaration", "\n\n  " + RSS, damage=None),
    _text("junk after the end", RSS + "<script>track()</script>"),
    _text("no declaration", RSS.split("?>", 1)[1], damage=None),
    _text("no end tag in any description", RSS.replace("</description>", "")),
    _text("no rss element", RSS.replace("<rss", "<x").replace("</rss>", "</x>"), damage="before the feed"),
    _text("two channels", RSS.replace("<channel>", "<channel><channel>")),
    _text("inside a page", f"<html><body>{RSS}</body></html>", damage="before the feed"),
    _text("as a page's text", f"<html><pre>{html.escape(RSS)}</pre></html>", damage="before the feed"),
    Mutant("UTF-16 with a mark", RSS.replace("utf-8", "utf-16").encode("utf-16"), damage=None),
    Mutant("UTF-16 without a mark, declared as UTF-8", RSS.encode("utf-16-be"), damage=None),
    Mutant("windows-1252, declared as UTF-8", RSS.replace("Both", "À Talmét").encode("cp1252"), damage="not in it"),
    Mutant("UTF-8, declared as windows-1251", RSS.replace('"utf-8"', '"windows-1251"').replace("Both", "Обе").encode(),
           damage="written in utf-8"),
    Mutant("undeclared windows-1252", RSS.replace(' encoding="utf-8"', "").replace("Both", "Bôth").encode("cp1252"),
           damage="no encoding declared"),
    Mutant("a stray byte", RSS.encode().replace(b"Both", b"B\xffth"), damage="no encoding|not in"),
    _text("no ids", RSS.replace("guid>", "x>"), damage=None,
          keys=("https://norvale.example/1", "https://norvale.example/2", "https://norvale.example/3")),
    _text("no ids and no links", RSS.replace("guid>", "x>").replace("<link>", "<y>").replace("</link>", "</y>"),
          damage=None, keys=None),
    _text("one id for all", RSS.replace("post-2", "post-1").replace("post-3", "post-1"), damage=None, keys=None),
    _text("no titles", RSS.replace("title>", "x>"), damage=None, titles=()),
    _text("no texts", RSS.replace("description>", "x>").replace("content:encoded>", "content:x>"), damage=None),
)  # fmt: skip


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_feed_gives_what_it_has(mutant: Mutant) -> None:
    """Entries in order, each under a key of its own, and the damage in words."""
    document = read_document(mutant.body, url="https://norvale.example/feed")
    assert document.format == "rss"
    assert len(document.entries) == mutant.saved
    assert tuple(entry.title for entry in document.entries if entry.title) == mutant.titles[: mutant.saved]
    if mutant.keys is not None:
        assert tuple(entry.key for entry in document.entries) == mutant.keys[: mutant.saved]
    assert len({entry.key for entry in document.entries}) == mutant.saved
    if mutant.damage is None:
        assert document.damaged is None
    else:
        assert any(words in (document.damaged or "") for words in mutant.damage.split("|"))


def test_saved_entries_keep_their_words() -> None:
    """What is saved of a feed that is cut off is whole, but for the entry where the cut is."""
    document = read_document(RSS[: LAST + 10].encode())
    assert [[block.text for block in entry.blocks] for entry in document.entries[:2]] == [
        ["Two houses burn.", "Nobody was hurt, the mayor says."],
        ["The bridge at Karst is shut."],
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x00\x01", "binary|empty"),
        (b"%PDF-1.7 x", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08rest", "compressed"),
        (bytes(range(256)) * 8, "binary"),
        (b'{"error": "not found"}', "JSON, but no JSON Feed"),
        (b"[1, 2]", "JSON, but no JSON Feed"),
        (b'<?xml version="1.0"?><urlset><url/></urlset>', "<urlset>"),
        (b'<?xml version="1.0"?><!-- x --><opml version="2.0"><body/></opml>', "<opml>"),
        (b"<svg><text>x</text></svg>", "<svg>"),
        (b"<!doctype html><title>x</title><div id=root></div><script>draw()</script>", "no text"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else value,
)
def test_what_is_no_document_is_named(body: bytes, reason: str) -> None:
    """The reason says what the address gave instead of a page or a feed."""
    with pytest.raises(UnreadableError) as caught:
        read_document(body)
    assert any(words in str(caught.value) for words in reason.split("|"))
