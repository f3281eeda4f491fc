"""Names are shown in the nominative where the language gives it away, else as printed."""

from __future__ import annotations

import pytest

from bot.core.attribution.nominative import nominative

HEADS = {"министерства": "Министерство"}


@pytest.mark.parametrize(
    ("language", "printed", "shown"),
    [
        ("ru", "Ивана Карпова", "Иван Карпов"),
        ("ru", "Андрея Вельского", "Андрей Вельский"),
        ("ru", "Павла Синенко", "Павел Синенко"),
        ("ru", "Анны Ворон", "Анна Ворон"),
        ("ru", "Марии Карповой", "Мария Карпова"),
        ("ru", "Ольги Вельской", "Ольга Вельская"),
        ("ru", "Министерства обороны Карста", "Министерство обороны Карста"),
        ("uk", "Олега Синього", "Олег Синій"),
        ("uk", "Дмитра Шевченка", "Дмитро Шевченко"),
        ("uk", "Ірини Ладської", "Ірина Ладська"),
        # what does not give itself away
        ("ru", "Карпова", "Карпова"),
        ("ru", "Джо Линд", "Джо Линд"),
        ("ru", "Ивана Петровича Карпова", "Ивана Петровича Карпова"),
        ("en", "Ana Lind", "Ana Lind"),
    ],
)
def test_after_according_to(language: str, printed: str, shown: str) -> None:
    """What stands in the genitive by its place in the sentence."""
    assert nominative(printed, language, HEADS, oblique=True, body=False) == shown


def test_a_subject_stays_as_it_is() -> None:
    """Outside such a place a woman's last name ends as a man's in the genitive; a body is no person."""
    assert nominative("Анна Карпова", "ru", HEADS, oblique=False, body=False) == "Анна Карпова"
    assert nominative("Міноборони Норланду", "uk", {}, oblique=True, body=True) == "Міноборони Норланду"


@pytest.mark.parametrize(
    ("language", "printed", "shown"),
    [
        ("hy", "Արամ Տերյանը", "Արամ Տերյան"),
        ("hy", "Արամ Տերյանի", "Արամ Տերյան"),
        ("hy", "Պաշտպանության նախարարությունը", "Պաշտպանության նախարարություն"),
        ("hy", "Պաշտպանության նախարարության", "Պաշտպանության նախարարություն"),
        ("hy", "ՊՆ-ն", "ՊՆ"),
        ("hy", "Կարմիր խաչը", "Կարմիր խաչ"),
        ("hy", "Մունե", "Մունե"),
        ("tr", "Sağlık Bakanlığı'na", "Sağlık Bakanlığı"),
        ("tr", "Murat Kara’ya", "Murat Kara"),
        ("tr", "Kara'nın Murat", "Kara'nın Murat"),
    ],
)
def test_endings_that_are_no_part_of_a_name(language: str, printed: str, shown: str) -> None:
    """Armenian articles and cases, and what a Turkish apostrophe sets off, wherever they stand."""
    assert nominative(printed, language, {}, oblique=False, body=False) == shown
