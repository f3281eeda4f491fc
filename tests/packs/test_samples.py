"""The real sample day, where the environment names its folder: who says it, and where."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.core.model import NewsUpdate
from bot.packs import Packs

FOLDER = os.environ.get("SITREP_SAMPLES")
pytestmark = pytest.mark.skipif(not FOLDER, reason="SITREP_SAMPLES names no folder of samples")

LEAD = {
    "8:55": "State Service of Emergency Situations",
    "9:20": "Artsakh Defense Ministry",
    "11": "Nikol Pashinyan",
    "12:12": "State Service of Emergency Situations",
    "12:32": "Nikol Pashinyan",
    "12:52": "Shushan Stepanyan",
    "3": "Artsrun Hovhannisyan",
    "4:20": "Ali Khamenei",
    "4:30": "Shushan Stepanyan",
    "4:42": "Artsakh Defense Army",
    "5": "Sergey Lavrov",
    "6:45": "Shushan Stepanyan",
    "6:55": "Arayik Harutyunyan",
    "9:35": "State Service of Emergency Situations",
    "9:25": "Artsakh Defense Army",
    "10": "Artsrun Hovhannisyan",
}
"""The clock of each timed update → its lead speaker."""


def updates() -> dict[str, NewsUpdate]:
    """The timed updates by their clock, as plain text."""
    text = (Path(FOLDER or "") / "evn-2020-11-03.txt").read_text("utf-8")
    parts = re.split(r"^(\d+(?::\d\d)?) [ap]\.m\.: +", text, flags=re.MULTILINE)
    return {clock: NewsUpdate(body, 0) for clock, body in zip(parts[1::2], parts[2::2], strict=True)}


def test_every_update_has_its_speaker(packs: Packs) -> None:
    """All sixteen timed updates name their lead speaker."""
    found = {clock: packs.attribution(news, language="en")[:1] for clock, news in updates().items()}
    assert found == {clock: (name,) for clock, name in LEAD.items()}


def test_its_places_are_found_and_no_others(packs: Packs) -> None:
    """Towns and villages of the day; no organisation, no person, no government."""
    text = (Path(FOLDER or "") / "evn-2020-11-03.txt").read_text("utf-8")
    names = {place.name for place in packs.places(NewsUpdate(text, 0))}
    assert {"Stepanakert", "Shushi", "Martuni", "Karvachar", "Taghavard"} <= names
    assert names <= {
        "Stepanakert", "Shushi", "Martuni", "Karvachar", "Taghavard", "Shekher", "Karmir Shuka", "Fizuli", "Artsakh"
    }  # fmt: skip
