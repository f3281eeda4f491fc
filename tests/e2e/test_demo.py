"""``sitrep demo`` is the front door: it plays the tour with nothing set up, and ends well."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def demo(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The demo as somebody runs it whose shell is not a terminal."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
    command = [sys.executable, "-m", "bot", "demo"]
    root = Path(__file__).parents[2]
    return subprocess.run(
        command,
        cwd=folder,
        env={**clean, "PYTHONPATH": str(root), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_the_tour_plays_every_scene_and_exits_well(tmp_path: Path) -> None:
    """A subscription, an alert, one more paragraph alerting once, a correction, lists, a feed added, a refusal."""
    result = demo(tmp_path, SITREP_TELEGRAM__TOKEN="123456:a-real-token-that-must-not-be-used")
    assert (result.returncode, result.stderr) == (0, "")
    scenes = [
        "You get: Civilian shelling, with sound.",
        "Shelling: Karst Under Rocket Fire Again\nState Emergency Service of Karvelia, via Norvale Post\n",
        "Shelling: Missiles Hit Tarvin Power Station\nAram Veld, via Norvale Post\n",
        "This chat got 2 alerts",
        "CORRECTED, noticed ",
        "Correction: the source now reports ",
        "Latest reports\n1. ",
        "1 for “hospital”",
        "You own this bot now.",
        "Dry run: nothing is stored or sent.",
        "Added: feed 2",
        "/addfeed is for the admins of this bot.",
        "Reason: HTTP 503",
        "To go live:",
    ]
    places = [result.stdout.find(scene) for scene in scenes]
    assert -1 not in places, f"missing: {[scene for scene, place in zip(scenes, places, strict=True) if place < 0]}"
    assert places == sorted(places)
    assert list(tmp_path.iterdir()) == []
