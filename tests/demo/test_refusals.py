"""What Telegram refuses of a message, in its own words."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from bot.demo.telegram import Person, TelegramServer

BOLD = {"type": "bold", "offset": 0, "length": 1}


@pytest.fixture
def wrong_calls() -> bool:
    """Here calls are wrong on purpose."""
    return True


async def send(server: TelegramServer, to: int, **parameters: Any) -> dict[str, Any]:
    """The whole answer to a ``sendMessage``."""
    async with aiohttp.ClientSession() as session:
        body = {"chat_id": to, "text": "text", **parameters}
        answer = await session.post(f"{server.base_url}/bot{server.token}/sendMessage", json=body)
        return dict(await answer.json())


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  around \n", "around"),
        ("tab\there", "tab here"),
        ("a\r\nb", "a\nb"),
        ("forged \u202egnp.exe", "forged gnp.exe"),
        ("a" * 4096, "a" * 4096),
        ("🏚" * 4096, "🏚" * 4096),
        (" " * 9 + "a" * 4096, "a" * 4096),
    ],
)
async def test_texts_are_stored_as_telegram_cleans_them(
    server: TelegramServer, ani: Person, text: str, stored: str
) -> None:
    """Control and direction characters go, the ends are trimmed, and 4096 characters count after that."""
    assert (await send(server, ani.id, text=text))["result"]["text"] == stored


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n ", "text must be non-empty"),
        ("\u202e\u202c", "text must be non-empty"),
        ("a" * 4097, "message is too long"),
        ("🏚" * 8192, "message is too long"),
        ("🏚" * 8193, "text is too long"),
        ("half \ud83d", "strings must be encoded in UTF-8"),
    ],
)
async def test_texts_that_telegram_refuses(server: TelegramServer, ani: Person, text: str, words: str) -> None:
    """A text must leave something to show, and fit."""
    answer = await send(server, ani.id, text=text)
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ({**BOLD, "type": "huge"}, "can't parse MessageEntity: Unsupported type specified"),
        ({**BOLD, "offset": -1}, "receive an entity with incorrect offset -1"),
        ({**BOLD, "length": "1"}, 'can\'t parse MessageEntity: field "length" must be of type Number'),
        ({**BOLD, "offset": 8}, "entity begins after the end of the text at UTF-16 offset 8"),
        (
            {**BOLD, "length": 8},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 8",
        ),
        (
            {**BOLD, "offset": 7},
            "entity beginning at UTF-16 offset 7 ends after the end of the text at UTF-16 offset 8",
        ),
        ({**BOLD, "offset": 1}, "entity begins in a middle of a UTF-16 symbol"),
        (BOLD, "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol"),
        (
            {**BOLD, "length": 2, "url": "x"},
            'can\'t parse MessageEntity: unknown field "url"',
        ),
        ({**BOLD, "length": 2, "type": "text_link"}, "can't parse MessageEntity: Can't find field \"url\""),
        ({**BOLD, "length": 2, "type": "date_time"}, "can't parse MessageEntity: Can't find field \"unix_time\""),
        (
            {"type": "date_time", "offset": 0, "length": 2, "unix_time": 1, "date_time_format": "x"},
            "can't parse MessageEntity: Invalid date-time format specified",
        ),
        (7, "can't parse MessageEntity: expected an Object"),
    ],
)
async def test_entities_that_telegram_refuses(server: TelegramServer, ani: Person, entity: Any, words: str) -> None:
    """An entity needs a known type, its own fields, and borders on characters inside the text."""
    answer = await send(server, ani.id, text="🏚 home", entities=[entity])
    assert answer["description"] == f"Bad Request: {words}"


async def test_entities_move_with_the_text_that_goes(server: TelegramServer, ani: Person) -> None:
    """What is cleaned away before and inside an entity moves and shortens it; white space at the end is cut off it."""
    entities = [{"type": "bold", "offset": 3, "length": 6}]
    result = (await send(server, ani.id, text="\u202e🏚b\u202eo\u202el\u202ed", entities=entities))["result"]
    assert (result["text"], result["entities"]) == ("🏚bold", [{"type": "bold", "offset": 2, "length": 3}])
    trimmed = (await send(server, ani.id, text="  x y \n", entities=[{**BOLD, "offset": 4, "length": 3}]))["result"]
    assert (trimmed["text"], trimmed["entities"]) == ("x y", [{"type": "bold", "offset": 2, "length": 1}])


@pytest.mark.parametrize("entity", [{"type": "hashtag", "offset": 0, "length": 5}, {**BOLD, "length": 0}])
async def test_entities_that_telegram_leaves_out(server: TelegramServer, ani: Person, entity: Any) -> None:
    """Telegram finds hashtags and the like itself, and an empty entity is none: both are taken and not kept."""
    assert "entities" not in (await send(server, ani.id, text="#news", entities=[entity]))["result"]


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"text": " ", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
        ({"text": "x", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "x", "url": "tg://user"}, "can't parse inline keyboard button: two actions"),
        ({"text": "x", "colour": "x"}, 'can\'t parse inline keyboard button: unknown field "colour"'),
        ({"text": "x", "url": "ftp://a.example"}, "'ftp://a.example' is invalid: Unsupported URL protocol"),
        ({"text": "x", "url": "http://localhost/"}, "'http://localhost/' is invalid: Wrong HTTP URL"),
        ({"text": "x", "url": "http://[::"}, "'http://[::' is invalid: Wrong HTTP URL"),
        ({"text": 7, "callback_data": "x"}, 'field "text" must be of type String'),
        (7, "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
    ],
)
async def test_buttons_that_telegram_refuses(server: TelegramServer, ani: Person, button: Any, words: str) -> None:
    """A button needs a label and one action: 1 to 64 bytes of data, or an address that Telegram would open."""
    answer = await send(server, ani.id, reply_markup={"inline_keyboard": [[button]]})
    assert answer["description"].endswith(words)


@pytest.mark.parametrize(
    "rows",
    [
        [[{"text": "x", "callback_data": "x" * 64}]],
        [[{"text": "x", "callback_data": "я" * 32}, {"text": "y", "url": "https://norvale.example/a?b=1"}]],
        [[{"text": "x", "url": "tg://user?id=1"}], [{"text": "y", "url": "http://[2606:4700::1]/"}]],
        [[{"text": str(number), "callback_data": "x"} for number in range(10)]] * 10,
    ],
)
async def test_keyboards_come_back_as_they_were_sent(server: TelegramServer, ani: Person, rows: Any) -> None:
    """The largest data, the most buttons, and every kind of address that Telegram opens."""
    answer = await send(server, ani.id, reply_markup={"inline_keyboard": rows})
    assert answer["result"]["reply_markup"] == {"inline_keyboard": rows}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"reply_markup": {"inline_keyboard": [{"text": "x", "url": "a.b"}]}}, "must be an Array of Arrays"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "url": "a.b"}] * 101]}}, "reply markup is too long"),
        ({"reply_markup": {"keyboard": [["x"]]}}, "only InlineKeyboardMarkup is known here"),
        ({"reply_markup": []}, "object expected as reply_markup"),
        ({"reply_markup": "nonsense"}, 'parameter "reply_markup" can\'t be parsed'),
        ({"entities": {}}, "array expected as entities"),
        ({"reply_parameters": {}, "text": " "}, "text must be non-empty"),
        ({"reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
        (
            {"reply_parameters": {"message_id": "1"}},
            'can\'t parse ReplyParameters: field "message_id" must be of type Number',
        ),
        ({"reply_parameters": {"message_id": 1, "x": 1}}, 'can\'t parse ReplyParameters: unknown field "x"'),
        ({"link_preview_options": {"x": 1}}, 'can\'t parse LinkPreviewOptions: unknown field "x"'),
        ({"link_preview_options": {"is_disabled": 1}}, 'field "is_disabled" must be of type Boolean'),
        ({"disable_notification": "maybe"}, 'parameter "disable_notification" can\'t be parsed'),
        ({"chat_id": "four"}, 'parameter "chat_id" can\'t be parsed'),
        ({"chat_id": 4}, "chat not found"),
        ({"chat_id": "@nowhere"}, "chat not found"),
        ({"text": ""}, "message text is empty"),
        ({"text": None}, 'parameter "text" is required'),
        ({"chat_id": ""}, 'parameter "chat_id" can\'t be parsed'),
        ({"message_thread_id": 99}, "message thread not found"),
    ],
)
async def test_calls_that_telegram_refuses(
    server: TelegramServer, ani: Person, parameters: dict[str, Any], words: str
) -> None:
    """A parameter of another form is refused with words that name it, and nothing is sent."""
    answer = await send(server, ani.id, **parameters)
    assert answer["error_code"] == 400
    assert answer["description"].endswith(words)
    assert ani.chat.from_bot == []


async def test_a_body_that_is_no_json_is_refused(server: TelegramServer) -> None:
    """A broken body is a bad request, not a broken server."""
    async with aiohttp.ClientSession() as session:
        for body in ("{", json.dumps([1])):
            answer = await session.post(
                f"{server.base_url}/bot{server.token}/getMe", data=body, headers={"Content-Type": "application/json"}
            )
            assert (await answer.json())["description"] == "Bad Request: can't parse JSON object"


async def test_what_is_two_days_old_cannot_be_deleted() -> None:
    """A message can be deleted for everybody within 48 hours."""
    now = 1_000_000.0
    async with TelegramServer(clock=lambda: now) as server:
        ani = server.person("Ani")
        await ani.send("/start")
        ids = [(await send(server, ani.id))["result"]["message_id"] for _ in range(2)]
        url = f"{server.base_url}/bot{server.token}/deleteMessage"
        async with aiohttp.ClientSession() as session:
            now += 48 * 3600
            first = await (await session.post(url, json={"chat_id": ani.id, "message_id": ids[0]})).json()
            now += 1
            second = await (await session.post(url, json={"chat_id": ani.id, "message_id": ids[1]})).json()
    assert first["ok"]
    assert second["description"] == "Bad Request: message can't be deleted for everyone"
