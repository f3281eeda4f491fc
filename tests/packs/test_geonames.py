"""A GeoNames country dump becomes a place pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import PackError
from bot.packs import load_packs
from bot.packs.geonames import write_pack


def row(number: int, name: str, names: str = "", *, kind: str, code: str, division: str = "01", people: int = 0) -> str:
    """One line of a dump: 19 columns."""
    columns = [str(number), name, name, names, "40.1", "44.5", kind, code, "NL", "", division, *[""] * 3, str(people)]
    return "\t".join([*columns, "", "1200", "Europe/Norland", "2024-01-01"]) + "\n"


DUMP = (
    row(1, "Karst", "Карст", kind="A", code="ADM1", division="01", people=0)
    + row(2, "Tarvin", 'Тарвин,Tarwin,TRV,"Old" Tarvin', kind="P", code="PPLA", division="01", people=60_000)
    + row(3, "Ostra Hora", "", kind="P", code="PPL", division="01", people=700)
    + row(4, "Hamlet", "", kind="P", code="PPL", division="01", people=20)
    + row(5, "Blue Lake", "", kind="H", code="LK", division="01", people=0)
    + row(6, "Velm", "Вельм", kind="P", code="PPLC", division="02", people=900_000)
)


def test_a_dump_becomes_a_pack_that_loads(tmp_path: Path) -> None:
    """Populated places of the size asked for, divisions as parents, codes and lakes left out."""
    (tmp_path / "NL.txt").write_text(DUMP, "utf-8")
    path, count = write_pack(tmp_path / "NL.txt", tmp_path / "packs", population=500)
    assert (path.name, count) == ("places-nl.toml", 4)
    gazetteer = load_packs(tmp_path / "packs").gazetteer
    assert [place.name for place in gazetteer.find("Shells fell on Tarvin. Взрыв в Вельме.")] == ["Tarvin", "Velm"]
    tarvin = gazetteer.places["gn-2"]
    assert (tarvin.kind, tarvin.names) == ("town", ("Тарвин", "Tarwin", '"Old" Tarvin'))
    assert [place.name for place in gazetteer.parents(tarvin)] == ["Karst"]
    assert "gn-4" not in gazetteer.places


@pytest.mark.parametrize(
    ("text", "reason"),
    [("hello\n", "no GeoNames dump"), ("", "no place of"), (DUMP.split("\n")[4] + "\n", "no place of")],
)
def test_another_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """The message names the file, and nothing is written."""
    (tmp_path / "x.txt").write_text(text, "utf-8")
    with pytest.raises(PackError, match=reason):
        write_pack(tmp_path / "x.txt", tmp_path / "packs", population=500)
    assert not (tmp_path / "packs").exists()
