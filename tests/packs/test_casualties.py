"""Victims are counted, and only people."""

from __future__ import annotations

import pytest

from bot.core.casualties import Casualties
from bot.core.model import NewsUpdate
from bot.packs import Packs

COUNTS = [
    ("en", "Three people were killed and eleven injured when a rocket hit a bus stop.", Casualties(3, 11)),
    ("en", "At least nine civilians including three children were killed.", Casualties(9)),
    ("en", "Two houses were destroyed and one woman was wounded.", Casualties(None, 1)),
    ("en", "The death toll has risen from 12 to 17.", Casualties(17)),
    ("en", "A shell killed seven, one of them a child.", Casualties(7)),
    ("en", "Around 1,300 soldiers have been killed.", Casualties(1300)),
    ("en", "Twenty-five people died and two hundred were hurt.", Casualties(25, 200)),
    ("en", "Four soldiers were killed and nine wounded on 3 November at 10 p.m.", Casualties(4, 9)),
    ("en", "They launched 43 drones, killing 2 people and wounding 5, including 2 children.", Casualties(2, 5)),
    ("en", "More than 12,000 people fled across the border.", Casualties(displaced=12_000)),
    ("en", "Five houses burned down; the fire killed two.", Casualties(2)),
    ("en", "No casualties have been reported.", Casualties(0, 0)),
    ("en", "The strike hit a house. Nobody was hurt.", Casualties(0, 0)),
    ("en", "A 64-year-old woman died of her wounds.", Casualties()),
    ("en", "Two tanks were destroyed.", Casualties()),
    ("en", "The blast killed dozens.", Casualties()),
    ("en", "Heavy losses were reported in 2014.", Casualties()),
    ("ru", "В результате обстрела погибли три человека, ещё восемь ранены.", Casualties(3, 8)),
    ("ru", "Ранены восемь человек, погибли трое.", Casualties(3, 8)),
    ("ru", "Жертв и разрушений нет.", Casualties(0, 0)),
    ("uk", "Загинули троє людей, ще восьмеро поранені, пошкоджено 12 будинків.", Casualties(3, 8)),
    ("hy", "Զոհվել է երեք մարդ, ևս ութը վիրավորվել են։", Casualties(3, 8)),
    ("tr", "Saldırıda üç kişi öldü, sekiz kişi yaralandı.", Casualties(3, 8)),
    ("tr", "Toplam can kaybı 68 bin 858'e yükseldi.", Casualties(68_858)),
    ("ru", "Страну покинули более 5 миллионов беженцев.", Casualties(displaced=5_000_000)),
    ("ru", "Тысячи раненых остаются в больницах.", Casualties()),
    ("ar", "ارتفاع عدد الشهداء إلى 11517 شهيدا، والجرحى إلى نحو 32 ألف جريح.", Casualties(11_517, 32_000)),
    ("ar", "قتل ثلاثة أشخاص وأصيب ثمانية في قصف على المدينة.", Casualties(3, 8)),
]


@pytest.mark.parametrize(("language", "text", "expected"), COUNTS)
def test_people_are_counted(packs: Packs, language: str, text: str, expected: Casualties) -> None:
    """Each number goes to what happened nearest to it; things, times and shares of a number are no victims."""
    assert packs.casualties(NewsUpdate(text, 0), language=language) == expected
