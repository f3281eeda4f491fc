"""The inline keyboard under a message: what Telegram takes for one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.demo.telegram.errors import JsonObject, bad_request
from bot.demo.telegram.fields import Fields, check_fields

MAX_DATA_BYTES = 64
MAX_BUTTONS = 100

_ACTIONS = ("url", "callback_data")
FIELDS: Fields = {"text": str, "style": str, "icon_custom_emoji_id": str, "url": str, "callback_data": str}
_TG_HOST = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it: ``data`` for one that calls back, ``url`` for one that opens an address."""

    label: str
    data: str | None = None
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]
"""Rows of buttons, top to bottom."""


def inline_keyboard(markup: JsonObject | None) -> Keyboard:
    """The keyboard that ``reply_markup`` describes; no markup and an empty one are no keyboard.

    Raises:
        ApiError: when it is not an inline keyboard that Telegram would show.
    """
    if not markup:
        return ()
    if set(markup) != {"inline_keyboard"}:
        raise bad_request("object expected as reply markup: only InlineKeyboardMarkup is known here")
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return tuple(tuple(map(_button, row)) for row in rows if row)


def keyboard_json(keyboard: Keyboard) -> JsonObject:
    """The Bot API's InlineKeyboardMarkup."""
    return {"inline_keyboard": [[_button_json(button) for button in row] for row in keyboard]}


def _button_json(button: Button) -> JsonObject:
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}


def _button(button: Any) -> Button:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    check_fields(button, FIELDS, "inline keyboard button")
    label = button.get("text")
    if label is None:
        raise _unparsable('Can\'t find field "text"')
    if not label.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in _ACTIONS if button.get(name)]
    if len(actions) != 1:
        raise _unparsable("Text buttons are unallowed in the inline keyboard" if not actions else "two actions")
    return _with_action(label, button)


def _with_action(label: str, button: JsonObject) -> Button:
    if data := button.get("callback_data"):
        if len(data.encode()) > MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return Button(label, data=data)
    return Button(label, url=_checked_url(button["url"]))


def _checked_url(url: str) -> str:
    """The address, if Telegram would take it: http, https or tg, and a host with a dot in it."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise _wrong_url(url, "Wrong HTTP URL") from None
    if parts.scheme == "tg" and _TG_HOST.fullmatch(host):
        return url
    if parts.scheme not in {"http", "https"}:
        raise _wrong_url(url, "Unsupported URL protocol")
    if "." not in host and ":" not in host:
        raise _wrong_url(url, "Wrong HTTP URL")
    return url


def _wrong_url(url: str, reason: str) -> Exception:
    return bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}")


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {reason}")
