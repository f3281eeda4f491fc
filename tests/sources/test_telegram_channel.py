"""The public preview of a Telegram channel."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.model import Document, EntryKind
from bot.sources import UnreadableError, read_document


def message(post: str, inside: str, meta: str = "") -> str:
    """One message widget."""
    return f"""<div class="tgme_widget_message_wrap">
    <div class="tgme_widget_message js-widget_message" data-post="{post}">
    <div class="tgme_widget_message_author"><a href="https://t.me/karst"><span>Karst</span></a></div>{inside}
    <div class="tgme_widget_message_footer"><span class="tgme_widget_message_views">12K</span>
    <span class="tgme_widget_message_meta">{meta}<a class="tgme_widget_message_date" href="https://t.me/{post}">
    <time datetime="2020-11-03T08:55:00+04:00" class="time">04:55</time></a></span></div></div></div>"""


def text(words: str) -> str:
    """The text of a message."""
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{words}</div>'


def read(*messages: str) -> Document:
    """A channel's page."""
    head = '<!doctype html><html><head><meta property="og:title" content="Karst"></head>'
    return read_document(
        f"{head}<body><main>{''.join(messages)}</main></body></html>".encode(), url="https://t.me/s/karst"
    )


def test_each_message_is_a_post() -> None:
    """Its number is its key, its permalink its address, its own time its publication; the page's order stays."""
    document = read(
        message("karst/7", text("Shelling in Tarvin<br/><br/>Two houses burn")),
        message("karst/8", text("Talks"), "edited "),
    )
    first, second = document.entries
    assert (document.format, document.title) == ("telegram", "Karst")
    assert (first.kind, first.key, first.url) == (EntryKind.POST, "karst/7", "https://t.me/karst/7")
    assert [block.text for block in first.blocks] == ["Shelling in Tarvin", "Two houses burn"]
    assert first.published == second.published == datetime(2020, 11, 3, 4, 55, tzinfo=UTC)
    assert second.updated is None


def test_only_the_message_itself_is_read() -> None:
    """Not what it answers, not a link's preview, not a video's length; a message without words is no post."""
    reply = f'<a class="tgme_widget_message_reply">{text("the earlier words")}</a>'
    preview = '<a class="tgme_widget_message_link_preview"><div class="link_preview_title">elsewhere</div></a>'
    video = '<time class="message_video_duration">0:15</time>'
    document = read(message("karst/7", video), message("karst/8", reply + video + text("Bridge shut") + preview))
    (entry,) = document.entries
    assert [block.text for block in entry.blocks] == ["Bridge shut"]
    assert entry.published == datetime(2020, 11, 3, 4, 55, tzinfo=UTC)


def test_a_page_that_only_mentions_the_widget_is_a_page() -> None:
    """A message embedded in an article, without its text, does not make the article a channel."""
    document = read('<div class="tgme_widget_message" data-post="karst/1"></div>', "<p>An article about channels</p>")
    assert document.format == "html"


def test_telegrams_own_notes_are_no_posts() -> None:
    """A new channel photo is no news."""
    note = message("karst/8", text("Channel photo updated")).replace(
        "js-widget_message", "service_message js-widget_message"
    )
    document = read(message("karst/7", text("Shelling in Tarvin")), note)
    assert [entry.key for entry in document.entries] == ["karst/7"]


def test_a_channel_without_words_is_a_channel() -> None:
    """Pictures only: nothing to tell, but nothing wrong either."""
    document = read('<section class="tgme_channel_history">', message("karst/7", "<i>photo</i>"), "</section>")
    assert (document.format, document.entries) == ("telegram", ())


def test_a_channel_without_a_preview_is_named() -> None:
    """Its page only invites to open Telegram: that is no news either."""
    with pytest.raises(UnreadableError, match="only inside of Telegram"):
        read('<div class="tgme_page_wrap"><div class="tgme_page">You can view and join @karst right away.</div></div>')
