"""What stands behind the buttons of an alert."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.callbacks import ExplainAlert, ReportTopic, ShowAlertButtons, ShowMutes, encode
from bot.chat.screens.compose import foreign
from bot.core.message import Button
from bot.core.model import Tag, Topic, TopicMode
from bot.core.render.cut import clip
from bot.i18n import Words, msg
from bot.services.browse import Explanation

MAX_TOAST = 200
"""Characters that ``answerCallbackQuery`` takes."""
_MODES = {
    TopicMode.LOUD: msg("with sound"),
    TopicMode.SILENT: msg("silent"),
    TopicMode.DIGEST: msg("in the digest"),
    TopicMode.OFF: msg("off"),
}


def explanation_toast(explanation: Explanation, topics: Sequence[Topic], words: Words) -> str:
    """Why an alert came, in at most 200 characters: topics with the words that matched, and this chat's setting."""
    names = {topic.slug: topic.name for topic in topics}
    stored = explanation.stored
    chosen = [tag for tag in stored.tags if tag.topic in explanation.modes]
    reasons = [
        f"{names.get(tag.topic, tag.topic)} ({words(_MODES[explanation.modes[tag.topic]])}){_matched(tag, words)}"
        for tag in chosen
    ]
    if not chosen:
        about = ", ".join(names.get(tag.topic, tag.topic) for tag in stored.tags)
        reasons = [words("About {topics}; this chat does not follow that now", topics=about)]
    source = words("From {source}.", source=foreign(stored.feed_title, 40, words))
    return f"{clip('. '.join(reasons), MAX_TOAST - len(source) - 2)}. {source}"


def reported_toast(words: Words) -> str:
    """The answer to a reader who finds the topic wrong."""
    return words("Thank you. The editors will see it, without your name.")


def alert_buttons(news_id: int, links: Sequence[Button], words: Words) -> tuple[tuple[Button, ...], ...]:
    """The row that the alert came with; ``links`` are its buttons that open an address."""
    why = Button(words("Why this?"), data=encode(ExplainAlert(news_id)))
    return ((*links, why, Button(words("Mute…"), data=encode(ShowMutes(news_id)))),)


def wrong_topic_buttons(news_id: int, links: Sequence[Button], words: Words) -> tuple[tuple[Button, ...], ...]:
    """The row once the reason was read: to object to it, or to go back."""
    wrong = Button(words("Wrong topic?"), data=encode(ReportTopic(news_id)))
    return ((*links, wrong, Button(words("Back"), data=encode(ShowAlertButtons(news_id)))),)


def _matched(tag: Tag, words: Words) -> str:
    found = dict.fromkeys(foreign(match.words, 60, words) for match in tag.matches[:3])
    return ": " + ", ".join(f"“{matched}”" for matched in found) if found else ""
