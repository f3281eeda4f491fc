"""``sitrep replay`` shows the alerts that the states of one page would have made, and no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

SERIES = Path(__file__).parents[1] / "documents" / "series"
KEYS = ["state", "event", "date", "time", "heading", "text", "was", "reason"]
ZONE = ("--timezone", "Europe/Berlin")


def replay(*arguments: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["replay", *map(str, arguments)])


def rows(result: Result) -> list[dict[str, Any]]:
    """The alerts that it printed with ``--json``."""
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("series", sorted(SERIES.iterdir()), ids=lambda folder: folder.name)
def test_a_series_gives_exactly_the_alerts_due(series: Path) -> None:
    """Each state of a written day gives the alerts that its author expects: no other, none missing, old words told."""
    expected = json.loads((series / "expected.json").read_text(encoding="utf-8"))
    states = sorted(path for path in series.iterdir() if path.name != "expected.json")
    assert len(states) >= 15
    printed = rows(replay(*states, "--json", *expected["options"]))
    assert [list(row) for row in printed] == [KEYS] * len(printed)
    told = [{key: row[key] for key in KEYS if key != "reason"} for row in printed]
    assert told == expected["alerts"]


def test_the_first_state_is_the_baseline(tmp_path: Path) -> None:
    """One state alone prints nothing, whatever it holds."""
    page = tmp_path / "1.txt"
    page.write_text("8:40 a.m.: Shells fell on Karst.\n\n9:15 a.m.: The bridge at Ostra is closed.\n")
    assert rows(replay(page, "--json")) == []


def test_an_old_day_alerts_as_if_it_were_today(tmp_path: Path) -> None:
    """The clock stands in the page's own day, and age silences nothing, not even an update put in years later."""
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_text("3 May 2014, 08:40\nShells fell on Karst.\n\n3 May 2014, 09:15\nThe bridge at Ostra is closed.\n")
    second.write_text("1 May 2012, 07:00\nSappers cleared the harbour of Lorin.\n\n" + first.read_text())
    assert [(row["event"], row["date"]) for row in rows(replay(first, second, "--json"))] == [("new", "2012-05-01")]


def test_a_state_that_is_no_page_is_passed_over(tmp_path: Path) -> None:
    """A state that can't be read is told on standard error, and the next one is compared with the last good one."""
    first, third = tmp_path / "1.txt", tmp_path / "3.txt"
    first.write_text("8:40 a.m.: Shells fell on Karst.\n\n9:15 a.m.: The bridge at Ostra is closed.\n")
    third.write_text(first.read_text() + "\n10:20 a.m.: Two houses burn in Varde.\n")
    result = replay(first, tmp_path / "2.txt", third, "--json")
    assert [row["text"] for row in rows(result)] == ["Two houses burn in Varde."]
    assert "2.txt" in result.stderr


def test_a_person_reads_what_changed(tmp_path: Path) -> None:
    """Without ``--json`` each alert is told in lines: what, when, the words, the earlier words, and why."""
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_text("8:40 a.m.: One man was hurt in Karst.\n\n9:15 a.m.: The bridge at Ostra is closed.\n")
    second.write_text(first.read_text().replace("One man was", "Two men were"))
    output = replay(first, second, "--date", "2031-05-14", *ZONE).stdout
    assert "2.txt  corrected  2031-05-14 08:40" in output
    assert "Two men were hurt in Karst." in output
    assert "was: One man was hurt in Karst." in output
    assert "because: changed: number" in output


def test_midnight_passes_between_two_states(tmp_path: Path) -> None:
    """A page that prints clocks alone is read on the next day once its clocks begin anew, and nothing is told twice."""
    evening = (
        "23:40\nSirens sound in Karst and in the harbour.\n\n22:15\nThe bridge at Ostra is closed to all traffic.\n"
    )
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_text(f"23:50\nRockets fell on the depot at Varde.\n\n{evening}")
    second.write_text(f"00:20\nThe fire at the depot is out.\n\n{first.read_text()}")
    alerts = rows(replay(first, second, "--json", "--date", "2031-05-14", *ZONE))
    assert [(row["event"], row["date"], row["time"]) for row in alerts] == [("new", "2031-05-15", "00:20")]
