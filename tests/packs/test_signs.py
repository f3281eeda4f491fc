"""Denials and all-clears, with who says so and where, in six languages; neither rings."""

from __future__ import annotations

import pytest

from bot.core.model import NewsUpdate
from bot.packs import Packs

DENIALS = [
    ("en", "The Defence Ministry denied shelling the town of Martuni.", "Defence Ministry", "martuni"),
    ("en", "Spokeswoman Ola Brand denies that Shushi was hit.", "Ola Brand", "shushi"),
    ("en", "Reports of a strike on Shushi are false, General Oren Malk said.", "Oren Malk", "shushi"),
    ("ru", "Минобороны опровергло обстрел Мартуни.", "Минобороны", "martuni"),
    ("uk", "Міноборони спростувало обстріл Мартуні.", "Міноборони", "martuni"),
    ("hy", "Պաշտպանության նախարարությունը հերքել է Մարտունու հրետակոծումը։", "Պաշտպանության նախարարություն", "martuni"),
    ("tr", "Savunma Bakanlığı, Şuşa'nın vurulduğu haberini yalanladı.", "Savunma Bakanlığı", "shushi"),
    ("ar", "نفت وزارة الدفاع قصف شوشا.", "وزارة الدفاع", "shushi"),
]
ALL_CLEARS = [
    ("en", "The air raid alert in Martuni is over, Mayor Ola Brand said.", "Ola Brand", "martuni"),
    ("en", "All clear in Shushi, the Emergency Service said.", "Emergency Service", "shushi"),
    ("ru", "Отбой воздушной тревоги в Степанакерте, сообщили в МЧС.", "МЧС", "stepanakert"),
    ("uk", "Відбій повітряної тривоги у Степанакерті, повідомили в ДСНС.", "ДСНС", "stepanakert"),
    ("hy", "Օդային տագնապը Ստեփանակերտում չեղարկվել է, հայտնել է ՊՆ-ն։", "ՊՆ", "stepanakert"),
    ("tr", "Şuşa'da hava saldırısı alarmı sona erdi, AFAD duyurdu.", None, "shushi"),
    ("ar", "زوال الخطر في شوشا، قال الدفاع المدني.", "الدفاع المدني", "shushi"),
]
NEITHER = [
    ("en", "Shells hit Shushi this morning. Karst denied responsibility."),
    ("en", "Karst denied shelling Shushi, but three people were killed there, the mayor said."),
    ("en", "Aid workers were denied access to Martuni, where shelling went on."),
    ("en", "Stay in the shelters until the all clear is given."),
    ("en", "The alert in Martuni has not been lifted."),
    ("ru", "Оставайтесь в укрытиях до отбоя тревоги."),
    ("uk", "Залишайтеся в укритті до відбою тривоги."),
    ("hy", "Մնացեք ապաստարանում մինչև տագնապի ավարտը։"),
    ("tr", "Alarm sona erene kadar sığınaklarda kalın."),
    ("ar", "ابقوا في الملاجئ حتى انتهاء الخطر."),
]


@pytest.mark.parametrize(("language", "text", "speaker", "place"), DENIALS)
def test_a_denial_is_known_and_never_rings(packs: Packs, language: str, text: str, speaker: str, place: str) -> None:
    """Who denies it and where stands beside it; its level is routine."""
    found = packs.findings(NewsUpdate(text, 0), language=language)
    assert (found.denial, found.all_clear, found.level) == (True, False, "routine")
    assert (found.attribution[:1], found.place_ids) == ((speaker,), (place,))


@pytest.mark.parametrize(("language", "text", "speaker", "place"), ALL_CLEARS)
def test_an_all_clear_is_what_a_source_says(
    packs: Packs, language: str, text: str, speaker: str | None, place: str
) -> None:
    """Who says it and where stands beside it; its level is routine."""
    found = packs.findings(NewsUpdate(text, 0), language=language)
    assert (found.denial, found.all_clear, found.level) == (False, True, "routine")
    assert found.place_ids == (place,)
    assert speaker is None or found.attribution[:1] == (speaker,)


@pytest.mark.parametrize(("language", "text"), NEITHER)
def test_a_danger_is_never_taken_for_its_end(packs: Packs, language: str, text: str) -> None:
    """What another side denies after a report, victims, "until", "not": the update is neither."""
    found = packs.findings(NewsUpdate(text, 0), language=language)
    assert (found.denial, found.all_clear) == (False, False)


def test_what_an_update_is_stands_where_it_opens(packs: Packs) -> None:
    """A look back, a denial or an end of an alert deep in a long report of shelling changes nothing."""
    text = (
        "Shells hit a school in Martuni. Two people were wounded. The fire is out. "
        "The ministry denied an earlier report. It was the tenth attack since the beginning of the war. "
        "The curfew of last week was lifted."
    )
    found = packs.findings(NewsUpdate(text, 0), language="en")
    assert (found.denial, found.all_clear, found.level) == (False, False, "breaking")
    assert "looks back" not in dict(found.grade.reasons)


def test_a_hospital_counts_where_it_is_hit(packs: Packs) -> None:
    """Where the wounded were taken to is no target."""
    hit = packs.findings(NewsUpdate("Shells hit the maternity hospital in Martuni.", 0), language="en")
    taken = packs.findings(NewsUpdate("Shells hit Martuni; one was taken to hospital.", 0), language="en")
    assert "hospital or school" in dict(hit.grade.reasons)
    assert "hospital or school" not in dict(taken.grade.reasons)
