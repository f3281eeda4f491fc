"""The whole bot in another language."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.callbacks import SetLanguage, encode
from bot.demo.telegram import Call, Person
from tests.chat.conftest import Deployment, labels
from tests.chat.test_reports import a_day, tapped


@pytest.fixture
async def vera(sitrep: Deployment) -> Person:
    """Somebody whose app is in Russian, where there is something to read."""
    await sitrep.archive(await sitrep.add_feed(), a_day(6))
    return sitrep.server.person("Vera", language="ru")


async def test_the_first_minute_in_russian(sitrep: Deployment, vera: Person, snapshot: SnapshotAssertion) -> None:
    """Link, preset, /status and /stop: every word of ours is Russian, every word of the source is its own."""
    message = await vera.ask("/start t_civilian-shelling")
    first = vera.chat.transcript()
    await tapped(vera, message, "Только опасное для мирных жителей")
    await vera.ask("/status")
    await vera.ask("/stop")
    assert first == snapshot
    assert vera.chat.transcript() == snapshot


async def test_reading_in_russian(sitrep: Deployment, vera: Person, snapshot: SnapshotAssertion) -> None:
    """Lists, filters, an opened report and an empty search."""
    message = await vera.ask("/search hospital")
    assert vera.chat.transcript() == snapshot
    assert (await tapped(vera, message, "1")).text == snapshot
    await tapped(vera, message, "Назад")
    await tapped(vera, message, "Все темы ▾")
    assert (await tapped(vera, message, "Дипломатия")).text == snapshot
    assert (await vera.ask("/weather")).text == snapshot


async def test_an_admin_reads_a_preview_in_russian(sitrep: Deployment, snapshot: SnapshotAssertion) -> None:
    """What an admin is told is theirs to read too; the address is asked for in words."""
    owner = sitrep.owner
    owner.user = replace(owner.user, language="ru")
    assert (await owner.ask("/addfeed")).text == snapshot
    assert (await owner.ask("/removefeed 7")).text == snapshot
    sitrep.clock.moment += timedelta(minutes=5)
    await sitrep.add_feed()
    assert (await owner.ask("/feeds")).text == snapshot


async def test_a_right_to_left_reader_gets_foreign_words_set_apart(sitrep: Deployment) -> None:
    """In an Arabic sentence a Latin heading keeps its own direction and does not turn its neighbours round."""
    await sitrep.archive(await sitrep.add_feed(), a_day(1))
    huda = sitrep.server.person("Huda", language="ar")
    listed = await huda.ask("/latest")
    assert listed.text.startswith("أحدث التقارير")
    assert "\u2068Hospital in Karst Hit\u2069" in listed.text
    assert "كل المواضيع ▾" in labels(listed)


async def test_a_change_of_language_changes_the_next_answer(sitrep: Deployment, ani: Person) -> None:
    """Old keyboards go on working: what they set has no language."""
    message = await ani.ask("/start")
    ani.user = replace(ani.user, language="hy")
    await ani.tap(message, "Off · Casualties")
    changed = await ani.wait_for(lambda m: m.id == message.id and "Ձայնով · Զոհեր և վիրավորներ" in labels(m))
    assert changed.text.startswith("Ձեր թեմաները")


async def test_a_chat_may_choose_its_language(sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion) -> None:
    """The choice outranks the app, holds for every answer and the menu, and can be taken back."""
    message = await ani.ask("/language")
    assert message.text == snapshot
    assert (await tapped(ani, message, "Русский")).text == snapshot
    assert (await ani.ask("/start")).text.startswith("С возвращением")
    menu = await sitrep.server.until(lambda: own_menu(sitrep, ani))
    assert "последние сообщения" in str(menu.parameters["commands"])
    await ani.ask("/start t_casualties")
    assert (await ani.ask("/status")).text.startswith("Оповещения включены.")
    back = await tapped(ani, message, "Как в приложении")
    assert back.text.startswith("Language")
    assert (await ani.ask("/status")).text.startswith("Alerts are on.")


async def test_choosing_a_language_starts_nothing(sitrep: Deployment, ani: Person) -> None:
    """Whoever has stopped alerts and changes the language is not sent any."""
    await ani.ask("/start t_casualties")
    await ani.ask("/stop")
    message = await ani.ask("/language")
    await tapped(ani, message, "Русский")
    assert (await ani.ask("/status")).text.startswith("Оповещения остановлены.")


async def test_a_language_that_there_is_not_is_out_of_date(sitrep: Deployment, ani: Person) -> None:
    """A forged code changes nothing."""
    message = await ani.ask("/language")
    answer = await ani.call_back(message, encode(SetLanguage("tlh")))
    assert "out of date" in (answer.text or "")
    assert (await ani.ask("/status")).text.startswith("Nothing is set up here yet.")


def own_menu(sitrep: Deployment, person: Person) -> Call | None:
    """The last menu that was set for a person's own chat."""
    scope = {"type": "chat", "chat_id": person.id}
    calls = [call for call in sitrep.server.journal.of("setMyCommands") if call.parameters["scope"] == scope]
    return calls[-1] if calls else None
