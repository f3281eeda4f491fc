"""The buttons under an alert."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.callbacks import ExplainAlert, ReportTopic, encode
from bot.core.model import Match, Tag
from bot.demo.telegram import ChatMessage, Person
from bot.services.ports.storage import NewNews
from tests.builders import a_news
from tests.chat.conftest import Deployment, labels
from tests.chat.test_reports import report


@pytest.fixture
async def alert(sitrep: Deployment, ani: Person) -> ChatMessage:
    """An alert that Ani got, who follows its topic."""
    (news_id,) = await sitrep.archive(await sitrep.add_feed(), [report(1, "Market Hit", "Shells hit the market.")])
    await ani.ask("/start t_civilian-shelling")
    return await sitrep.alert(news_id, ani)


async def test_why_this_names_topic_words_setting_and_source(
    sitrep: Deployment, ani: Person, alert: ChatMessage, snapshot: SnapshotAssertion
) -> None:
    """The reason is told over the chat, the alert's own words stay."""
    words = alert.text
    assert labels(alert) == ["Source", "Why this?", "Mute…"]
    why = await ani.tap(alert, "Why this?")
    assert (why.text, why.alert) == snapshot
    assert alert.text == words


async def test_the_reason_follows_what_the_chat_wants_now(sitrep: Deployment, ani: Person, alert: ChatMessage) -> None:
    """After a change of mind the answer tells the setting of today."""
    await ani.ask("/stop")
    keyboard = await ani.ask("/topics")
    await ani.tap(keyboard, "Loud · Civilian shelling")
    silent = await ani.call_back(alert, encode(ExplainAlert(1)))
    assert "Civilian shelling (silent)" in (silent.text or "")
    await ani.tap(keyboard, "Silent · Civilian shelling")
    listed = await ani.call_back(alert, encode(ExplainAlert(1)))
    assert "Civilian shelling (in the digest)" in (listed.text or "")
    await ani.wait_for(lambda m: m.id == keyboard.id and "Digest · Civilian shelling" in labels(m))
    await ani.tap(keyboard, "Digest · Civilian shelling")
    off = await ani.call_back(alert, encode(ExplainAlert(1)))
    assert "this chat does not follow that now" in (off.text or "")


async def test_a_wrong_topic_is_reported_without_a_name(sitrep: Deployment, ani: Person, alert: ChatMessage) -> None:
    """Behind the reason stands the way to object; the report names the update and nobody."""
    await ani.tap(alert, "Why this?")
    await ani.wait_for(lambda m: m.id == alert.id and labels(m) == ["Source", "Wrong topic?", "Back"])
    thanks = await ani.tap(alert, "Wrong topic?")
    assert "without your name" in (thanks.text or "")
    await ani.wait_for(lambda m: m.id == alert.id and labels(m) == ["Source", "Why this?", "Mute…"])
    (entry,) = await sitrep.audit()
    assert (entry.action, entry.subject, entry.user_id) == ("wrong topic reported", "news 1", None)


async def test_back_restores_the_alerts_buttons(sitrep: Deployment, ani: Person, alert: ChatMessage) -> None:
    """Whoever only wanted to know is one tap from where they were."""
    await ani.tap(alert, "Why this?")
    await ani.wait_for(lambda m: m.id == alert.id and "Back" in labels(m))
    await ani.tap(alert, "Back")
    await ani.wait_for(lambda m: m.id == alert.id and labels(m) == ["Source", "Why this?", "Mute…"])
    assert await sitrep.audit() == []


async def test_an_update_that_is_gone_is_neither_explained_nor_reported(
    sitrep: Deployment, ani: Person, alert: ChatMessage
) -> None:
    """A forged or outlived id is answered, and nothing is written."""
    for code in (ExplainAlert(999_999), ReportTopic(999_999)):
        answer = await ani.call_back(alert, encode(code))
        assert "no longer in the archive" in (answer.text or "")
    assert await sitrep.audit() == []


async def test_the_longest_reason_fits_over_the_chat(sitrep: Deployment, ani: Person) -> None:
    """Telegram takes 200 characters; the source is named even then."""
    matches = tuple(Match(f"a remarkably long run of words that matched, number {n}", "r", "p") for n in range(5))
    news = NewNews(a_news("Shells."), (Tag("civilian-shelling", matches),))
    feed = await sitrep.add_feed("The Extraordinarily Complete Chronicle of the Norvale Highlands and Coast")
    (news_id,) = await sitrep.archive(feed, [news])
    message = await ani.ask("/start t_civilian-shelling")
    answer = await ani.call_back(message, encode(ExplainAlert(news_id)))
    assert answer.text is not None
    assert len(answer.text) <= 200
    assert "From The Extraordinarily Complete" in answer.text


async def test_in_a_group_the_alert_keeps_its_buttons(sitrep: Deployment, ani: Person) -> None:
    """One member's question changes nothing for the others."""
    (news_id,) = await sitrep.archive(await sitrep.add_feed(), [report(1, "Market Hit", "Shells hit the market.")])
    group = await sitrep.group(owner=ani)
    message = await ani.ask("/topics", to=group)
    before = labels(message)
    answer = await ani.call_back(message, encode(ExplainAlert(news_id)))
    assert "does not follow" in (answer.text or "")
    await ani.ask("/help", to=group)
    assert labels(message) == before
