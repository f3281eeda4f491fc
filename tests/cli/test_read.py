"""``sitrep read`` shows what the bot would make of a source, for people and for programs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.core.errors import SourceError

PAGE = """\
may 4 update

The port of Tarvin was shelled again this morning, the harbour master said.
Here is a chronology of the day.

8:05 a.m.: According to the Karst Harbour Office, two shells fell beside the grain silos. Nobody was hurt.

A second salvo followed ten minutes later.

Mayor Orlan Opens the Shelters

11 a.m.: Mayor Ilse Orlan said that every school cellar is open as a shelter from today.

9:40 p.m.: The Karst Harbour Office said that the harbour is closed until further notice.

All rights reserved by the Norvale Post
"""

KEYS = [
    "date",
    "time",
    "published_at",
    "date_from",
    "heading",
    "text",
    "attribution",
    "topics",
    "places",
    "level",
    "service",
    "url",
]


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A page that was saved as text."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    """What the command does; an error that people can act on is raised."""
    return CliRunner().invoke(app, ["read", *arguments], catch_exceptions=False)


def objects(*arguments: str) -> list[dict[str, Any]]:
    """The printed JSON objects, one a line."""
    return [json.loads(line) for line in run(*arguments, "--json").stdout.splitlines()]


def test_each_update_is_one_object_in_page_order(page: str) -> None:
    """Every update has all keys in their order; times are the page's own, with its offset beside them."""
    updates = objects(page, "--timezone", "Asia/Tbilisi", "--date", "2021-05-04")
    assert [list(update) for update in updates] == [KEYS] * 3
    assert [update["time"] for update in updates] == ["08:05", "11:00", "21:40"]
    assert {update["date"] for update in updates} == {"2021-05-04"}
    assert updates[0]["published_at"] == "2021-05-04T08:05:00+04:00"
    assert updates[0]["text"].endswith("Nobody was hurt.\n\nA second salvo followed ten minutes later.")
    assert updates[1]["heading"] == "Mayor Orlan Opens the Shelters"
    assert updates[0]["attribution"] == ["Karst Harbour Office"]


def test_what_is_left_out_shows_only_on_request(page: str) -> None:
    """Intro and footer stand in the output with their reasons after --all, and not at all without it."""
    plain = run(page, "--date", "2021-05-04", "--json").stdout
    assert "All rights" not in plain
    assert "chronology" not in plain
    left_out = {item["left_out"]: item["reason"] for item in objects(page, "--date", "2021-05-04", "--all")[3:]}
    assert left_out["All rights reserved by the Norvale Post"] == "footer"
    assert left_out["Here is a chronology of the day."] == "intro"


def test_a_person_gets_a_table(page: str) -> None:
    """Without --json there is a summary, then a numbered line an update; warnings go to standard error."""
    result = run(page, "--date", "2021-05-04")
    assert "3 updates, 3 timed, 0 untimed." in result.stdout
    assert "  2. 2021-05-04 11:00" in result.stdout
    assert "     Mayor Orlan Opens the Shelters" in result.stdout
    assert "UTC" in result.stderr


def test_the_day_of_reading_ends_in_the_page_s_own_zone(tmp_path: Path) -> None:
    """A page that prints its zone is read at the end of that zone's day, whatever this machine's clock says."""
    path = tmp_path / "late.txt"
    path.write_text("11:45 PM GMT: The last bus left.\n\n11:15 PM GMT: The bridge was closed.\n", "utf-8")
    updates = objects(str(path), "--timezone", "Asia/Tokyo", "--date", "2021-05-04")
    assert [update["published_at"] for update in updates] == ["2021-05-04T23:45:00+00:00", "2021-05-04T23:15:00+00:00"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.txt",), "nowhere.txt: No such file or directory"),
        (("{page}", "--date", "4 May"), "--date 4 May: a day is written YYYY-MM-DD"),
        (("{page}", "--timezone", "Norvale"), "--timezone Norvale: a zone is an IANA name"),
        (("http://127.0.0.1:1/",), "http://127.0.0.1:1/: "),
    ],
)
def test_wrong_input_is_told_in_one_line(page: str, arguments: tuple[str, ...], message: str) -> None:
    """What cannot be read is one line that says what and why."""
    with pytest.raises(SourceError) as caught:
        run(*(argument.format(page=page) for argument in arguments))
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif("SITREP_SAMPLES" not in os.environ, reason="SITREP_SAMPLES names no folder with real pages")
def test_the_real_chronology_is_split_right() -> None:
    """The page that shaped the program gives 19 updates, 16 of them timed, without promo, intro or footer."""
    sample = Path(os.environ["SITREP_SAMPLES"]) / "evn-2020-11-03.txt"
    updates = objects(str(sample), "--timezone", "Asia/Yerevan", "--date", "2020-11-03")
    assert len(updates) == 19
    assert next(update["time"] for update in updates if update["time"]) == "08:55"
    assert sum(update["time"] is not None for update in updates) == 16
    whole = "\n".join(f"{update['heading']}\n{update['text']}" for update in updates)
    assert not any(words in whole for words in ("A Family of Strangers", "Here is a chronology", "All rights reserved"))


def test_several_sources_are_read_one_after_the_other(page: str, tmp_path: Path) -> None:
    """Each under its name; one that can't be read is named at the end and harms no other."""
    other = tmp_path / "other.txt"
    other.write_text(PAGE.replace("Tarvin", "Norvale"), encoding="utf-8")
    result = CliRunner().invoke(app, ["read", page, str(tmp_path / "gone.txt"), str(other), "--date", "2031-05-04"])
    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if line.startswith("==")] == [f"== {page}", f"== {other}"]
    assert result.stdout.count("Mayor Orlan Opens the Shelters") == 2
    assert "gone.txt: No such file" in result.stderr
    with pytest.raises(SourceError, match="several sources"):
        run(page, str(other), "--url", "https://norvale.example/")
