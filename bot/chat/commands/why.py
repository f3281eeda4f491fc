"""The alerts' «Why this?», and «Wrong topic?» behind it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.callbacks import Code, ExplainAlert, ReportTopic, ShowAlertButtons
from bot.chat.calls import Answer, Button, Services, Tap, refused
from bot.chat.screens.alerts import alert_buttons, explanation_toast, reported_toast, wrong_topic_buttons
from bot.chat.screens.notices import Notice
from bot.core.archive import ChatKind


async def _explain(services: Services, tap: Tap, code: ExplainAlert) -> Answer:
    explanation = await services.browse.explain(code.news, tap.thread)
    if explanation is None:
        return refused(Notice.NOT_THERE, tap.words)
    toast = explanation_toast(explanation, services.topics_in(tap.words.language), tap.words)
    # Others in a group have not asked: for them the alert keeps its buttons.
    if tap.shown is None or tap.thread.kind is not ChatKind.PRIVATE:
        return Answer(toast=toast, alert=True)
    return Answer(toast=toast, alert=True, buttons=wrong_topic_buttons(code.news, tap.shown.links, tap.words))


async def _report(services: Services, tap: Tap, code: ReportTopic) -> Answer:
    if await services.browse.open(code.news) is None:
        return refused(Notice.NOT_THERE, tap.words)
    await services.admins.reported(code.news)
    buttons = alert_buttons(code.news, tap.shown.links, tap.words) if tap.shown else None
    return Answer(toast=reported_toast(tap.words), alert=True, buttons=buttons)


async def _back(_services: Services, tap: Tap, code: ShowAlertButtons) -> Answer:
    return Answer(buttons=alert_buttons(code.news, tap.shown.links, tap.words) if tap.shown else None)


BUTTONS: Mapping[type[Code], Button] = {
    ExplainAlert: Button(_explain),
    ReportTopic: Button(_report),
    ShowAlertButtons: Button(_back),
}
