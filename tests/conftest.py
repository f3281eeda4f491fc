"""For all tests: properties without a time limit, and names that are the same in every process.

How long a property takes says nothing about it, least of all on a busy machine.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("sitrep", deadline=None)
settings.load_profile("sitrep")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of bytes by its argument: bytes may hold a time, and each worker must collect the same names.

    gzip writes the second of its making into its header (RFC 1952 §2.3), so that two workers that started a second
    apart would disagree about which tests there are.
    """
    return argname if isinstance(val, bytes) else None
