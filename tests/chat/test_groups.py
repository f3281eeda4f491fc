"""Groups: their admins decide, threads choose for themselves, forged and stale buttons do nothing."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.callbacks import SetTopic, encode
from bot.core.archive import ChatKind, ChatState
from bot.core.model import TopicMode
from bot.demo.telegram import Group, Person
from bot.demo.telegram.incoming import announce_message
from bot.demo.telegram.people import _found_entities
from bot.demo.telegram.text import FormattedText
from bot.services.subscriptions import ChatThread, Choices
from tests.chat.conftest import Deployment, fetched, labels, running
from tests.chat.test_reports import a_day

LOUD = TopicMode.LOUD
ADMINS_ONLY = "Only admins of this group can change what it gets."


async def choices(sitrep: Deployment, group: Group, thread_id: int | None = None) -> Choices:
    """What the archive holds for a group, or one thread of it."""
    return await sitrep.services.subscriptions.choices(ChatThread(group.id, ChatKind.GROUP, thread_id))


async def test_a_group_is_set_up_by_its_admins_from_the_first_line(sitrep: Deployment, ani: Person) -> None:
    """Let in, the bot says one line; an admin's tap on Set up shows the topics and the next one takes effect."""
    group = await sitrep.group(owner=ani)
    invitation = group.last
    assert labels(invitation) == ["Set up"]
    await ani.tap(invitation, "Set up")
    await group.wait_for("Your topics")
    await ani.tap(invitation, "Off · Casualties")
    assert (await choices(sitrep, group)).modes == {"casualties": LOUD}


async def test_members_change_nothing_by_command_or_button(sitrep: Deployment, ani: Person) -> None:
    """Whoever is no admin of the group is told so in one line, whatever way they try."""
    group = await sitrep.group(owner=ani)
    bero = sitrep.server.person("Bero")
    await group.add(bero)
    for command in ("/start t_casualties", "/topics", "/stop"):
        assert ADMINS_ONLY in (await bero.ask(command, to=group)).text
    for data in ("1k:1", "1p", encode(SetTopic("casualties", LOUD, 1))):
        assert ADMINS_ONLY in ((await bero.call_back(group.from_bot[0], data)).text or "")
    assert (await choices(sitrep, group)).state is None


async def test_members_read_the_archive(sitrep: Deployment, ani: Person) -> None:
    """/latest, /search and /help are everybody's, answered to whoever asked."""
    group = await sitrep.group(owner=ani)
    bero = sitrep.server.person("Bero")
    await group.add(bero)
    sent = await bero.send("/latest", to=group)
    reply = await group.wait_for("Latest reports")
    assert reply.reply_to == sent
    assert "/topics" not in (await bero.ask("/help", to=group)).text
    assert "/topics" in (await ani.ask("/help", to=group)).text


async def test_only_the_asker_turns_the_pages(sitrep: Deployment, ani: Person) -> None:
    """A list that somebody reads is not turned under their eyes by another member, admin or not."""
    await sitrep.archive(await sitrep.add_feed(), a_day())
    group = await sitrep.group(owner=ani)
    bero = sitrep.server.person("Bero")
    await group.add(bero)
    listed = await bero.ask("/latest", to=group)
    for button in ("Older ▶", "1"):
        assert "Only whoever asked" in ((await ani.tap(listed, button)).text or "")
    await bero.tap(listed, "Older ▶")
    await group.wait_for(lambda m: m.id == listed.id and "◀ Newer" in labels(m))


async def test_a_thread_gets_one_list_in_half_a_minute(sitrep: Deployment, ani: Person) -> None:
    """Several members asking at once get one answer, and another thread its own."""
    group = await sitrep.group(owner=ani, forum=True)
    thread = await group.open_thread("Alerts")
    await ani.send("/latest", to=group)
    await ani.send("/latest", to=group)
    await ani.send("/search Tarvin", to=group)
    await ani.send("/latest", to=group, thread=thread)
    await group.wait_for(lambda m: m.thread_id == thread.id)
    assert len([m for m in group.from_bot if m.text.startswith("Latest")]) == 2
    sitrep.clock.moment += timedelta(seconds=31)
    await ani.send("/latest", to=group)
    await group.wait_for_count(3, "Latest")


async def test_talk_of_people_is_no_flood(sitrep: Deployment, ani: Person) -> None:
    """However much a member writes to the others, their command is answered."""
    group = await sitrep.group(owner=ani)
    for number in range(60):
        await ani.send(f"Message {number}", to=group)
    assert "Latest" in (await ani.ask("/latest", to=group)).text


async def test_rights_are_asked_anew_at_every_tap(sitrep: Deployment, ani: Person) -> None:
    """An admin who no longer is one cannot go on with the keyboard that they opened."""
    group = await sitrep.group(owner=ani)
    bero = sitrep.server.person("Bero")
    await group.add(bero, "administrator")
    keyboard = await bero.ask("/topics", to=group)
    await group.add(bero, "member")
    assert ADMINS_ONLY in ((await bero.tap(keyboard, "Off · Casualties")).text or "")
    assert (await choices(sitrep, group)).modes == {}


async def test_an_anonymous_admin_is_an_admin(sitrep: Deployment, ani: Person) -> None:
    """Who writes in the group's own name is one of its admins; there is no user to ask Telegram about."""
    group = await sitrep.group(owner=ani)
    bero = sitrep.server.person("Bero")
    await group.add(bero, "administrator")
    await group.make_anonymous(bero)
    await bero.send("/start t_casualties", to=group)
    await group.wait_for("You get: Casualties")
    assert (await choices(sitrep, group)).modes == {"casualties": LOUD}


async def test_an_anonymous_admin_is_no_admin_of_the_bot(sitrep: Deployment, ani: Person) -> None:
    """A group's name gives rights in that group only."""
    group = await sitrep.group(owner=ani)
    await group.make_anonymous(ani)
    assert "for the admins of this bot" in (await ani.ask("/feeds", to=group)).text


async def test_whoever_writes_in_another_chats_name_is_no_admin(sitrep: Deployment, ani: Person) -> None:
    """A member may write as a channel of theirs: that is not the group's own name and gives no rights."""
    group = await sitrep.group(owner=ani)
    channel = sitrep.server.group("Somebody's channel", owner=ani, kind="channel")
    message = group._world.post(group.raw, FormattedText("/stop", _found_entities("/stop")), ani.user)
    message.sender_chat = channel.raw
    announce_message(group._telegram, message)
    assert ADMINS_ONLY in (await group.wait_for(after=message)).text


async def test_a_thread_of_a_forum_chooses_for_itself(sitrep: Deployment, ani: Person) -> None:
    """What is chosen in a topic of a forum goes to that topic; General is the group without a thread."""
    group = await sitrep.group(owner=ani, forum=True)
    thread = await group.open_thread("Alerts")
    await ani.send("/start t_casualties", to=group, thread=thread)
    reply = await group.wait_for("You get: Casualties")
    assert reply.thread_id == thread.id
    assert (await choices(sitrep, group, thread.id)).modes == {"casualties": LOUD}
    assert (await choices(sitrep, group)).modes == {}


async def test_a_thread_of_replies_is_no_thread(sitrep: Deployment, ani: Person) -> None:
    """A reply in an ordinary group carries a thread id too, without being in a topic, and means the group itself."""
    group = await sitrep.group(owner=ani)
    text = "/start t_casualties"
    message = group._world.post(group.raw, FormattedText(text, _found_entities(text)), ani.user)
    message.extra = {"message_thread_id": group.last.id}
    announce_message(group._telegram, message)
    await group.wait_for("You get: Casualties")
    assert (await choices(sitrep, group)).modes == {"casualties": LOUD}


async def test_talk_among_people_is_left_alone(sitrep: Deployment, ani: Person) -> None:
    """The bot answers in a group only to its own commands."""
    group = await sitrep.group(owner=ani)
    before = len(group.from_bot)
    await ani.send("Good morning", to=group)
    await ani.send("/weather", to=group)
    await ani.send("/latest@another_bot", to=group)
    await ani.ask("/latest@sitrep_demo_bot", to=group)
    assert len(group.from_bot) == before + 1


async def test_a_group_moves_along_with_its_new_id(stopped: Deployment) -> None:
    """Made a supergroup, the group keeps what it chose."""
    ani = stopped.server.person("Ani")
    async with running(stopped):
        group = stopped.server.group("Karst neighbours", owner=ani, kind="group")
        await group.add_bot()
        await ani.send("/start t_casualties", to=group)
        await group.wait_for("You get: Casualties")
        upgraded = await group.upgrade()
        await fetched(stopped.server)
    assert (await choices(stopped, upgraded)).modes == {"casualties": LOUD}


async def test_being_thrown_out_ends_alerts_and_coming_back_resumes_them(stopped: Deployment) -> None:
    """A group without the bot is gone; let in again, it has what it had."""
    ani = stopped.server.person("Ani")
    async with running(stopped):
        group = await stopped.group(owner=ani)
        await ani.send("/start t_casualties", to=group)
        await group.wait_for("You get: Casualties")
        await group.remove_bot()
        await fetched(stopped.server)
    assert (await choices(stopped, group)).state is ChatState.GONE
    async with running(stopped):
        await group.add_bot()
        await fetched(stopped.server)
    assert (await choices(stopped, group)).state is ChatState.ACTIVE
