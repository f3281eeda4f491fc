"""/start: open the chat for alerts; a deep link ``t_<topic>`` subscribes with no further tap."""

from __future__ import annotations

from bot.chat.calls import Answer, Call, Command, Rights, Services
from bot.chat.screens.welcome import welcome_screen
from bot.i18n import msg

_TOPIC_LINK = "t_"


async def _run(services: Services, call: Call) -> Answer:
    wanted = call.argument.removeprefix(_TOPIC_LINK) if call.argument.startswith(_TOPIC_LINK) else None
    started = await services.subscriptions.start(call.thread, language=call.caller.language, topic=wanted)
    screen = welcome_screen(
        started,
        call.bot_name,
        await services.browse.sources(),
        services.topics_in(call.words.language),
        call.words,
        unknown_topic=wanted if wanted is not None and started.subscribed is None else None,
    )
    return Answer(screen)


COMMAND = Command(
    name="start",
    summary=msg("begin, or turn alerts on again"),
    run=_run,
    rights=Rights.CHAT_ADMIN,
    in_menu=False,
)
