"""/topics: choose what is alerted, and how loudly."""

from __future__ import annotations

from bot.chat import snapshot
from bot.chat.callbacks import ApplyPreset, RestoreTopics, SetTopic, ShowTopics
from bot.chat.calls import OUT_OF_DATE, Answer, Button, Call, Command, Rights, Services, Tap
from bot.chat.screens.topics import preset_screen, toast, topics_screen
from bot.services.subscriptions import CIVILIANS_PRESET


async def _run(services: Services, call: Call) -> Answer:
    return Answer(topics_screen(await services.subscriptions.choices(call.thread), services.topics))


async def _show(services: Services, tap: Tap, code: ShowTopics) -> Answer:
    choices = await services.subscriptions.choices(tap.thread)
    return Answer(topics_screen(choices, services.topics, code.page))


async def _set(services: Services, tap: Tap, code: SetTopic) -> Answer:
    topic = next((topic for topic in services.topics if topic.slug == code.topic), None)
    if topic is None:
        return OUT_OF_DATE
    choices = await services.subscriptions.set_modes(tap.thread, {topic.slug: code.mode})
    return Answer(topics_screen(choices, services.topics, code.page), toast=toast(topic, code.mode))


async def _apply_preset(services: Services, tap: Tap, _code: ApplyPreset) -> Answer:
    before = await services.subscriptions.choices(tap.thread)
    now = await services.subscriptions.replace_modes(tap.thread, CIVILIANS_PRESET)
    undo = snapshot.take(before.modes, services.slugs) if before.modes != now.modes else None
    effect = await services.browse.effect(now.modes)
    return Answer(preset_screen(now, services.topics, effect, undo), toast="Only what endangers civilians is on.")


async def _restore(services: Services, tap: Tap, code: RestoreTopics) -> Answer:
    modes = snapshot.restore(code.modes, services.slugs)
    if modes is None:
        return OUT_OF_DATE
    choices = await services.subscriptions.replace_modes(tap.thread, modes)
    return Answer(topics_screen(choices, services.topics), toast="Your topics are as they were.")


COMMAND = Command(
    name="topics",
    summary="choose what you are alerted of",
    run=_run,
    rights=Rights.CHAT_ADMIN,
    buttons={
        ShowTopics: Button(_show, Rights.CHAT_ADMIN),
        SetTopic: Button(_set, Rights.CHAT_ADMIN),
        ApplyPreset: Button(_apply_preset, Rights.CHAT_ADMIN),
        RestoreTopics: Button(_restore, Rights.CHAT_ADMIN),
    },
)
