"""Alerts, edits and replies as a person reads them, and what no source can make of them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.chat.encoding import encode
from bot.core.archive import ChatKind, Revision, StoredNews
from bot.core.message import Message
from bot.core.model import NewsState, Tag
from bot.core.render import (
    ENGLISH,
    MAX_VISIBLE,
    Frame,
    clean,
    clip,
    render_alert,
    render_edit,
    render_reply,
    split_lead,
    utf16_length,
)
from bot.core.render.changes import annotate, changes, only_added
from bot.demo.telegram.text import formatted as formatted_by_telegram
from tests.core.alerts import FRAME, NASTY, ONE, PLACES, PUBLISHED, TWO, VERY_NASTY, a_stored, covered


def a_revision(text: str, heading: str | None = "Karst Hit Again") -> Revision:
    """The version that was sent first."""
    return Revision(1, heading, text, PUBLISHED + timedelta(minutes=1))


def corrected(text: str = TWO, **changed: Any) -> StoredNews:
    """The same update after a correction noticed at 21:50 local."""
    noticed = PUBLISHED + timedelta(minutes=15)
    return a_stored(text, state=NewsState.CORRECTED, revision=2, noticed_at=noticed, **changed)


def formatted(message: Message) -> dict[str, str]:
    """Entity kind to the words under it."""
    return {entity.kind: covered(message, entity) for entity in message.entities}


def test_an_alert_says_what_who_and_when_in_its_first_three_lines() -> None:
    """Topic and heading are bold, then speaker and feed, then the source's clock and the reader's."""
    message = render_alert(a_stored(), FRAME)
    assert message.text.splitlines() == [
        "Shelling: Karst Hit Again",
        "Karst Emergency Service, via Norvale Post",
        "3 Nov, 21:35 Yerevan · 17:35 UTC",
        ONE,
    ]
    assert formatted(message) == {"bold": "Shelling: Karst Hit Again", "date_time": "17:35 UTC"}
    assert message.entities[1].moment == PUBLISHED
    assert [[button.label for button in row] for row in message.buttons] == [["Source", "Why this?"]]


TITLES = [
    ("heading and topic", a_stored(), "Shelling: Karst Hit Again"),
    ("no heading", a_stored(heading=None), "Shelling"),
    ("no topic: the source's heading alone", a_stored(tags=(Tag("other"),)), "Karst Hit Again"),
    ("neither", a_stored(heading=None, tags=(Tag("other"),)), "Update"),
    ("no heading: the places", a_stored(heading=None, nearest=("tarvin", "velm")), "Shelling: Tarvin, Velm"),
    (
        "a region that is named besides a town in it is left out",
        a_stored(heading=None, places=("tarvin", "karst"), nearest=("tarvin",)),
        "Shelling: Tarvin",
    ),
    ("many places: the first", a_stored(heading=None, nearest=tuple(PLACES)), "Shelling: Tarvin, Velm, Karst +1"),
    ("a place that no pack has any more", a_stored(heading=None, nearest=("gone",)), "Shelling"),
    ("a denial", a_stored(heading=None, nearest=("tarvin",), denial=True), "Shelling denied: Tarvin"),
    ("a denial with a heading", a_stored(denial=True), "Shelling denied: Karst Hit Again"),
    (
        "an all-clear is its speaker's",
        a_stored(all_clear=True, nearest=("tarvin",)),
        "All clear, says Karst Emergency Service: Tarvin",
    ),
    (
        "an all-clear that names no place",
        a_stored(heading="Sirens over", all_clear=True),
        "All clear, says Karst Emergency Service: Sirens over",
    ),
    (
        "an all-clear that names no speaker is the feed's",
        a_stored(all_clear=True, nearest=("tarvin",), attribution=(), feed_title="{Norvale} Post"),
        "All clear, says {Norvale} Post: Tarvin",
    ),
    ("an exercise says so first", a_stored(exercise=True), "TEST Shelling: Karst Hit Again"),
    (
        "right-to-left words are isolated",
        a_stored(heading="قصف كارست"),
        "Shelling: \u2068قصف كارست\u2069",
    ),
]


@pytest.mark.parametrize(("stored", "title"), [row[1:] for row in TITLES], ids=[row[0] for row in TITLES])
def test_titles(stored: StoredNews, title: str) -> None:
    """The title is topic and heading, and either alone where the other is missing."""
    assert render_alert(stored, FRAME).text.splitlines()[0] == title


CLOCKS = [
    ("timed", a_stored(), "3 Nov, 21:35 Yerevan · 17:35 UTC"),
    ("timed in UTC: one clock", a_stored(zone="UTC"), "3 Nov, 17:35 UTC"),
    ("a day alone", a_stored(published_at=None, local_time=None), "3 Nov, no time given, first read 21:36 Yerevan"),
    (
        "neither day nor time",
        a_stored(published_at=None, local_time=None, local_date=None),
        "no time given, first read 21:36 Yerevan",
    ),
    ("two words for a city", a_stored(zone="America/New_York"), "3 Nov, 12:35 New York · 17:35 UTC"),
    ("a zone that is none", a_stored(zone="Mars/Base"), "3 Nov, 17:35 UTC"),
]


@pytest.mark.parametrize(("stored", "line"), [row[1:] for row in CLOCKS], ids=[row[0] for row in CLOCKS])
def test_the_clock_line(stored: StoredNews, line: str) -> None:
    """The source's own clock comes first, and a time is never made up."""
    assert render_alert(stored, FRAME).text.splitlines()[2] == line


def test_a_speaker_is_never_made_up() -> None:
    """Without attribution only the carrier is named."""
    assert render_alert(a_stored(attribution=()), FRAME).text.splitlines()[1] == "via Norvale Post"


ARABIC = replace(
    ENGLISH,
    via="{speaker}، عبر {feed}",
    correction="تصحيح: يذكر المصدر الآن {new}؛ وذكر تنبيهنا {clock} {old}.",
    was="(كان: {old})",
)


def test_our_words_and_the_sources_keep_their_directions_apart() -> None:
    """In a right-to-left language each piece of the source is isolated, and the line runs as the label does."""
    frame = Frame(labels={"civilian-shelling": "قصف"}, phrases=ARABIC)
    title, speaker, *_ = render_alert(a_stored(), frame).text.splitlines()
    assert title == "قصف: \u2068Karst Hit Again\u2069"
    assert speaker == "\u2068Karst Emergency Service\u2069، عبر \u2068Norvale Post\u2069"
    edit = render_edit(corrected(), a_revision(ONE), frame).text
    assert "In Karst two \u2068(كان: \u2068one\u2069)\u2069 civilians have been wounded." in edit
    assert "\u2068two civilians\u2069" in render_reply(corrected(), a_revision(ONE), frame).text


def test_a_late_alert_opens_with_its_age() -> None:
    """What was reported long ago says so before anything else."""
    text = render_alert(a_stored(), FRAME, late_by=timedelta(hours=3, minutes=10)).text
    assert text.startswith("Reported 3 h ago · Shelling: Karst Hit Again\n")


def test_a_text_of_megabytes_costs_no_more_than_a_long_one() -> None:
    """What no message can hold is not even looked at."""
    message = render_alert(a_stored("A siren sounded. " * 20_000 + "The end. " * 400_000), FRAME)
    assert message == render_alert(a_stored("A siren sounded. " * 20_000), FRAME)


def test_a_repeat_is_marked_in_the_first_line() -> None:
    """A copy that may be the second one says so."""
    assert render_alert(a_stored(), FRAME, repeat=True).text.startswith("(repeat) Shelling")


def test_a_long_text_is_led_by_whole_sentences_and_folded() -> None:
    """At most 500 characters stand open, cut at a sentence end; the rest is an expandable quote, nothing is lost."""
    sentences = [f"Sentence {n} tells what the service in Tarvin counted that morning." for n in range(20)]
    message = render_alert(a_stored(" ".join(sentences)), FRAME)
    lead, folded = message.text.splitlines()[3:]
    assert len(lead) <= 500
    assert lead.endswith("morning.")
    assert formatted(message)["expandable_blockquote"] == folded
    assert f"{lead} {folded}" == " ".join(sentences)


def test_a_very_long_text_says_where_to_read_on() -> None:
    """Past 3 500 characters the text ends at a sentence and links to the source."""
    message = render_alert(a_stored("A siren sounded in the eastern part of Karst. " * 400), FRAME)
    assert utf16_length(message.text) <= MAX_VISIBLE
    assert formatted(message)["text_link"] == "Read on at the source"
    assert formatted(message)["expandable_blockquote"].endswith("Karst.")


def test_groups_and_channels_get_hashtags_and_no_personal_button() -> None:
    """Hashtags close a message in groups and channels; a channel has only the source's button."""
    channel = render_alert(a_stored(), replace(FRAME, kind=ChatKind.CHANNEL))
    assert channel.text.splitlines()[-1] == "#shelling"
    assert [button.label for button in channel.buttons[0]] == ["Source"]
    assert "#shelling" not in render_alert(a_stored(), FRAME).text


@pytest.mark.parametrize(
    "url",
    [
        None,
        "javascript:alert(1)",
        "tg://resolve?domain=x",
        "https://",
        "https://good.example@evil.example/",
        "x" * 3000,
    ],
)
def test_an_address_that_telegram_would_refuse_is_no_button(url: str | None) -> None:
    """One bad address must not make Telegram refuse the whole alert."""
    labels = [button.label for row in render_alert(a_stored(url=url), FRAME).buttons for button in row]
    assert labels == ["Why this?"]


def test_a_correction_marks_the_old_message_and_tells_the_old_value() -> None:
    """The edited alert opens with the mark and has the old words beside the new ones."""
    text = render_edit(corrected(), a_revision(ONE), FRAME).text
    assert text.startswith("CORRECTED, noticed 21:50. Shelling: Karst Hit Again")
    assert "In Karst two (was: one) civilians have been wounded." in text


def test_the_reply_tells_both_values() -> None:
    """The new message says what holds now and what our alert said."""
    reply = render_reply(corrected(), a_revision(ONE), FRAME)
    assert reply.text == ("Correction: the source now reports two civilians; our 21:35 alert said one.")


def test_further_changes_are_told_too() -> None:
    """Every changed fact stands in the reply, the first in a sentence, the others in lines."""
    stored = corrected("Shells fell on Norvale at dawn. The mayor counted 12 dead.")
    previous = a_revision("Shells fell on Tarvin at dawn. The mayor counted 3 dead.")
    assert render_reply(stored, previous, FRAME).text.splitlines() == [
        "Correction: the source now reports Norvale; our 21:35 alert said Tarvin.",
        "Also: 12 dead (was: 3).",
    ]


def test_only_facts_are_told() -> None:
    """A reworded opening beside a changed number is not worth a word."""
    stored = corrected("The attack began at dawn. Air defence had shot down seven drones over the town of Karst.")
    previous = a_revision("UPDATE: The attack began at dawn. Air defence shot down four drones over the town of Karst.")
    assert render_reply(stored, previous, FRAME).text == (
        "Correction: the source now reports seven drones; our 21:35 alert said four."
    )
    assert render_edit(stored, previous, FRAME).text.endswith(
        "The attack began at dawn. Air defence had shot down seven (was: four) drones over the town of Karst."
    )


def test_a_rewritten_update_is_quoted() -> None:
    """Where no single words can be named, the new text itself is told."""
    stored = corrected("Nothing of the kind happened, the ministry of Karvelia said in a long statement this evening.")
    reply = render_reply(stored, a_revision("A."), FRAME)
    assert formatted(reply)["blockquote"].startswith("Nothing of the kind happened")


def test_an_addition_is_the_last_line_of_the_edit_and_a_reply_of_its_own() -> None:
    """Added text is marked at the end; the reply quotes only what is new."""
    stored = a_stored(
        f"{ONE} Three more were found in Tarvin.", revision=2, noticed_at=PUBLISHED + timedelta(minutes=15)
    )
    assert render_edit(stored, a_revision(ONE), FRAME).text.splitlines()[-1] == "Added, noticed 21:50"
    reply = render_reply(stored, a_revision(ONE), FRAME)
    assert reply.text.splitlines() == ["Added by the source, noticed 21:50:", "Three more were found in Tarvin."]


def test_a_silent_edit_carries_no_mark() -> None:
    """A typo put right changes the message and says nothing."""
    assert render_edit(a_stored(), None, FRAME) == render_alert(a_stored(), FRAME)


def test_withdrawn_text_is_folded_and_named() -> None:
    """What was taken back is said first, with the feed's name, and its text waits behind a tap."""
    stored = corrected(ONE)
    stored = replace(stored, state=NewsState.WITHDRAWN)
    message = render_edit(stored, a_revision(ONE), FRAME)
    assert message.text.startswith("WITHDRAWN by Norvale Post. Shelling")
    assert formatted(message)["expandable_blockquote"] == ONE
    assert render_reply(stored, None, FRAME).text == (
        "WITHDRAWN by Norvale Post. This does not mean the place is safe."
    )


def test_removed_text_stays_and_is_no_all_clear() -> None:
    """Gone from the page is neither false nor safe."""
    stored = replace(corrected(ONE), state=NewsState.REMOVED)
    edit = render_edit(stored, None, FRAME).text
    assert edit.startswith("REMOVED from the page, noticed 21:50, no reason given. Shelling")
    assert ONE in edit
    assert render_reply(stored, None, FRAME).text.endswith("This does not make it false and is no all-clear.")


def test_noticed_on_another_day_names_the_day() -> None:
    """A correction after midnight is not taken for one of the day before."""
    stored = replace(corrected(), noticed_at=PUBLISHED + timedelta(hours=3))
    assert render_edit(stored, a_revision(ONE), FRAME).text.startswith("CORRECTED, noticed 4 Nov, 00:35.")


CHANGES = [
    ("a number word", "one was hurt", "two was hurt", "two (was: one) was hurt"),
    ("a number", "At least 3 dead.", "At least 12 dead.", "At least 12 (was: 3) dead."),
    ("a place", "Shells hit Tarvin today", "Shells hit Norvale today", "Shells hit Norvale (was: Tarvin) today"),
    ("a negation cut", "It was not hit.", "It was hit.", "It was hit (was: not hit)."),
    ("a negation added", "It was hit.", "It was not hit.", "It was not hit (was: hit)."),
    ("inflection alone beside a fact", "one man is hurt", "two men are hurt", "two men are (was: one man is) hurt"),
    ("spacing and quotes", "“It  fell”, he said", '"It fell" he said', '"It fell" he said'),
    ("the clock", "fell at 3 a.m.", "fell at 3:30 a.m.", "fell at 3:30 (was: 3) a.m."),
    (
        "across a sentence's end",
        "Hit: a school. Nobody died.",
        "Hit: a mill of Karst. Two died.",
        "Hit: a mill of Karst (was: school). Two (was: Nobody) died.",
    ),
    (
        "cut at a sentence's end",
        "It was hit twice. Calm now.",
        "It was hit. Calm now.",
        "It was hit (was: hit twice). Calm now.",
    ),
    ("an end of a sentence is no word", "It was hit. Calm now", "It was hit! Calm now.", "It was hit! Calm now."),
    ("another script", "զոհվել է մեկ մարդ", "զոհվել է երկու մարդ", "զոհվել է երկու (was: մեկ) մարդ"),
]


@pytest.mark.parametrize(("old", "new", "shown"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_changed_words(old: str, new: str, shown: str) -> None:
    """The new words stand first, the old ones beside them, and both sides are words."""
    assert annotate(new, changes(old, new), "(was: {old})") == shown


def test_only_added() -> None:
    """An addition keeps every earlier word in its order."""
    assert only_added("One. Two.", "One. Two. Three.")
    assert not only_added("One. Two.", "Two. One.")
    assert not only_added("One. Two.", "One. Two.")


HOSTILE = [
    ("direction override", "safe\u202etxt.exe", "safetxt.\u2060exe"),
    ("isolates and marks", "\u2066a\u2069\u200fb\u061c", "ab"),
    ("zero-width", "at\u200btack\ufeff", "attack"),
    ("invisible fillers", "a\u3164b\uffa0c", "abc"),
    ("tag characters", "a\U000e0041b", "ab"),
    ("a lone surrogate", "a\ud800b", "a\ufffdb"),
    ("control characters", "a\x00b\x1bc", "a b c"),
    ("line separators", "a\u2028b\r\nc", "a\nb\nc"),
    ("many blank lines", "a\n\n\n \n b", "a\n\nb"),
    ("a command", "tap /stop now", "tap /\u2060stop now"),
    ("a slash inside words", "and/or", "and/or"),
    ("a mention", "write @someone", "write @\u2060someone"),
    ("a hashtag", "#free", "#\u2060free"),
    ("a link", "https://evil.example/x", "https:\u2060//evil.\u2060example/x"),
    ("a bare domain", "see t.me/x", "see t.\u2060me/x"),
    ("an address of numbers", "http://10.0.0.1/", "http:\u2060//10.\u20600.\u20600.\u20601/"),
    ("decimals, clocks and initials stay", "3.5 at 8:55 a.m. in the U.S.", "3.5 at 8:55 a.m. in the U.S."),
    ("a stack of marks", "e" + "\u0301" * 40, "\u00e9" + "\u0301" * 4),
    ("a ring of a letter", "A\u030alesund", "\u00c5lesund"),
    ("marks that Telegram takes out of every text", "one\n\u030a\u0333\u033f", "one"),
    ("a joiner within Latin", "at\u200dtack", "attack"),
    ("a joiner that an emoji needs", "👩\u200d🚒", "👩\u200d🚒"),
    ("a non-joiner that Persian needs", "می\u200cخواهم", "می\u200cخواهم"),
]


@pytest.mark.parametrize(("text", "cleaned"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_text(text: str, cleaned: str) -> None:
    """Nothing invisible, direction-turning or tappable comes through, and ordinary text stays as it is."""
    assert clean(text) == cleaned


CUTS = [
    ("fits", "One. Two.", 9, ("One. Two.", "")),
    ("at a sentence end", "One is here. Two is there.", 15, ("One is here.", "Two is there.")),
    (
        "not after an abbreviation",
        "At 3 a.m. Gen. Dorn spoke. Then more.",
        30,
        ("At 3 a.m. Gen. Dorn spoke.", "Then more."),
    ),
    ("not after a decimal", "It cost 3.5 million. More here.", 22, ("It cost 3.5 million.", "More here.")),
    ("after a closing quote", "“Go.” He went away.", 8, ("“Go.”", "He went away.")),
    ("at a paragraph's end", "Heading\n\nText that is long", 12, ("Heading", "Text that is long")),
    ("Armenian", "Առաջին։ Երկրորդ։", 9, ("Առաջին։", "Երկրորդ։")),
    ("Chinese without spaces", "第一。第二。", 4, ("第一。", "第二。")),
    ("one long sentence: after a word", "aaaa bbbb cccc", 11, ("aaaa bbbb…", "cccc")),
]


@pytest.mark.parametrize(("text", "limit", "parts"), [row[1:] for row in CUTS], ids=[row[0] for row in CUTS])
def test_leads(text: str, limit: int, parts: tuple[str, str]) -> None:
    """A lead ends where a sentence ends; only a sentence that is itself too long is cut, after a word."""
    assert split_lead(text, limit) == parts


CLUSTERS = [
    ("a family", "👨\u200d👩\u200d👧"),
    ("a flag", "🇦🇲"),
    ("a skin tone", "👍🏽"),
    ("a combining mark", "e\u0301"),
    ("Hangul in parts", "\u1112\u1161\u11ab"),
]


@pytest.mark.parametrize("cluster", [row[1] for row in CLUSTERS], ids=[row[0] for row in CLUSTERS])
@pytest.mark.parametrize("limit", range(2, 24))
def test_a_cut_never_splits_what_reads_as_one_character(cluster: str, limit: int) -> None:
    """Clipping keeps whole clusters at any length that has room for one."""
    kept = clip(cluster * 8, limit).removesuffix("…")
    if limit > utf16_length(cluster):
        assert kept == cluster * (len(kept) // len(cluster))


@given(heading=st.none() | NASTY, text=NASTY, feed=NASTY, speaker=NASTY, state=st.sampled_from(NewsState))
@example(heading=None, text="😀" * 6_000, feed="", speaker="", state=NewsState.CURRENT)
@example(heading="x" * 6_000, text="y" * 6_000, feed="z" * 6_000, speaker="ق" * 6_000, state=NewsState.CORRECTED)
def test_no_source_can_break_a_message(
    heading: str | None, text: str, feed: str, speaker: str, state: NewsState
) -> None:
    """Whatever a feed contains, the message fits, Telegram takes it, and each entity covers whole characters in it."""
    check(heading, text, feed, speaker, state)


@pytest.mark.soak
@settings(max_examples=10_000, suppress_health_check=list(HealthCheck))
@given(heading=st.none() | NASTY, text=VERY_NASTY, feed=NASTY, speaker=NASTY, state=st.sampled_from(NewsState))
def test_no_source_of_ten_thousand_can_break_one(
    heading: str | None, text: str, feed: str, speaker: str, state: NewsState
) -> None:
    """The same of ten thousand updates, some of 20 kB."""
    check(heading, text, feed, speaker, state)


def check(heading: str | None, text: str, feed: str, speaker: str, state: NewsState) -> None:
    """An alert, its edit and the reply to it fit, and Telegram takes their entities as they are."""
    stored = replace(corrected(text, heading=heading), feed_title=feed, attribution=(speaker,), state=state)
    previous = a_revision(text[1:], heading)
    frame = replace(FRAME, kind=ChatKind.GROUP)
    for message in (
        render_alert(stored, frame, late_by=timedelta(hours=1), repeat=True),
        render_edit(stored, previous, frame),
        render_reply(stored, previous, frame, repeat=True),
    ):
        assert 0 < utf16_length(message.text) <= MAX_VISIBLE
        stored_there = formatted_by_telegram(message.text, encode(message).get("entities"))
        assert len(stored_there.entities) == len(message.entities)
        assert not [c for c in message.text if "\u202a" <= c <= "\u202e" or unicodedata.category(c) == "Cs"]
        for entity in message.entities:
            assert covered(message, entity).strip()
            assert entity.offset + entity.length <= utf16_length(message.text)


FOREIGN = [
    (
        "topic and place are the reader's, the heading stays the source's",
        a_stored(nearest=("tarvin",)),
        "Обстрел: Тарвин · Karst Hit Again · язык: английский",
    ),
    ("without a place", a_stored(), "Обстрел · Karst Hit Again · язык: английский"),
    ("without a heading", a_stored(heading=None, nearest=("tarvin",)), "Обстрел: Тарвин · язык: английский"),
    ("without a topic", a_stored(tags=()), "Karst Hit Again · язык: английский"),
    ("with nothing", a_stored(heading=None, tags=()), "Сообщение · язык: английский"),
    (
        "declared by the feed",
        a_stored("Des obus sont tombés.", heading="Obus sur Tarvin", language="fr-FR"),
        "Обстрел · Obus sur Tarvin · язык: французский",
    ),
    ("in the reader's own language", a_stored("Снаряды упали.", heading="Удар по Тарвину"), "Обстрел: Удар по Тарвину"),
]
RUSSIAN = replace(
    FRAME,
    labels={"civilian-shelling": "Обстрел"},
    places={"tarvin": "Тарвин"},
    language="ru",
    phrases=replace(
        ENGLISH,
        update="Сообщение",
        in_language="язык: {language}",
        languages={"en": "английский", "fr": "французский", "ru": "русский"},
    ),
)


@pytest.mark.parametrize(("stored", "title"), [row[1:] for row in FOREIGN], ids=[row[0] for row in FOREIGN])
def test_titles_of_sources_in_another_language(stored: StoredNews, title: str) -> None:
    """What it is about stands first in the reader's language; the source's words are never translated."""
    message = render_alert(stored, RUSSIAN)
    assert message.text.splitlines()[0] == title
    assert formatted(message)["bold"] == title


def test_an_all_clear_keeps_its_heading_in_the_text() -> None:
    """A title that leaves the heading out hides no word of the source."""
    message = render_alert(a_stored(all_clear=True, nearest=("tarvin",)), FRAME)
    assert "Karst Hit Again" in message.text.splitlines()[3:]


def test_groups_get_hashtags_of_topics_and_places() -> None:
    """Hashtags close an alert in groups and channels, and the number of sources where there are several."""
    stored = a_stored(nearest=("tarvin", "old-karst"), also_in=("Velm Radio",))
    last = {kind: render_alert(stored, replace(FRAME, kind=kind)).text.splitlines()[-1] for kind in ChatKind}
    assert last == {
        ChatKind.PRIVATE: "2 sources",
        ChatKind.GROUP: "#shelling #tarvin #old_karst · 2 sources",
        ChatKind.CHANNEL: "#shelling #tarvin #old_karst · 2 sources",
    }


def test_only_a_private_chat_can_mute_an_alert() -> None:
    """A group's buttons are Source and Why this?, a channel's Source alone."""
    frame = replace(FRAME, mute_data="m1:7")
    rows = {
        kind: [b.label for b in render_alert(a_stored(), replace(frame, kind=kind)).buttons[0]] for kind in ChatKind
    }
    assert rows == {
        ChatKind.PRIVATE: ["Source", "Why this?", "Mute…"],
        ChatKind.GROUP: ["Source", "Why this?"],
        ChatKind.CHANNEL: ["Source"],
    }
