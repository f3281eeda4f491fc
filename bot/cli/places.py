"""``sitrep places``: place packs made from a GeoNames country dump."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import ConfigFile

if TYPE_CHECKING:
    from bot.packs.geonames import Imported

app = typer.Typer(help="Place packs.", no_args_is_help=True)


@app.command("import")
def import_places(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A country's dump of GeoNames, as in AM.txt.")],
    into: Annotated[
        Path | None, typer.Option("--into", metavar="DIR", help="Where the pack goes. [default: [packs] directory]")
    ] = None,
    population: Annotated[int, typer.Option("--population", min=0, help="Smallest place that is taken.")] = 500,
    config: ConfigFile = None,
) -> None:
    """Write the places of a country as a pack into the operator's directory."""
    done = _written(file, into or _configured(config), population)
    for problem in done.told:
        print(f"warning: {problem}", file=sys.stderr)
    if done.bad > len(done.told):
        print(f"warning: and {done.bad - len(done.told)} more lines that are no place", file=sys.stderr)
    if done.left_out:
        print(f"warning: {done.left_out} smaller places left out: the pack is full", file=sys.stderr)
    print(f"{done.path}: {done.places} places")


def _written(file: Path, into: Path, population: int) -> Imported:
    """Import with a bar on the terminal, if there is one."""
    from bot.packs.geonames import write_pack

    size = file.stat().st_size if file.is_file() else 0
    steps = max(size // 100, 1)
    hidden = not sys.stderr.isatty()
    with typer.progressbar(length=size, label=file.name, file=sys.stderr, hidden=hidden, update_min_steps=steps) as bar:
        return write_pack(file, into, population=population, progress=bar.update)


def _configured(config: Path | None) -> Path:
    """The directory that the configuration names."""
    from bot.config import load_config
    from bot.core.errors import ConfigError

    directory = load_config(config).packs.directory
    if directory is None:
        raise ConfigError("[packs] directory is not set: say where the pack goes with --into DIR")
    return directory
