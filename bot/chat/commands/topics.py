"""/topics: choose what is alerted, and how loudly."""

from __future__ import annotations

from bot.chat import snapshot
from bot.chat.callbacks import ApplyPreset, RestoreTopics, SetTopic, ShowTopics
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap, refused
from bot.chat.screens.notices import Notice
from bot.chat.screens.topics import Around, preset_screen, preset_toast, restored_toast, toast, topics_screen
from bot.core.message import Message
from bot.i18n import Words, msg
from bot.services.subscriptions import CIVILIANS_PRESET, ChatThread


async def _run(services: Services, call: Call) -> Answer:
    return Answer(await topics_answer(services, call.thread, call.words))


async def _show(services: Services, tap: Tap, code: ShowTopics) -> Answer:
    return Answer(await topics_answer(services, tap.thread, tap.words, code.page))


async def topics_answer(services: Services, thread: ChatThread, words: Words, page: int = 1) -> Message:
    """The screen of topics as things stand."""
    around = await _around(services, thread, words)
    choices = await services.subscriptions.choices(thread)
    return topics_screen(choices, services.topics_in(words.language), words, page, around=around)


async def _around(services: Services, thread: ChatThread, words: Words) -> Around:
    return Around(await services.habits.of(thread), services.habits.now(), services.places_in(words.language))


async def _set(services: Services, tap: Tap, code: SetTopic) -> Answer:
    topics = services.topics_in(tap.words.language)
    topic = next((topic for topic in topics if topic.slug == code.topic), None)
    if topic is None:
        return refused(Notice.OUT_OF_DATE, tap.words)
    await services.subscriptions.set_modes(tap.thread, {topic.slug: code.mode})
    screen = await topics_answer(services, tap.thread, tap.words, code.page)
    return Answer(screen, toast=toast(topic, code.mode, await services.habits.of(tap.thread), tap.words))


async def _apply_preset(services: Services, tap: Tap, _code: ApplyPreset) -> Answer:
    before = await services.subscriptions.choices(tap.thread)
    now = await services.subscriptions.replace_modes(tap.thread, CIVILIANS_PRESET)
    undo = snapshot.take(before.modes, services.slugs) if before.modes != now.modes else None
    effect = await services.browse.effect(now.modes)
    around = await _around(services, tap.thread, tap.words)
    topics = services.topics_in(tap.words.language)
    screen = preset_screen(now, topics, effect, tap.words, undo=undo, around=around)
    return Answer(screen, toast=preset_toast(tap.words))


async def _restore(services: Services, tap: Tap, code: RestoreTopics) -> Answer:
    modes = snapshot.restore(code.modes, services.slugs)
    if modes is None:
        return refused(Notice.OUT_OF_DATE, tap.words)
    await services.subscriptions.replace_modes(tap.thread, modes)
    screen = await topics_answer(services, tap.thread, tap.words)
    return Answer(screen, toast=restored_toast(tap.words))


COMMAND = Command(
    name="topics",
    summary=msg("choose what you are alerted of"),
    run=_run,
    rights=Rights.CHAT_ADMIN,
    buttons={
        ShowTopics: Button(_show, Rights.CHAT_ADMIN),
        SetTopic: Button(_set, Rights.CHAT_ADMIN),
        ApplyPreset: Button(_apply_preset, Rights.CHAT_ADMIN),
        RestoreTopics: Button(_restore, Rights.CHAT_ADMIN),
    },
)
