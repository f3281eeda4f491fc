"""``sitrep places``: place packs made from a GeoNames country dump."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Place packs.", no_args_is_help=True)


@app.command("import")
def import_places(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A country's dump of GeoNames, as in AM.txt.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="The [packs] directory.")],
    population: Annotated[int, typer.Option("--population", help="Smallest place that is taken.")] = 500,
) -> None:
    """Write the places of a country as a pack into the operator's directory."""
    from bot.packs.geonames import write_pack

    path, count = write_pack(file, into, population=population)
    print(f"{path}: {count} places")
