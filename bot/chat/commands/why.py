"""The alerts' «Why this?»."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.callbacks import Code, ExplainAlert
from bot.chat.calls import Answer, Button, Services, Tap
from bot.chat.screens.updates import explanation_toast


async def _explain(services: Services, tap: Tap, code: ExplainAlert) -> Answer:
    explanation = await services.browse.explain(code.news, tap.thread)
    if explanation is None:
        return Answer(toast="This report is no longer in the archive.", alert=True)
    return Answer(toast=explanation_toast(explanation, services.topics), alert=True)


BUTTONS: Mapping[type[Code], Button] = {ExplainAlert: Button(_explain)}
