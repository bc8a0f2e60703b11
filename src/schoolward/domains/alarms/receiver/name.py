"""A receiver's name is the name of its chain: two processes under one name would break it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NameTaken(Exception):
    """Another process on this machine receives under this name; its text is a sentence."""


@contextmanager
def hold_name(folder: Path, name: str) -> Iterator[None]:
    """Hold the name while the block runs. The kernel lets go of it with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"receiver-{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NameTaken(f"a receiver named {name} runs already; give this one another --name") from None
        yield
