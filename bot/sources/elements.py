"""What each HTML element means to the walk: which are lines of their own, which nobody reads, which are furniture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from selectolax.lexbor import LexborNode

from bot.sources.characters import fold

Attributes = Mapping[str, str | None]

UNSEEN: Final = frozenset(
    {
        "head", "script", "style", "template", "noscript", "svg", "math", "canvas", "iframe", "object", "embed",
        "audio", "video", "map", "button", "select", "option", "datalist", "input", "textarea", "progress",
        "meter", "title", "meta", "link", "dialog", "frameset", "noframes", "amp-ad", "amp-iframe",
        "amp-sidebar", "amp-social-share", "amp-consent", "amp-analytics",
    }
)  # fmt: skip
"""Elements whose content is not text of the page: code, drawings, controls, fallbacks."""

LINES: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section",
        "summary", "table", "caption", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "br",
    }
)  # fmt: skip
"""Elements that begin and end a line; see :func:`is_line` for custom ones."""

PROSE: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "caption"})
"""Lines that can't hold other lines: a custom element inside of one is a word of it."""

INLINE: Final = frozenset(
    {
        "a", "abbr", "acronym", "area", "b", "base", "bdi", "bdo", "big", "cite", "code", "col", "colgroup", "data",
        "del", "dfn", "em", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "marquee", "nobr", "optgroup",
        "output", "param", "picture", "q", "rp", "rt", "ruby", "s", "samp", "slot", "small", "source", "span", "strike",
        "strong", "sub", "sup", "time", "track", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
"""HTML's other elements: they stand inside a line."""

HEADINGS: Final = {f"h{rank}": rank for rank in range(1, 7)}
BOLD: Final = frozenset({"b", "strong"})

_FURNITURE: Final = frozenset({"nav", "aside", "search"})
_FURNITURE_ROLES: Final = frozenset({"navigation", "contentinfo", "search", "complementary", "dialog", "alertdialog"})
_FURNITURE_NAMES: Final = frozenset(
    {
        "share", "sharing", "share-bar", "share-buttons", "share-links", "social-share", "social-links",
        "addtoany", "sharedaddy", "breadcrumb", "breadcrumbs", "cookie-banner", "cookie-consent",
        "newsletter-signup", "related-articles", "related-posts", "comments", "comment-list", "advert",
        "advertisement", "onetrust-consent-sdk", "cookie-notice", "cookie-law-info-bar",
    }
)  # fmt: skip
_SPOKEN: Final = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only"})
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_PICTURE: Final = "img, picture, video, svg, amp-img, iframe"
_ID_ATTRIBUTES: Final = ("id", "data-post-id", "data-entry-id", "data-item-id", "data-block-id", "data-id")
_LONGEST_ID: Final = 256


def is_line(tag: str, *, in_prose: bool = False) -> bool:
    """The element stands on lines of its own.

    Custom elements (with a hyphen in their name) are mostly parts of a page's frame, but not inside a line of prose,
    nor are Telegram's emoji and elements that draw a time.
    """
    return tag in LINES or ("-" in tag and not in_prose and not tag.startswith("tg-") and not is_time(tag))


def is_time(tag: str) -> bool:
    """``time``, or a custom element that draws one (``relative-time``, ``time-ago``)."""
    return tag == "time" or ("-" in tag and "time" in tag.split("-"))


def is_html(tag: str) -> bool:
    """The element is one of HTML's own, or a custom one of a page."""
    return tag in INLINE or tag in LINES or "-" in tag or (tag in UNSEEN and tag not in ("svg", "math"))


def is_unseen(node: LexborNode, tag: str, attributes: Attributes) -> bool:
    """Nobody who looks at the page reads the element's text."""
    if tag in UNSEEN:
        return not (tag == "button" and _opens_a_heading(node))
    if tag == "figcaption":
        return _captions_a_picture(node)
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    return bool(_NOT_SHOWN.search(attributes.get("style") or "")) or not _SPOKEN.isdisjoint(classes(attributes))


def is_furniture(tag: str, attributes: Attributes, *, inside_article: bool) -> bool:
    """The element frames the page: navigation, side columns, share bars, the page's footer."""
    if tag in _FURNITURE or (tag == "footer" and not inside_article):
        return True
    if not attributes:
        return False
    if attributes.get("role") in _FURNITURE_ROLES or attributes.get("id") in _FURNITURE_NAMES:
        return True
    return not _FURNITURE_NAMES.isdisjoint(classes(attributes))


def is_bold(tag: str, attributes: Attributes) -> bool:
    """The element makes its text bold, by its name or its own style."""
    return tag in BOLD or bool(_BOLD_STYLE.search(attributes.get("style") or ""))


def rank(tag: str, attributes: Attributes) -> int | None:
    """The rank of a heading, 1 to 6; ``None`` for anything else."""
    if tag in HEADINGS:
        return HEADINGS[tag]
    if attributes.get("role") == "heading":
        level = attributes.get("aria-level") or "2"
        return int(level) if level in "123456" and len(level) == 1 else 6
    return None


def own_id(attributes: Attributes) -> str | None:
    """The element's DOM id, else the id that its site keeps in a ``data-`` attribute."""
    value = next((value for name in _ID_ATTRIBUTES if (value := fold(attributes.get(name) or ""))), None)
    return value if value is None or len(value) <= _LONGEST_ID else None


def classes(attributes: Attributes) -> list[str]:
    """The element's class names, lower case."""
    return (attributes.get("class") or "").lower().split()


def _captions_a_picture(node: LexborNode) -> bool:
    figure = node.parent
    return figure is not None and figure.tag == "figure" and figure.css_first(_PICTURE, strict=False) is not None


def _opens_a_heading(button: LexborNode) -> bool:
    """``<h3><button>``, the accordion pattern: the headline is the button."""
    around = button.parent
    return around is not None and around.tag in HEADINGS
