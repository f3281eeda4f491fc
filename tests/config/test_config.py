"""The configuration says what is wrong in one line each, and takes the environment over the file."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Config, known_keys, load_config
from bot.core.errors import ConfigError

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test starts in an empty folder with no variable of ours set."""
    import os

    for name in [name for name in os.environ if name.startswith("SITREP_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(text: str) -> Path:
    """The given text as ./config.toml."""
    path = Path("config.toml")
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_the_defaults() -> None:
    """A missing ./config.toml is no error: containers configure by environment alone."""
    assert load_config() == Config()


@pytest.mark.parametrize("how", ["argument", "variable"])
def test_a_file_that_was_named_must_exist(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file named on the command line or in SITREP_CONFIG and not there is an error that says what to do."""
    if how == "variable":
        monkeypatch.setenv("SITREP_CONFIG", "gone.toml")
    with pytest.raises(ConfigError, match=r"gone\.toml: no such file; copy config\.example\.toml"):
        load_config(Path("gone.toml") if how == "argument" else None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[telegram]\ntokn = "1:a"', "config.toml: unknown key telegram.tokn; did you mean token?"),
        ('[telegrm]\ntoken = "1:a"', "config.toml: unknown key telegrm; did you mean telegram?"),
        (
            '[[feeds]]\nurl = "https://a.example"\ntimezon = "UTC"',
            "unknown key feeds.0.timezon; did you mean timezone?",
        ),
        ('[poll]\ninterval = "5 minutes"', "config.toml: poll.interval = '5 minutes': a time span is a number and a"),
        ('[poll]\ninterval = "0s"', "config.toml: poll.interval = '0s': the shortest time span is \"1s\""),
        ('[bot]\ntimezone = "Yerevan"', "config.toml: bot.timezone = 'Yerevan': a time zone is an IANA name"),
        ("[telegram]\nrate = 0", "config.toml: telegram.rate = 0: Input should be greater than 0"),
        ('[[feeds]]\nurl = "ftp://a.example/x"', "feeds.0.url = 'ftp://a.example/x': an address starts with http"),
        ('[[feeds]]\ntitle = "A"', "config.toml: feeds.0.url is missing"),
        ('[storage]\nurl = "mysql://x"', "config.toml: storage.url = 'mysql://x'"),
        ('[log]\nlevel = "loud"', "config.toml: log.level = 'loud'"),
        ("[bot", "config.toml: cannot be read as TOML"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(text: str, line: str) -> None:
    """Every wrong key or value gives one line with the file, the key, the value and the rule."""
    with pytest.raises(ConfigError, match=re.escape(line)) as caught:
        load_config(write(text))
    assert "\n" not in str(caught.value)


def test_a_wrong_token_is_not_shown() -> None:
    """The value of a secret never stands in an error."""
    with pytest.raises(ConfigError, match=r"telegram\.token") as caught:
        load_config(write('[telegram]\ntoken = "hunter2"'))
    assert "hunter2" not in str(caught.value)


def test_the_environment_outranks_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable replaces one key and leaves its neighbours as the file has them."""
    monkeypatch.setenv("SITREP_TELEGRAM__RATE", "5")
    monkeypatch.setenv("SITREP_ADMIN__OWNER_IDS", "7, 8")
    monkeypatch.setenv("SITREP_POLL__INTERVAL", "90s")
    config = load_config(write('[telegram]\nrate = 9\nbase_url = "http://127.0.0.1:1/"'))
    assert (config.telegram.rate, config.telegram.base_url) == (5, "http://127.0.0.1:1")
    assert config.admin.owner_ids == (7, 8)
    assert config.poll.interval == timedelta(seconds=90)


def test_a_variable_can_name_a_file_with_the_value(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """SITREP_TELEGRAM__TOKEN_FILE is read and stripped, as container secrets need it."""
    (tmp_path / "secret").write_text("123:abc\n")
    monkeypatch.setenv("SITREP_TELEGRAM__TOKEN_FILE", str(tmp_path / "secret"))
    token = load_config().telegram.token
    assert token is not None
    assert token.get_secret_value() == "123:abc"
    monkeypatch.setenv("SITREP_TELEGRAM__TOKEN_FILE", "nowhere")
    with pytest.raises(ConfigError, match="SITREP_TELEGRAM__TOKEN_FILE = 'nowhere': cannot be read: No such file"):
        load_config()


def test_an_unknown_variable_names_the_nearest_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt variable is an error, not silently nothing."""
    monkeypatch.setenv("SITREP_TELEGRM__TOKEN", "1:a")
    with pytest.raises(ConfigError, match="unknown key SITREP_TELEGRM__TOKEN; did you mean SITREP_TELEGRAM__TOKEN"):
        load_config()


def test_the_example_is_the_defaults() -> None:
    """What config.example.toml sets is exactly what holds without it."""
    assert load_config(EXAMPLE) == Config()


def test_the_example_names_every_key() -> None:
    """Every key stands in the example, set or in a comment, so that it documents them all."""
    text = re.sub(r"(?m)^# (?=\w+ = |\[\[)", "", EXAMPLE.read_text(encoding="utf-8"))
    values = tomllib.loads(text)
    shown = {(name, key) for name, value in values.items() for key in (value[0] if name == "feeds" else value)}
    assert shown == set(known_keys())
