"""``make bench``: every benchmark, or those that are named, under a line that says on what they ran."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> int:
    """Run ``bench_<name>`` for each name; without names, all of them, in the order of their names.

    Returns how many missed a promise of theirs, each of which says so by its exit code.
    """
    print(f"{_machine()}, commit {_commit()}")
    missed = 0
    for name in names or sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py")):
        print(f"\n== {name}", flush=True)
        try:
            import_module(f"benchmarks.bench_{name}").main()
        except SystemExit as end:
            missed += bool(end.code)
    return missed


def _machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _commit() -> str:
    """The checked-out commit, marked where the tree has changed since; "unknown" outside a checkout."""
    command = ["git", "describe", "--always", "--dirty"]
    result = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    return result.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
