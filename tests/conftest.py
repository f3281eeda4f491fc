"""For all tests: how long a property takes says nothing about it, least of all on a busy machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("sitrep", deadline=None)
settings.load_profile("sitrep")
