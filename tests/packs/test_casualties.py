"""Victims are counted, and only people."""

from __future__ import annotations

import pytest

from bot.core.casualties import Casualties
from bot.core.model import NewsUpdate
from bot.packs import Packs
from tests.packs.casualty_scoring import Counted, CountScore, counted_texts, score_casualties

COUNTS = [
    ("en", "The flood cost 2,200 lives.", Casualties(2200)),
    ("en", "The dead now number 33.", Casualties(33)),
    ("en", "Eleven bodies were counted at the quay.", Casualties(11)),
    ("en", "Clinics received 62 bodies and 210 injured.", Casualties(62, 210)),
    ("en", "The body of Ana Lind was pulled from the rubble.", Casualties(1)),
    ("en", "Forty villagers were massacred by gunmen.", Casualties(40)),
    ("en", "Twelve servicemen fell near Hill 40.", Casualties(12)),
    ("en", "All six crew members died.", Casualties(6)),
    ("en", "Three blue helmets injured in Karst", Casualties(None, 3)),
    ("en", "Four people sought treatment for burns.", Casualties(None, 4)),
    ("en", "There were no dead or wounded.", Casualties(0, 0)),
    ("en", "Five miners died and eleven are missing.", Casualties(5)),
    ("en", "47 people survived and three died.", Casualties(3)),
    ("en", "Six wounded were rescued from the rubble.", Casualties(None, 6)),
    ("en", "The toll rose to 19 as six of the injured died.", Casualties(19)),
    ("en", "Two and a half million people have been displaced.", Casualties(displaced=2_500_000)),
    ("en", "Half a million people were displaced.", Casualties(displaced=500_000)),
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
    ("en", "A 64-year-old woman died of her wounds.", Casualties(1)),
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


@pytest.mark.parametrize("half", ["tune", "check"])
@pytest.mark.parametrize("language", ["ar", "en", "hy", "ru", "tr", "uk"])
def test_labelled_texts_are_counted(packs: Packs, language: str, half: str) -> None:
    """Hardly a number is wrong, and few are missed, in any language."""
    score = score_casualties(packs, counted_texts(half, [language]))
    assert score.texts >= 8
    assert score.precision >= 0.95, score
    assert score.recall >= 0.9, score


def test_a_count_score_tells_wrong_from_missed() -> None:
    """A wrong number is both false and missed; one that is nowhere in the text is false."""
    score = CountScore()
    assert not score.count(Counted("en", Casualties(3, 1), ""), Casualties(2, None, 40))
    assert score.count(Counted("en", Casualties(0), ""), Casualties(0))
    assert (score.right, score.false, score.missed, score.texts) == (1, 2, 2, 2)


def test_a_hostile_text_is_counted_soon(packs: Packs) -> None:
    """Many numbers and victims in one run of words: bounded by the length of a sentence and of a text."""
    text = "two people and three soldiers killed four of five or six to seven women " * 5_000
    assert packs.casualties(NewsUpdate(text, 0), language="en").killed is not None
