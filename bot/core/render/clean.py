"""A source's words made harmless: what is invisible, turns direction or would become a link by itself.

Telegram finds links, mentions, hashtags and commands in any text by itself, whatever entities come with it; a word
joiner inside them, which nobody sees, keeps a source from placing any of them in an alert.
References: https://www.unicode.org/reports/tr9/, https://www.unicode.org/reports/tr36/.
"""

from __future__ import annotations

import re
import unicodedata

WORD_JOINER = "\u2060"
_MAX_MARKS = 5
"""Combining marks kept on one letter: no orthography needs more, stacks of dozens flood the lines around them."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_DROPPED = re.compile("[\u030a\u0333\u033f]")
"""Marks that Telegram takes out of every text: composed first, so that a ring that belongs to a letter stays."""
_LINE_BREAK = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINER = re.compile("[\u200c\u200d]+")
_MANY_BREAKS = re.compile(r"\n{2,}")
_SCHEME = re.compile(r"(?<=[A-Za-z]):(?=//)")
_DOMAIN_DOT = re.compile(r"(?<=[\w-])\.(?=\w*[^\W\d_]\w)")
_NUMERIC_HOST = re.compile(r"(?<!\d)(?:\d{1,3}\.){3}\d{1,3}(?!\d)")
_LEAD_SIGN = re.compile(r"(?<![\w/])([@#＃$/])(?=[^\W_])")


def clean(text: str) -> str:
    """``text`` without anything invisible or active; paragraphs stay apart by one blank line."""
    text = _LINE_BREAK.sub("\n", text)
    text = _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text))
    text = _few_marks(_JOINER.sub(_joiner, _INVISIBLE.sub("", text)))
    text = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return _without_links(_MANY_BREAKS.sub("\n\n", text).strip())


def clean_line(text: str) -> str:
    """``text`` cleaned, on one line."""
    return " ".join(clean(text).split())


def placed(template: str, **pieces: str) -> str:
    """``template`` filled, so that pieces and template that run in different directions cannot reorder each other."""
    if not any(map(_has_right_to_left, (template, *pieces.values()))):
        return template.format(**pieces)
    return template.format(**{name: f"\u2068{piece}\u2069" for name, piece in pieces.items()})


def isolated(text: str) -> str:
    """``text`` for use inside a line of another's: right-to-left words in it cannot reorder their neighbours."""
    return f"\u2068{text}\u2069" if _has_right_to_left(text) else text


def _has_right_to_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text)


def _without_links(text: str) -> str:
    text = _SCHEME.sub(f":{WORD_JOINER}", text)
    text = _NUMERIC_HOST.sub(lambda host: host[0].replace(".", f".{WORD_JOINER}"), text)
    text = _DOMAIN_DOT.sub(f".{WORD_JOINER}", text)
    return _LEAD_SIGN.sub(rf"\1{WORD_JOINER}", text)


def _joiner(match: re.Match[str]) -> str:
    """Zero-width (non-)joiners stay where scripts and emoji need them: between two characters that are not Latin."""
    before = match.string[: match.start()][-1:]
    after = match.string[match.end() :][:1]
    return match[0][0] if _joins(before) and _joins(after) else ""


def _joins(character: str) -> bool:
    return character > "\u0600" and not character.isspace()


def _few_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)
