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
    done = write_pack(tmp_path / "NL.txt", tmp_path / "packs", population=500)
    assert (done.path.name, done.places, done.left_out, done.bad) == ("places-nl.toml", 4, 0, 0)
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


def test_bad_lines_are_passed_over_and_told(tmp_path: Path) -> None:
    """A torn line, a wrong count, bytes that are no text: the places around them are taken."""
    lines = DUMP.encode().split(b"\n")
    broken = b"\n".join(
        [lines[0], b"torn\tline", lines[1], b"\xff\xfe" * 40, lines[2].replace(b"700", b"many"), lines[5]]
    )
    (tmp_path / "NL.txt").write_bytes(broken)
    done = write_pack(tmp_path / "NL.txt", tmp_path / "packs", population=500)
    assert (done.places, done.bad) == (3, 3)
    assert [told.partition("NL.txt:")[2].partition(":")[0] for told in done.told] == ["2", "4", "5"]
    assert "2 found" in done.told[0]


def test_only_the_largest_places_are_kept(tmp_path: Path) -> None:
    """A dump of any length makes a pack that can be loaded, and what was left out is counted."""
    rows = (row(n, f"Town {n}", kind="P", code="PPL", people=1_000 + n) for n in range(10, 30_030))
    (tmp_path / "NL.txt").write_text("".join(rows), "utf-8")
    seen: list[int] = []
    done = write_pack(tmp_path / "NL.txt", tmp_path / "packs", population=500, progress=seen.append)
    assert (done.places, done.left_out) == (30_000, 20)
    assert sum(seen) == (tmp_path / "NL.txt").stat().st_size
    text = done.path.read_text("utf-8")
    assert '"Town 30029"' in text
    assert '"Town 29"' not in text


def test_a_pack_never_outgrows_what_may_be_loaded(tmp_path: Path) -> None:
    """Long names fill it sooner: the smallest places stay out."""
    names = ",".join(f"{'Ostra' * 40} {n}" for n in range(40))
    rows = (
        row(n, f"Town {n}", names.replace("Ostra", f"Ostra{n}"), kind="P", code="PPL", people=1_000 + n)
        for n in range(1, 900)
    )
    (tmp_path / "NL.txt").write_text("".join(rows), "utf-8")
    done = write_pack(tmp_path / "NL.txt", tmp_path / "packs", population=500)
    assert done.places + done.left_out == 899
    assert done.left_out > 0
    assert f"gn-{899}" in load_packs(tmp_path / "packs").gazetteer.places
