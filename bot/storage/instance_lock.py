"""One running Sitrep a database: a lock that dies with its process, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.core.errors import StorageError


@contextmanager
def instance_lock(database: Path) -> Iterator[None]:
    """Hold ``<database>.lock``, with our process id in it.

    Raises ``StorageError`` that names the process when another one holds it. The kernel lets go of the lock when its
    holder dies, so a file left behind by a killed process locks nobody out.
    """
    path = database.with_name(f"{database.name}.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StorageError(f"{path} can't be made ({error.strerror}); give this user write access there") from error
    try:
        _take(descriptor, database)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, database: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
        raise StorageError(f"{database} is in use by another Sitrep (process {holder}); stop that one first") from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
