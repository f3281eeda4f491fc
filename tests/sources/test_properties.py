"""Whatever bytes come, there is a document or a reason."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.model import Document
from bot.sources import FORMATS, UnreadableError, read_document
from bot.sources.walk import MAX_BLOCKS
from tests.sources.feeds import RSS
from tests.sources.test_cap import alert
from tests.sources.test_live_blog import blog, ld, post
from tests.sources.test_telegram_channel import message, text

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Karst</title><entry><id>1</id><title>Talks</title>
<updated>2020-11-03T08:55:00Z</updated><content type="html">&lt;p&gt;One&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_html": "<p>a"}]})
PAGE = """<!doctype html><html lang=en><head><title>Live</title><link rel=canonical href=/x></head><body><main>
<h2>9:00</h2>
<p id=p1 data-time=1604379300>Two <b>houses</b> burn<br>in <a href=/y>Tarvin</a></p><ul><li>one<li>two</ul></main>"""
AMP = "<div id=p2 data-sort-time=1604379300 data-tombstone><h3>Bridge shut</h3><p>Until noon.</p></div>"
WHOLE = [
    document.encode()
    for document in (
        RSS,
        ATOM,
        JSON_FEED,
        PAGE,
        AMP,
        ld(blog(post(), post(2))),
        alert(),
        message("karst/7", text("Talks")),
    )
]
HURTS = st.sampled_from(
    [
        b"<",
        b">",
        b"&",
        b'"',
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"\x00",
        b"\xff\xfe",
        b"\xc3",
        b"{",
        b"]",
        b"<item>",
        b"</a>",
    ]
)


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """One of the documents with pieces cut out, doubled, moved or put in."""
    body = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 60)))
        piece = draw(HURTS | st.binary(max_size=4) | st.just(body[start:end] * 2))
        body = body[:start] + piece + body[end:]
    return body


def outcome(body: bytes, content_type: str | None = None) -> Document | str:
    """The document, or the reason why there is none."""
    try:
        return read_document(body, url="https://norvale.example/live", content_type=content_type)
    except UnreadableError as error:
        return str(error)


@given(broken())
@example(b"<rss><channel><item><title>\xff\x00]]></title><item></rss>")
def test_a_broken_document_has_an_outcome(body: bytes) -> None:
    """A document that can be stored, or a reason in words; never anything else."""
    found = outcome(body)
    if isinstance(found, str):
        assert found
        return
    assert len({entry.key for entry in found.entries}) == len(found.entries)
    for entry in found.entries:
        assert len(entry.blocks) <= MAX_BLOCKS
        for words in (entry.key, entry.title or "", entry.url or "", *(block.text for block in entry.blocks)):
            words.encode()
        assert all(block.text == " ".join(block.text.split()) != "" for block in entry.blocks)


@given(st.binary(max_size=300), st.sampled_from([None, "text/html", "text/plain; charset=utf-16", "application/json"]))
def test_any_bytes_have_an_outcome(body: bytes, content_type: str | None) -> None:
    """Also those that were never a document."""
    assert outcome(body, content_type)


@given(st.sampled_from(WHOLE))
def test_reading_is_repeatable(body: bytes) -> None:
    """The same bytes give the same document, keys included: identity rests on it."""
    assert outcome(body) == outcome(body)


def test_every_format_is_reached() -> None:
    """No format hides another: each reads a document of its own."""
    texts = [b"8:55 a.m.: Shelling", b"<?xml version='1.0'?><urlset/>"]
    formats = {found.format for body in WHOLE + texts if not isinstance(found := outcome(body), str)}
    assert formats | {"xml"} >= {source_format.NAME for source_format in FORMATS}
    assert outcome(texts[1]) == "it is XML of another kind (<urlset>), not a feed"
