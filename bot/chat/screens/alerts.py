"""What stands behind the buttons of an alert."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.callbacks import ExplainAlert, ReportTopic, ShowAlertButtons, encode
from bot.core.message import Button
from bot.core.model import Tag, Topic, TopicMode
from bot.core.render.clean import clean_line, isolated
from bot.core.render.cut import clip
from bot.core.render.phrases import ENGLISH
from bot.services.browse import Explanation

MAX_TOAST = 200
"""Characters that ``answerCallbackQuery`` takes."""
_MODES = {
    TopicMode.LOUD: "with sound",
    TopicMode.SILENT: "silent",
    TopicMode.DIGEST: "in the digest",
    TopicMode.OFF: "off",
}


def explanation_toast(explanation: Explanation, topics: Sequence[Topic]) -> str:
    """Why an alert came, in at most 200 characters: topics with the words that matched, and this chat's setting."""
    names = {topic.slug: topic.name for topic in topics}
    chosen = [tag for tag in explanation.stored.tags if tag.topic in explanation.modes]
    reasons = [
        f"{names.get(tag.topic, tag.topic)} ({_MODES[explanation.modes[tag.topic]]}){_words(tag)}" for tag in chosen
    ]
    if not chosen:
        about = ", ".join(names.get(tag.topic, tag.topic) for tag in explanation.stored.tags)
        reasons = [f"About {about}; this chat does not follow that now"]
    source = f"From {clip(clean_line(explanation.stored.feed_title), 40)}."
    return f"{clip('. '.join(reasons), MAX_TOAST - len(source) - 2)}. {source}"


def alert_buttons(news_id: int, links: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """The row that the alert came with; ``links`` are its buttons that open an address."""
    return ((*links, Button(ENGLISH.why, data=encode(ExplainAlert(news_id)))),)


def wrong_topic_buttons(news_id: int, links: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """The row once the reason was read: to object to it, or to go back."""
    wrong = Button("Wrong topic?", data=encode(ReportTopic(news_id)))
    return ((*links, wrong, Button("Back", data=encode(ShowAlertButtons(news_id)))),)


def _words(tag: Tag) -> str:
    found = [isolated(clean_line(match.words)) for match in tag.matches[:3]]
    return ": " + ", ".join(f"“{words}”" for words in dict.fromkeys(found)) if found else ""
