"""The public preview of a Telegram channel, ``t.me/s/<channel>``: one post for each message with text."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from bot.core.model import Block, Document, Entry, EntryKind
from bot.sources.base import Raw, UnreadableError
from bot.sources.dates import stated
from bot.sources.elements import classes
from bot.sources.keys import Named, keys_of
from bot.sources.page import facts_of
from bot.sources.walk import walk

NAME: Final = "telegram"

_POST = re.compile(r"[A-Za-z0-9_]{1,64}/\d{1,12}")
_TEXTS: Final = (".js-message_text", ".tgme_widget_message_text", ".tgme_widget_message_poll_question")


def sniff(raw: Raw) -> bool:
    """It is made of message widgets, or is the page that stands in for them."""
    return ("tgme_widget_message" in raw.text and "data-post=" in raw.text) or "tgme_page_wrap" in raw.text


def parse(raw: Raw) -> Document | None:
    """Read the messages in page order, oldest first; an "edited" mark means nothing: it leaves the time as it was.

    Raises:
        UnreadableError: the channel has no public preview.
    """
    facts = facts_of(raw.tree, raw.url)
    messages = [found for found in raw.tree.css(".tgme_widget_message[data-post]") if not _is_service(found)]
    read = [(message, blocks) for message in messages if (blocks := _blocks(message, facts.base))]
    if not read and "tgme_channel_history" not in raw.text:
        if "tgme_page_wrap" in raw.text:
            raise UnreadableError("the channel shows its messages only inside of Telegram")
        return None
    posts = [message.attributes.get("data-post") or "" for message, _ in read]
    keys = keys_of([Named(post, None, None, blocks[0].text) for post, (_, blocks) in zip(posts, read, strict=True)])
    entries = tuple(
        Entry(
            EntryKind.POST,
            key,
            blocks,
            url=f"https://t.me/{post}" if _POST.fullmatch(post) else None,
            published=stated(_sent(message)),
        )
        for key, post, (message, blocks) in zip(keys, posts, read, strict=True)
    )
    return Document(NAME, entries, facts.title, facts.language, facts.url, damaged=raw.decoded.damage)


def _is_service(message: LexborNode) -> bool:
    """Telegram's own notes: "Channel photo updated", "pinned a message"."""
    return "service_message" in classes(message.attributes)


def _blocks(message: LexborNode, base: str | None) -> tuple[Block, ...]:
    """The text of the message itself, never that of the message it answers or of a link's preview."""
    for selector in _TEXTS:
        found = [node for node in message.css(selector) if not _is_quoted(node, message)]
        if found:
            return walk(found[0], base=base).blocks
    return ()


def _is_quoted(node: LexborNode, message: LexborNode) -> bool:
    around = node.parent
    while around is not None and around.mem_id != message.mem_id:
        names = around.attributes.get("class") or ""
        if "tgme_widget_message_reply" in names or "tgme_widget_message_link_preview" in names:
            return True
        around = around.parent
    return False


def _sent(message: LexborNode) -> str | None:
    """The time of sending: a video's length is a ``time`` too, but without a ``datetime``."""
    moments = message.css(".tgme_widget_message_date time[datetime]") or message.css("time[datetime]")
    return moments[0].attributes.get("datetime") if moments else None
