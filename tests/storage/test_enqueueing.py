"""Who gets an update, and who gets its corrections."""

from __future__ import annotations

import pytest

from bot.core.archive import ChatKind, ChatState
from bot.core.model import NewsState, OutboxKind, TopicMode
from bot.services.ports.sending import InDoubt, Sent, Unsent
from bot.services.ports.storage import Settled
from bot.storage import SqlStorage
from tests.builders import NOW, archive, new_news, revised_news, subscribe
from tests.storage.steps import alert, claim, revise, send, settle

LOUD, SILENT, DIGEST = TopicMode.LOUD, TopicMode.SILENT, TopicMode.DIGEST
EDIT, REPLY = OutboxKind.EDIT, OutboxKind.REPLY

AUDIENCE: list[tuple[str, dict[str, TopicMode], tuple[str, ...], TopicMode | None]] = [
    # what the row shows            what the chat follows            the update's topics       its mode, or None
    ("a loud topic rings", {"frontline": LOUD}, ("frontline",), LOUD),
    ("a silent topic does not ring", {"frontline": SILENT}, ("frontline",), SILENT),
    ("what a digest gathers waits for it", {"frontline": DIGEST}, ("frontline",), DIGEST),
    ("another topic is no alert", {"frontline": LOUD}, ("weapons",), None),
    ("the loudest topic decides", {"frontline": SILENT, "weapons": LOUD}, ("frontline", "weapons"), LOUD),
    ("in whatever order", {"weapons": SILENT, "frontline": LOUD}, ("weapons", "frontline"), LOUD),
    ("two equal topics are one alert", {"frontline": LOUD, "weapons": LOUD}, ("frontline", "weapons"), LOUD),
    ("two silent ones too", {"frontline": SILENT, "weapons": SILENT}, ("weapons", "frontline"), SILENT),
    (
        "a digest beside it takes nothing away",
        {"frontline": DIGEST, "weapons": SILENT},
        ("frontline", "weapons"),
        SILENT,
    ),
    ("a loud topic it lacks does not ring", {"frontline": SILENT, "weapons": LOUD}, ("frontline",), SILENT),
    ("an update without a topic reaches who asked for those", {"other": LOUD}, ("other",), LOUD),
]


@pytest.mark.parametrize(("modes", "topics", "mode"), [row[1:] for row in AUDIENCE], ids=[row[0] for row in AUDIENCE])
async def test_one_alert_by_the_loudest_setting(
    storage: SqlStorage, modes: dict[str, TopicMode], topics: tuple[str, ...], mode: TopicMode | None
) -> None:
    """An update meets a chat once, however many of its topics match, by the loudest of them."""
    await subscribe(storage, 100, modes)
    ids = await archive(storage, new_news(topics=topics))
    written = await alert(storage, ids)
    claimed = await claim(storage)
    assert [each.mode for each in claimed] == ([] if mode is None else [mode])
    async with storage.read() as work:
        assert await work.subscriptions.audience(topics) == written == len(claimed)


async def test_housekeeping_of_the_source_alerts_nobody(storage: SqlStorage) -> None:
    """A service update is archived, never sent."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("Our coverage ends here.", service=True))
    assert await alert(storage, ids) == 0


@pytest.mark.parametrize("state", [ChatState.STOPPED, ChatState.GONE])
async def test_a_chat_that_is_not_active_gets_noalert(storage: SqlStorage, state: ChatState) -> None:
    """Its settings are kept, but nothing is queued for it."""
    await subscribe(storage, 100)
    async with storage.write() as work:
        await work.chats.set_state(100, state, at=NOW)
    ids = await archive(storage, new_news())
    assert await alert(storage, ids) == 0
    async with storage.read() as work:
        assert await work.subscriptions.audience(["civilian-shelling"]) == 0


async def test_every_thread_that_chose_it_gets_it(storage: SqlStorage) -> None:
    """A destination is a chat and a thread: each has its own settings and its own alert."""
    for thread_id in (None, 5, 6):
        await subscribe(storage, -100, kind=ChatKind.GROUP, thread_id=thread_id)
    await subscribe(storage, -100, {"weapons": LOUD}, kind=ChatKind.GROUP, thread_id=7)
    assert await alert(storage, await archive(storage, new_news())) == 3
    assert [each.destination.thread_id for _ in range(3) for each in await send(storage)] == [None, 5, 6]


async def test_alerting_twice_is_alerting_once(storage: SqlStorage) -> None:
    """Enqueued again, before or after it was sent, and in a later revision: still one alert a chat."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news())
    assert await alert(storage, ids) == 1
    assert await alert(storage, ids) == 0
    await send(storage)
    assert await alert(storage, ids) == 0
    async with storage.write() as work:
        await work.news.revise([revised_news(ids[0], "Shells fell on Karst.")], at=NOW)
        assert await work.outbox.enqueue_alerts(ids, at=NOW) == 0


async def test_a_corrected_topic_reaches_those_who_were_not_told_yet(storage: SqlStorage) -> None:
    """When a correction brings a topic, its followers get the alert, in the version that stands now."""
    await subscribe(storage, 100)
    await subscribe(storage, 200, {"weapons": LOUD})
    ids = await archive(storage, new_news())
    await alert(storage, ids)
    await send(storage)
    async with storage.write() as work:
        revised = revised_news(ids[0], "Rockets fell on Karst.", topics=("civilian-shelling", "weapons"))
        await work.news.revise([revised], at=NOW)
        assert await work.outbox.enqueue_alerts(ids, at=NOW) == 1
    [claimed] = await claim(storage)
    assert (claimed.destination.chat_id, claimed.stored.news.text) == (200, "Rockets fell on Karst.")


async def test_a_correction_goes_to_whoever_got_the_earlier_version(storage: SqlStorage) -> None:
    """Those that were sent it get the edit, then the reply, each with the version before and its message."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("One was wounded."))
    await alert(storage, ids)
    await send(storage, message_id=41)
    await subscribe(storage, 200)
    assert await revise(storage, ids[0], "Two were wounded.") == 2
    edit, reply = await send(storage), await send(storage)
    assert [each.kind for each in (*edit, *reply)] == [EDIT, REPLY]
    for each in (*edit, *reply):
        assert each.destination.chat_id == 100
        assert each.message_id == 41
        assert each.stored.news.text == "Two were wounded."
        assert each.previous is not None
        assert (each.previous.number, each.previous.text) == (1, "One was wounded.")
    assert await claim(storage) == []


async def test_a_correction_rings_only_where_the_alert_did(storage: SqlStorage) -> None:
    """A reply knows whether its chat is loud and whether its alert rang."""
    await subscribe(storage, 100)
    await subscribe(storage, 200, {"civilian-shelling": SILENT})
    ids = await archive(storage, new_news("One was wounded."))
    await alert(storage, ids)
    await send(storage)
    await revise(storage, ids[0], "Two were wounded.")
    sent = [*await send(storage), *await send(storage)]
    assert {each.destination.chat_id: (each.loud, each.rang, each.loud_now) for each in sent if each.kind is REPLY} == {
        100: (True, True, True),
        200: (False, False, False),
    }


async def test_an_alert_not_sent_yet_goes_out_once_in_the_current_version(storage: SqlStorage) -> None:
    """A correction that overtakes its alert supersedes it: one message, the newer words, no correction after it."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("One was wounded."))
    await alert(storage, ids)
    assert await revise(storage, ids[0], "Two were wounded.") == 0
    [first] = await send(storage)
    assert (first.kind, first.stored.news.text) == (OutboxKind.ALERT, "Two were wounded.")
    assert await claim(storage) == []


async def test_a_superseded_alert_counts_as_the_version_it_carried(storage: SqlStorage) -> None:
    """The correction after it is told against the words that were sent, not against those it was queued with."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("One was wounded."))
    await alert(storage, ids)
    await revise(storage, ids[0], "Two were wounded.")
    await send(storage)
    await revise(storage, ids[0], "Three were wounded.")
    [edit] = await send(storage)
    assert edit.previous is not None
    assert edit.previous.text == "Two were wounded."


async def test_corrections_not_sent_yet_become_one(storage: SqlStorage) -> None:
    """Corrected twice before the first correction went out: one edit and one reply, from what the chat has seen."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("One was wounded."))
    await alert(storage, ids)
    await send(storage)
    await revise(storage, ids[0], "Two were wounded.")
    await revise(storage, ids[0], "Three were wounded.")
    sent = [*await send(storage), *await send(storage), *await send(storage)]
    assert [(each.kind, each.stored.news.text) for each in sent] == [
        (EDIT, "Three were wounded."),
        (REPLY, "Three were wounded."),
    ]
    assert [each.previous.text for each in sent if each.previous] == ["One was wounded."] * 2


async def test_each_correction_is_told_against_the_one_before(storage: SqlStorage) -> None:
    """The second correction names what the first one said, not what the alert said."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("One was wounded."))
    await alert(storage, ids)
    await send(storage)
    await revise(storage, ids[0], "Two were wounded.")
    await send(storage)
    await send(storage)
    await revise(storage, ids[0], "Three were wounded.")
    [edit] = await send(storage)
    assert edit.previous is not None
    assert edit.previous.text == "Two were wounded."


@pytest.mark.parametrize("state", ["being sent", "in doubt", "in doubt, then put off"])
async def test_an_alert_that_may_have_arrived_is_corrected_after_it(storage: SqlStorage, state: str) -> None:
    """While a send is open its correction waits behind it, and goes out once it has ended."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("One was wounded."))
    await alert(storage, ids)
    [first] = await claim(storage)
    if state != "being sent":
        await settle(storage, Settled(first.id, InDoubt("no answer"), NOW, NOW))
    if state == "in doubt, then put off":
        [first] = await claim(storage)
        await settle(storage, Settled(first.id, Unsent("refused"), NOW, NOW))
    assert await revise(storage, ids[0], "Two were wounded.") == 2
    if state == "being sent":
        assert await claim(storage) == []
    else:
        [first] = await claim(storage)
        assert (first.kind, first.possibly_sent) == (OutboxKind.ALERT, True)
    await settle(storage, Settled(first.id, Sent(41), NOW))
    sent = [*await send(storage), *await send(storage)]
    assert [(each.kind, each.message_id) for each in sent] == [(EDIT, 41), (REPLY, 41)]


async def test_what_may_have_arrived_is_corrected_from_its_first_words(storage: SqlStorage) -> None:
    """A copy that was in doubt showed the first version: that is what its corrections are told against."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("One was wounded."))
    await alert(storage, ids)
    for outcome in (InDoubt("no answer"), Unsent("refused")):
        [first] = await claim(storage)
        await settle(storage, Settled(first.id, outcome, NOW, NOW))
    await revise(storage, ids[0], "Two were wounded.")
    await revise(storage, ids[0], "Three were wounded.")
    await send(storage)
    [edit] = await send(storage)
    assert edit.previous is not None
    assert edit.previous.text == "One was wounded."


async def test_a_silent_change_is_edited_each_time(storage: SqlStorage) -> None:
    """Silent changes make no new revision, yet each one's edit goes out, also one made while another is sent."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("Shels fell."))
    await alert(storage, ids)
    await send(storage)
    for text in ("Shells fell.", "Shells fell"):
        assert await revise(storage, ids[0], text, kinds=(EDIT,), silent=True) == 1
        [edit] = await send(storage)
        assert (edit.kind, edit.stored.news.text, edit.stored.revision) == (EDIT, text, 1)
    await revise(storage, ids[0], "Shells fell on us.", kinds=(EDIT,), silent=True)
    [edit] = await claim(storage)
    await revise(storage, ids[0], "Shells fell on us!", kinds=(EDIT,), silent=True)
    await settle(storage, Settled(edit.id, Sent(41), NOW))
    [again] = await send(storage)
    assert (again.id, again.stored.news.text) == (edit.id, "Shells fell on us!")
    assert await claim(storage) == []


async def test_an_edit_in_doubt_goes_out_once_more_however_it_changed(storage: SqlStorage) -> None:
    """The repeat carries the newest words, so nothing is left to edit after it."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("Shels fell."))
    await alert(storage, ids)
    await send(storage)
    await revise(storage, ids[0], "Shells fell.", kinds=(EDIT,), silent=True)
    [edit] = await claim(storage)
    await settle(storage, Settled(edit.id, InDoubt("no answer"), NOW, NOW))
    await revise(storage, ids[0], "Shells fell!", kinds=(EDIT,), silent=True)
    [again] = await send(storage)
    assert again.stored.news.text == "Shells fell!"
    assert await claim(storage) == []


async def test_a_removed_update_is_replied_to_once(storage: SqlStorage) -> None:
    """Removal is no new revision: the edit and the reply go out once each, however often it is enqueued."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news())
    await alert(storage, ids)
    await send(storage)
    async with storage.write() as work:
        await work.news.mark(ids, state=NewsState.REMOVED, missing_reads=2)
        assert await work.outbox.enqueue_revisions(ids, [EDIT, REPLY], at=NOW) == 2
        assert await work.outbox.enqueue_revisions(ids, [REPLY], at=NOW) == 0
    sent = [*await send(storage), *await send(storage), *await send(storage)]
    assert [(each.kind, each.stored.state) for each in sent] == [
        (EDIT, NewsState.REMOVED),
        (REPLY, NewsState.REMOVED),
    ]


@pytest.mark.parametrize(("state", "kinds"), [(ChatState.STOPPED, [EDIT]), (ChatState.GONE, [])])
async def test_a_chat_that_has_left_gets_no_reply(
    storage: SqlStorage, state: ChatState, kinds: list[OutboxKind]
) -> None:
    """What a chat was sent is still edited after /stop; one that is gone is left alone."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("One was wounded."))
    await alert(storage, ids)
    await send(storage)
    async with storage.write() as work:
        await work.chats.set_state(100, state, at=NOW)
    await revise(storage, ids[0], "Two were wounded.")
    assert [each.kind for _ in range(2) for each in await send(storage)] == kinds


async def test_of_two_corrections_that_were_put_off_the_newest_is_sent(storage: SqlStorage) -> None:
    """One was put off while the next one waited behind it: the older one is superseded, and the edit goes first."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("One was wounded."))
    await alert(storage, ids)
    await send(storage)
    await revise(storage, ids[0], "Two were wounded.")
    [edit] = await claim(storage)
    await revise(storage, ids[0], "Three were wounded.")
    await settle(storage, Settled(edit.id, Unsent("no connection"), NOW, NOW))
    await revise(storage, ids[0], "Four were wounded.")
    sent = [each for _ in range(5) for each in await send(storage)]
    assert [(each.kind, each.stored.news.text) for each in sent] == [
        (EDIT, "Four were wounded."),
        (REPLY, "Four were wounded."),
    ]
    async with storage.read() as work:
        assert (await work.outbox.counts()).by_state["superseded"] == 1
