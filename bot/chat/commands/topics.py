"""/topics: choose what is alerted, and how loudly."""

from __future__ import annotations

from bot.chat import snapshot
from bot.chat.callbacks import ApplyPreset, RestoreTopics, SetTopic, ShowTopics
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap, refused
from bot.chat.screens.notices import Notice
from bot.chat.screens.topics import preset_screen, preset_toast, restored_toast, toast, topics_screen
from bot.i18n import msg
from bot.services.subscriptions import CIVILIANS_PRESET


async def _run(services: Services, call: Call) -> Answer:
    choices = await services.subscriptions.choices(call.thread)
    return Answer(topics_screen(choices, services.topics_in(call.words.language), call.words))


async def _show(services: Services, tap: Tap, code: ShowTopics) -> Answer:
    choices = await services.subscriptions.choices(tap.thread)
    return Answer(topics_screen(choices, services.topics_in(tap.words.language), tap.words, code.page))


async def _set(services: Services, tap: Tap, code: SetTopic) -> Answer:
    topics = services.topics_in(tap.words.language)
    topic = next((topic for topic in topics if topic.slug == code.topic), None)
    if topic is None:
        return refused(Notice.OUT_OF_DATE, tap.words)
    choices = await services.subscriptions.set_modes(tap.thread, {topic.slug: code.mode})
    screen = topics_screen(choices, topics, tap.words, code.page)
    return Answer(screen, toast=toast(topic, code.mode, tap.words))


async def _apply_preset(services: Services, tap: Tap, _code: ApplyPreset) -> Answer:
    before = await services.subscriptions.choices(tap.thread)
    now = await services.subscriptions.replace_modes(tap.thread, CIVILIANS_PRESET)
    undo = snapshot.take(before.modes, services.slugs) if before.modes != now.modes else None
    effect = await services.browse.effect(now.modes)
    screen = preset_screen(now, services.topics_in(tap.words.language), effect, undo, tap.words)
    return Answer(screen, toast=preset_toast(tap.words))


async def _restore(services: Services, tap: Tap, code: RestoreTopics) -> Answer:
    modes = snapshot.restore(code.modes, services.slugs)
    if modes is None:
        return refused(Notice.OUT_OF_DATE, tap.words)
    choices = await services.subscriptions.replace_modes(tap.thread, modes)
    screen = topics_screen(choices, services.topics_in(tap.words.language), tap.words)
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
