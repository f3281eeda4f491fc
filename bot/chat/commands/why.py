"""The alerts' «Why this?», and «Wrong topic?» behind it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.callbacks import Code, ExplainAlert, ReportTopic, ShowAlertButtons
from bot.chat.calls import Answer, Button, Services, Tap
from bot.chat.screens.alerts import alert_buttons, explanation_toast, wrong_topic_buttons
from bot.core.archive import ChatKind

_GONE = Answer(toast="This report is no longer in the archive.", alert=True)


async def _explain(services: Services, tap: Tap, code: ExplainAlert) -> Answer:
    explanation = await services.browse.explain(code.news, tap.thread)
    if explanation is None:
        return _GONE
    toast = explanation_toast(explanation, services.topics)
    # Others in a group have not asked: for them the alert keeps its buttons.
    if tap.shown is None or tap.thread.kind is not ChatKind.PRIVATE:
        return Answer(toast=toast, alert=True)
    return Answer(toast=toast, alert=True, buttons=wrong_topic_buttons(code.news, tap.shown.links))


async def _report(services: Services, tap: Tap, code: ReportTopic) -> Answer:
    if await services.browse.open(code.news) is None:
        return _GONE
    await services.admins.reported(code.news)
    buttons = alert_buttons(code.news, tap.shown.links) if tap.shown else None
    return Answer(toast="Thank you. The editors will see it, without your name.", alert=True, buttons=buttons)


async def _back(_services: Services, tap: Tap, code: ShowAlertButtons) -> Answer:
    return Answer(buttons=alert_buttons(code.news, tap.shown.links) if tap.shown else None)


BUTTONS: Mapping[type[Code], Button] = {
    ExplainAlert: Button(_explain),
    ReportTopic: Button(_report),
    ShowAlertButtons: Button(_back),
}
