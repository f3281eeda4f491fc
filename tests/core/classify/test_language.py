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
        ("ru", "Обстріл міста і сіл", "uk"),
        ("uk", "Обстрелы сёл и посёлков были сильны", "ru"),
        ("ru", "Обстрел у села Вільне", "ru"),
        ("ru", "Жители села Вільні Лісі вышли", "ru"),
        ("en", "Kentte şiddetli çatışmalar sürüyor", "tr"),
        ("en", "Erdoğan went to Muş, Ağrı and Şırnak", "en"),
        ("tr", "Two rockets were shot down over Tarvin, witnesses said", "en"),
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
    """The declared language, unless script or letters are of another; detection by words is never tried."""
    assert choose_language(declared, text, AVAILABLE) == expected
