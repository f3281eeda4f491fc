"""Optional topics ship switched off and are switched on by name."""

from __future__ import annotations

import pytest

from bot.core.errors import PackError
from bot.core.model import NewsUpdate
from bot.packs import Packs, load_packs, optional_names

NAMES = ("captives", "culture-heritage", "cyber", "environment-nuclear", "health", "sanctions-economy")
SWAP = NewsUpdate("Ninety prisoners of war came home in an exchange.", 0)


def topics(packs: Packs, news: NewsUpdate) -> set[str]:
    """Slugs of an English update."""
    return {tag.topic for tag in packs.tag(news, language="en")}


def test_six_topics_ship_switched_off(packs: Packs) -> None:
    """They are there by name, and nobody has them who does not ask."""
    assert optional_names() == NAMES
    assert not {topic.slug for topic in packs.topics} & set(NAMES)
    assert topics(packs, SWAP) == {"rights"}


@pytest.mark.parametrize("name", NAMES)
def test_each_can_be_switched_on_alone(name: str) -> None:
    """Its examples hold, and its words exist in every language that alerts are written in."""
    packs = load_packs(optional=[name])
    assert packs.check_optional(name) >= 3
    assert [topic.slug for topic in packs.topics][-2:] == [name, "other"]
    english = packs.topics[-2]
    for language in ("ru", "uk", "hy", "ar", "tr"):
        topic = packs.topics_in(language)[-2]
        assert topic.name != english.name
        assert topic.label != english.label
        assert topic.hashtag[0] == "#"
        assert topic.hashtag[1:].isalnum()


def test_all_can_be_switched_on_together() -> None:
    """No slug, hashtag or concept collides, and every rule of every language can be read."""
    packs = load_packs(optional=NAMES)
    hashtags = [topic.hashtag for topic in packs.topics]
    assert len(set(hashtags)) == len(hashtags) == 21
    for language in packs.languages:
        assert packs.rules(language).rules


def test_captives_are_split_from_rights() -> None:
    """Splitting a topic is configuration: the shipped rules go, the pack's own come."""
    packs = load_packs(optional=["captives"])
    assert topics(packs, SWAP) == {"captives"}
    assert topics(packs, NewsUpdate("The report documents war crimes by both armies.", 0)) == {"rights"}


def test_a_name_that_is_none_is_refused() -> None:
    """The message lists what there is."""
    with pytest.raises(PackError, match=r"\[packs\] optional: 'captive' is none of captives, culture-heritage"):
        load_packs(optional=["captive"])
