"""JSON Feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Document
from bot.sources import UnreadableError, read_document
from bot.sources.loose_json import load, load_cut


def feed(*items: Any, **more: Any) -> str:
    """A JSON Feed of these items."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Karst", "items": items, **more})


def read(text: str) -> Document:
    """The document at the outlet's address."""
    return read_document(text.encode(), url="https://karst.example/feed.json")


def test_a_feed_is_read() -> None:
    """Titles, ids, dates, HTML and plain bodies, relative links, the language."""
    document = read(
        feed(
            {
                "id": "a",
                "url": "/1",
                "title": "Talks &amp; more",
                "content_html": "<p>One.</p><p>Two.</p>",
                "date_published": "2020-11-03T08:55:00+04:00",
                "date_modified": "2020-11-03T09:55:00+04:00",
            },
            {"id": 7, "content_text": "Line one\nline two"},
            {"url": "https://karst.example/3", "title": "Bridge shut", "summary": "Until noon."},
            language="hy-AM",
            home_page_url="https://karst.example/",
        )
    )
    first, second, third = document.entries
    assert (document.format, document.title, document.language) == ("json-feed", "Karst", "hy-AM")
    assert document.url == "https://karst.example/"
    assert (first.key, first.title, first.url) == ("a", "Talks & more", "https://karst.example/1")
    assert (first.published, first.updated) == (
        datetime(2020, 11, 3, 4, 55, tzinfo=UTC),
        datetime(2020, 11, 3, 5, 55, tzinfo=UTC),
    )
    texts = [[block.text for block in entry.blocks] for entry in document.entries]
    assert texts == [["One.", "Two."], ["Line one", "line two"], ["Until noon."]]
    assert (second.key, third.key) == ("7", "https://karst.example/3")


def test_a_feed_that_is_cut_off_keeps_its_whole_items() -> None:
    """The item where the cut is goes; the damage is named."""
    whole = feed({"id": "1", "content_text": "One]}"}, {"id": "2", "content_text": "Two"})
    document = read(whole[: whole.index("Two")])
    assert [entry.key for entry in document.entries] == ["1"]
    assert document.damaged == "the JSON is cut off or broken"


@pytest.mark.parametrize("text", ['{"items": 3}', '{"error": 1}', '[{"title": "a"}]', '{"items": [{"id": "1"}]}'])
def test_other_json_is_refused_by_name(text: str) -> None:
    """An address that answers with data of its own is told apart from a page."""
    with pytest.raises(UnreadableError, match="JSON"):
        read(text)


@pytest.mark.parametrize("text", ["[" * 100_000, "[8:55] Shelling", "{today}"])
def test_text_that_only_begins_like_json_is_text(text: str) -> None:
    """However often it opens a bracket."""
    assert read(text).format == "text"


def test_strings_that_cannot_be_stored_are_cleaned() -> None:
    """JSON can spell lone surrogates, which no database takes."""
    (entry,) = read(feed({"id": "1", "title": "a\ud800b", "content_text": "c\udc00d"})).entries
    assert (entry.title, entry.blocks[0].text) == ("ab", "cd")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, 2,], "b": ",}",}', {"a": [1, 2], "b": ",}"}),
        ('{"a": "one\ntwo"}', {"a": "one\ntwo"}),
        ('<!-- {"a": 1} -->', {"a": 1}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('/*<![CDATA[*/ {"a": 1} /*]]>*/', {"a": 1}),
        ('{"a": 1};', {"a": 1}),
        ("{&quot;a&quot;: 1}", {"a": 1}),
        ("""{"a": "the mayor\\'s \\x words"}""", {"a": "the mayor's x words"}),
        ("nothing", None),
        ("{" * 100_000, None),
        ('{"a":' + "9" * 5000 + "}", None),
    ],
    ids=range(11),
)
def test_json_as_pages_write_it_is_repaired(text: str, value: object) -> None:
    """Trailing commas, raw line breaks and wrappings are no obstacle; what can't be saved is nothing."""
    assert load(text) == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(JSON, min_size=1), st.data())
def test_whatever_is_whole_before_a_cut_is_saved(values: list[Any], data: st.DataObject) -> None:
    """Cut anywhere, a list keeps every object and list that was whole, unchanged and in order."""
    text = json.dumps(values)
    cut = data.draw(st.integers(1, len(text)))
    saved = load_cut(text[:cut])
    ends = [len(json.dumps(values[: number + 1])) - 1 for number in range(len(values))]
    whole = [number for number, end in enumerate(ends) if end <= cut and isinstance(values[number], dict | list)]
    if whole:
        assert saved is not None
        assert saved[: whole[-1] + 1] == values[: whole[-1] + 1]
