"""RSS and Atom beyond what is broken: dates, links, bodies, limits, attacks."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from bot.core.model import Document, Entry, EntryKind
from bot.sources import UnreadableError, read_document
from bot.sources.feed_xml import feed_xml
from tests.sources.feeds import RSS

FEED = "https://norvale.example/feed.xml"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title type="html">Karst &amp;amp; Co</title>
<link href="https://karst.example/"/>{}</feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Karst</title></channel>
<item rdf:about="https://karst.example/1"><title>Talks</title><link>https://karst.example/1</link>
<dc:date>2020-11-03T08:55:00+04:00</dc:date></item></rdf:RDF>"""


def read(text: str) -> Document:
    """The feed of an outlet."""
    return read_document(text.encode(), url=FEED)


def rss(*items: str) -> Document:
    """A feed of these items."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return read(f"<rss version='2.0'><channel><title>x</title>{inside}</channel></rss>")


def atom(entry: str) -> Entry:
    """The only entry of an Atom feed."""
    (only,) = read(ATOM.format(f"<entry>{entry}</entry>")).entries
    return only


def texts(entry: Entry) -> list[str]:
    """The texts of its blocks."""
    return [block.text for block in entry.blocks]


def test_a_feed_states_its_title_address_and_language() -> None:
    """All three as the channel says; its format is named."""
    feed = read(RSS)
    assert (feed.format, feed.title, feed.url, feed.language) == (
        "rss",
        "Norvale Post",
        "https://norvale.example/",
        "en-GB",
    )


def test_an_entry_prefers_the_fuller_body() -> None:
    """``content:encoded`` over the teaser in ``description``, with its paragraphs apart."""
    first = read(RSS).entries[0]
    assert first.kind is EntryKind.ITEM
    assert texts(first) == ["Two houses burn.", "Nobody was hurt, the mayor says."]
    assert first.published == datetime(2020, 11, 3, 4, 55, tzinfo=UTC)


def test_atom_is_read_with_relative_links_and_xhtml() -> None:
    """The title's markup is decoded, links are absolute, ``updated`` stands in for the missing ``published``."""
    entry = atom(
        '<id>urn:1</id><title>Talks</title><link href="/live/1"/><updated>2020-11-03T08:55:00+04:00</updated>'
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>'
    )
    assert (entry.key, entry.url, texts(entry)) == ("urn:1", "https://karst.example/live/1", ["One.", "Two."])
    assert entry.published == entry.updated == datetime(2020, 11, 3, 4, 55, tzinfo=UTC)
    feed = read(ATOM.format(""))
    assert (feed.format, feed.title, feed.language, feed.entries) == ("atom", "Karst & Co", "fr", ())


def test_rdf_is_read() -> None:
    """RSS 1.0 with Dublin Core dates, keyed by ``rdf:about``."""
    (entry,) = read(RDF).entries
    assert (entry.key, entry.title) == ("https://karst.example/1", "Talks")
    assert entry.published == datetime(2020, 11, 3, 4, 55, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Tue, 03 Nov 2020 08:55:00 +0400", datetime(2020, 11, 3, 4, 55, tzinfo=UTC)),
        ("2020-11-03T08:55:00", datetime(2020, 11, 3, 8, 55)),  # noqa: DTZ001 - the feed states no zone
        ("2020-11-03", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Tue, 03 Nov 2037 08:55:00 GMT", datetime(2037, 11, 3, 8, 55, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_never_invented(date: str, published: datetime | None) -> None:
    """As stated, naive without a zone; no date, a placeholder or half a date is none."""
    (entry,) = rss(f"<title>a</title><pubDate>{date}</pubDate>").entries
    assert (entry.published, entry.updated) == (published, None)


@pytest.mark.parametrize(
    ("description", "lines"),
    [
        ("Line one\nline two", ["Line one", "line two"]),  # without any markup a line break is one
        ("&lt;p&gt;One\nparagraph&lt;/p&gt;", ["One paragraph"]),
        ("9:00 a&lt;br/&gt;9:10 b", ["9:00 a", "9:10 b"]),
        ("&amp;lt;p&amp;gt;One&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;two&amp;lt;/p&amp;gt;", ["One", "two"]),
        ("&amp;lt;p&amp;gt;caf&amp;amp;eacute;&amp;lt;/p&amp;gt;", ["café"]),
        ("AT&amp;amp;T &amp;quot;now&amp;quot;", ['AT&T "now"']),
        ("fewer than &lt; 5 &gt; 3", ["fewer than < 5 > 3"]),
        ("&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;One&lt;/p&gt;", ["One"]),
        ("", []),
    ],
)
def test_a_body_is_markup_or_plain_however_often_escaped(description: str, lines: list[str]) -> None:
    """Paragraphs come apart, entities are decoded as often as they were encoded, scripts go."""
    (entry,) = rss(f"<title>T</title><description>{description}</description>").entries
    assert texts(entry) == lines


@pytest.mark.parametrize(
    ("title", "body", "kept"),
    [
        ("Bridge shut", "&lt;h2&gt;Bridge shut&lt;/h2&gt;Until noon.", ("Bridge shut", ["Until noon."])),
        ("The bridge at Karst is…", "The bridge at Karst is shut.", (None, ["The bridge at Karst is shut."])),
        ("Bridge shut", "Until noon.", ("Bridge shut", ["Until noon."])),
    ],
)  # fmt: skip
def test_nothing_is_said_twice(title: str, body: str, kept: tuple[str | None, list[str]]) -> None:
    """A body's first line that is the title goes, and so does a title that is the body's cut-off beginning."""
    (entry,) = rss(f"<title>{title}</title><description>{body}</description>").entries
    assert (entry.title, texts(entry)) == kept


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><p>A feed begins with <code>&lt;rss version='2.0'&gt; &lt;channel&gt;</code>.</p>",
        "<!doctype html><script>feed = '<rss><channel><item>'</script><p>A feed begins with code.</p>",
        "<!doctype html><!-- <rss><channel><item><title>x</title></item> --><p>A feed begins with code.</p>",
    ],
)
def test_a_page_that_quotes_a_feed_is_a_page(page: str) -> None:
    """Only a feed with entries is worth leaving the page around it."""
    assert read(page).format == "html"


def test_a_root_in_a_comment_is_none() -> None:
    """The feed is what follows."""
    feed = read("<?xml version='1.0'?><!-- <rss> --><rss><channel><item><title>Talks</title></item></channel></rss>")
    assert ([entry.title for entry in feed.entries], feed.damaged) == (["Talks"], None)


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        (
            "The post <a href='{link}'>Bridge shut</a> appeared first on <a href='https://karst.example/'>Karst</a>.",
            False,
        ),
        ("L’article <a href='{link}'>Bridge shut</a> est apparu en premier sur Karst.", False),
        ("<a href='{link}'>Weiterlesen →</a>", False),
        ("<a href='https://karst.example/2'>Read more</a>", True),  # it leads elsewhere
        ("<a href='{link}'>All is calm.</a>", True),  # it says something
        ("9:40 a.m.: <a href='{link}'>The mayor</a> says that the bridge will be open again at noon", True),
    ],
)
def test_a_last_line_that_only_leads_to_the_entry_goes(last: str, *, kept: bool) -> None:
    """Footers of publishing systems and "read more", in any language; never the only line."""
    link = "https://karst.example/1"
    paragraph = f"<p>{last.format(link=link)}</p>"
    for body, count in ((f"<p>Until noon.</p>{paragraph}", 1 + kept), (paragraph, 1)):
        item = f"<title>Bridge shut</title><link>{link}</link><description><![CDATA[{body}]]></description>"
        assert len(rss(item).entries[0].blocks) == count


def test_entries_without_any_words_are_none() -> None:
    """An item of only a link is nothing to tell."""
    assert rss("<link>https://karst.example/1</link>", "<title>Talks</title>").entries[0].title == "Talks"


def test_a_long_feed_is_read_to_its_thousandth_entry() -> None:
    """The rest is named, not silently dropped."""
    feed = rss(*(f"<title>Update {number}</title><guid>{number}</guid>" for number in range(1200)))
    assert [entry.key for entry in feed.entries] == [str(number) for number in range(1000)]
    assert feed.damaged == "1200 entries, only the first 1000 were read"


@pytest.mark.parametrize(
    ("head", "entry", "tail"),
    [
        ("<rss><channel><title>x</title>", "<item/>", "</channel></rss>"),
        ("<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/'><channel></channel>", "<item/>", "</rdf:RDF>"),
        ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", "<a:entry></a:entry>", "</a:feed>"),
        ("<!DOCTYPE rss><rss><channel>", "<item></item>", "</channel></rss>"),
    ],
)
def test_a_feed_that_is_cut_on_purpose_stays_well_formed(head: str, entry: str, tail: str) -> None:
    """So the fast parser reads it, and what is wrong with it is only its length."""
    xml = feed_xml(head + entry * 1001 + tail)
    assert xml is not None
    assert len(ElementTree.fromstring(xml.text)) >= 1
    assert len(xml.entries) == 1000


def test_a_long_feed_that_lacks_an_end_tag_in_every_entry_is_read() -> None:
    """What each entry leaves open does not add up to absurd nesting."""
    feed = rss(
        *(f"<title>Update {number}</title><guid>{number}</guid><description>&lt;p&gt;x" for number in range(400))
    )
    assert [entry.key for entry in feed.entries] == [str(number) for number in range(400)]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><title>&l9;</title></channel></rss>', "entities"),
        (f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]><rss><channel><title>{"&a;" * 20_000}</title>', "entities"),
        (f"<rss><channel><item>{'<x>' * 200_000}", "nested more than 256 elements deep"),
    ],
    ids=["billion laughs", "quadratic", "nested"],
)  # fmt: skip
def test_bombs_are_refused_by_name(body: str, reason: str) -> None:
    """Before any parser sees them."""
    with pytest.raises(UnreadableError, match=reason):
        read(f'<?xml version="1.0"?>{body}')


def test_a_harmless_document_type_is_no_bomb() -> None:
    """Old feeds declare the RSS 0.91 type, or entities of their own for a dash."""
    doctype = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY strich "&#8212;">]>'
    (entry,) = read(f"{doctype}<rss><channel><item><title>a &strich; b</title></item></channel></rss>").entries
    assert entry.title == "a — b"
