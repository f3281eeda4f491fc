"""``sitrep tag``, ``topics`` and ``places`` as a person or a script runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.core.errors import ConfigError, PackError


def run(*arguments: str, text: str | bytes = "") -> Result:
    """What a command does; an error that people can act on is raised."""
    result = CliRunner().invoke(app, list(arguments), input=text)
    if isinstance(result.exception, PackError):
        raise result.exception
    return result


def test_one_object_a_line() -> None:
    """Blank lines, bytes that are no UTF-8 and a line without an end each give exactly one object."""
    text = b"Two missiles hit a hospital in Martuni, killing three people, Ola Brand said.\n\n  \n\xff\xfe\r\nno end"
    lines = run("tag", "--json", "--language", "en", text=text).stdout.splitlines()
    assert len(lines) == 5
    first, *rest = [json.loads(line) for line in lines]
    assert first["topics"][:2] == ["civilian-shelling", "casualties"]
    assert first["attribution"] == ["Ola Brand"]
    assert first["places"] == ["Martuni"]
    assert first["level"] == "breaking"
    assert first["casualties"] == {"killed": 3, "wounded": None, "displaced": None}
    assert {"words", "rule", "pack"} == set(first["why"]["civilian-shelling"][0])
    assert all(one["topics"] == ["other"] and one["why"] == {} for one in rest)


def test_a_person_reads_a_list() -> None:
    """Without ``--json``: the text, its topics with their words, the level with its points."""
    shown = run("tag", text="Air raid sirens are sounding in Norvale.\n").stdout
    assert "warnings: Air raid sirens" in shown
    assert "level: breaking (warning +3)" in shown


def test_an_operators_packs_are_used(tmp_path: Path) -> None:
    """``--packs`` adds a directory, and refuses a broken one."""
    own = tmp_path / "own.toml"
    own.write_text('kind = "words"\nlanguage = "en"\n[concepts]\nsiren = ["klaxon"]\n', "utf-8")
    found = json.loads(run("tag", "--json", "--packs", str(tmp_path), text="A klaxon sounds.\n").stdout)
    assert found["topics"] == ["warnings"]
    own.write_text("kind = 1", "utf-8")
    with pytest.raises(PackError, match=r"own\.toml:1"):
        run("topics", "check", "--packs", str(tmp_path))


def test_optional_topics_are_switched_on_by_name() -> None:
    """``--optional`` may stand several times; a name that is none is refused with those that are."""
    text = "Ransomware took the grid operator's network offline.\n"
    found = json.loads(run("tag", "--json", "--optional", "cyber", "--optional", "health", text=text).stdout)
    assert "cyber" in found["topics"]
    assert "#cyber" in run("topics", "list", "--optional", "cyber").stdout
    with pytest.raises(PackError, match="none of captives"):
        run("tag", "--optional", "cybre")


def test_topics_are_listed_and_checked() -> None:
    """Every topic in a language; the examples of every pack hold."""
    listed = run("topics", "list", "--language", "ru").stdout
    assert "civilian-shelling" in listed
    assert "#обстрел" in listed
    checked = run("topics", "check")
    assert checked.exit_code == 0
    assert re.search(r"uk: \d+ examples hold", checked.stdout)
    assert "cyber (optional): 3 examples hold" in checked.stdout


def test_places_are_imported(tmp_path: Path) -> None:
    """A dump becomes a pack; the command says where it is and how many places it has."""
    dump = tmp_path / "NL.txt"
    columns = [
        "7",
        "Tarvin",
        "Tarvin",
        "Тарвин",
        "40",
        "44",
        "P",
        "PPL",
        "NL",
        "",
        "01",
        "",
        "",
        "",
        "9000",
        "",
        "",
        "",
        "",
    ]
    dump.write_text("\t".join(columns) + "\n", "utf-8")
    shown = run("places", "import", str(dump), "--into", str(tmp_path / "packs")).stdout
    assert "places-nl.toml: 1 places" in shown


def test_places_go_where_the_configuration_says(tmp_path: Path) -> None:
    """Without --into it is the [packs] directory; without that, a mistake in words; bad lines are told."""
    columns = ["1", "Tarvin", "Tarvin", "", "40", "44", "P", "PPL", "NL", "", "01", "", "", "", "9000", "", "", "", ""]
    (tmp_path / "NL.txt").write_text("torn\n" + "\t".join(columns) + "\n", "utf-8")
    config = tmp_path / "config.toml"
    config.write_text(f'[packs]\ndirectory = "{tmp_path / "own"}"\n', "utf-8")
    done = run("places", "import", str(tmp_path / "NL.txt"), "--config", str(config))
    assert done.exit_code == 0, done.output
    assert "places-nl.toml: 1 place" in done.stdout
    assert "NL.txt:1: 19 columns expected, 1 found" in done.stderr
    assert (tmp_path / "own" / "places-nl.toml").exists()
    config.write_text("", "utf-8")
    refused = run("places", "import", str(tmp_path / "NL.txt"), "--config", str(config))
    assert isinstance(refused.exception, ConfigError)
    assert "--into" in str(refused.exception)
