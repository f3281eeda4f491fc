"""The topic keyboard: one topic a row, its state first, each button carrying the state that it sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.callbacks import ApplyPreset, OpenNews, RestoreTopics, SetTopic, ShowTopics, View, encode
from bot.core.archive import StoredNews
from bot.core.message import Button, Message
from bot.core.model import Topic, TopicMode
from bot.core.render.clean import isolated
from bot.core.render.draft import Draft
from bot.core.render.parts import heading_of
from bot.core.render.phrases import ENGLISH
from bot.services.browse import Effect
from bot.services.subscriptions import CIVILIANS_PRESET, Choices

ROWS = 6
"""Topics on one page of the keyboard."""
NOT_A_WARNING = "News, not an official warning. No alert does not mean no attack."
_STATES = {TopicMode.LOUD: "Loud", TopicMode.SILENT: "Silent", TopicMode.DIGEST: "Digest", TopicMode.OFF: "Off"}
_NEXT = {
    TopicMode.LOUD: TopicMode.SILENT,
    TopicMode.SILENT: TopicMode.OFF,
    TopicMode.DIGEST: TopicMode.OFF,
    TopicMode.OFF: TopicMode.LOUD,
}
_RESULTS = {
    TopicMode.LOUD: "{name}: with sound.",
    TopicMode.SILENT: "{name}: silent. Every alert still comes, without sound.",
    TopicMode.DIGEST: "{name}: in the digest.",
    TopicMode.OFF: "{name}: off.",
}


def topics_screen(choices: Choices, topics: Sequence[Topic], page: int = 1) -> Message:
    """What the chat gets, and one page of the keyboard to change it."""
    draft = Draft().add("Your topics", "bold")
    add_choices(draft, choices, topics)
    draft.line("A tap changes a topic: loud, then silent, then off.")
    return draft.message(topic_keyboard(choices, topics, page))


def preset_screen(now: Choices, topics: Sequence[Topic], effect: Effect | None, undo: str | None) -> Message:
    """What the preset made of the choices, what that would have meant lately, and the way back."""
    draft = Draft().add("Only what endangers civilians", "bold")
    add_choices(draft, now, topics)
    row: tuple[Button, ...] = ()
    if effect is not None:
        draft.line(f"On {ENGLISH.on(effect.day)} that was {effect.loud} with sound, {effect.silent} silent.")
        draft.add(
            f" Last: {_clock(effect.last)}“{isolated(heading_of(effect.last.news.heading or effect.last.news.text))}”"
        )
        row = (Button("Show", data=encode(OpenNews(View.LATEST, 0, 1, None, effect.last.id))),)
    draft.line(NOT_A_WARNING)
    if undo is not None:
        row = (*row, Button("Undo", data=encode(RestoreTopics(undo))))
    return draft.message((row, *topic_keyboard(now, topics, 1)))


def _clock(stored: StoredNews) -> str:
    return f"{stored.news.local_time:%H:%M} " if stored.news.local_time else ""


def add_choices(draft: Draft, choices: Choices, topics: Sequence[Topic]) -> None:
    """Append which topics ring and which are silent, a line each; one line when none is on."""
    lines = {
        "With sound": names(choices.modes, topics, TopicMode.LOUD),
        "Silent": names(choices.modes, topics, TopicMode.SILENT),
        "In the digest": names(choices.modes, topics, TopicMode.DIGEST),
    }
    if not any(lines.values()):
        draft.line("Nothing is on yet.")
    for what, listed in lines.items():
        if listed:
            draft.line(f"{what}: {listed}.")


def names(modes: Mapping[str, TopicMode], topics: Sequence[Topic], mode: TopicMode) -> str:
    """The names of the topics in that mode, joined by commas; "" when there is none."""
    return ", ".join(topic.name for topic in topics if modes.get(topic.slug) is mode)


def topic_keyboard(choices: Choices, topics: Sequence[Topic], page: int) -> tuple[tuple[Button, ...], ...]:
    """The preset, one page of topics, and the ways to the other pages."""
    pages = max(1, -(-len(topics) // ROWS))
    page = min(max(page, 1), pages)
    shown = topics[(page - 1) * ROWS : page * ROWS]
    preset = ((Button("Only what endangers civilians", data=encode(ApplyPreset())),),) if page == 1 else ()
    if not any(topic.slug in CIVILIANS_PRESET for topic in topics):
        preset = ()
    turn = (
        *((Button("Back", data=encode(ShowTopics(page - 1))),) if page > 1 else ()),
        *((Button("More topics", data=encode(ShowTopics(page + 1))),) if page < pages else ()),
    )
    return (*preset, *((_topic_button(topic, choices, page),) for topic in shown), *((turn,) if turn else ()))


def toast(topic: Topic, mode: TopicMode) -> str:
    """The result of a tap in words."""
    return _RESULTS[mode].format(name=topic.name)


def _topic_button(topic: Topic, choices: Choices, page: int) -> Button:
    mode = choices.mode(topic.slug)
    return Button(f"{_STATES[mode]} · {topic.name}", data=encode(SetTopic(topic.slug, _NEXT[mode], page)))
