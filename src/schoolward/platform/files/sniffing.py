"""What a file is, told from its first bytes; a file's name is only a claim."""

from __future__ import annotations

from mmap import ACCESS_READ, mmap
from pathlib import Path

__all__ = ["HEAD_BYTES", "OCTETS", "is_cut_off", "media_type"]

HEAD_BYTES = 4096
OCTETS = "application/octet-stream"

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypisom", "video/mp4"),
    (4, b"ftypmp42", "video/mp4"),
    (4, b"ftypqt  ", "video/quicktime"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
)
_OFFICE: tuple[tuple[bytes, str], ...] = (
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml")


def media_type(head: bytes) -> str:
    """Return the media type of a file that begins with ``head`` (the first ``HEAD_BYTES`` are enough).

    Anything that a browser might run as markup is ``text/html``, whatever it calls itself. What cannot be
    told is ``application/octet-stream``.
    """
    for offset, magic, found in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return found
    if head[:4] == b"PK\x03\x04":
        return next((found for part, found in _OFFICE if part in head), "application/zip")
    if not head or (b"\x00" in head.replace(b"\xff\xfe", b"", 1) and not _is_utf16(head)):
        return OCTETS
    if any(mark in head[:1024].lstrip().lower() for mark in _MARKUP):
        return "text/html"
    return "text/plain" if _is_text(head) else OCTETS


def _is_utf16(head: bytes) -> bool:
    return head[:2] in (b"\xff\xfe", b"\xfe\xff")


def _is_text(head: bytes) -> bool:
    control = sum(byte < 32 and byte not in b"\t\n\r\x0c" for byte in head)
    return _is_utf16(head) or control == 0


#: What stands at the end of a picture; more may follow, such as the film that some telephones add.
_ENDS = {"image/png": b"IEND", "image/jpeg": b"\xff\xd9"}


def is_cut_off(path: Path, found: str) -> bool:
    """Whether a picture of this media type lacks its end, so that nobody can ever see it."""
    end = _ENDS.get(found)
    if end is None:
        return False
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content.rfind(end) < 0
