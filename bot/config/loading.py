"""Reading the configuration: the file, the environment over it, and what is said when something in them is wrong."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.config.sections import (
    AdminSection,
    AlertsSection,
    BackupSection,
    BotSection,
    DeliverySection,
    FeedSection,
    LogSection,
    NetSection,
    PacksSection,
    PollSection,
    StorageSection,
    TelegramSection,
)
from bot.core.errors import ConfigError

PREFIX = "SITREP_"
DEFAULT_FILE = Path("config.toml")

Key = tuple[str, ...]
"""The path of a key, as ("telegram", "token")."""


class Config(BaseSettings):
    """The whole configuration, valid. Built by :func:`load_config` only."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, extra="forbid", frozen=True
    )

    bot: BotSection = BotSection()
    telegram: TelegramSection = TelegramSection()
    storage: StorageSection = StorageSection()
    backup: BackupSection = BackupSection()
    poll: PollSection = PollSection()
    net: NetSection = NetSection()
    delivery: DeliverySection = DeliverySection()
    alerts: AlertsSection = AlertsSection()
    admin: AdminSection = AdminSection()
    packs: PacksSection = PacksSection()
    log: LogSection = LogSection()
    feeds: tuple[FeedSection, ...] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then files that it names, then the TOML file (passed as init values)."""
        environment = EnvSettingsSource(settings_cls)
        naming_files = {variable.lower() for variable, _ in named_files()}
        environment.env_vars = {name: value for name, value in environment.env_vars.items() if name not in naming_files}
        return environment, NamedFilesSource(settings_cls), init_settings


class NamedFilesSource(PydanticBaseSettingsSource):
    """``SITREP_TELEGRAM__TOKEN_FILE=/run/secrets/token``: the value of a key is what that file holds, stripped."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Not asked: values are given whole by calling the source."""
        raise NotImplementedError

    def __call__(self) -> dict[str, Any]:
        values: dict[str, dict[str, str]] = {}
        for variable, (section, key) in named_files():
            values.setdefault(section, {})[key] = _read_secret(variable)
        return values


def load_config(path: Path | None = None) -> Config:
    """Read and check the configuration.

    Args:
        path: The file that the command line named. It must exist, as must one that ``SITREP_CONFIG`` names;
            ``./config.toml`` may be missing.

    Raises:
        ConfigError: One line for each thing that is wrong, with the key, the value (secrets excepted) and the rule.
    """
    named = path or (Path(os.environ["SITREP_CONFIG"]) if os.environ.get("SITREP_CONFIG") else None)
    file = named or DEFAULT_FILE
    values = _read_toml(file) if named or file.is_file() else {}
    complaints = list(_unknown_variables())
    try:
        config = Config(**values)
    except ValidationError as error:
        complaints += [_explain(detail, file) for detail in error.errors()]
    except SettingsError as error:
        complaints.append(f"environment: {error}: {error.__cause__}")
    else:
        if not complaints:
            return config
    raise ConfigError("\n".join(complaints))


def known_keys() -> list[Key]:
    """Every key that can be set, as (section, key); the array of feeds is given as ("feeds", key)."""
    sections = {name: _section_of(name) for name in Config.model_fields}
    return [(name, key) for name, section in sections.items() for key in section.model_fields]


def named_files() -> Iterator[tuple[str, Key]]:
    """The variables that name a file with a key's value, and that key."""
    keys = {_variable(key): key for key in known_keys() if key[0] != "feeds"}
    for variable in sorted(os.environ):
        if variable not in keys and variable.endswith("_FILE") and (key := keys.get(variable.removesuffix("_FILE"))):
            yield variable, key


def _section_of(name: str) -> type[BaseModel]:
    annotation = FeedSection if name == "feeds" else Config.model_fields[name].annotation
    assert isinstance(annotation, type)
    assert issubclass(annotation, BaseModel)
    return annotation


def _variable(key: Key) -> str:
    return PREFIX + "__".join(key).upper()


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; copy config.example.toml there and fill it in") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from None


def _read_secret(variable: str) -> str:
    try:
        return Path(os.environ[variable]).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise ConfigError(f"{variable} = {os.environ[variable]!r}: cannot be read: {reason}") from None


def _unknown_variables() -> Iterator[str]:
    """Names like ``SITREP_TELEGRM__TOKEN`` would be passed over in silence: say what was meant."""
    known = {_variable(key) for key in known_keys()}
    files = {variable for variable, _ in named_files()}
    for variable in sorted(os.environ):
        if variable.startswith(PREFIX) and "__" in variable and variable not in known | files:
            yield f"environment: unknown key {variable}{_nearest(variable, known)}"


def _nearest(word: str, known: set[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else f"; known are {', '.join(sorted(known))}"


def _explain(detail: ErrorDetails, file: Path) -> str:
    """One line: where, what stands there, which rule it breaks."""
    key = tuple(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return f"{file}: unknown key {_dotted(key)}{_nearest_key(key)}"
    rule = str(detail["msg"]).removeprefix("Value error, ")
    if detail["type"] == "missing":
        return f"{file}: {_dotted(key)} is missing"
    where = _variable(key) if _variable(key) in os.environ else f"{file}: {_dotted(key)}"
    value = "(not shown)" if key[-1] == "token" else repr(detail["input"])
    return f"{where} = {value}: {rule}"


def _nearest_key(key: Key) -> str:
    if len(key) == 1:
        return _nearest(key[0], set(Config.model_fields))
    return _nearest(key[-1], set(_section_of(key[0]).model_fields))


def _dotted(key: Key) -> str:
    return ".".join(key)
