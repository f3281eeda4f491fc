"""The alerts' «Mute…», and Unmute wherever a mute is told of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.chat.callbacks import Code, Mute, MuteStory, ShowMutes, Unmute
from bot.chat.calls import Answer, Button, Rights, Services, Tap, refused
from bot.chat.screens.alerts import alert_buttons
from bot.chat.screens.mutes import HOURS, mute_buttons, muted_toast, unmute_buttons, unmuted_toast
from bot.chat.screens.notices import Notice
from bot.core.habits import Habits


async def _show(_services: Services, tap: Tap, code: ShowMutes) -> Answer:
    return Answer(buttons=mute_buttons(code.news, tap.shown.links, tap.words) if tap.shown else None)


async def _mute(services: Services, tap: Tap, code: Mute) -> Answer:
    if code.hours not in HOURS:
        return refused(Notice.OUT_OF_DATE, tap.words)
    return _muted(services, tap, await services.habits.mute(tap.thread, timedelta(hours=code.hours)), code.news)


async def _mute_story(services: Services, tap: Tap, code: MuteStory) -> Answer:
    habits = await services.habits.mute_story(tap.thread, code.news)
    return refused(Notice.NOT_THERE, tap.words) if habits is None else _muted(services, tap, habits, code.news)


def _muted(services: Services, tap: Tap, habits: Habits, news_id: int) -> Answer:
    toast = muted_toast(habits, services.habits.now(), tap.words)
    buttons = unmute_buttons(news_id, tap.shown.links, tap.words) if tap.shown else None
    return Answer(buttons=buttons, toast=toast, alert=True)


async def _unmute(services: Services, tap: Tap, code: Unmute) -> Answer:
    await services.habits.unmute(tap.thread)
    buttons = alert_buttons(code.news, tap.shown.links, tap.words) if tap.shown else None
    return Answer(buttons=buttons, toast=unmuted_toast(tap.words), alert=True)


BUTTONS: Mapping[type[Code], Button] = {
    ShowMutes: Button(_show, Rights.CHAT_ADMIN),
    Mute: Button(_mute, Rights.CHAT_ADMIN),
    MuteStory: Button(_mute_story, Rights.CHAT_ADMIN),
    Unmute: Button(_unmute, Rights.CHAT_ADMIN),
}
