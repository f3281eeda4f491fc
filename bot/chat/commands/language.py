"""/language: what this chat is answered in, where that is not the language of the app."""

from __future__ import annotations

from bot.chat.callbacks import SetLanguage
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap, refused
from bot.chat.screens.language import language_screen
from bot.chat.screens.notices import Notice
from bot.i18n import LANGUAGES, msg


async def _run(services: Services, call: Call) -> Answer:
    return Answer(language_screen(await services.subscriptions.language(call.thread), call.words))


async def _set(services: Services, tap: Tap, code: SetLanguage) -> Answer:
    if code.language is not None and code.language not in LANGUAGES:
        return refused(Notice.OUT_OF_DATE, tap.words)
    await services.subscriptions.set_language(tap.thread, code.language, app_language=tap.caller.language)
    words = tap.catalogues.choose(code.language or tap.caller.language)
    return Answer(language_screen(code.language, words), menu_changed=True)


COMMAND = Command(
    name="language",
    summary=msg("choose the language of my answers"),
    run=_run,
    rights=Rights.CHAT_ADMIN,
    in_menu=False,
    buttons={SetLanguage: Button(_set, Rights.CHAT_ADMIN)},
)
