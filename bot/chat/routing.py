"""From an incoming message or tap to the command or button that it means, and from its answer back to the chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

import structlog
from telegram import Bot, CallbackQuery, MaybeInaccessibleMessage, Message
from telegram.error import TelegramError

from bot.chat.auth import Gate
from bot.chat.callbacks import Code, decode
from bot.chat.calls import Answer, Button, Call, Caller, Command, Services, Shown, Tap, refused
from bot.chat.flood import Pause
from bot.chat.incoming import argument_of, kind_of, shown_of, tapper_of, thread_of, writer_of
from bot.chat.menus import commands_for, set_own_menu
from bot.chat.replies import Replies, Slot
from bot.chat.screens.alerts import MAX_TOAST
from bot.chat.screens.notices import Notice, notice, notice_screen, unknown_command
from bot.core.archive import ChatKind
from bot.core.render.cut import clip
from bot.i18n import Catalogues, Words
from bot.services.ports.clock import Clock
from bot.services.subscriptions import ChatThread

_log = structlog.get_logger(__name__)


class Router:
    """Finds what a message or tap means, checks rights, runs it, and says the answer."""

    def __init__(
        self,
        services: Services,
        gate: Gate,
        replies: Replies,
        clock: Clock,
        *,
        catalogues: Catalogues,
        commands: Sequence[Command],
        buttons: Mapping[type[Code], Button],
    ) -> None:
        self._services = services
        self._gate = gate
        self._replies = replies
        self._clock = clock
        self._catalogues = catalogues
        self._pauses: dict[timedelta, Pause] = {}
        self._commands = commands
        self._buttons = buttons
        self._command_of = {code: f"/{command.name}" for command in commands for code in command.buttons}

    async def called(self, command: Command, message: Message) -> None:
        """A command as a person typed it. One that was forwarded is somebody else's words, and gives no rights."""
        if message.forward_origin is not None:
            await self.not_understood(message)
            return
        thread, caller = thread_of(message), writer_of(message)
        slot = Slot(self._replies, thread, reply_to=None if _is_private(message) else message.message_id)
        name = f"/{command.name}"
        refusal = await self._gate.refusal(command.rights, caller, thread, action=name)
        if refusal is not None:
            await slot.show(notice_screen(refusal, await self._words(message), command=name))
        elif self._admits(command, thread):
            await self._run(command, message, slot)

    async def _run(self, command: Command, message: Message, slot: Slot) -> None:
        bot, caller = message.get_bot(), writer_of(message)
        call = Call(
            caller=caller,
            thread=thread_of(message),
            words=await self._words(message),
            argument=argument_of(message),
            bot_name=bot.first_name,
            menu=partial(self._menu, message),
            progress=slot.show,
        )
        answer = await command.run(self._services, call)
        if answer.screen is not None:
            await slot.show(answer.screen)
        if answer.menu_changed:
            await self._set_menu(bot, call.thread, caller)

    async def _set_menu(self, bot: Bot, thread: ChatThread, caller: Caller) -> None:
        """Make the menu of a private chat fit its language and its person's role; groups keep the common one."""
        if thread.kind is not ChatKind.PRIVATE or caller.user_id is None:
            return
        chosen = await self._services.subscriptions.language(thread)
        bot_admin = await self._gate.role(caller) is not None
        try:
            await set_own_menu(
                bot, self._commands, self._catalogues, thread.chat_id, language=chosen, bot_admin=bot_admin
            )
        except TelegramError as error:
            _log.warning("menu_not_set", chat_id=thread.chat_id, reason=type(error).__name__)

    async def _menu(self, message: Message) -> Sequence[Command]:
        caller = writer_of(message)
        usable = commands_for(
            self._commands,
            private=_is_private(message),
            bot_admin=await self._gate.role(caller) is not None,
            chat_admin=await self._gate.administers(caller, thread_of(message)),
        )
        return [command for command in usable if command.in_help]

    async def tapped(self, query: CallbackQuery) -> None:
        """A tap on a button: always answered, whatever it says."""
        words = await self._words(query)
        code = decode(query.data or "")
        button = self._buttons.get(type(code)) if code is not None else None
        standing = _standing(query.message)
        if code is None or button is None or standing is None:
            await self._say(query, refused(Notice.OUT_OF_DATE, words))
            return
        thread, shown = standing
        tap = Tap(tapper_of(query), thread, words, self._catalogues, shown)
        command = self._command_of.get(type(code), "")
        refusal = await self._gate.refusal(button.rights, tap.caller, thread, action=command)
        if refusal is None and button.asker_only and not _is_asker(query):
            refusal = Notice.NOT_YOURS
        if refusal is not None:
            await self._say(query, Answer(toast=notice(refusal, words, command=command), alert=True))
            return
        if button.slow:
            await self._say(query, Answer(toast=notice(Notice.READING, words)))
        answer = await button.run(self._services, tap, code)
        if not button.slow:
            await self._say(query, answer)
        await self._show(query, answer)
        if answer.menu_changed:
            await self._set_menu(query.get_bot(), thread, tap.caller)

    async def not_understood(self, message: Message) -> None:
        """No command of ours: one helpful line in private, nothing among others."""
        if not _is_private(message):
            return
        command = message.text.split(maxsplit=1)[0] if message.text and message.text.startswith("/") else ""
        if command and message.forward_origin is not None:
            kind = Notice.FORWARDED
        else:
            kind = unknown_command(command) if command else Notice.NOT_A_COMMAND
        await self._replies.send(thread_of(message), notice_screen(kind, await self._words(message), command=command))

    async def failed(self, asked: Message | CallbackQuery) -> None:
        """Something of ours broke: whoever asked is told so in one line."""
        await self._tell(asked, Notice.OUR_FAULT)

    async def slowed(self, asked: Message | CallbackQuery) -> None:
        """Somebody asks faster than anybody reads: they are told so in one line; in a group that would add to it."""
        if isinstance(asked, CallbackQuery) or _is_private(asked):
            await self._tell(asked, Notice.TOO_FAST)

    async def _tell(self, asked: Message | CallbackQuery, kind: Notice) -> None:
        # Nothing is looked up here: what broke may be the database.
        words = self._app_words(asked)
        if isinstance(asked, CallbackQuery):
            await self._say(asked, refused(kind, words))
        else:
            await self._replies.send(thread_of(asked), notice_screen(kind, words))

    async def _words(self, asked: Message | CallbackQuery) -> Words:
        """The language that the chat chose, else that of the person's app."""
        if isinstance(asked, Message):
            thread: ChatThread | None = thread_of(asked)
        else:
            standing = _standing(asked.message)
            thread = standing[0] if standing else None
        chosen = await self._services.subscriptions.language(thread) if thread is not None else None
        return self._catalogues.choose(chosen) if chosen is not None else self._app_words(asked)

    def _app_words(self, asked: Message | CallbackQuery) -> Words:
        return self._catalogues.choose(asked.from_user.language_code if asked.from_user else None)

    def _admits(self, command: Command, thread: ChatThread) -> bool:
        if command.once_in is None or thread.kind is ChatKind.PRIVATE:
            return True
        pause = self._pauses.setdefault(command.once_in, Pause(command.once_in))
        return pause.admit((thread.chat_id, thread.thread_id), self._clock.monotonic())

    async def _say(self, query: CallbackQuery, answer: Answer) -> None:
        await self._replies.answer(query.id, clip(answer.toast, MAX_TOAST), alert=answer.alert)

    async def _show(self, query: CallbackQuery, answer: Answer) -> None:
        if query.message is None:
            return
        chat_id, message_id = query.message.chat.id, query.message.message_id
        if answer.screen is not None:
            await self._replies.edit(chat_id, message_id, answer.screen)
        elif answer.buttons is not None:
            await self._replies.set_buttons(chat_id, message_id, answer.buttons)


def _is_private(message: Message) -> bool:
    return kind_of(message.chat) is ChatKind.PRIVATE


def _is_asker(query: CallbackQuery) -> bool:
    """Whoever taps also wrote the command that the message answers; where that is gone, anybody may."""
    asked = query.message.reply_to_message if isinstance(query.message, Message) else None
    return asked is None or asked.from_user is None or asked.from_user.id == query.from_user.id


def _standing(message: MaybeInaccessibleMessage | None) -> tuple[ChatThread, Shown | None] | None:
    """Where a tapped button stands and what its message says.

    Telegram tells nothing but the chat of a message that it no longer holds: enough in private, not in a group,
    where the thread must be known.
    """
    if isinstance(message, Message):
        return thread_of(message), shown_of(message)
    if message is not None and kind_of(message.chat) is ChatKind.PRIVATE:
        return ChatThread(message.chat.id, ChatKind.PRIVATE), None
    return None
