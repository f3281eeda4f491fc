"""Choosing the language of a chat: each in its own name, so that nobody is locked into one they cannot read."""

from __future__ import annotations

from bot.chat.callbacks import SetLanguage, encode
from bot.core.message import Button, Message
from bot.core.render.draft import Draft
from bot.i18n import LANGUAGES, Words

NAMES = {"en": "English", "hy": "Հայերեն", "ru": "Русский", "ar": "العربية"}


def language_screen(chosen: str | None, words: Words) -> Message:
    """What the chat is answered in, and the languages there are."""
    draft = Draft().add(words("Language"), "bold")
    if chosen is None:
        draft.line(words("I answer in the language of your app."))
    else:
        draft.line(words("I answer in {language}.", language=NAMES.get(chosen, chosen)))
    draft.line(words("What sources say stays in their own language."))
    languages = tuple((Button(NAMES[language], data=encode(SetLanguage(language))),) for language in LANGUAGES)
    return draft.message((*languages, (Button(words("As my app"), data=encode(SetLanguage(None))),)))
