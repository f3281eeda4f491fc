"""The import contracts are in force, and would say so if they were crossed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of ``pyproject.toml``, held against the code in ``folder``."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_layers_hold() -> None:
    """No module imports from a layer above it, and every library has its one owner."""
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "crossing", "contract"),
    [
        ("bot/core/pacing.py", "import bot.storage", "Layers: data flows down, nothing calls up BROKEN"),
        ("bot/core/pacing.py", "import time", "The core is pure BROKEN"),
        ("bot/services/browse.py", "import bot.packs", "Services know only the core and their ports BROKEN"),
        ("bot/chat/auth.py", "import sqlalchemy", "One owner: SQLAlchemy and Alembic BROKEN"),
    ],
)
def test_a_crossing_is_named(tmp_path: Path, module: str, crossing: str, contract: str) -> None:
    """A copy of the program with one import too many fails the contract that the import crosses."""
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    crossed = tmp_path / module
    crossed.write_text(f"{crossed.read_text(encoding='utf-8')}\n{crossing}\n", encoding="utf-8")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert contract in result.stdout
