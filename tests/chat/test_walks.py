"""Random walks through every command and button: nothing breaks, nothing stays unanswered, nothing lies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
import structlog

from bot.core.archive import ChatKind
from bot.core.model import TopicMode
from bot.demo.telegram import ChatMessage, Person
from bot.i18n import LANGUAGES, load_words
from bot.services.subscriptions import ChatThread
from tests.builders import a_news
from tests.chat.conftest import Deployment
from tests.chat.test_reports import a_day
from tests.fakes import a_reading

COMMANDS = (
    "/start",
    "/start t_casualties",
    "/start t_weather",
    "/topics",
    "/settings",
    "/latest",
    "/search hospital",
    "/search Tarvin",
    "/search nothing of the kind",
    "/search",
    "/status",
    "/help",
    "/stop",
    "/language",
    "/claim 1234",
    "/addfeed https://norvale.example/day",
    "/addfeed https://norvale.example/",
    "/addfeed https://gone.example/",
    "/feeds",
    "/removefeed 1",
    "/removefeed 2",
    "hello",
    "/weather",
)
STATES = {"Loud": TopicMode.LOUD, "Silent": TopicMode.SILENT, "Digest": TopicMode.DIGEST, "Off": TopicMode.OFF}
WORDS = load_words()


async def walk(sitrep: Deployment, person: Person, random: Random, steps: int) -> None:
    """Take so many steps, each a command or a tap on one of the last messages, and check what is seen after each."""
    await person.ask("/start")
    for _ in range(steps):
        sitrep.clock.moment += timedelta(seconds=1)
        message = random.choice(person.chat.from_bot[-3:])
        buttons = [button for row in message.keyboard for button in row if button.data]
        if buttons and random.random() < 0.75:
            await tap(sitrep, person, message, random.choice(buttons).data or "")
            await check_keyboard(sitrep, person, message)
        else:
            await person.ask(random.choice(COMMANDS))


async def tap(sitrep: Deployment, person: Person, message: ChatMessage, data: str) -> None:
    """Press a button, see it answered, and wait until what it changes is changed."""
    edited = len(edits(sitrep, person))
    answer = await person.call_back(message, data)
    if not answer.alert:
        await sitrep.server.until(lambda: len(edits(sitrep, person)) > edited or None)
    assert message.text, "no screen is empty"


def edits(sitrep: Deployment, person: Person) -> list[object]:
    """Every edit in that chat that Telegram has answered."""
    calls = sitrep.server.journal.of("editMessageText")
    return [call for call in calls if call.chat_id == person.id and call.answer is not None]


async def check_keyboard(sitrep: Deployment, person: Person, message: ChatMessage) -> None:
    """The keyboard that was just tapped shows what is stored."""
    chosen = await sitrep.services.subscriptions.language(ChatThread(person.id, ChatKind.PRIVATE))
    words = WORDS.choose(chosen or person.user.language)
    names = {topic.name: topic.slug for topic in sitrep.tagger.topics_in(words.language)}
    states = {words(state): mode for state, mode in STATES.items()}
    choices = await sitrep.services.subscriptions.choices(ChatThread(person.id, ChatKind.PRIVATE))
    for row in message.keyboard:
        for button in row:
            state, _, name = button.label.partition(" · ")
            if name in names:
                assert choices.mode(names[name]) is states[state], button.label


@pytest.mark.parametrize("seed", range(24))
async def test_a_random_walk_meets_no_dead_end(sitrep: Deployment, seed: int) -> None:
    """Whatever is typed and tapped in whatever order is answered, and the keyboard shows what is stored."""
    await one_walk(sitrep, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(24, 1_000))
async def test_a_long_series_of_walks_meets_none_either(sitrep: Deployment, seed: int) -> None:
    """The same, a thousand times."""
    await one_walk(sitrep, seed)


async def one_walk(sitrep: Deployment, seed: int) -> None:
    """Fifty steps of one person, in one of the languages, with no warning in the log."""
    sitrep.web.pages |= {
        "https://norvale.example/day": a_reading(*(a_news(f"Shells hit {n}.", position=n) for n in range(3))),
        "https://norvale.example/": a_reading(alternates=("https://norvale.example/day", "https://gone.example/")),
    }
    await sitrep.archive(await sitrep.add_feed(url="https://karst.example/"), a_day())
    person = sitrep.owner if seed % 2 else sitrep.server.person("Ani")
    person.user = replace(person.user, language=LANGUAGES[seed % len(LANGUAGES)])
    with structlog.testing.capture_logs() as logs:
        await walk(sitrep, person, Random(seed), steps=50)
    assert [entry for entry in logs if entry["log_level"] in {"error", "warning"}] == []
