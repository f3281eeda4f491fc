"""Groups, forums and channels as the bot meets them."""

from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.demo.telegram import Group, Person, TelegramServer


@pytest.fixture
async def group(server: TelegramServer, ani: Person) -> Group:
    """A supergroup of Ani's with the bot in it; the bot has read that."""
    group = server.group("Norvale news", owner=ani)
    await group.add_bot()
    server.telegram.updates.clear()
    return group


async def test_the_bot_is_told_where_it_is_let_in(server: TelegramServer, client: Bot, ani: Person) -> None:
    """Being added comes as my_chat_member and, in groups, as a service message."""
    await server.group("Norvale news", owner=ani).add_bot()
    membership, service = await client.get_updates()
    assert membership.my_chat_member is not None
    assert membership.my_chat_member.old_chat_member.status == "left"
    assert membership.my_chat_member.new_chat_member.status == "member"
    assert service.message is not None
    assert [user.id for user in service.message.new_chat_members] == [server.bot.id]


@pytest.mark.parametrize(
    ("text", "heard"),
    [("/latest", True), ("/latest@sitrep_demo_bot", True), ("/latest@other_bot", False), ("good morning", False)],
)
async def test_privacy_mode_lets_through_what_is_meant_for_the_bot(
    client: Bot, ani: Person, group: Group, text: str, heard: bool
) -> None:
    """In a group the bot hears commands without a name or with its own, and no chatter."""
    await ani.send(text, to=group)
    assert bool(await client.get_updates()) is heard


async def test_what_is_said_where_the_bot_is_not_stays_there(server: TelegramServer, client: Bot, ani: Person) -> None:
    """A group without the bot, and a channel that it does not administer, tell it nothing."""
    group = server.group("Norvale", owner=ani)
    channel = server.group("Karst daily", owner=ani, kind="channel")
    await channel.add_bot()
    await client.get_updates(offset=-1)
    server.telegram.updates.clear()
    await ani.send("/latest", to=group)
    await channel.post("/latest")
    assert await client.get_updates() == ()


async def test_privacy_mode_holds_for_edits_too(client: Bot, ani: Person, group: Group) -> None:
    """What the bot could not hear it does not hear changed, unless it became a command."""
    said = await ani.send("good morning", to=group)
    await ani.edit(said, "good evening")
    assert await client.get_updates() == ()
    await ani.edit(said, "/latest")
    (update,) = await client.get_updates()
    assert update.edited_message is not None


async def test_replies_to_the_bot_are_heard(client: Bot, ani: Person, group: Group) -> None:
    """Privacy mode lets through what answers a message of the bot."""
    sent = await client.send_message(group.id, "alert")
    await ani.send("thank you", to=group, reply_to=group.raw.messages[sent.message_id])
    (update,) = await client.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None


async def test_an_administrator_hears_everything(client: Bot, ani: Person, group: Group) -> None:
    """Privacy mode ends where the bot administers."""
    await group.add_bot("administrator")
    await client.get_updates()
    await ani.send("good morning", to=group)
    assert (await client.get_updates())[-1].message is not None


async def test_rights_are_told_by_get_chat_member(
    server: TelegramServer, client: Bot, ani: Person, group: Group
) -> None:
    """The owner is creator, others what they were made, and strangers have left."""
    ben, cem = server.person("Ben"), server.person("Cem")
    await group.add(ben, "administrator")
    found = [(await client.get_chat_member(group.id, person.id)).status for person in (ani, ben, cem)]
    assert found == ["creator", "administrator", "left"]
    administrators = await client.get_chat_administrators(group.id)
    assert {member.user.id for member in administrators} == {ani.id, ben.id}


async def test_an_anonymous_administrator_speaks_as_the_group(client: Bot, ani: Person, group: Group) -> None:
    """The sender is Telegram's anonymous bot, and the group stands as the sender chat."""
    await group.make_anonymous(ani)
    await ani.send("/topics", to=group)
    (update,) = await client.get_updates()
    assert update.message is not None
    assert update.message.sender_chat is not None
    assert update.message.sender_chat.id == group.id
    assert update.message.from_user is not None
    assert update.message.from_user.username == "GroupAnonymousBot"


async def test_a_forum_has_topics_that_close_and_go(server: TelegramServer, client: Bot, ani: Person) -> None:
    """A message stands in its topic; a closed topic, a deleted one and General's own number are refused."""
    forum = server.group("Norvale forum", owner=ani, forum=True)
    await forum.add_bot()
    thread = await forum.open_thread("Alerts")
    sent = await client.send_message(forum.id, "in the topic", message_thread_id=thread.id)
    assert (sent.message_thread_id, sent.is_topic_message) == (thread.id, True)
    general = await client.send_message(forum.id, "in General")
    assert (general.message_thread_id, general.is_topic_message) == (None, None)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await client.send_message(forum.id, "x", message_thread_id=1)
    await forum.close_thread(thread)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await client.send_message(forum.id, "x", message_thread_id=thread.id)
    await forum.delete_thread(thread)
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await client.send_message(forum.id, "x", message_thread_id=thread.id)
    assert "in the topic" not in forum.transcript()


async def test_a_basic_group_moves_to_a_new_id(server: TelegramServer, client: Bot, ani: Person) -> None:
    """After the upgrade the old id is answered with the new one, and both chats say so."""
    old = server.group("Norvale", owner=ani, kind="group")
    await old.add_bot()
    await client.get_updates()
    new = await old.upgrade()
    with pytest.raises(ChatMigrated) as moved:
        await client.send_message(old.id, "x")
    assert moved.value.new_chat_id == new.id
    await client.send_message(new.id, "x")
    messages = [update.message for update in await client.get_updates() if update.message is not None]
    assert (messages[-2].migrate_to_chat_id, messages[-1].migrate_from_chat_id) == (new.id, old.id)


async def test_a_bot_that_was_thrown_out_is_told_so(client: Bot, group: Group) -> None:
    """Kicked, muted and deleted each have their own refusal."""
    await group.mute_members()
    with pytest.raises(BadRequest, match=r"(?i)not enough rights to send text messages to the chat"):
        await client.send_message(group.id, "x")
    await group.remove_bot()
    with pytest.raises(Forbidden, match=r"(?i)bot was kicked from the supergroup chat"):
        await client.send_message(group.id, "x")
    await group.add_bot()
    await client.leave_chat(group.id)
    with pytest.raises(Forbidden, match=r"(?i)bot is not a member of the supergroup chat"):
        await client.send_message(group.id, "x")


async def test_only_an_administrator_deletes_what_others_wrote(client: Bot, ani: Person, group: Group) -> None:
    """In a group the bot deletes its own messages, and those of others once it administers."""
    theirs = await ani.send("/latest", to=group)
    own = await client.send_message(group.id, "alert")
    await client.delete_message(group.id, own.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted"):
        await client.delete_message(group.id, theirs.id)
    await group.add_bot("administrator")
    await client.delete_message(group.id, theirs.id)
    assert group.messages[-1].id < theirs.id


async def test_a_deleted_group_is_gone(server: TelegramServer, client: Bot, ani: Person) -> None:
    """Nothing is sent to a basic group that was deleted."""
    group = server.group("Norvale", owner=ani, kind="group")
    await group.add_bot()
    await group.delete()
    with pytest.raises(Forbidden, match=r"(?i)the group chat was deleted"):
        await client.send_message(group.id, "x")


async def test_a_channel_takes_posts_from_administrators_only(server: TelegramServer, client: Bot, ani: Person) -> None:
    """In a channel the bot posts as the channel once it administers, and hears the posts of others."""
    channel = server.group("Karst daily", owner=ani, kind="channel")
    await channel.add_bot()
    with pytest.raises(BadRequest, match=r"(?i)need administrator rights in the channel chat"):
        await client.send_message(channel.id, "x")
    await channel.add_bot("administrator")
    sent = await client.send_message(channel.id, "alert")
    assert (sent.from_user, sent.sender_chat is not None) == (None, True)
    await client.edit_message_text("alert, corrected", channel.id, sent.message_id)
    await channel.post("by the owner")
    assert (await client.get_updates())[-1].channel_post is not None


async def test_who_is_outside_cannot_write_there(server: TelegramServer, group: Group) -> None:
    """A person writes only into groups that they are in."""
    with pytest.raises(ValueError, match="Ben is not in Norvale news"):
        await server.person("Ben").send("hi", to=group)
