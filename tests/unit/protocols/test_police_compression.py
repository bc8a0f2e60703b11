"""Compressed police files that are a trap: they expand without end, are cut off, or carry more behind."""

import gzip
import io
import tracemalloc

import numpy as np
import pytest

from schoolward.protocols.police_records import FileProblem, open_table

HEADER = "cdatetime,address,district,beat,grid,crimedescr,ucr_ncic_code,latitude,longitude"
ROW = (
    "1/1/06 0:00,3108 OCCIDENTAL DR,3,3C        ,1115,10851(A)VC TAKE VEH W/O OWNER,2404,"
    "38.55042047,-121.3914158"
)


def walk(content: bytes, limit: int | None = None) -> None:
    table = open_table(io.BytesIO(content), **({} if limit is None else {"limit": limit}))
    for _ in table.chunks(5000):
        pass


def test_a_small_file_that_expands_without_end_is_refused() -> None:
    rows = f"{HEADER}\n".encode() + f"{ROW}\n".encode() * 100_000
    bomb = gzip.compress(rows)
    assert len(bomb) < len(rows) / 50
    with pytest.raises(FileProblem, match=r"more than 4 MB once it is unpacked. Unpack it, split it"):
        walk(bomb, limit=4 << 20)
    walk(bomb, limit=len(rows))


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    zeros = gzip.compress(f"{HEADER}\n{ROW}\n".encode() + bytes(96 << 20), compresslevel=1)
    tracemalloc.start()
    try:
        with pytest.raises(FileProblem, match="A line of the file is longer than 64 MB"):
            walk(zeros)
        with pytest.raises(FileProblem, match="too long to be a header"):
            walk(gzip.compress(bytes(96 << 20), compresslevel=1))
        assert tracemalloc.get_traced_memory()[1] < 512 << 20
    finally:
        tracemalloc.stop()


def test_what_stands_behind_or_inside_the_compression_is_named() -> None:
    whole = gzip.compress(f"{HEADER}\n{ROW}\n".encode() * 2000)
    with pytest.raises(FileProblem, match=r"cut off or damaged.*Fetch it again"):
        walk(whole + b"garbage behind it")
    rng = np.random.default_rng(2)
    noise = "\n".join(ROW.replace("3108", str(n)) for n in rng.integers(1, 10**9, 50_000))
    packed = bytearray(gzip.compress(f"{HEADER}\n{noise}\n".encode()))
    packed[len(packed) // 2 : len(packed) // 2 + 64] = bytes(range(191, 255))
    with pytest.raises(FileProblem, match=r"cut off or damaged near row.*Fetch it again"):
        walk(bytes(packed))
