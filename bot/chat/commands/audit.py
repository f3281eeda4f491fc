"""/audit: what admins have changed, and what was refused."""

from __future__ import annotations

from bot.chat.callbacks import ShowAudit
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap
from bot.chat.screens.audit import audit_screen
from bot.i18n import msg


async def _run(services: Services, call: Call) -> Answer:
    return Answer(audit_screen(await services.admins.audit(), services.feeds.now(), call.words))


async def _turn(services: Services, tap: Tap, code: ShowAudit) -> Answer:
    page = await services.admins.audit(anchor=code.anchor, page=code.page)
    return Answer(audit_screen(page, services.feeds.now(), tap.words))


COMMAND = Command(
    name="audit",
    summary=msg("who changed what, and what was refused"),
    run=_run,
    rights=Rights.BOT_ADMIN,
    buttons={ShowAudit: Button(_turn, Rights.BOT_ADMIN)},
)
