"""The walk from an HTML tree to blocks."""

from __future__ import annotations

import html
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.core.model import Block, BlockKind
from bot.sources.walk import MAX_DEPTH, walk

H, P, LI, T = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TIME
PAGE = "https://norvale.example/live"
MORNING = datetime(2020, 11, 3, 4, 55, tzinfo=UTC)


def blocks(markup: str) -> tuple[Block, ...]:
    """The blocks of a page."""
    return walk(LexborHTMLParser(markup).root, base=PAGE).blocks


def kinds(markup: str) -> list[tuple[BlockKind, str]]:
    """Kind and text of each block."""
    return [(block.kind, block.text) for block in blocks(markup)]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<h2>Shelling in Tarvin</h2><p>Two houses burn.</p>", [(H, "Shelling in Tarvin"), (P, "Two houses burn.")]),
        ("bare<div>div<div>in it</div>after</div>", [(P, "bare"), (P, "div"), (P, "in it"), (P, "after")]),
        ("<p>9:00 one<br>9:10 two<br><br>9:20 three", [(P, "9:00 one"), (P, "9:10 two"), (P, "9:20 three")]),
        ("<h3>A headline<br>on two lines</h3>", [(H, "A headline on two lines")]),
        ("<p>white \n\t space&nbsp;&nbsp;folds </p>", [(P, "white space folds")]),
        ("<p>in<b>si</b>de a w<i>or</i>d</p>", [(P, "inside a word")]),
        ("<ul><li>one<li><p>two</p><p>more of two</p></ul>", [(LI, "one"), (LI, "two"), (P, "more of two")]),
        ("<ul><li>a<ul><li>b</ul>c</ul>", [(LI, "a"), (LI, "b"), (P, "c")]),
        ("<table><tr><td>9:00<td>a<tr><td>9:10<td>b</table>", [(P, "9:00"), (P, "a"), (P, "9:10"), (P, "b")]),
        ("<dl><dt>9:00<dd>Shelling</dl>", [(P, "9:00"), (P, "Shelling")]),
        ("<pre>9:00 one\n9:10 two</pre>", [(P, "9:00 one"), (P, "9:10 two")]),
        ("<time datetime=2020-11-03T08:55+04:00>8:55</time><p>Shelling</p>", [(T, "8:55"), (P, "Shelling")]),
        ("<p><time>8:55</time>Shelling in <time>9:10</time>Karst</p>", [(P, "8:55 Shelling in 9:10 Karst")]),
        ("<p><b>14:35</b>Shelling</p>", [(P, "14:35 Shelling")]),
        ("<p><span class=h>14</span><span class=d>Nov</span></p>", [(P, "14 Nov")]),
        ("<p><span class=cap>T</span>he bridge</p>", [(P, "The bridge")]),
        ("<h3><button>14:35 Bridge shut</button></h3><button>Share</button>", [(H, "14:35 Bridge shut")]),
        ("<div role=heading aria-level=3>Bridge shut</div>", [(H, "Bridge shut")]),
        ("<p>one <x-word>two</x-word><x-word>three</x-word></p>", [(P, "one two three")]),
        ("<div>Sirens <tg-emoji><i><b>❗</b></i></tg-emoji> in Tarvin</div>", [(P, "Sirens ❗ in Tarvin")]),
        ("<div><relative-time>just now</relative-time></div><p>Shelling</p>", [(T, "just now"), (P, "Shelling")]),
        ("<live-post>one</live-post><live-post>two</live-post>", [(P, "one"), (P, "two")]),
        ("a<script>x()</script>b<style>p{}</style><template>t</template><svg><text>v</text></svg>", [(P, "ab")]),
        ("<p hidden>a</p><p style='display: none'>b</p><p class='sr-only'>c</p><p>d</p>", [(P, "d")]),
        ("<form><p>an ASP page</p><input value=x><select><option>y</select></form>", [(P, "an ASP page")]),
        ("<figure><img><figcaption>Photo: a hill</figcaption></figure>", []),
        ("<figure><q>We stay</q><figcaption>the mayor</figcaption></figure>", [(P, "We stay"), (P, "the mayor")]),
        ("<p>a&#1;b&#xD800;</p>", [(P, "ab\ufffd")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_tree_becomes_lines_in_reading_order(markup: str, lines: list[tuple[BlockKind, str]]) -> None:
    """Each row is a rule of what begins a line, what stays in it, and what nobody reads."""
    assert kinds(markup) == lines


def test_a_heading_has_its_rank() -> None:
    """1 to 6 for headings, nothing for anything else."""
    assert [block.level for block in blocks("<h1>a</h1><h4>b</h4><p>c</p>")] == [1, 4, None]


@pytest.mark.parametrize(
    ("markup", "emphasis"),
    [
        ("<p><b>All of it</b></p>", True),
        ("<p><strong>Bold</strong> – <b>and bold</b>:</p>", True),
        ("<p style='font-weight:700'>Bold by style</p>", True),
        ("<p><b>Only the beginning</b> is bold</p>", False),
        ("<p>Only <b>the end is bold</b></p>", False),
        ("<p>plain</p>", False),
        ("<p><b>…</b></p>", False),
    ],
)
def test_emphasis_is_for_blocks_that_are_wholly_bold(markup: str, *, emphasis: bool) -> None:
    """Punctuation between bold words does not matter, plain words do."""
    assert [block.emphasis for block in blocks(markup)] == [emphasis]


@pytest.mark.parametrize(
    "markup",
    [
        "<div><time datetime='2020-11-03T08:55:00+04:00'>8:55</time></div><p>later</p>",
        "<div data-timestamp=1604379300><h3>Shelling</h3><p>later</p></div>",
        "<div data-published-at='2020-11-03T04:55:00Z'><p>Shelling</p><p>later</p></div>",
        "<p><time datetime='2020-11-03T04:55:00Z'></time>Shelling</p><p>later</p>",
        "<div><p><time datetime='2020-11-03T04:55:00Z'></time></p><p>Shelling</p></div><p>later</p>",
        "<p><span class=ago title='2020-11-03T04:55:00Z'>5 minutes ago</span> Shelling</p><p>later</p>",
        "<div><meta itemprop=datePublished content='2020-11-03T04:55:00Z'><h3>Shelling</h3><p>later</p></div>",
        "<p data-utc-stamp=1604379300>Shelling</p><p data-post-id=1604379300 data-timeout=1604379300>later</p>",
        "<p><abbr title='2020-11-03T04:55:00Z'>8:55</abbr> Shelling</p><p>later</p>",
    ],
)
def test_a_time_belongs_to_the_block_it_stands_in_or_opens(markup: str) -> None:
    """``datetime`` and ``data-`` times go to the first block of their element, and only to that one."""
    first, *others = blocks(markup)
    assert first.times == (MORNING,)
    assert not any(block.times for block in others)


def test_a_time_of_an_empty_element_does_not_leak() -> None:
    """The stamp of a post without words is not that of the next post."""
    assert [block.times for block in blocks("<div data-time=1604379300></div><div>Talks</div>")] == [()]


def test_publication_comes_before_modification() -> None:
    """Of two times on one element the first is the posting's, wherever it stands in the tag."""
    for names in (
        "data-update-time=1604379400 data-sort-time=1604379300",
        "data-edited-at-utc=1604379400 data-created=1604379300",
    ):
        (block,) = blocks(f"<p {names}>Shelling</p>")
        assert block.times == (MORNING, MORNING.replace(minute=56, second=40))


def test_an_id_is_that_of_the_closest_container() -> None:
    """Of the element itself, else of what it stands in; ``data-`` ids and empty anchors count."""
    markup = "<div id=p1><p>a</p><p id=p2>b</p></div><div data-post-id=77>c</div><a name=x></a><p>d</p><p>e</p>"
    assert [block.id for block in blocks(markup)] == ["p1", "p2", "77", "x", None]


def test_a_link_is_the_first_absolute_one() -> None:
    """Relative ones are resolved, scripts and mail are none, and an icon's link does not reach the next block."""
    markup = """<p><a href="javascript:x()">a</a> <a href="/1">b</a> <a href="/2">c</a></p>
        <div><a href="https://share.example/"><svg></svg></a></div><p>d</p><a href="/3"><h3>e</h3><p>f</p></a>"""
    assert [block.link for block in blocks(markup)] == [
        "https://norvale.example/1",
        None,
        "https://norvale.example/3",
        "https://norvale.example/3",
    ]


def test_deep_markup_keeps_its_text() -> None:
    """Below the greatest depth structure is no longer read, but every word is, and in order."""
    text = " ".join(block.text for block in blocks("<div>a" * (MAX_DEPTH + 50) + "<p>b</p>c"))
    assert text.split() == ["a"] * (MAX_DEPTH + 50) + ["b", "c"]


WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=12)
TAGS = st.sampled_from(
    (
        "div",
        "p",
        "span",
        "b",
        "i",
        "a",
        "h2",
        "h5",
        "ul",
        "li",
        "table",
        "dl",
        "article",
        "main",
        "pre",
        "time",
        "x-post",
    )
)
TREES = st.recursive(
    WORDS.map(html.escape) | st.just("<br>") | st.just("<hr>"),
    lambda inner: st.builds(
        lambda tag, attributes, children: f"<{tag}{attributes}>{''.join(children)}</{tag}>",
        TAGS,
        st.sampled_from(["", " id=a", " class=x", " data-time=1604379300", " href=/x", " datetime=2020-11-03T08:00Z"]),
        st.lists(inner, max_size=5),
    ),
    max_leaves=25,
)


@given(TREES)
def test_no_visible_text_is_lost_or_doubled(markup: str) -> None:
    """The characters of the blocks are those of the tree, in its order; only white space differs."""
    body = LexborHTMLParser(markup).body
    visible = "" if body is None else body.text()
    walked = "".join(block.text for block in blocks(markup))
    assert "".join(walked.split()) == "".join(visible.replace("\u00ad", "").split())
