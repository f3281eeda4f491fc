"""Live pages with their updates as data: JSON-LD, microdata, AMP."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.model import Document, Entry, EntryKind
from bot.sources import read_document

PAGE = "https://norvale.example/live/day"
MORNING = datetime(2020, 11, 3, 4, 55, tzinfo=UTC)


def read(markup: str) -> Document:
    """The live page of an outlet."""
    return read_document(f"<!doctype html><html lang=en><title>Live</title><body>{markup}".encode(), url=PAGE)


def ld(value: Any, kind: str = "application/ld+json") -> str:
    """A script element with JSON-LD."""
    return f'<script type="{kind}">{value if isinstance(value, str) else json.dumps(value)}</script>'


def blog(*updates: Any) -> dict[str, Any]:
    """A ``LiveBlogPosting``."""
    return {"@context": "https://schema.org", "@type": "LiveBlogPosting", "liveBlogUpdate": list(updates)}


def post(number: int = 1, **more: Any) -> dict[str, Any]:
    """A ``liveBlogUpdate``."""
    return {
        "@type": "BlogPosting",
        "@id": f"{PAGE}#p{number}",
        "headline": f"Headline {number}",
        "articleBody": f"Body {number}.",
        "datePublished": "2020-11-03T08:55:00+04:00",
        **more,
    }


def said(entry: Entry) -> tuple[str | None, list[str]]:
    """Title and texts."""
    return entry.title, [block.text for block in entry.blocks]


def test_each_update_of_a_live_blog_is_a_post() -> None:
    """With its id, address, headline, body and both dates, in the document's order."""
    document = read(ld(blog(post(2, dateModified="2020-11-03T06:00:00+01:00"), post(1))) + "<p>page text</p>")
    second, first = document.entries
    assert (document.format, document.title, document.language) == ("live-blog", "Live", "en")
    assert (second.kind, second.key, second.url) == (EntryKind.POST, f"{PAGE}#p2", f"{PAGE}#p2")
    assert said(second) == ("Headline 2", ["Body 2."])
    assert said(first) == ("Headline 1", ["Body 1."])
    assert (second.published, second.updated) == (MORNING, datetime(2020, 11, 3, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    "value",
    [
        {"@graph": [{"@type": "WebPage"}, blog(post())]},
        [{"@type": "WebPage"}, blog(post())],
        {"@type": "NewsArticle", "mainEntity": blog(post())},
        {**blog(), "liveBlogUpdate": post()},  # one update that is no list
        {"@graph": [blog({"@id": f"{PAGE}#p1"}), post()]},  # by reference
        {"@graph": [{**blog(), "liveBlogUpdate": [f"{PAGE}#p1"]}, post()]},
        json.dumps(blog(post()))[:-1] + ",}",  # a trailing comma
        json.dumps(blog(post(), post(2)))[:-30],  # cut off
        "<!--" + json.dumps(blog(post())) + "-->",
        json.dumps(blog(post(articleBody="Body\n1."))).replace("\\n", "\n").replace("Body\n1", "Body 1"),
    ],
    ids=range(10),
)
def test_a_live_blog_is_found_wherever_it_stands(value: Any) -> None:
    """In a graph, a list, another object, by reference, or in JSON that is not quite JSON."""
    entry = read(ld(value)).entries[0]
    assert (entry.key, said(entry)) == (f"{PAGE}#p1", ("Headline 1", ["Body 1."]))


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", ["One.", "Two."]),
        ("&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt;", ["One."]),
        ("One &amp;amp; two", ["One & two"]),
        ("One.\nTwo.", ["One.", "Two."]),
        (["One.", "Two."], ["One.", "Two."]),
        ({"@value": "One."}, ["One."]),
        ("", []),
        (None, []),
    ],
)
def test_a_body_is_read_however_it_is_written(body: Any, lines: list[str]) -> None:
    """HTML, HTML escaped once or twice, plain text, lists and value objects; an empty body is none."""
    (first, _) = read(ld(blog(post(articleBody=body), post(2)))).entries
    assert said(first) == ("Headline 1", lines)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("", ["Said there."]),
        ("Said th…", ["Said there."]),
        ("Said th...", ["Said there."]),
        ("Said here.", ["Said here."]),
    ],
)
def test_a_missing_or_cut_body_is_looked_up_on_the_page(body: str, lines: list[str]) -> None:
    """The element that the post's address points to has the words."""
    time = "<time datetime=2020-11-03T08:55+04:00>8:55</time>"
    page = f"<div id=p1>{time}<h3>Headline 1</h3><p>Said there.</p></div>"
    (entry,) = read(ld(blog(post(articleBody=body))) + page).entries
    assert said(entry) == ("Headline 1", lines)


def test_a_cut_body_that_stands_nowhere_else_is_kept() -> None:
    """Half of the words are better than none."""
    (entry,) = read(ld(blog(post(articleBody="Said th…")))).entries
    assert said(entry) == ("Headline 1", ["Said th…"])


def test_headlines_alone_yield_to_a_page_that_says_more() -> None:
    """A list of headlines is used only where the page has no words either."""
    bare = ld(blog(post(articleBody=""), post(2, articleBody="")))
    assert [said(entry) for entry in read(bare).entries] == [("Headline 1", []), ("Headline 2", [])]
    assert read(bare + "<p>8:55 a.m.: Two houses burn in Tarvin, and the bridge is shut.</p>").format == "html"


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2020-11-03T08:55:00+04:00", MORNING),
        ("2020-11-02T23:55:00-05:00", MORNING),
        ("2020-11-03T04:55:00.000Z", MORNING),
        ("2020-11-03T08:55:00", datetime(2020, 11, 3, 8, 55)),  # noqa: DTZ001 - the page states no zone
        ("2020-11-03", None),
        (1604379300, MORNING),
        (None, None),
    ],
)
def test_a_post_is_dated_as_stated(date: Any, published: datetime | None) -> None:
    """Offsets may differ from post to post; none is invented."""
    (entry,) = read(ld(blog(post(datePublished=date)))).entries
    assert entry.published == published


@pytest.mark.parametrize(
    "value",
    [blog(), blog(None, 3, [], {}), {"liveBlogUpdate": {"@id": {"@id": []}}}, "{", "null", "[]", '"x"', "[" * 50_000],
    ids=range(8),
)  # fmt: skip
def test_data_without_posts_leaves_the_page_to_be_read(value: Any) -> None:
    """Whatever else stands in the script, the page's own text remains."""
    document = read(ld(value) + "<p>liveBlogUpdate of the day</p>")
    assert (document.format, [block.text for block in document.entries[0].blocks]) == (
        "html",
        ["liveBlogUpdate of the day"],
    )


def test_posts_that_stand_twice_are_read_once() -> None:
    """Pages repeat their data for every consumer."""
    assert len(read(ld(blog(post())) + ld(blog(post()))).entries) == 1


def test_microdata_is_read() -> None:
    """Properties from ``content``, ``datetime``, ``href`` or text; the id from ``itemid`` or the DOM."""
    document = read(
        """<div itemscope itemtype="https://schema.org/LiveBlogPosting"><p>Intro</p>
        <div itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting" id="p2">
          <meta itemprop="datePublished" content="2020-11-03T08:55:00+04:00"><h3 itemprop="headline">Bridge shut</h3>
          <a itemprop="url" href="#p2">link</a>
          <div itemprop="articleBody"><p>Until noon.</p><p>Or later.</p></div></div>
        <div itemprop="liveBlogUpdate" itemscope id="p1"><time itemprop="datePublished"
          datetime="2020-11-03T04:55:00Z">8:55</time><h3>Talks</h3><p>In Belmora.</p></div></div>"""
    )
    bridge, talks = document.entries
    assert (document.format, bridge.key, bridge.url, bridge.published) == ("live-blog", "p2", f"{PAGE}#p2", MORNING)
    assert said(bridge) == ("Bridge shut", ["Until noon.", "Or later."])
    assert (talks.key, talks.published, said(talks)) == ("p1", MORNING, ("Talks", ["In Belmora."]))


def test_a_property_of_another_item_is_not_the_posts() -> None:
    """An author's name and a picture's date stand inside of items of their own."""
    (entry,) = read(
        """<div itemprop="liveBlogUpdate" itemscope id="p1">
        <div itemprop="author" itemscope><b itemprop="name">Ana</b></div>
        <div itemscope><meta itemprop="datePublished" content="2019-01-01T00:00:00Z"></div>
        <meta itemprop="datePublished" content="2020-11-03T04:55:00Z"><p itemprop="articleBody">Until noon.</p></div>"""
    ).entries
    assert (entry.published, said(entry)) == (MORNING, (None, ["Until noon."]))


def test_a_post_without_an_id_is_named_by_its_page_link() -> None:
    """``mainEntityOfPage`` is a permalink on some sites."""
    nameless = {key: value for key, value in post().items() if key != "@id"}
    (entry,) = read(ld(blog({**nameless, "mainEntityOfPage": {"@type": "WebPage", "@id": f"{PAGE}#x9"}}))).entries
    assert (entry.key, entry.url) == (f"{PAGE}#x9", f"{PAGE}#x9")


def test_names_that_cannot_be_stored_are_cleaned() -> None:
    """JSON can spell what no database and no address takes."""
    update = {"@id": "#p\ud800 1", "url": f"{PAGE}\udfff#x", "headline": "a\ud800", "articleBody": "b\udfff"}
    (entry,) = read(ld(blog(update))).entries
    assert (entry.key, entry.url, said(entry)) == ("#p 1", f"{PAGE}#x", ("a", ["b"]))


def test_share_bars_are_no_part_of_a_post() -> None:
    """What frames a post is left as what frames a page is."""
    body = "<p>Two houses burn in the north of Tarvin.</p><div class='share-buttons'><a href=/s>Share</a></div>"
    (entry,) = read(ld(blog(post(articleBody=body)))).entries
    assert said(entry) == ("Headline 1", ["Two houses burn in the north of Tarvin."])


def test_an_amp_live_list_is_read() -> None:
    """Sort time is publication, update time is modification, a tombstone is a post taken back."""
    document = read(
        """<amp-live-list id=l><div items>
        <div id=p3 data-sort-time=1604379300000 data-tombstone></div>
        <div id=p2 data-sort-time=1604379300 data-update-time=1604379400><h3>Bridge shut</h3>Until noon.</div>
        <div id=p1 data-sort-time=17><a href="/live/1"><time datetime=2020-11-03T08:55+04:00>8:55</time></a>Talks</div>
        </div></amp-live-list>"""
    )
    gone, bridge, talks = document.entries
    assert (gone.key, gone.retracted, gone.blocks) == ("p3", True, ())
    assert (bridge.key, bridge.url, bridge.published, bridge.retracted) == ("p2", f"{PAGE}#p2", MORNING, False)
    assert bridge.updated == datetime(2020, 11, 3, 4, 56, 40, tzinfo=UTC)
    assert said(bridge) == ("Bridge shut", ["Until noon."])
    assert (talks.published, talks.url) == (MORNING, "https://norvale.example/live/1")
