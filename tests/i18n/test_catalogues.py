"""Every language has every message, with the same fields, and says something of its own."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.chat.commands import COMMANDS
from bot.i18n import LANGUAGES, Words, load_words, phrases
from bot.i18n.catalogue import DIRECTORY
from tests.i18n.messages import ROOT, Message, marked

TRANSLATED = [language for language in LANGUAGES if language != "en"]
SAME_EVERYWHERE = {"{day} {month}", "{day}, {clock}"}


def catalogue(language: str) -> Catalog:
    """The catalogue as it stands in its file."""
    with (DIRECTORY / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def translations(language: str) -> dict[Message, tuple[str, ...]]:
    """Each message with its forms."""
    found: dict[Message, tuple[str, ...]] = {}
    for entry in catalogue(language):
        if entry.id:
            key = entry.id if isinstance(entry.id, str) else (entry.id[0], entry.id[1])
            found[key] = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
    return found


def field_names(text: str) -> set[str]:
    """The fields that a message has to be filled with."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    """What the program says and what a catalogue holds are the same set."""
    assert set(translations(language)) == marked()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_empty_or_still_english(language: str) -> None:
    """A form that was only copied is no translation."""
    for message, forms in translations(language).items():
        english = (message,) if isinstance(message, str) else message
        assert all(forms), message
        assert message in SAME_EVERYWHERE or not set(forms) & set(english), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_fields_of_their_message(language: str) -> None:
    """A field that is missing loses a fact, one too many breaks the sentence."""
    for message, forms in translations(language).items():
        english = message if isinstance(message, str) else message[1]
        for form in forms:
            assert field_names(form) == field_names(english), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_commands_stay_commands(language: str) -> None:
    """A command that a sentence names is named in every language, spelled the same."""
    for message, forms in translations(language).items():
        english = message if isinstance(message, str) else message[0]
        for command in re.findall(r"(?<![\w/.])/[a-z]+", english):
            assert all(command in form for form in forms), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_each_plural_has_every_form_of_its_language(language: str) -> None:
    """CLDR's forms are all there: none falls back to English at some number."""
    for message, forms in translations(language).items():
        if not isinstance(message, str):
            assert len(forms) == catalogue(language).num_plurals


@pytest.mark.parametrize("words", list(load_words()), ids=lambda words: words.language)
def test_an_alert_can_say_everything(words: Words) -> None:
    """The phrases of alerts are complete, months included."""
    own = phrases(words)
    assert len(own.months) == 12
    assert own.read_on
    assert (own.read_on == phrases(load_words().default).read_on) == (words.language == "en")


@pytest.mark.parametrize("words", list(load_words()), ids=lambda words: words.language)
def test_menus_fit_telegram(words: Words) -> None:
    """A description in a menu has at most 256 characters, and phones cut it long before."""
    assert all(len(words(command.summary)) <= 60 for command in COMMANDS)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("ru", "ru"),
        ("ru-RU", "ru"),
        ("hy_AM", "hy"),
        ("AR", "ar"),
        ("en-GB", "en"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
        ("russian", "en"),
        ("../../etc", "en"),
    ],
)
def test_a_person_is_answered_in_the_language_of_their_app(tag: str | None, language: str) -> None:
    """The tag's language decides, whatever its region; what there is no catalogue for is English."""
    assert load_words().choose(tag).language == language


@pytest.mark.parametrize(
    ("default", "tag", "language"), [("ru", "de", "ru"), ("ru-RU", None, "ru"), ("uk", "de", "en")]
)
def test_others_are_answered_in_the_language_of_the_deployment(default: str, tag: str | None, language: str) -> None:
    """Who speaks none of the languages gets the deployment's, and English where there is no catalogue for that."""
    assert load_words(default).choose(tag).language == language


def test_values_are_never_templates() -> None:
    """What a source or a person wrote is put in as it is, braces included."""
    assert load_words().choose("ru")("Reason: {reason}", reason="{topic} {0}") == "Причина: {topic} {0}"


def test_no_message_hides_in_a_formatted_string() -> None:
    """Extraction does not look into f-strings: a message there would never be translated."""
    for path in (ROOT / "chat").rglob("*.py"):
        assert not re.search(r"\{(?:words|msg)(?:\.\w+)?\(\s*['\"]", path.read_text(encoding="utf-8")), path
