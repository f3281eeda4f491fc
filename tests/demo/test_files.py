"""Photos and documents, sent and fetched."""

from __future__ import annotations

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.demo.telegram import Person, TelegramServer
from tests.demo.pictures import PICTURE, png


async def test_a_photo_has_its_size_and_its_caption(client: Bot, ani: Person) -> None:
    """The picture arrives with width, height and caption; its caption can be edited, and it has no text."""
    sent = await client.send_photo(ani.id, PICTURE, caption="Updates a day")
    assert [(photo.width, photo.height) for photo in sent.photo] == [(4, 3)]
    assert (sent.caption, sent.text) == ("Updates a day", None)
    await client.edit_message_caption(ani.id, sent.message_id, caption="Updates a day, by topic")
    assert ani.chat.transcript().endswith("(edited)\n(photo)\nUpdates a day, by topic")
    with pytest.raises(BadRequest, match=r"(?i)there is no text in the message to edit"):
        await client.edit_message_text("x", ani.id, sent.message_id)


async def test_a_photo_is_sent_again_by_its_id(client: Bot, ani: Person) -> None:
    """What Telegram has need not be sent twice; a document is no photo."""
    sent = await client.send_photo(ani.id, PICTURE)
    again = await client.send_photo(ani.id, sent.photo[0].file_id)
    assert again.photo == sent.photo
    document = await client.send_document(ani.id, b"x")
    assert document.document is not None
    with pytest.raises(BadRequest, match=r"(?i)wrong remote file identifier"):
        await client.send_photo(ani.id, document.document.file_id)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a", "image_process_failed"),
        (png(2000, 1), "photo_invalid_dimensions"),
        (png(1, 10_000), "photo_invalid_dimensions"),
        (b"", "file must be non-empty"),
    ],
)
async def test_pictures_that_telegram_refuses(client: Bot, ani: Person, content: bytes, words: str) -> None:
    """A photo must be a picture, and not a line."""
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await client.send_photo(ani.id, content)
    assert ani.chat.from_bot == []


async def test_a_caption_is_shorter_than_a_text(client: Bot, ani: Person) -> None:
    """1024 characters fit under a file."""
    await client.send_document(ani.id, b"x", caption="a" * 1024)
    with pytest.raises(BadRequest, match=r"(?i)message caption is too long"):
        await client.send_document(ani.id, b"x", caption="a" * 1025)


async def test_the_bot_fetches_what_a_person_sent(server: TelegramServer, ani: Person) -> None:
    """A document comes with its name; its content is fetched below the address for files."""
    root = server.base_url
    async with Bot(server.token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot") as client:
        await ani.send_file("feeds.opml", b"<opml/>", caption="/importfeeds")
        (update,) = await client.get_updates()
        assert update.message is not None
        assert update.message.document is not None
        assert (update.message.document.file_name, update.message.caption) == ("feeds.opml", "/importfeeds")
        file = await client.get_file(update.message.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"<opml/>"
        with pytest.raises(BadRequest, match=r"(?i)wrong file_id or the file is temporarily unavailable"):
            await client.get_file("nothing")
    assert ani.chat.transcript().endswith("› (document feeds.opml) /importfeeds")


async def test_a_file_stands_only_where_one_is_expected(server: TelegramServer, ani: Person) -> None:
    """A text cannot come as a file."""
    form = aiohttp.FormData({"chat_id": str(ani.id)})
    form.add_field("text", b"x", filename="text.txt")
    async with aiohttp.ClientSession() as http:
        answer = await http.post(f"{server.base_url}/bot{server.token}/sendMessage", data=form)
        assert (await answer.json())["description"] == 'Bad Request: parameter "text" can\'t be a file'
