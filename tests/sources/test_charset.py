"""Bytes to text, whatever is declared."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.charset import decode

CYRILLIC = "Обстрел города Тарвин, мост закрыт"
FRENCH = "Le pont de Norvale est fermé, la mairie a été évacuée"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (codecs.BOM_UTF8 + FRENCH.encode(), "text/html; charset=iso-8859-1", FRENCH),  # the mark outranks the header
        (codecs.BOM_UTF16_LE + CYRILLIC.encode("utf-16-le"), "text/html; charset=utf-8", CYRILLIC),
        (codecs.BOM_UTF16_BE + CYRILLIC.encode("utf-16-be"), None, CYRILLIC),
        (codecs.BOM_UTF32_LE + CYRILLIC.encode("utf-32-le"), None, CYRILLIC),
        (f"<html><p>{FRENCH}".encode("utf-16-le"), None, f"<html><p>{FRENCH}"),  # no mark: NULs tell
        (f"<html><p>{FRENCH}".encode("utf-16-be"), None, f"<html><p>{FRENCH}"),
        (CYRILLIC.encode("cp1251"), "text/html; charset=windows-1251", CYRILLIC),
        (CYRILLIC.encode("koi8-r"), 'text/html; charset="KOI8-R"', CYRILLIC),
        (f'<meta charset="windows-1251">{CYRILLIC}'.encode("cp1251"), None, f'<meta charset="windows-1251">{CYRILLIC}'),
        (
            f'<?xml version="1.0" encoding="koi8-u"?>{CYRILLIC}'.encode("koi8-u"),
            None,
            f'<?xml version="1.0" encoding="koi8-u"?>{CYRILLIC}',
        ),
        # The header outranks the document.
        (f"<meta charset=koi8-r>{CYRILLIC}".encode("cp1251"), "x; charset=cp1251", f"<meta charset=koi8-r>{CYRILLIC}"),
        # "latin-1" means windows-1252 on the web: curly quotes.
        ("“Stop”, he said".encode("cp1252"), "text/html; charset=iso-8859-1", "“Stop”, he said"),
        (FRENCH.encode(), None, FRENCH),
        (b"plain", None, "plain"),
        (b"plain", "text/html; charset=utf-16", "plain"),  # a wrong utf-16 would give gibberish
    ],
)  # fmt: skip
def test_the_best_evidence_decides(body: bytes, content_type: str | None, text: str) -> None:
    """Byte order mark, NULs, header, document, UTF-8: in this order, and nothing is damaged."""
    decoded = decode(body, content_type)
    assert (decoded.text, decoded.damage) == (text, None)


@pytest.mark.parametrize(
    ("body", "content_type", "text", "damage"),
    [
        (FRENCH.encode(), "text/html; charset=iso-8859-1", FRENCH, "declared as cp1252 but written in utf-8"),
        (FRENCH.encode("cp1252"), None, FRENCH, "no encoding declared, read as windows-1252"),
        (FRENCH.encode("cp1252"), "x; charset=utf-8", FRENCH, "declared as utf-8 but not in it, read as windows-1252"),
        (CYRILLIC.encode("cp1251"), None, CYRILLIC, "no encoding declared, read as windows-1251"),
        (FRENCH.encode("cp1252"), "text/html; charset=punycode", FRENCH, "no encoding declared, read as windows-1252"),
        (FRENCH.encode("cp1252"), "text/html; charset=no-such", FRENCH, "no encoding declared, read as windows-1252"),
        (CYRILLIC.encode()[:-1], None, CYRILLIC[:-1] + "\ufffd", "1 characters are not in its encoding, utf-8"),
    ],
)  # fmt: skip
def test_wrong_or_missing_declarations_are_named(body: bytes, content_type: str | None, text: str, damage: str) -> None:
    """The text is right all the same, and the damage says what was wrong."""
    decoded = decode(body, content_type)
    assert (decoded.text, decoded.damage) == (text, damage)


def test_one_bad_byte_does_not_garble_a_page() -> None:
    """A page of UTF-8 with a stray byte stays UTF-8: only that byte is replaced."""
    text = decode((CYRILLIC * 5).encode() + b"\xff" + FRENCH.encode()).text
    assert text == CYRILLIC * 5 + "\ufffd" + FRENCH


def test_unseen_characters_are_dropped() -> None:
    """Controls and zero-width filler go; line breaks become line feeds; joiners and bidirectional marks stay."""
    assert decode("a\x00\x01\u200bb\r\nc\rd\u00ade\ufeff \u202bf\u200d".encode()).text == "ab\nc\nde \u202bf\u200d"


@given(
    st.binary(max_size=400), st.sampled_from([None, "x; charset=utf-16", "x; charset=iso-2022-jp", "x; charset=big5"])
)
def test_any_bytes_are_text(body: bytes, content_type: str | None) -> None:
    """Decoding is total, and what comes out can be stored as UTF-8."""
    decode(body, content_type).text.encode()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn"]), min_size=1))
def test_utf8_is_read_as_it_is(text: str) -> None:
    """Whatever text is encoded as UTF-8 comes back unchanged, declared or not."""
    assert decode(text.encode(), "text/plain; charset=utf-8").text == text
