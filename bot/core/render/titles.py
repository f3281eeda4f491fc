"""The title of an alert: what it is about, in the reader's language, and the source's own heading."""

from __future__ import annotations

from bot.core.archive import StoredNews
from bot.core.classify.language import choose_language
from bot.core.model import OTHER_TOPIC
from bot.core.render.clean import placed
from bot.core.render.parts import Frame, first_speaker

_NAMED = 3
"""Places in a title; of more it says how many."""
_TOLD_APART = frozenset({"ar", "en", "hy", "ru", "tr", "uk"})
"""Languages that are known by their letters where a feed declares none."""


def title(stored: StoredNews, frame: Frame, heading: str) -> str:
    """What stands in bold: topic word and heading, or places where there is none; either alone where one is missing.

    A denial and an all-clear say so. A heading in another language than the reader's stands behind topic and places,
    with the name of its language.
    """
    # The label itself is not isolated: its language decides in which direction the line runs.
    label = _label(stored, frame)
    names = place_names(stored, frame)
    if stored.all_clear:
        return _labelled(label, names or heading)
    foreign = foreign_language(stored, frame)
    if foreign is None:
        return _labelled(label, heading or names) or frame.phrases.update
    about = _labelled(label, names) or ("" if heading else frame.phrases.update)
    told = (about, heading, placed(frame.phrases.in_language, language=foreign))
    return placed(" · ".join(f"{{p{at}}}" for at, part in enumerate(told) if part), **_numbered(told))


def tells_heading(stored: StoredNews, frame: Frame) -> bool:
    """Whether the title has the source's heading in it."""
    return not (stored.all_clear and place_names(stored, frame))


def place_names(stored: StoredNews, frame: Frame) -> str:
    """The places that decide whom it concerns, as the reader calls them; "" for none that has a name."""
    names = [frame.places[place] for place in stored.nearest or stored.places if place in frame.places]
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" +{more}" if more > 0 else "")


def foreign_language(stored: StoredNews, frame: Frame) -> str | None:
    """The name of the language that the source writes in, where it is not the reader's; ``None`` where it is."""
    declared = (stored.language or "").replace("_", "-").partition("-")[0].lower()
    written = choose_language(stored.language, stored.news.whole, _TOLD_APART | ({declared} - {""}))
    if written is None or written == frame.language:
        return None
    return frame.phrases.languages.get(written)


def topic_label(stored: StoredNews, frame: Frame) -> str:
    """The short label of its first topic; "" where no topic fits."""
    return next((frame.labels[tag.topic] for tag in stored.tags if _has_label(tag.topic, frame)), "")


def _has_label(topic: str, frame: Frame) -> bool:
    return topic != OTHER_TOPIC and topic in frame.labels


def _label(stored: StoredNews, frame: Frame) -> str:
    """What stands before the colon."""
    if stored.all_clear:
        return placed(frame.phrases.all_clear, speaker=first_speaker(stored))
    label = topic_label(stored, frame)
    return frame.phrases.denied.format(label=label) if stored.denial and label else label


def _labelled(label: str, rest: str) -> str:
    return placed(f"{_escaped(label)}: {{rest}}", rest=rest) if label and rest else label or rest


def _escaped(label: str) -> str:
    """A label as part of a template: a speaker's name may have braces in it."""
    return label.replace("{", "{{").replace("}", "}}")


def _numbered(parts: tuple[str, ...]) -> dict[str, str]:
    return {f"p{at}": part for at, part in enumerate(parts)}
