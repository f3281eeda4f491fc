"""/status: what this chat gets, and when each source was last read."""

from __future__ import annotations

from bot.chat.callbacks import UnmuteFrom
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap, refused
from bot.chat.commands.topics import topics_answer
from bot.chat.screens.mutes import unmuted_toast
from bot.chat.screens.notices import Notice
from bot.chat.screens.status import status_screen
from bot.core.message import Message
from bot.i18n import Words, msg
from bot.services.subscriptions import ChatThread


async def _run(services: Services, call: Call) -> Answer:
    return Answer(await _screen(services, call.thread, call.words))


async def _screen(services: Services, thread: ChatThread, words: Words) -> Message:
    choices, habits = await services.subscriptions.choices(thread), await services.habits.of(thread)
    sources = await services.browse.sources()
    now = (await services.browse.freshness()).asked_at
    return status_screen(choices, habits, sources, services.topics_in(words.language), words, now=now)


async def _unmute(services: Services, tap: Tap, code: UnmuteFrom) -> Answer:
    screens = {"status": _screen, "topics": topics_answer}
    if code.screen not in screens:
        return refused(Notice.OUT_OF_DATE, tap.words)
    await services.habits.unmute(tap.thread)
    return Answer(await screens[code.screen](services, tap.thread, tap.words), toast=unmuted_toast(tap.words))


COMMAND = Command(
    name="status",
    summary=msg("what is on, and when sources were last read"),
    run=_run,
    in_groups=False,
    buttons={UnmuteFrom: Button(_unmute, Rights.CHAT_ADMIN)},
)
