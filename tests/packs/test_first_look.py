"""The shipped packs tag and attribute plain updates as a reader would."""

from __future__ import annotations

import pytest

from bot.core.model import NewsUpdate
from bot.packs import Packs
from tests.packs.scoring import HALVES, labelled


def test_topics_are_listed_with_other_last(packs: Packs) -> None:
    """Keyboards get fourteen topics in order of urgency and the explicit rest at the end."""
    topics = packs.topics
    assert len(topics) == 15
    assert (topics[0].slug, topics[0].label, topics[0].hashtag) == ("civilian-shelling", "Shelling", "#shelling")
    assert topics[-1].slug == "other"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Two missiles hit an apartment block in Tarvin during the night.", "civilian-shelling"),
        ("Norvale forces repelled an assault near the front line and destroyed two tanks.", "frontline"),
        ("The foreign minister of Karst met the ambassador of Norvale to discuss the conflict.", "diplomacy"),
        ("More than 4,000 refugees have crossed the border since Monday.", "refugees"),
        ("Karst will supply air defence systems and ammunition to its neighbour.", "weapons"),
        ("Both sides agreed on a ceasefire from midnight.", "ceasefire"),
        ("The library opens at nine on weekdays.", "other"),
    ],
)
def test_the_strongest_topic_is_what_the_update_reports(packs: Packs, text: str, topic: str) -> None:
    """An update's first tag is its subject."""
    assert packs.tag(NewsUpdate(text, 0), language="en")[0].topic == topic


def test_a_tag_names_the_words_that_matched(packs: Packs) -> None:
    """Each tag carries the words as they stand in the text, with rule and pack."""
    tag, *_ = packs.tag(NewsUpdate("Two missiles hit an apartment block in Tarvin.", 0), language="en")
    assert [match.words for match in tag.matches] == ["missiles hit", "apartment block"]
    assert {match.pack for match in tag.matches} == {"topics"}
    assert all(match.rule for match in tag.matches)


def test_every_reason_stands_in_the_text(packs: Packs) -> None:
    """The words of a reason are a verbatim span, in text order, and name a rule and a pack."""
    for update in (update for half in HALVES for update in labelled(half)):
        for tag in packs.tag(NewsUpdate(update.text, 0), language=update.language):
            assert tag.matches or tag.topic == "other"
            at = 0
            for match in tag.matches:
                at = update.text.index(match.words, at)
                assert match.rule
                assert match.pack


CALM = "The bakery opened at seven and the bus came on time. Nobody hurried, and the square was full of light. " * 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Parliament dismissed the interior minister. {CALM}", {"unrest"}),
        (f"{CALM} Parliament dismissed the interior minister.", {"other"}),
        (f"{CALM} Parliament dismissed the minister. {CALM} The president called snap elections.", {"unrest"}),
        (f"{CALM} Air raid sirens are sounding in Norvale.", {"warnings"}),
        (f"{CALM} Two missiles hit an apartment block in Tarvin.", {"civilian-shelling"}),
    ],
)
def test_in_a_long_update_a_late_sentence_is_a_mention(packs: Packs, text: str, expected: set[str]) -> None:
    """A topic stands in the opening or in two sentences; what people's safety hangs on counts anywhere."""
    assert {tag.topic for tag in packs.tag(NewsUpdate(text, 0), language="en")} == expected


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("According to the Karst Defence Ministry, the night was calm.", ("Karst Defence Ministry",)),
        ("Prime Minister Alda Renko said the talks would go on. “We hope,” she added.", ("Alda Renko",)),
        ("In a live press briefing, Oren Tal of the Defence Ministry said the town holds.", ("Oren Tal",)),
        ("The road is closed until Friday.", ()),
    ],
)
def test_speakers_are_lifted_or_absent(packs: Packs, text: str, speakers: tuple[str, ...]) -> None:
    """Who says it stands in the text; where nobody does, nobody is named."""
    assert packs.attribution(NewsUpdate(text, 0), language="en") == speakers
