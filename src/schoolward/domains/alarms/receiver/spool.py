"""A file of the receiver's own, for the time in which the database does not answer.

Each piece is the payload of a segment between its length and its digest, so that a piece that was being
written when the power went is told from a whole one. Its frames were not acknowledged: that needs the whole.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from pathlib import Path

_HEAD = struct.Struct(">4sII")
_MAGIC = b"SWSP"
_DIGEST = 32


class Spool:
    """An append-only file; `append` returns when the piece survives loss of power."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    @property
    def size(self) -> int:
        """Bytes in the file; 0 where there is none."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def append(self, frames: int, payload: bytes) -> None:
        """Add a piece durably. Raises ``OSError``, after which nothing of the piece counts."""
        if self._file is None:
            self._file = self._open()
        piece = _HEAD.pack(_MAGIC, frames, len(payload)) + payload + hashlib.sha256(payload).digest()
        end = os.lseek(self._file, 0, os.SEEK_END)
        try:
            view = memoryview(piece)
            while view:
                view = view[os.write(self._file, view) :]
            os.fdatasync(self._file)
        except OSError:
            os.ftruncate(self._file, end)
            raise

    def pieces(self) -> Iterator[tuple[int, bytes]]:
        """The whole pieces (frames, payload) in order; a torn one ends them."""
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return
        with file:
            while len(head := file.read(_HEAD.size)) == _HEAD.size:
                magic, frames, length = _HEAD.unpack(head)
                payload, digest = file.read(length), file.read(_DIGEST)
                if magic != _MAGIC or hashlib.sha256(payload).digest() != digest:
                    return
                yield frames, payload

    def clear(self) -> None:
        """Remove the file: all of it is in the database."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        self.path.unlink(missing_ok=True)
        if self.path.parent.exists():
            _sync_folder(self.path.parent)

    def _open(self) -> int:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        # What follows a torn piece would never be read.
        os.ftruncate(file, sum(_HEAD.size + len(payload) + _DIGEST for _, payload in self.pieces()))
        os.fsync(file)
        _sync_folder(self.path.parent)
        return file


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
