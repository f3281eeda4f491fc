"""What is installed from the wheel works without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

UPGRADE = """
import sys
import bot
from bot.storage import current, upgrade
from bot.storage.migrations import scripts_directory

upgrade(sys.argv[1])
print(bot.__file__, scripts_directory(), current(sys.argv[1]), sep="\\n")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked elsewhere."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_migrates_with_its_own_scripts(installed: Path, tmp_path: Path) -> None:
    """The migrations travel with the package: away from the checkout they make the same schema revision."""
    environment = os.environ | {"PYTHONPATH": str(installed)}
    url = f"sqlite:///{tmp_path / 'sitrep.db'}"
    run = [sys.executable, "-P", "-c", UPGRADE, url]
    result = subprocess.run(run, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
    package, scripts, revision = result.stdout.splitlines()
    assert Path(package).parent == installed / "bot"
    assert Path(scripts) == installed / "bot" / "storage" / "alembic"
    newest = max((ROOT / "alembic" / "versions").glob("*.py"))
    assert newest.name.startswith(revision)


def test_the_wheel_carries_no_test_and_no_cache(installed: Path) -> None:
    """Only the package and its data are installed; a top-level ``alembic`` would shadow the library."""
    assert {path.name.split("-")[0] for path in installed.iterdir()} == {"bot", "sitrep"}
    assert not list(installed.rglob("__pycache__"))
    assert not list(installed.rglob("test_*"))
