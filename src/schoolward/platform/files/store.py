"""Bytes on disk under the hash of what they hold.

A file is first written to ``quarantine/``, where nothing ever reads it back for a user, synced, checked,
and only then moved into place by a rename. So a path that exists holds the whole file, and a process killed
at any moment leaves at most a leftover in quarantine.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from schoolward.platform.files.sniffing import HEAD_BYTES, is_cut_off, media_type

_CHUNK = 1 << 20


class Readable(Protocol):
    """Anything that gives bytes in pieces: an upload, a file, a pipe."""

    def read(self, size: int = ..., /) -> bytes: ...


class FileTooLarge(Exception):
    """The file has more bytes than are allowed."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the file is larger than {limit:,} bytes; split it, or compress it with gzip")
        self.limit = limit


class FileTypeRefused(Exception):
    """The file is not of a type that is wanted here, whatever its name says."""

    def __init__(self, found: str, allowed: frozenset[str]) -> None:
        super().__init__(f"the file is {found}; wanted here: {', '.join(sorted(allowed))}")
        self.found = found
        self.allowed = allowed


@dataclass(frozen=True)
class Kept:
    """What was written: the SHA-256 of the bytes in hexadecimal, their number, and what they are."""

    sha256: str
    size: int
    media_type: str


def path_of(sha256: str) -> Path:
    """The path at which the content of this hash is kept."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(f"not a SHA-256 in hexadecimal: {sha256!r}")
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:]


def keep(stream: Readable, *, limit: int, allowed: frozenset[str] | None = None) -> Kept:
    """Write a stream to its place and return what it is. The same content is kept once.

    Where only some types are allowed, a picture that was cut off on the way is none of them.

    Raises :class:`FileTooLarge` past ``limit`` bytes and :class:`FileTypeRefused` for a type that is not in
    ``allowed`` (``None`` allows every type); then nothing is kept.
    """
    quarantine = Path(settings.FILES_DIR) / "quarantine"
    quarantine.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=quarantine)
    waiting = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            kept = _copy(stream, file, limit)
            file.flush()
            os.fsync(file.fileno())
        if allowed is not None and kept.media_type not in allowed:
            raise FileTypeRefused(kept.media_type, allowed)
        if allowed is not None and is_cut_off(waiting, kept.media_type):
            raise FileTypeRefused(f"{kept.media_type}, and cut off before its end", allowed)
        target = path_of(kept.sha256)
        if target.exists():
            target.touch()  # so that no sweep takes it before its new row is there
        else:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            waiting.chmod(0o400)
            waiting.replace(target)
            _sync_folder(target.parent)
    finally:
        waiting.unlink(missing_ok=True)
    return kept


def open_kept(sha256: str) -> BinaryIO:
    """Open kept content for reading. Raises ``FileNotFoundError`` when none has this hash."""
    return path_of(sha256).open("rb")


def _copy(stream: Readable, file: BinaryIO, limit: int) -> Kept:
    digest, size, head = hashlib.sha256(), 0, b""
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise FileTooLarge(limit)
        if len(head) < HEAD_BYTES:
            head += chunk[: HEAD_BYTES - len(head)]
        digest.update(chunk)
        file.write(chunk)
    return Kept(digest.hexdigest(), size, media_type(head))


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
