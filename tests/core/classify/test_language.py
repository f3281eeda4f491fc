"""Which language's words a text is read with."""

from __future__ import annotations

import pytest

from bot.core.classify.language import choose_language

AVAILABLE = ("ar", "en", "hy", "ru", "tr", "uk")


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        ("en", "Shelling of Tarvin", "en"),
        ("en-GB", "Shelling of Tarvin", "en"),
        ("tr", "Tarvin kenti bombalandi", "tr"),
        (None, "Tarvin kenti bombalandı, çatışmalar sürüyor", "tr"),
        ("en", "Обстрел города", "ru"),
        (None, "Обстріл міста і сіл", "uk"),
        ("ru", "Обстріл міста і сіл", "ru"),
        ("en", "Հրետակոծություն", "hy"),
        ("en", "قصف المدينة", "ar"),
        ("fr", "Bombardement de Tarvin", "en"),
        ("en", "Shelling of Тарвин reported", "en"),
        ("en", "12:45 — 2024", None),
        (None, "12:45 — 2024", None),
        (None, "砲撃", None),
    ],
)
def test_script_outranks_what_a_feed_declares(declared: str | None, text: str, expected: str | None) -> None:
    """The declared language, unless the text is in another script; detection by words is never tried."""
    assert choose_language(declared, text, AVAILABLE) == expected
