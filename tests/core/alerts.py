"""Updates to be rendered, and how to look at what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.core.archive import StoredNews
from bot.core.message import Entity, Message
from bot.core.model import NewsState, NewsUpdate, Tag
from bot.core.render import Frame

LABELS = {"civilian-shelling": "Shelling", "diplomacy": "Diplomacy"}
PLACES = {"tarvin": "Tarvin", "velm": "Velm", "karst": "Karst", "old-karst": "Old Karst"}
FRAME = Frame(labels=LABELS, hashtags={"civilian-shelling": "#shelling"}, why_data="w1:7", places=PLACES)
PUBLISHED = datetime(2024, 11, 3, 17, 35, tzinfo=UTC)
ONE = "In Karst one civilian has been wounded. Two houses burned."
TWO = "In Karst two civilians have been wounded. Two houses burned."


def a_stored(text: str = ONE, heading: str | None = "Karst Hit Again", **changed: Any) -> StoredNews:
    """A timed shelling update of 3 November, as first read a minute later."""
    news = NewsUpdate(
        text=text,
        position=0,
        heading=heading,
        local_date=date(2024, 11, 3),
        local_time=time(21, 35),
        zone="Asia/Yerevan",
        published_at=PUBLISHED,
        url="https://norvale.example/day#p7",
    )
    news = replace(news, **{key: changed.pop(key) for key in list(changed) if hasattr(news, key)})
    stored = StoredNews(
        id=7,
        feed_id=1,
        feed_title="Norvale Post",
        news=news,
        revision=1,
        state=NewsState.CURRENT,
        first_seen_at=PUBLISHED + timedelta(minutes=1),
        tags=(Tag("civilian-shelling"),),
        attribution=("Karst Emergency Service",),
    )
    return replace(stored, **changed)


def covered(message: Message, entity: Entity) -> str:
    """The words that an entity formats, read as a client does: in UTF-16 code units."""
    units = message.text.encode("utf-16-le", "surrogatepass")
    return units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")


NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("🇦🇲👍🏽\u200d\u0301\u202e\u2066\u2060 \n.!?։。@/#:abcԱբقصف"),
    ),
    max_size=6_000,
)
"""Text that a hostile feed may have."""

VERY_NASTY = st.builds(lambda text, times: (text * times)[:20_000], NASTY, st.integers(1, 20))
"""The same, up to 20 kB."""
