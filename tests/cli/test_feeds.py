"""``sitrep feeds`` takes in and gives out whole lists."""

from __future__ import annotations

import asyncio
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.core.archive import FeedSettings
from bot.core.errors import SourceError
from bot.sources.opml import read_opml, write_opml
from bot.storage import stored_feeds
from tests.builders import minutes

SITE = "https://norvale.example"
FEEDS = [
    FeedSettings(f"{SITE}/november-3", title="Post", timezone="Asia/Yerevan", language="en", follow_days=True),
    FeedSettings(f"{SITE}/feed", title="Karst", interval=minutes(5), topics=("warnings",)),
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration whose database is not there yet."""
    path = tmp_path / "config.toml"
    path.write_text(f'[storage]\nurl = "sqlite:///{tmp_path / "sitrep.db"}"\n', encoding="utf-8")
    return path


def opml(folder: Path, *feeds: FeedSettings) -> Path:
    """A list of these feeds."""
    path = folder / "feeds.opml"
    path.write_text("".join(write_opml((feed.title or "", feed) for feed in feeds)), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    """What the command does; an error that people can act on is raised."""
    return CliRunner().invoke(app, ["feeds", *map(str, arguments)], catch_exceptions=False)


def test_a_list_comes_in_and_goes_out_as_it_was(tmp_path: Path, config: Path) -> None:
    """Every feed is stored with its settings, and an export holds the same."""
    said = run("import", opml(tmp_path, *FEEDS), "--config", config)
    assert said.stdout == "2 feeds added, 0 there already, 0 problems.\n"
    stored = asyncio.run(stored_feeds(f"sqlite:///{tmp_path / 'sitrep.db'}"))
    assert [feed.settings for feed in stored] == FEEDS
    assert len({feed.next_poll_at for feed in stored}) == 2  # not all at once
    out = tmp_path / "out.opml"
    assert "2 feeds written" in run("export", out, "--config", config).stdout
    assert list(read_opml(out.read_bytes()).feeds) == FEEDS


def test_what_is_there_already_stays_and_is_named(tmp_path: Path, config: Path) -> None:
    """A second import changes nothing, whatever the list says now."""
    run("import", opml(tmp_path, *FEEDS), "--config", config)
    said = run("import", opml(tmp_path, FeedSettings(f"{SITE}/feed", title="Other")), "--config", config)
    assert said.stdout == "0 feeds added, 1 there already, 0 problems.\n"
    assert f"{SITE}/feed: it is followed already" in said.stderr
    stored = asyncio.run(stored_feeds(f"sqlite:///{tmp_path / 'sitrep.db'}"))
    assert [feed.settings for feed in stored] == FEEDS


def test_problems_of_a_list_are_named(tmp_path: Path, config: Path) -> None:
    """Each with its feed; the others are added."""
    path = opml(tmp_path, FEEDS[0], FeedSettings("ftp://x.example/"))
    said = run("import", path, "--config", config)
    assert "1 feeds added, 0 there already, 1 problems." in said.stdout
    assert "ftp://x.example/: only http" in said.stderr


def test_what_is_no_list_is_refused(tmp_path: Path, config: Path) -> None:
    """A missing file, and one that is something else, by name."""
    with pytest.raises(SourceError, match="No such file"):
        run("import", tmp_path / "gone.opml", "--config", config)
    (tmp_path / "page.html").write_text("<!doctype html><p>x", encoding="utf-8")
    with pytest.raises(SourceError, match="OPML"):
        run("import", tmp_path / "page.html", "--config", config)


def test_whoever_waits_at_a_terminal_sees_a_bar(tmp_path: Path, config: Path) -> None:
    """On standard error, and only there; to a file or a pipe nothing of it goes."""
    path = opml(tmp_path, *[FeedSettings(f"{SITE}/{number}", title="x") for number in range(300)])
    command = [sys.executable, "-m", "bot", "feeds", "import", str(path), "--config", str(config)]
    ours, theirs = pty.openpty()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True, text=True)
    os.close(theirs)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    assert "Adding" in shown
    assert "300/300" in shown
    assert done.stdout == "300 feeds added, 0 there already, 0 problems.\n"
