"""What entries attach."""

from __future__ import annotations

import json

import pytest

from bot.core.model import Media
from bot.sources import read_document

SITE = "https://norvale.example"
PICTURE = Media(f"{SITE}/1.jpg", "image/jpeg")


def rss(inside: str) -> tuple[Media, ...]:
    """The media of an RSS item."""
    feed = (
        "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><title>x</title>"
        f"<item><title>Talks</title><link>{SITE}/day/</link>{inside}</item></channel></rss>"
    )
    return read_document(feed.encode(), url=f"{SITE}/feed").entries[0].media


@pytest.mark.parametrize(
    ("inside", "media"),
    [
        (f"<enclosure url='{SITE}/1.jpg' type='image/jpeg' length='9'/>", (PICTURE,)),
        (f"<media:content url='{SITE}/1.jpg' type='IMAGE/JPEG; q=1'/>", (PICTURE,)),
        (f"<media:thumbnail url='{SITE}/2.png'/>", (Media(f"{SITE}/2.png"),)),
        ("<enclosure url='3.mp3' type='audio/mpeg'/>", (Media(f"{SITE}/day/3.mp3", "audio/mpeg"),)),
        (f"<enclosure url='{SITE}/1.jpg' type='image/jpeg'/><media:content url='{SITE}/1.jpg'/>", (PICTURE,)),
        ("<enclosure url='javascript:x()' type='text/html'/>", ()),
        ("<enclosure url='file:///etc/passwd'/>", ()),
        ("<enclosure type='image/jpeg'/>", ()),
        (f"<enclosure url='{SITE}/4' type='not a type'/>", (Media(f"{SITE}/4"),)),
        ("", ()),
    ],
)
def test_enclosures_and_media_rss_are_kept(inside: str, media: tuple[Media, ...]) -> None:
    """Absolute, each once, http or https only; a type that is none is left out."""
    assert rss(inside) == media


def test_atom_enclosures_are_kept() -> None:
    """``<link rel=enclosure>`` (RFC 4287 §4.2.7.2)."""
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><id>1</id><title>Talks</title>"
        f"<link href='{SITE}/1'/><link rel='enclosure' type='image/jpeg' href='{SITE}/1.jpg'/></entry></feed>"
    )
    assert read_document(feed.encode()).entries[0].media == (PICTURE,)


@pytest.mark.parametrize(
    ("stated", "media"),
    [
        ({"attachments": [{"url": f"{SITE}/1.jpg", "mime_type": "image/jpeg"}]}, (PICTURE,)),
        ({"image": f"{SITE}/2.png"}, (Media(f"{SITE}/2.png"),)),
        ({"attachments": "none", "image": 7}, ()),
        ({"attachments": ["x", {"mime_type": "image/jpeg"}]}, ()),
    ],
)
def test_attachments_of_json_feeds_are_kept(stated: dict[str, object], media: tuple[Media, ...]) -> None:
    """With the picture after them; whatever else stands there is no media."""
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "Talks"} | stated]}
    assert read_document(json.dumps(feed).encode()).entries[0].media == media


def test_no_more_than_a_handful_is_kept() -> None:
    """However many there are."""
    assert len(rss("".join(f"<enclosure url='{SITE}/{number}'/>" for number in range(500)))) == 8
