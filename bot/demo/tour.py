"""The scripted tour: what subscribers and admins live through, played against the running bot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.demo.day import CORRECTION, MORNING, REFUGEES, SECOND_STRIKE, SHELLING, ZONE, morning_of
from bot.demo.news_site import NewsSite
from bot.demo.telegram import ChatMessage, Person, TelegramServer
from bot.demo.telegram.transcript import message_text

_RADIO_TIMES = {"first": 50, "second": 31, "third": 4}
"""Minutes ago at which the other source reported."""

WITHIN = 20.0
"""Seconds for one thing to happen; the tour fails rather than pretend."""

_RADIO_PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tarvin Radio, live</title></head>
<body><main><h1>Tarvin Radio, live</h1>
<p>{first} GMT: The mayor of Tarvin said that the schools of the town stay closed on Wednesday.</p>
<p>{second} GMT: According to the regional Red Cross, forty families have arrived from Karst and need blankets.</p>
<p>{third} GMT: Tarvin Radio heard several explosions in the direction of the power station.</p></main></body></html>"""

GOING_LIVE = """\
To go live:
1. Get a token from @BotFather on Telegram.
2. cp config.example.toml config.toml, put the token in, and say: sitrep check-config
3. sitrep run, then send the bot /claim with the code that it prints, and /addfeed with your first source.
"""


def publish_morning(site: NewsSite) -> None:
    """What stands on the page before the bot first reads it, at clock times of this day."""
    site.publish(*morning_of(datetime.now(ZoneInfo(ZONE))))


@dataclass(frozen=True, slots=True)
class Stage:
    """The loopback world that the tour is played in."""

    server: TelegramServer
    site: NewsSite
    say: Callable[[str], None]

    def act(self, title: str) -> None:
        """Begin a scene."""
        self.say(f"\n── {title} {'─' * max(3, 76 - len(title))}\n")

    def show(self, message: ChatMessage) -> None:
        """Print one message as its reader sees it."""
        self.say(message_text(message) + "\n")

    async def ask(self, person: Person, text: str, wanted: str = "") -> ChatMessage:
        """Let a person write, and print what they wrote and what they get."""
        sent = await person.send(text)
        self.show(sent)
        answer = await person.wait_for(wanted, after=sent, within=WITHIN)
        self.show(answer)
        return answer

    async def tap(self, person: Person, message: ChatMessage, button: str) -> None:
        """Let a person press a button, and print what the message becomes."""
        self.say(f"› [{button}]\n")
        before = message_text(message)
        await person.tap(message, button)
        await self.server.until(lambda: message_text(message) != before or None, within=WITHIN)
        self.show(message)


async def play(stage: Stage, code: str) -> None:
    """Play every scene; ``code`` is the one-time code that the bot printed at its start.

    Raises:
        TimeoutError: Something did not happen; the chat as it stands is in the message.
    """
    reader = stage.server.person("Ani", language="en")
    admin = stage.server.person("Vera", language="en")
    await stage.site.wait_for_requests(1, within=WITHIN)
    await _first_minute(stage, reader)
    await _alert(stage, reader)
    await _second_paragraph(stage, reader)
    await _correction(stage, reader)
    await _looking_back(stage, reader)
    await _admin(stage, admin, code)
    await _refusal(stage, reader)
    await _broken_feed(stage, admin)


async def _first_minute(stage: Stage, reader: Person) -> None:
    stage.act("The first minute: a link, and one tap")
    welcome = await stage.ask(reader, "/start t_civilian-shelling")
    await stage.tap(reader, welcome, "Only what endangers civilians")


async def _alert(stage: Stage, reader: Person) -> None:
    stage.act("The page grows by one paragraph: one alert")
    stage.site.publish(SHELLING.stamped(_clock()))
    stage.show(await reader.wait_for(SHELLING.heading or "", within=WITHIN))


async def _second_paragraph(stage: Stage, reader: Person) -> None:
    stage.act("It grows again: the new paragraph, once, and not the page again")
    stage.site.publish(SECOND_STRIKE.stamped(_clock()), REFUGEES.stamped(_clock()))
    stage.show(await reader.wait_for(SECOND_STRIKE.heading or "", within=WITHIN))
    await _two_reads(stage)
    alerts = [message for message in reader.chat.from_bot if "via Norvale Post" in message.text]
    stage.say(
        f"The page has {len(stage.site.paragraphs)} updates and was read {len(stage.site.requests)} times. "
        f"This chat got {len(alerts)} alerts: the {len(MORNING)} that were there before count as seen, and\n"
        f"“{REFUGEES.heading}” is for those who follow refugees.\n"
    )


async def _correction(stage: Stage, reader: Person) -> None:
    stage.act("The source corrects itself: so does the alert")
    stage.site.correct(*CORRECTION)
    reply = await reader.wait_for("Correction", within=WITHIN)
    alert = await reader.wait_for("CORRECTED", within=WITHIN)
    stage.show(alert)
    stage.show(reply)


async def _looking_back(stage: Stage, reader: Person) -> None:
    stage.act("Looking back")
    await stage.ask(reader, "/latest")
    await stage.ask(reader, "/search hospital")


async def _admin(stage: Stage, admin: Person, code: str) -> None:
    stage.act("An admin adds a source")
    await stage.ask(admin, f"/claim {code}")
    times = {name: f"{datetime.now(UTC) - timedelta(minutes=ago):%H:%M}" for name, ago in _RADIO_TIMES.items()}
    url = stage.site.serve("/radio", _RADIO_PAGE.format(**times).encode(), "text/html; charset=utf-8")
    preview = await stage.ask(admin, f"/addfeed {url}", "nothing is stored")
    await stage.tap(admin, preview, "Add, treat all as seen")


async def _refusal(stage: Stage, reader: Person) -> None:
    stage.act("Nobody else can")
    await stage.ask(reader, f"/addfeed {stage.site.feed_url}")


async def _broken_feed(stage: Stage, admin: Person) -> None:
    stage.act("A source breaks: it is named, tried again, and never dropped")
    stage.site.break_(503)
    await _two_reads(stage)
    await stage.ask(admin, "/feeds")
    stage.site.mend()


async def _two_reads(stage: Stage) -> None:
    """Until the page was asked for twice more: what was on it has been read, and what came of it stored."""
    path = urlsplit(stage.site.page_url).path
    asked = sum(request.path == path for request in stage.site.requests)
    await stage.site.wait_for_requests(asked + 2, path, within=WITHIN)


def _clock() -> time:
    """The wall clock of the outlet's zone."""
    return datetime.now(ZoneInfo(ZONE)).time()
