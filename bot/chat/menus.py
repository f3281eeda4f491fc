"""Which commands a menu shows: derived from the registry, one menu a scope.

Reference: https://core.telegram.org/bots/api#botcommandscope.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.chat.calls import Command, Rights
from bot.i18n import LANGUAGES, Catalogues, Words


def commands_for(
    commands: Iterable[Command], *, private: bool, bot_admin: bool, chat_admin: bool = True
) -> list[Command]:
    """The commands that somebody may use in a kind of chat, in the registry's order; a menu shows some of them."""
    return [
        command
        for command in commands
        if (private or command.in_groups)
        and (command.rights is not Rights.BOT_ADMIN or (private and bot_admin))
        and (command.rights is not Rights.CHAT_ADMIN or private or chat_admin)
    ]


async def set_menus(bot: Bot, commands: Sequence[Command], catalogues: Catalogues) -> None:
    """Set the menus of private chats, of groups and of their admins, in every language."""
    for scope, shown in (
        (BotCommandScopeAllPrivateChats(), commands_for(commands, private=True, bot_admin=False)),
        (BotCommandScopeAllGroupChats(), commands_for(commands, private=False, bot_admin=False, chat_admin=False)),
        (BotCommandScopeAllChatAdministrators(), commands_for(commands, private=False, bot_admin=False)),
    ):
        for words in catalogues:
            await _set(bot, scope, shown, words, for_others=words is catalogues.default)


async def set_admin_menu(bot: Bot, commands: Sequence[Command], catalogues: Catalogues, user_id: int) -> None:
    """Set the menu of one admin's private chat, whose id is the user's own, in every language."""
    shown = commands_for(commands, private=True, bot_admin=True)
    for words in catalogues:
        await _set(bot, BotCommandScopeChat(user_id), shown, words, for_others=words is catalogues.default)


async def set_own_menu(
    bot: Bot,
    commands: Sequence[Command],
    catalogues: Catalogues,
    user_id: int,
    *,
    language: str | None,
    bot_admin: bool,
) -> None:
    """Make the menu of one private chat fit its person's role and the ``language`` it chose; ``None``: the app's."""
    scope = BotCommandScopeChat(user_id)
    if language is not None:
        shown = commands_for(commands, private=True, bot_admin=bot_admin)
        await _set(bot, scope, shown, catalogues.choose(language), for_others=True)
    elif bot_admin:
        await set_admin_menu(bot, commands, catalogues, user_id)
        return
    else:
        await bot.delete_my_commands(scope=scope)
    for other in LANGUAGES:
        await bot.delete_my_commands(scope=scope, language_code=other)


async def _set(
    bot: Bot, scope: BotCommandScope, commands: Sequence[Command], words: Words, *, for_others: bool
) -> None:
    """One menu; the one ``for_others`` is shown to whoever's language has none of its own."""
    await bot.set_my_commands(
        [BotCommand(command.name, words(command.summary)) for command in commands if command.in_menu],
        scope=scope,
        language_code=None if for_others else words.language,
    )
