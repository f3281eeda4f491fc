"""What a person asks of the bot and what comes back, free of Telegram's own types.

A command is called from a message, a button from the message that carries it; both answer with a value, which
:mod:`bot.chat.routing` turns into a reply, an edit and a toast.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.chat.callbacks import Code
from bot.chat.screens.notices import Notice, notice
from bot.core.archive import ChatKind
from bot.core.message import Button as Key
from bot.core.message import Message
from bot.core.model import Topic
from bot.i18n import Catalogues, Words
from bot.services.admins import Admins
from bot.services.browse import Browse
from bot.services.feed_care import FeedCare
from bot.services.feed_trials import FeedTrials
from bot.services.feeds import FeedsService
from bot.services.habits import HabitsService
from bot.services.subscriptions import ChatThread, Subscriptions


class Rights(StrEnum):
    """Who may call a command or tap a button."""

    EVERYONE = "everyone"
    CHAT_ADMIN = "chat-admin"
    """In a private chat the person, in a group its admins, anonymous ones included."""
    BOT_ADMIN = "bot-admin"
    """People with a role in this deployment, in a private chat."""


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases that the chat calls."""

    subscriptions: Subscriptions
    browse: Browse
    feeds: FeedsService
    care: FeedCare
    trials: FeedTrials
    admins: Admins
    habits: HabitsService
    topics_in: Callable[[str], Sequence[Topic]]
    """The topics in the order of the keyboard, named in a language ("en", "hy" …)."""
    places_in: Callable[[str], Mapping[str, str]]
    """The places of the packs: id to name in a language."""

    @property
    def slugs(self) -> tuple[str, ...]:
        """The topics by slug, in the order of the keyboard."""
        return tuple(topic.slug for topic in self.topics_in("en"))


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. Rights hang on ``user_id`` alone."""

    user_id: int | None
    """``None`` for whoever writes in a chat's name: an anonymous admin, or a channel in its discussion group."""
    language: str | None = None
    """The IETF tag that the person's app states, or ``None``."""
    anonymous_admin: bool = False
    """The group's admin who hides behind the group's name."""


@dataclass(frozen=True, slots=True)
class Call:
    """One command as typed."""

    caller: Caller
    thread: ChatThread
    words: Words
    """The caller's language."""
    argument: str
    """What follows the command, trimmed; "" when nothing does."""
    bot_name: str
    menu: Callable[[], Awaitable[Sequence[Command]]]
    """The commands that the caller may use here, for /help."""
    progress: Callable[[Message], Awaitable[None]]
    """Show a screen at once that the answer will replace."""

    @property
    def private(self) -> bool:
        """The call comes from a private chat."""
        return self.thread.kind is ChatKind.PRIVATE


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that a tapped button stands in, as it was at that moment."""

    text: str
    fixed: tuple[str, ...] = ()
    """The pieces in fixed-width letters, in order: where a search keeps its words and a preview its address."""
    links: tuple[Key, ...] = ()
    """Its buttons that open an address."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap on a button."""

    caller: Caller
    thread: ChatThread
    words: Words
    """The tapper's language."""
    catalogues: Catalogues
    """All languages, for the tap that changes it."""
    shown: Shown | None
    """``None`` when Telegram no longer tells what the message was."""

    @property
    def subject(self) -> str | None:
        """The words or address that the message is about, or ``None``."""
        return self.shown.fixed[0] if self.shown and self.shown.fixed else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person sees for a call or a tap."""

    screen: Message | None = None
    """For a call the reply; for a tap what the message becomes, ``None`` to leave it."""
    buttons: tuple[tuple[Key, ...], ...] | None = None
    """For a tap: new buttons under the same words."""
    toast: str = ""
    """For a tap: one line shown over the chat."""
    alert: bool = False
    """The toast waits for a tap on OK."""
    menu_changed: bool = False
    """The chat's menu of commands is to be set anew: the caller's role, or the chat's language, is another now."""


def refused(kind: Notice, words: Words) -> Answer:
    """The answer to a tap that does nothing, with its reason."""
    return Answer(toast=notice(kind, words), alert=True)


CommandRun = Callable[[Services, Call], Awaitable[Answer]]
TapRun = Callable[[Services, Tap, Any], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Button:
    """What happens when buttons of one code are tapped."""

    run: TapRun
    rights: Rights = Rights.EVERYONE
    asker_only: bool = False
    """In a group only whoever called the command turns its pages."""
    slow: bool = False
    """It fetches something: the tap is answered before, for Telegram gives up waiting after some seconds."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the one place that menus, /help, rights and routing derive from."""

    name: str
    summary: str
    """A few words for the menu and /help."""
    run: CommandRun
    rights: Rights = Rights.EVERYONE
    argument: str = ""
    """How /help names what follows the command: "WORDS"."""
    in_menu: bool = True
    in_help: bool = True
    in_groups: bool = True
    """Shown in the menu of groups (every command works where its rights allow)."""
    once_in: timedelta | None = None
    """In a group: one answer a thread in this time, for further ones only push it out of sight."""
    buttons: Mapping[type[Code], Button] = field(default_factory=dict)
    """The buttons of its screens."""
