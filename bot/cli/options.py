"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The configuration; else SITREP_CONFIG, else ./config.toml."),
]
Url = Annotated[
    str | None, typer.Option("--url", metavar="URL", help="The page's own address, where SOURCE is a copy of it.")
]
Timezone = Annotated[
    str | None, typer.Option("--timezone", metavar="ZONE", help='The page\'s time zone, as in "Asia/Yerevan".')
]
Day = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The day of reading. [default: today]")]
Language = Annotated[
    str | None, typer.Option("--language", metavar="LANG", help='The page\'s language, as in "en" or "hy".')
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of a table.")]
