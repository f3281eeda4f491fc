"""The topic keyboard: one topic a row, its state first, each button carrying the state that it sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.callbacks import (
    ApplyPreset,
    OpenNews,
    RestoreTopics,
    SetTopic,
    ShowPlaces,
    ShowSettings,
    ShowTopics,
    View,
    encode,
)
from bot.chat.screens.compose import foreign
from bot.chat.screens.mutes import add_mutes
from bot.chat.screens.settings import list_time, places_chosen, words_followed
from bot.core.archive import StoredNews
from bot.core.habits import Habits
from bot.core.message import Button, Message
from bot.core.model import Topic, TopicMode
from bot.core.render.draft import Draft
from bot.i18n import Words, msg
from bot.services.browse import Effect
from bot.services.subscriptions import CIVILIANS_PRESET, Choices

ROWS = 6
"""Topics on one page of the keyboard."""
NOT_A_WARNING = msg("News, not an official warning. No alert does not mean no attack.")
_PRESET = msg("Only what endangers civilians")
_STATES = {
    TopicMode.LOUD: msg("Loud"),
    TopicMode.SILENT: msg("Silent"),
    TopicMode.DIGEST: msg("Digest"),
    TopicMode.OFF: msg("Off"),
}
_NEXT = {
    TopicMode.LOUD: TopicMode.SILENT,
    TopicMode.SILENT: TopicMode.DIGEST,
    TopicMode.DIGEST: TopicMode.OFF,
    TopicMode.OFF: TopicMode.LOUD,
}
_RESULTS = {
    TopicMode.LOUD: msg("{topic}: with sound."),
    TopicMode.SILENT: msg("{topic}: silent. Every alert still comes, without sound."),
    TopicMode.DIGEST: msg("{topic}: in the digest."),
    TopicMode.OFF: msg("{topic}: off."),
}
_CHOSEN = {
    TopicMode.LOUD: msg("With sound: {topics}."),
    TopicMode.SILENT: msg("Silent: {topics}."),
    TopicMode.DIGEST: msg("In the digest: {topics}."),
}


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside the topics: mutes, places and followed words."""

    habits: Habits
    now: datetime
    places: Mapping[str, str]
    """Place id to name."""


def topics_screen(choices: Choices, topics: Sequence[Topic], words: Words, page: int = 1, *, around: Around) -> Message:
    """What is muted, what the chat gets, and one page of the keyboard to change it."""
    draft = Draft().add(words("Your topics"), "bold")
    unmute = add_mutes(draft, around.habits, around.now, words, screen="topics")
    add_choices(draft, choices, topics, words)
    _add_list_time(draft, choices, around, words)
    if around.habits.places:
        draft.line(words("Places: {places}.", places=places_chosen(around.habits, around.places, words)))
    if around.habits.words:
        draft.line(words("Followed words: {found}.", found=words_followed(around.habits, words)))
    draft.line(words("A tap changes a topic: loud, then silent, then in the digest, then off."))
    beside = (
        Button(words("Places"), data=encode(ShowPlaces(1))),
        Button(words("Followed words"), data=encode(ShowSettings("words"))),
    )
    return draft.message((*unmute, *topic_keyboard(choices, topics, words, page), beside))


def preset_screen(
    now: Choices, topics: Sequence[Topic], effect: Effect | None, words: Words, *, undo: str | None, around: Around
) -> Message:
    """What the preset made of the choices, what that would have meant lately, and the way back."""
    draft = Draft().add(words(_PRESET), "bold")
    add_choices(draft, now, topics, words)
    _add_list_time(draft, now, around, words)
    row: tuple[Button, ...] = ()
    if effect is not None:
        draft.line(_effect(effect, words))
        row = (Button(words("Show"), data=encode(OpenNews(View.LATEST, 0, 1, None, effect.last.id))),)
    draft.line(words(NOT_A_WARNING))
    if undo is not None:
        row = (*row, Button(words("Undo"), data=encode(RestoreTopics(undo))))
    return draft.message((row, *topic_keyboard(now, topics, words, 1)))


def add_choices(draft: Draft, choices: Choices, topics: Sequence[Topic], words: Words) -> None:
    """Append which topics ring and which are silent, a line each; one line when none is on."""
    listed = {mode: names(choices.modes, topics, mode) for mode in _CHOSEN}
    if not any(listed.values()):
        draft.line(words("Nothing is on yet."))
    for mode, sentence in _CHOSEN.items():
        if listed[mode]:
            draft.line(words(sentence, topics=listed[mode]))


def names(modes: Mapping[str, TopicMode], topics: Sequence[Topic], mode: TopicMode) -> str:
    """The names of the topics in that mode, joined by commas; "" when there is none."""
    return ", ".join(topic.name for topic in topics if modes.get(topic.slug) is mode)


def topic_keyboard(
    choices: Choices, topics: Sequence[Topic], words: Words, page: int
) -> tuple[tuple[Button, ...], ...]:
    """The preset, one page of topics, and the ways to the other pages."""
    pages = max(1, -(-len(topics) // ROWS))
    page = min(max(page, 1), pages)
    shown = topics[(page - 1) * ROWS : page * ROWS]
    offered = page == 1 and any(topic.slug in CIVILIANS_PRESET for topic in topics)
    preset = ((Button(words(_PRESET), data=encode(ApplyPreset())),),) if offered else ()
    turn = (
        *((Button(words("Back"), data=encode(ShowTopics(page - 1))),) if page > 1 else ()),
        *((Button(words("More topics"), data=encode(ShowTopics(page + 1))),) if page < pages else ()),
    )
    return (*preset, *((_topic_button(topic, choices, words, page),) for topic in shown), *((turn,) if turn else ()))


def toast(topic: Topic, mode: TopicMode, habits: Habits, words: Words) -> str:
    """The result of a tap in words; of one that puts a topic into lists, with their time."""
    result = words(_RESULTS[mode], topic=topic.name)
    return f"{result} {_list_line(habits, words)}" if mode is TopicMode.DIGEST else result


def preset_toast(words: Words) -> str:
    """The result of a tap on the preset."""
    return words("Only what endangers civilians is on.")


def restored_toast(words: Words) -> str:
    """The result of a tap on Undo."""
    return words("Your topics are as they were.")


def _add_list_time(draft: Draft, choices: Choices, around: Around, words: Words) -> None:
    """Append when lists come, where something comes in one."""
    if TopicMode.DIGEST in choices.modes.values():
        draft.line(_list_line(around.habits, words))


def _list_line(habits: Habits, words: Words) -> str:
    return words("Lists: {when}.", when=list_time(habits, words))


def _topic_button(topic: Topic, choices: Choices, words: Words, page: int) -> Button:
    mode = choices.mode(topic.slug)
    return Button(f"{words(_STATES[mode])} · {topic.name}", data=encode(SetTopic(topic.slug, _NEXT[mode], page)))


def _effect(effect: Effect, words: Words) -> str:
    counts = words(
        "On {day} that was {loud} with sound, {silent} silent, {listed} listed.",
        day=words.day(effect.day),
        loud=effect.loud,
        silent=effect.silent,
        listed=effect.listed,
    )
    news = effect.last.news
    heading = foreign(news.heading or news.text, 120, words)
    last = words("Last: {clock}“{heading}”", clock=_clock(effect.last), heading=heading)
    return f"{counts} {last}"


def _clock(stored: StoredNews) -> str:
    return f"{stored.news.local_time:%H:%M} " if stored.news.local_time else ""
