"""CAP alerts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.model import Document
from bot.sources import UnreadableError, read_document

INFO = """<info><language>{language}</language><event>Air raid</event><headline>{headline}</headline>
<description>Sirens in Tarvin.
Go to the shelters.</description><instruction>Stay inside.</instruction>
<area><areaDesc>Tarvin</areaDesc></area><area><areaDesc>Karst</areaDesc></area><web>https://alerts.example/1</web></info>"""


def alert(
    identifier: str = "a1", kind: str = "Alert", more: str = "", status: str = "Actual", info: str | None = None
) -> str:
    """One alert."""
    inside = INFO.format(language="en-GB", headline="Air raid in Tarvin") if info is None else info
    return f"""<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{identifier}</identifier><sender>desk@alerts.example</sender>
    <sent>2020-11-03T08:55:00+04:00</sent><status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>{more}{inside}</alert>"""  # noqa: E501 - XML


def read(text: str, language: str | None = None) -> Document:
    """The document of an alerting service."""
    return read_document(f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode(), language=language)


def test_an_alert_is_one_item() -> None:
    """Headline, what happened, what to do and where, with the moment of sending."""
    document = read(alert())
    (entry,) = document.entries
    assert (document.format, document.language) == ("cap", "en-GB")
    assert (entry.key, entry.title, entry.url) == ("a1", "Air raid in Tarvin", "https://alerts.example/1")
    assert [block.text for block in entry.blocks] == [
        "Sirens in Tarvin.",
        "Go to the shelters.",
        "Stay inside.",
        "Tarvin, Karst",
    ]
    assert entry.published == datetime(2020, 11, 3, 4, 55, tzinfo=UTC)
    assert not entry.retracted
    assert not entry.exercise


@pytest.mark.parametrize(("kind", "retracted"), [("Update", False), ("Cancel", True)])
def test_an_update_takes_the_key_of_the_first_alert(kind: str, *, retracted: bool) -> None:
    """So it supersedes it; a cancelled alert is taken back."""
    references = "<references>d,a2,2020-11-03T07:00:00+04:00 d,a1,2020-11-03T06:00:00+04:00</references>"
    (entry,) = read(alert("a3", kind, references)).entries
    assert (entry.key, entry.retracted) == ("a1", retracted)


@pytest.mark.parametrize(("status", "exercise"), [("Actual", False), ("Exercise", True), ("Test", True)])
def test_exercises_are_marked(status: str, *, exercise: bool) -> None:
    """Whoever reads it must know that it is none of the real thing."""
    (entry,) = read(alert(status=status)).entries
    assert entry.exercise is exercise


@pytest.mark.parametrize(
    ("wanted", "title"), [(None, "Air raid"), ("uk", "Тривога"), ("uk-UA", "Тривога"), ("fr", "Air raid")]
)
def test_one_language_of_an_alert_is_read(wanted: str | None, title: str) -> None:
    """The feed's, else the first."""
    infos = INFO.format(language="en", headline="Air raid") + INFO.format(language="uk-UA", headline="Тривога")
    (entry,) = read(alert(info=infos), wanted).entries
    assert entry.title == title
    assert len(entry.blocks) == 4


def test_an_envelope_of_alerts_is_read() -> None:
    """Each alert is an item, prefixes and envelopes do not matter; messages between systems are none."""
    wrapped = f"<envelope>{alert('a1')}{alert('a2')}{alert('a3', 'Ack')}</envelope>"
    assert [entry.key for entry in read(wrapped).entries] == ["a1", "a2"]


def test_an_alert_that_is_cut_off_is_saved() -> None:
    """What came is read, and the damage named."""
    text = alert()
    document = read(text[: text.index("<instruction>") + 20])
    assert document.entries[0].title == "Air raid in Tarvin"
    assert document.damaged == "the XML is cut off or not well-formed"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///x">]>' + alert(info="<info>&x;</info>"), "document type"),
        (alert(kind="Ack"), "no alert to publish"),
    ],
)  # fmt: skip
def test_a_document_type_is_refused(text: str, reason: str) -> None:
    """No entity of an alert is ever resolved, inside or outside of it."""
    with pytest.raises(UnreadableError, match=reason):
        read(text)
