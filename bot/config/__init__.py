"""The configuration: one TOML file, the environment over it, every key checked.

The file is ``--config FILE``, else ``SITREP_CONFIG``, else ``./config.toml``. Any key can be given in the environment
as ``SITREP_<SECTION>__<KEY>``, or as ``SITREP_<SECTION>__<KEY>_FILE``: the name of a file that holds the value.
"""

from bot.config.loading import Config, known_keys, load_config
from bot.config.sections import FeedSection

__all__ = ["Config", "FeedSection", "known_keys", "load_config"]
