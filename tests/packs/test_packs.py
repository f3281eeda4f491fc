"""Packs are read whole or refused with file, line and reason."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.core.errors import PackError
from bot.core.model import NewsUpdate
from bot.packs import Packs, load_packs

TOPIC = """
kind = "topics"
[[topic]]
slug = "avalanches"
name = { en = "Avalanches" }
label = { en = "Avalanche" }
hashtag = { en = "#avalanche" }
[meanings]
slide = "snow that moves"
[[rule]]
topic = "avalanches"
name = "snow moves"
when = "slide and not sport"
"""
WORDS = """
kind = "words"
language = "en"
[concepts]
slide = ["snow slide", "avalanche"]
[[example]]
text = "An avalanche closed the pass."
must = ["avalanches"]
"""


def write(directory: Path, **files: str) -> Path:
    """These files as a packs directory."""
    for name, text in files.items():
        (directory / f"{name}.toml").write_text(text, "utf-8")
    return directory


def test_an_operator_adds_a_topic_without_code(tmp_path: Path) -> None:
    """A topic, a concept, a rule and words in two files; ``other`` stays last."""
    packs = load_packs(write(tmp_path, mountain=TOPIC, mountain_en=WORDS))
    assert [topic.slug for topic in packs.topics][-2:] == ["avalanches", "other"]
    tags = packs.tag(NewsUpdate("A snow slide closed the pass.", 0), language="en")
    assert "avalanches" in [tag.topic for tag in tags]


def test_an_operator_adds_words_and_switches_a_rule_off(tmp_path: Path) -> None:
    """Terms for a concept that exists are added to it; a shipped rule named under ``without`` is gone."""
    own = 'kind = "words"\nlanguage = "en"\nwithout = ["truce"]\n[concepts]\nsiren = ["klaxon"]\n'
    packs = load_packs(write(tmp_path, own=own))
    got = {tag.topic for tag in packs.tag(NewsUpdate("A klaxon sounds, the truce is over.", 0), language="en")}
    assert "warnings" in got
    assert "ceasefire" not in got


def test_a_rule_overlay_leaves_the_running_packs_alone(packs: Packs, tmp_path: Path) -> None:
    """A pack that is refused changes nothing of what runs."""
    with pytest.raises(PackError):
        load_packs(write(tmp_path, broken='kind = "topics"\nrulez = 1\n'))
    assert packs.tag(NewsUpdate("Air raid sirens are sounding.", 0), language="en")[0].topic == "warnings"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("kind = topics", 1, "Invalid value"),
        ('kind = "topic"', 1, "must be one of"),
        ("", None, "needs the key 'kind'"),
        ('kind = "topics"\nrulez = []', 2, "unknown key 'rulez' in the pack, did you mean 'rule'?"),
        (TOPIC.replace("avalanches", "frontline"), 4, "'frontline' is there already"),
        (TOPIC.replace('"avalanches"\nname = {', '"Big Snow"\nname = {'), 4, "must be small letters"),
        (TOPIC.replace("and not sport", "and not weather"), 13, "'weather' is no concept"),
        (TOPIC.replace("and not sport", "and (not sport"), 13, "is expected"),
        (TOPIC.replace('topic = "avalanches"', 'topic = "snow"'), 11, "'snow' is no topic"),
        (TOPIC.replace('label = { en = "Avalanche" }\n', ""), 4, "needs label.en"),
        (TOPIC.replace('name = "snow moves"', 'name = "snow moves"\nweigth = 2'), 13, "did you mean 'weight'?"),
        (TOPIC.replace('name = "snow moves"', 'name = "snow moves"\nweight = 0'), 13, "above 0"),
        ('kind = "words"\nlanguage = "en"\n[concepts]\nsiren = ["~2"]', 4, "begins or ends with a gap"),
        ('kind = "words"\nlanguage = "en"\n[concepts]\nweather = ["rain"]', 4, "'weather' is no concept"),
        ('kind = "words"\n[concepts]\nsiren = ["klaxon"]', 2, "need a language"),
        ('kind = "words"\nlanguage = "en"\n[[example]]\ntext = "It rains."\nmust = ["unrest"]', 4, "must match unrest"),
        ('kind = "words"\nlanguage = "en"\n[[example]]\ntext = "A riot."\nmust_not = ["unrest"]', 4, "must not match"),
        ('kind = "words"\nlanguage = "en"\n[[example]]\ntext = "A riot."', 4, "needs must or must_not"),
        ('kind = "topics"\nwithout = ["truces"]', 2, "no rule or veto is called 'truces'"),
        ('kind = "speakers"\nlanguage = "en"\nverb = ["said"]', 3, "did you mean 'verbs'?"),
        ('kind = "places"\n[[place]]\nid = "x"\nname = "X"\nkind = "moon"', 5, "must be one of"),
    ],
)  # fmt: skip
def test_a_bad_pack_is_refused_with_line_and_reason(tmp_path: Path, text: str, line: int | None, reason: str) -> None:
    """One message says which file, where and why."""
    with pytest.raises(PackError) as caught:
        load_packs(write(tmp_path, own=text))
    message = str(caught.value)
    place = f"{tmp_path / 'own.toml'}:{line}:" if line else f"{tmp_path / 'own.toml'}:"
    assert message.startswith(place), message
    assert reason in message


def test_files_that_are_no_packs_are_refused(tmp_path: Path) -> None:
    """A directory that is not there, bytes that are no UTF-8, a file that is far too large."""
    with pytest.raises(PackError, match="no such directory"):
        load_packs(tmp_path / "nowhere")
    (tmp_path / "bytes.toml").write_bytes(b"kind = \xff")
    with pytest.raises(PackError, match=r"bytes\.toml"):
        load_packs(tmp_path)
    (tmp_path / "bytes.toml").write_bytes(b"#" * 9_000_000)
    with pytest.raises(PackError, match="larger than"):
        load_packs(tmp_path)


def test_every_shipped_pack_holds_its_examples(packs: Packs) -> None:
    """Each language has examples for most topics, and they hold."""
    for language in packs.languages:
        assert packs.check(language) >= 14


def test_english_words_are_not_confused_by_stemming(packs: Packs) -> None:
    """No stem stands for clearly different words in two concepts: "attackers" is no "attack"."""
    assert packs.collisions("en") == ()


def test_every_topic_has_words_in_every_language(packs: Packs) -> None:
    """Names, labels and hashtags exist in the six languages, and no hashtag breaks in a message."""
    slugs = [topic.slug for topic in packs.topics]
    for language in packs.languages:
        topics = packs.topics_in(language)
        assert [topic.slug for topic in topics] == slugs
        if language != "en":
            english = {topic.slug: topic.name for topic in packs.topics}
            assert all(topic.name != english[topic.slug] for topic in topics)
        assert all(topic.hashtag[0] == "#" and topic.hashtag[1:].isalnum() for topic in topics)
        assert len({topic.label for topic in topics}) == len(topics)


def test_every_language_knows_every_concept(packs: Packs) -> None:
    """A concept without words in a language would switch rules off there without a sign."""
    for language in packs.languages:
        missing = packs.rules(language).lexicon.wordless
        assert not missing, (language, missing)


@pytest.mark.parametrize(
    "text", ["", " ", "12:45", "!!!", "🙂🙂", "\x00\x01", "砲撃", "word " * 300_000, "Kyiv Київ Կիև كييف"]
)
def test_strange_texts_are_other(packs: Packs, text: str) -> None:
    """No letters, no known script, a megabyte, all scripts at once: bounded, and nothing is claimed."""
    news = NewsUpdate(text, 0)
    assert [tag.topic for tag in packs.tag(news, language="en")] == ["other"]
    assert packs.attribution(news, language=None) == ()
    assert packs.grade(news, (), language=None).level == "routine"


def test_loading_is_quick() -> None:
    """Every start and every command loads the packs: languages wait until a text needs them."""
    started = time.process_time()
    load_packs()
    assert not load_packs()._rules
    assert time.process_time() - started < 2


def test_findings_are_what_each_question_alone_answers(packs: Packs) -> None:
    """One call gives topics, speakers, places with what they lie in, level and victims."""
    news = NewsUpdate("Shells hit a school in Martuni, killing two, Mayor Ola Brand said.", 0)
    found = packs.findings(news, language="en")
    assert found.tags == packs.tag(news, language="en")
    assert found.attribution == packs.attribution(news, language="en") == ("Ola Brand",)
    assert (found.place_ids, found.nearest) == (("martuni",), ("martuni",))
    assert found.within == packs.within("martuni") == ("artsakh", "az")
    assert found.casualties == packs.casualties(news, language="en")
    assert found.grade == packs.grade(news, found.tags, language="en")
    assert (found.level, found.denial, found.all_clear) == ("breaking", False, False)


def test_a_place_is_found_as_people_type_it(packs: Packs) -> None:
    """In any script, case and inflected form; what nobody listed is nowhere."""
    assert [place.id for place in packs.places_named("шуша")] == ["shushi"]
    assert [place.id for place in packs.places_named("Степанакерте")] == ["stepanakert"]
    assert packs.places_named("Norvale") == packs.places_named(" ") == ()
    assert packs.place("nowhere") is None
    assert packs.within("nowhere") == ()
    assert "Շուշի" in packs.place_names
