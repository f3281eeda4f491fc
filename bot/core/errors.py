"""The tree of errors that a person can act on; each message says what is wrong and what to do.

    SitrepError
    ├── ConfigError      a file, key or value of the configuration
    ├── StorageError     the database: locked, read-only, newer, not a database, in use by another instance
    ├── PackError        a topic, place or speaker pack
    ├── TelegramError    the token or the server
    └── SourceError      a file or address that ``sitrep read`` cannot read

Expected outcomes of a running service (a feed fails, a chat is gone) are values: see ``bot.services.ports``.
"""


class SitrepError(Exception):
    """Something a person can act on. The command line prints it as one line and exits with ``exit_code``."""

    exit_code = 1


class ConfigError(SitrepError):
    """The configuration is missing, unreadable, or has an unknown key or a wrong value."""

    exit_code = 2


class StorageError(SitrepError):
    """The database can't be used as it is; it was left untouched."""


class PackError(SitrepError):
    """A pack can't be loaded: file, place and reason."""

    exit_code = 2


class TelegramError(SitrepError):
    """Telegram refuses the token, or can't be reached at start."""


class SourceError(SitrepError):
    """A source can't be read."""
