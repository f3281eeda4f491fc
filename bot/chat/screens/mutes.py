"""What is muted and until when, and the buttons to mute and to hear again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.callbacks import Mute, MuteStory, ShowAlertButtons, Unmute, UnmuteFrom, encode
from bot.core.habits import Habits, zone_named
from bot.core.message import Button
from bot.core.render.draft import Draft
from bot.i18n import Words, city_name, msg

HOURS = (1, 8)
"""For how long everything can be muted."""
_EVERYTHING = msg("Muted until {clock}: everything, also shelling and warnings.")
_HELD = msg("What comes meanwhile follows as one silent list.")


def mute_buttons(news_id: int, links: Sequence[Button], words: Words) -> tuple[tuple[Button, ...], ...]:
    """The ways to mute, a line each, and back to the alert's own row."""
    everything = (
        (
            Button(
                words.plural("Everything, {n} hour", "Everything, {n} hours", hours), data=encode(Mute(hours, news_id))
            ),
        )
        for hours in HOURS
    )
    story = Button(words("This story, 24 hours"), data=encode(MuteStory(news_id)))
    return (*everything, (story,), (*links, Button(words("Back"), data=encode(ShowAlertButtons(news_id)))))


def unmute_buttons(news_id: int, links: Sequence[Button], words: Words) -> tuple[tuple[Button, ...], ...]:
    """The row of an alert once something is muted from it."""
    return ((*links, Button(words("Unmute"), data=encode(Unmute(news_id)))),)


def muted_toast(habits: Habits, now: datetime, words: Words) -> str:
    """What is muted now and until when, and what becomes of what comes meanwhile."""
    return " ".join([*mute_lines(habits, now, words), words(_HELD)])


def unmuted_toast(words: Words) -> str:
    """The answer to Unmute."""
    return words("Nothing is muted. What was held back comes now, as one silent list.")


def mute_lines(habits: Habits, now: datetime, words: Words) -> list[str]:
    """The mutes that run, a sentence each; none where none does."""
    lines: list[str] = []
    until = habits.muted_at(now)
    if until is not None:
        lines.append(words(_EVERYTHING, clock=chat_clock(until, now, habits, words)))
    stories = habits.stories_muted_at(now)
    if stories:
        last = chat_clock(max(stories.values()), now, habits, words)
        lines.append(
            words.plural(
                "{n} story is muted until {clock}.", "{n} stories are muted until {clock}.", len(stories), clock=last
            )
        )
    return lines


def add_mutes(
    draft: Draft, habits: Habits, now: datetime, words: Words, *, screen: str
) -> tuple[tuple[Button, ...], ...]:
    """Append the mutes that run, a line each; returns the row with Unmute, none where nothing is muted."""
    lines = mute_lines(habits, now, words)
    for line in lines:
        draft.line(line)
    return ((Button(words("Unmute"), data=encode(UnmuteFrom(screen))),),) if lines else ()


def chat_clock(moment: datetime, now: datetime, habits: Habits, words: Words) -> str:
    """A clock by which a chat lives, with the city of its zone, and its day where that is not today."""
    zone = zone_named(habits.zone)
    local = moment.astimezone(zone)
    clock = f"{local:%H:%M} {city_name(zone.key, words)}"
    if local.date() == now.astimezone(zone).date():
        return clock
    return words("{day}, {clock}", day=words.day(local), clock=clock)
