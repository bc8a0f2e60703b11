"""Pictures that show nothing real: a gate drawn in two colours, as a PNG."""

from __future__ import annotations

import io
import struct
import zlib
from random import Random

WIDTH, HEIGHT = 240, 180


def invented_picture(random: Random) -> io.BytesIO:
    """A drawn gate with bars, one of them missing: each picture another one."""
    gap, sky = random.randrange(2, 9), random.randrange(180, 230)
    # Most rows are like others: each kind is drawn once.
    drawn: dict[tuple[bool, bool, bool], bytes] = {}
    rows = bytearray()
    for y in range(HEIGHT):
        kind = (y > HEIGHT * 3 // 4, y // 4 in (12, 28), 48 < y < 130)
        if kind not in drawn:
            drawn[kind] = b"".join(_colour(x, *kind, gap, sky) for x in range(WIDTH))
        rows += b"\0" + drawn[kind]
    return io.BytesIO(_png(bytes(rows)))


def _colour(x: int, is_ground: bool, has_rail: bool, has_bars: bool, gap: int, sky: int) -> bytes:
    if is_ground:
        return bytes((120, 140, 105))
    within = 40 < x < 200
    is_bar = has_bars and (x - 40) % 16 < 4 and (x - 40) // 16 != gap
    return bytes((70, 78, 84)) if within and (has_rail or is_bar) else bytes((sky, sky, min(255, sky + 20)))


def _png(rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
