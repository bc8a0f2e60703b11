"""What one segment of the journal takes."""

from __future__ import annotations

from collections.abc import Iterator

from schoolward.domains.alarms.receiver.receiving import Entry

MOST_FRAMES, MOST_BYTES = 1_000, 1_000_000
_FLAGS_AT = 9  # of a packed record: after the microseconds and the way


def portions(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Entries in the portions that one segment takes, in order."""
    if len(entries) <= MOST_FRAMES // 5:
        yield entries  # the longest frame has 4 kB
        return
    begun = size = 0
    for at, entry in enumerate(entries):
        if at - begun == MOST_FRAMES or (size and size + len(entry[0]) > MOST_BYTES):
            yield entries[begun:at]
            begun, size = at, 0
        size += len(entry[0])
    yield entries[begun:]


def with_flag(packed: bytes, flag: int) -> bytes:
    """A packed record with one more flag."""
    return packed[:_FLAGS_AT] + bytes([packed[_FLAGS_AT] | flag]) + packed[_FLAGS_AT + 1 :]
