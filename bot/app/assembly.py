"""Builds everything and owns every lifetime."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from bot.chat.application import ChatApplication
from bot.chat.callbacks import alert_code, mute_code
from bot.chat.calls import Services
from bot.chat.gateway import TelegramGateway
from bot.chat.request import AiohttpRequest
from bot.chat.sightings import HighestIds
from bot.clock import SystemClock
from bot.config import Config
from bot.core.archive import FeedSettings, StoredNews
from bot.core.errors import ConfigError
from bot.i18n import load_words, phrases
from bot.net.fetcher import HttpFetcher
from bot.packs import Packs, load_packs
from bot.packs.place_names import PlaceNames
from bot.reading.pool import ReadingPool
from bot.scheduling.supervisor import Supervisor
from bot.services.admins import Admins
from bot.services.blackouts import Blackouts
from bot.services.browse import Browse
from bot.services.day_pages import BesideStorage, DayPages
from bot.services.deliver import Deliver, DeliverySettings, Dialect, Dialects
from bot.services.feed_care import FeedCare
from bot.services.feed_trials import DryRunner, FeedTrials
from bot.services.feeds import FeedsService
from bot.services.habits import HabitsService
from bot.services.inbox import AppliedOnce, Inbox
from bot.services.ingest import Ingest
from bot.services.ports.fetching import SitePause
from bot.services.ports.storage import Storage
from bot.services.subscriptions import Subscriptions
from bot.storage import open_storage

_SEEDED = "feeds_seeded"
"""The setting that says that the file's feeds are in the database, which is the truth from then on."""


@dataclass(frozen=True, slots=True)
class Sitrep:
    """The program, built and not yet running."""

    chat: ChatApplication
    deliver: Deliver
    supervisor: Supervisor
    admins: Admins
    blackouts: Blackouts


def seeds(config: Config) -> list[FeedSettings]:
    """The feeds of the file, as the database is seeded with them at the first start."""
    return [FeedSettings(**feed.model_dump()) for feed in config.feeds]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What everything else stands on."""

    config: Config
    clock: SystemClock
    tagger: Packs
    storage: AppliedOnce
    fetcher: HttpFetcher
    reader: ReadingPool


@asynccontextmanager
async def assembled(config: Config) -> AsyncIterator[Sitrep]:
    """Build the program and own what it is made of; leaving closes everything in reverse order.

    Raises:
        ConfigError: There is no token.
        StorageError: The database cannot be used.
        PackError: A topic pack is wrong.
    """
    _token(config)  # before anything is opened or made
    async with _ground(config) as ground:
        admins = Admins(ground.storage, ground.clock, owner_ids=config.admin.owner_ids)
        sightings = HighestIds()
        # What people ask for reaches into sending and reading, which are made of the chat's bot: hence two lambdas.
        services = _services(
            ground,
            admins,
            dry_run=lambda feed: ingest.dry_run(feed),  # noqa: PLW0108 - made below
            on_habits=lambda: deliver.wake(),  # noqa: PLW0108 - made below
        )
        chat = _chat(
            config,
            services,
            Inbox(ground.storage, ground.clock),
            ground.clock,
            on_message=lambda: deliver.pass_by(),  # noqa: PLW0108 - made below
            sightings=sightings,
        )
        dialects = _dialects(ground.tagger, config.bot.language)
        deliver = _deliver(ground, chat, sightings, dialects)
        ingest, days = _reading(ground, chat, deliver)
        blackouts = Blackouts(
            ground.storage,
            TelegramGateway(chat.bot),
            ground.clock,
            phrases=lambda language: dialects(language).phrases,
            zone=config.bot.timezone,
            after=config.alerts.blackout_after,
        )
        yield Sitrep(chat, deliver, Supervisor(ground.storage, days, ground.clock), admins, blackouts)


@asynccontextmanager
async def _ground(config: Config) -> AsyncIterator[_Ground]:
    clock = SystemClock()
    tagger = load_packs(config.packs.directory, config.packs.optional)
    async with AsyncExitStack() as stack:
        storage = AppliedOnce(await stack.enter_async_context(open_storage(config.storage.address)))
        await _seed(storage, config, clock)
        fetcher = await stack.enter_async_context(_fetcher(config, clock))
        await _leave_alone(fetcher, storage, clock)
        reader = await stack.enter_async_context(ReadingPool())
        yield _Ground(config, clock, tagger, storage, fetcher, reader)


def _services(ground: _Ground, admins: Admins, *, dry_run: DryRunner, on_habits: Callable[[], None]) -> Services:
    """What people may ask for."""
    config, storage, clock, tagger = ground.config, ground.storage, ground.clock, ground.tagger
    zone, blackout_after = config.bot.timezone, config.alerts.blackout_after
    return Services(
        subscriptions=Subscriptions(storage, tagger, clock),
        browse=Browse(storage, clock, tagger, zone=ZoneInfo(zone), blackout_after=blackout_after),
        feeds=FeedsService(storage, ground.fetcher, ground.reader, tagger, clock),
        care=FeedCare(storage, clock, pace=config.poll.pace),
        trials=FeedTrials(storage, clock, dry_run),
        admins=admins,
        habits=HabitsService(storage, clock, zone=zone, on_changed=on_habits),
        topics_in=tagger.topics_in,
        places_in=partial(PlaceNames, tagger),
    )


def _deliver(ground: _Ground, chat: ChatApplication, sightings: HighestIds, dialects: Dialects) -> Deliver:
    return Deliver(
        ground.storage,
        TelegramGateway(chat.bot, sightings),
        ground.clock,
        dialects=dialects,
        why_data=_why_data,
        mute_data=_mute_data,
        jitter=random.random,
        settings=_delivery(ground.config),
        on_stopped=chat.tell_stopped,
    )


def _reading(ground: _Ground, chat: ChatApplication, deliver: Deliver) -> tuple[Ingest, DayPages]:
    """What reads a feed, and what reads one that has a page per day."""
    made = partial(
        Ingest,
        fetcher=ground.fetcher,
        reader=ground.reader,
        tagger=ground.tagger,
        clock=ground.clock,
        pace=ground.config.poll.pace,
        jitter=random.random,
        on_enqueued=deliver.wake,
    )
    ingest = made(ground.storage, on_held=chat.tell_held, on_notice=chat.tell_of_feed)
    days = DayPages(
        ground.storage,
        ground.fetcher,
        ground.reader,
        ground.clock,
        ingest=ingest,
        beside=made(BesideStorage(ground.storage)),
        tell=chat.tell_of_feed,
    )
    return ingest, days


def _delivery(config: Config) -> DeliverySettings:
    return DeliverySettings(
        rate=config.telegram.rate,
        settle=config.delivery.settle,
        hold_doubts=config.delivery.in_doubt == "hold",
        zone=config.bot.timezone,
    )


def _fetcher(config: Config, clock: SystemClock) -> HttpFetcher:
    return HttpFetcher(
        clock=clock,
        contact=config.net.contact,
        allow_private_addresses=config.net.allow_private_addresses,
        proxy=config.net.proxy,
    )


async def _leave_alone(fetcher: HttpFetcher, storage: Storage, clock: SystemClock) -> None:
    """Sites that asked for a pause before the program was started anew still have it."""
    now = clock.now()
    async with storage.read() as work:
        paused = await work.sites.paused(now)
    for site, until in paused.items():
        fetcher.leave_alone(SitePause(site, until - now))


def _chat(
    config: Config,
    services: Services,
    inbox: Inbox,
    clock: SystemClock,
    *,
    on_message: Callable[[], None],
    sightings: HighestIds,
) -> ChatApplication:
    return ChatApplication(
        services,
        inbox,
        clock,
        token=_token(config),
        base_url=config.telegram.base_url,
        language=config.bot.language,
        request=AiohttpRequest(proxy=config.telegram.proxy),
        polling_request=AiohttpRequest(connections=2, proxy=config.telegram.proxy),
        on_message=on_message,
        sightings=sightings,
    )


async def _seed(storage: Storage, config: Config, clock: SystemClock) -> None:
    async with storage.write() as work:
        if await work.admins.get_value(_SEEDED) is not None:
            return
        for settings in seeds(config):
            await work.feeds.add(settings, at=clock.now())
        await work.admins.set_value(_SEEDED, clock.now().isoformat())


def _token(config: Config) -> str:
    if config.telegram.token is None:
        raise ConfigError(
            "telegram.token is missing: put the token from @BotFather under [telegram] in config.toml, or into "
            "SITREP_TELEGRAM__TOKEN. To try Sitrep without one: sitrep demo"
        )
    return config.telegram.token.get_secret_value()


def _dialects(packs: Packs, default: str) -> Dialects:
    """What alerts say of their own, for each chat's language, and in ``default`` where a chat has told none."""
    catalogues = load_words()
    known = {
        w.language: Dialect.of(
            packs.topics_in(w.language), phrases(w), places=PlaceNames(packs, w.language), language=w.language
        )
        for w in catalogues
    }
    return lambda language: known[catalogues.choose(language or default).language]


def _why_data(stored: StoredNews) -> str:
    return alert_code(stored.id)


def _mute_data(stored: StoredNews) -> str:
    return mute_code(stored.id)
