"""Bytes to text, whatever the source says about them.

Order of evidence: byte order mark, NUL pattern of UTF-16, the bytes themselves being UTF-8, the HTTP header, the
document's own declaration, windows-1252. That the bytes outrank both declarations is a choice: text in another
encoding that happens to be valid UTF-8 is all but impossible, wrong declarations of UTF-8 pages are daily business.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from bot.sources.characters import without_unseen

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FALLBACK: Final = "cp1252"
_CYRILLIC: Final = "cp1251"
_DECLARED_AT: Final = 4096
"""A document declares its encoding within its first 1 024 bytes (HTML Standard); some need more."""

_HTTP = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_DOCUMENT = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:+-]{1,40})|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:+-]{1,40})""",
    re.IGNORECASE,
)
_HIGH_WORD = re.compile(rb"(?<![A-Za-z\xc0-\xff])[\xc0-\xff]{3,}(?![A-Za-z\xc0-\xff])")
_ACCENTED_WORD = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
# The text encodings of the Encoding Standard by Python's names. A source can't pick a codec outside of them:
# Python also knows ones that run for minutes (punycode) or hide markup (utf-7).
_CODECS: Final = frozenset(
    {
        "big5", "big5hkscs", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
        "cp866", "cp874", "cp949", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "iso2022_jp", "iso8859-10",
        "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5",
        "iso8859-6", "iso8859-7", "iso8859-8", "koi8-r", "koi8-u", "mac-cyrillic", "mac-roman", "shift_jis", "utf-8",
        "utf-16", "utf-16-be", "utf-16-le",
    }
)  # fmt: skip
_WIDENED: Final = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}
"""What the Encoding Standard reads in place of the narrower name, since that is what publishers mean."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, freed of unseen characters, and what was wrong with its bytes."""

    text: str
    damage: str | None = None
    """In words; ``None`` when every byte was read as declared, or as UTF-8 without a declaration."""


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode ``body`` by the best evidence there is. Total: any bytes give some text."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _as(body[len(mark) :], name)
    declared = _declared(body, content_type)
    wide = _utf16(body, declared)
    if wide is not None:
        return _as(body, wide)
    if declared in ("utf-16", "utf-16-le", "utf-16-be"):
        declared = None  # without a NUL it can't be
    utf8 = body.decode("utf-8", "replace")
    if _is_utf8(body, utf8):
        return Decoded(without_unseen(utf8), _utf8_damage(utf8, body, declared))
    if declared not in (None, "utf-8"):
        return _as(body, declared)
    if body.isascii():
        return Decoded(without_unseen(utf8))
    why = "declared as utf-8 but not in it" if declared else "no encoding declared"
    guess = _CYRILLIC if _is_mostly_high(body) else _FALLBACK
    return Decoded(without_unseen(body.decode(guess, "replace")), f"{why}, read as {guess.replace('cp', 'windows-')}")


def _as(body: bytes, name: str) -> Decoded:
    text = body.decode(name, "replace")
    bad = text.count("\ufffd")
    return Decoded(without_unseen(text), f"{bad} characters are not in its encoding, {name}" if bad else None)


def _declared(body: bytes, content_type: str | None) -> str | None:
    """The usable encoding that the header or the document declares, the header first."""
    named = _HTTP.search(content_type or "")
    inside = _DOCUMENT.search(body[:_DECLARED_AT])
    labels = [named[1]] if named else []
    if inside:
        labels.append((inside[1] or inside[2]).decode("ascii", "ignore"))
    return next((codec for label in labels if (codec := _codec(label))), None)


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _WIDENED.get(name, name)
    return name if name in _CODECS else None


def _utf16(body: bytes, declared: str | None) -> str | None:
    """UTF-16 without a mark shows as NULs on one side of each pair: every space, digit and line break has one."""
    head = body[:2048]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if not even and not odd:
        return None
    if declared in ("utf-16-le", "utf-16-be"):
        return declared
    enough = len(head) // 2 * (0.02 if declared == "utf-16" else 0.1)
    if odd > enough and odd > even * 4:
        return "utf-16-le"
    if even > enough and even > odd * 4:
        return "utf-16-be"
    return None


def _is_utf8(body: bytes, text: str) -> bool:
    """It has multi-byte characters, and all but a few are whole: one bad byte must not garble a page."""
    bad = text.count("\ufffd")
    # Each whole character beyond ASCII takes at least one byte more than it counts: no need to count them.
    whole = len(body) - len(text)
    return whole > 0 and (bad <= 1 or bad * 20 <= whole)


def _is_mostly_high(body: bytes) -> bool:
    """Whole words beyond ASCII: no language of windows-1252 is written so, while every Cyrillic one is."""
    return len(_HIGH_WORD.findall(body)) > len(_ACCENTED_WORD.findall(body))


def _utf8_damage(text: str, body: bytes, declared: str | None) -> str | None:
    bad = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    if bad > 0:
        return f"{bad} characters are not in its encoding, utf-8"
    if declared not in (None, "utf-8"):
        return f"declared as {declared} but written in utf-8"
    return None
