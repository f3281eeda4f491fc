"""Speakers of the labelled texts, in both halves."""

from __future__ import annotations

import pytest

from bot.core.model import NewsUpdate
from bot.packs import Packs
from tests.packs.speaker_scoring import SpeakerScore, Spoken, score_speakers, spoken_texts


@pytest.mark.parametrize("half", ["tune", "check"])
@pytest.mark.parametrize("language", ["ar", "hy", "ru", "tr", "uk"])
def test_speakers_of_other_languages_are_found(packs: Packs, language: str, half: str) -> None:
    """The small sets of the other languages: at most a text or two of each half goes wrong."""
    score = score_speakers(packs, spoken_texts(half, [language]))
    assert score.texts >= 15
    assert score.precision >= 0.9, score
    assert score.recall >= 0.85, score


@pytest.mark.parametrize("half", ["tune", "check"])
def test_english_speakers_are_found(packs: Packs, half: str) -> None:
    """Few are missed, and hardly any is claimed who does not speak."""
    score = score_speakers(packs, spoken_texts(half, ["en"]))
    assert score.texts >= 90
    assert score.precision >= 0.94, score
    assert score.recall >= 0.92, score


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("İtfaiye yangının söndürüldüğünü bildirdi.", ("İtfaiye",)),
        ("Karst İçişleri Bakanlığı yolun kapalı olduğunu duyurdu.", ("Karst İçişleri Bakanlığı",)),
        ("Norland ordusu köyün alındığını öne sürdü.", ("Norland ordusu",)),
        ("Polis 12 kişiyi gözaltına aldı.", ()),
    ],
)
def test_a_turkish_capital_with_a_dot_is_an_i(packs: Packs, text: str, speakers: tuple[str, ...]) -> None:
    """Words that begin with İ are the listed ones, and a body of one word speaks."""
    assert packs.attribution(NewsUpdate(text, 0), language="tr") == speakers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Дорогу откроют утром, ответил Роман Дубов."),
        ("ru", "Воды больше нет, посетовала мэр Анна Линд."),
        ("uk", "Дорогу відкриють зранку, відповів Роман Дубов."),
        ("uk", "Мер Анна Лінд нарахувала сорок пожеж."),
    ],
)
def test_whoever_answers_or_counts_speaks(packs: Packs, language: str, text: str) -> None:
    """Speech has more verbs than saying."""
    assert len(packs.attribution(NewsUpdate(text, 0), language=language)) == 1


def test_a_score_counts_leads_forms_and_nobody() -> None:
    """Either form of a name is right; a second speaker missed is missed; nobody found where nobody speaks is right."""
    score = SpeakerScore()
    two = Spoken("en", (frozenset({"ana lind", "анны линд"}), frozenset({"un"})), "")
    assert not score.count(two, ["Ana  Lind"])
    assert score.count(two, ["the Ana Lind", "UN"])
    assert score.count(Spoken("en", (), ""), [])
    assert not score.count(Spoken("en", (), ""), ["Monday"])
    assert (score.right, score.missed, score.false, score.leads, score.texts) == (3, 1, 1, 3, 4)
