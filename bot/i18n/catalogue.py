"""Catalogues read from .po files at start.

References: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html, https://cldr.unicode.org.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_skeleton, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("en", "hy", "ru", "ar")
"""English needs no catalogue: its words are the messages themselves."""
DIRECTORY = Path(__file__).parent / "catalogues"
_LOCALES = {"en": "en_GB"}
"""Where a language's default locale writes dates in an order that readers of many countries misread."""


def msg(message: str) -> str:
    """Mark a message that stands in a table and is translated where it is shown."""
    return message


class Words:
    """Everything the bot says, in one language."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def __call__(self, message: str, /, **values: object) -> str:
        """The message in this language, its ``{fields}`` filled; English where it has no translation."""
        return self.template(message).format(**values)

    def template(self, message: str) -> str:
        """The message in this language with its fields still open."""
        return self._translations.gettext(message)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The form of the message that goes with the number ``n``, which fills the field ``n``."""
        return self._translations.ngettext(one, many, n).format(n=n, **values)

    def day(self, day: date) -> str:
        """A day without its year, as CLDR writes it: «3 Nov», «3 нояб.»."""
        return format_skeleton("MMMd", day, locale=self.locale)

    def span(self, length: timedelta) -> str:
        """A length of time in one unit, as CLDR writes it: «5 minutes», «5 минут»."""
        return format_timedelta(length, threshold=2, locale=self.locale)

    @cached_property
    def locale(self) -> Locale:
        """The language's locale in CLDR."""
        return Locale.parse(_LOCALES.get(self.language, self.language))

    @property
    def right_to_left(self) -> bool:
        """The language is written from right to left."""
        return self.locale.text_direction == "rtl"


class Catalogues:
    """All languages, one chosen for each person."""

    def __init__(self, words: Mapping[str, Words], *, default: str) -> None:
        self._words = words
        self.default = words.get(_language(default), words["en"])
        """For people whose language there is not, and where nobody has told one."""

    def __iter__(self) -> Iterator[Words]:
        return iter(self._words.values())

    def choose(self, tag: str | None) -> Words:
        """The words for a language tag (BCP 47, as Telegram's ``language_code``): «ru-RU» is «ru»; else the default."""
        return self._words.get(_language(tag or ""), self.default)


def load_words(default: str = "en") -> Catalogues:
    """Read every catalogue that ships with the program; ``default`` is the deployment's own language."""
    words = {language: Words(language, _translations(language)) for language in LANGUAGES}
    return Catalogues(words, default=default)


def _language(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()


def _translations(language: str) -> gettext.NullTranslations:
    path = DIRECTORY / f"{language}.po"
    if language == "en" or not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    # Translations marked for review are shown: a sentence that may be clumsy is better than a foreign one.
    compiled = BytesIO()
    write_mo(compiled, catalogue, use_fuzzy=True)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
