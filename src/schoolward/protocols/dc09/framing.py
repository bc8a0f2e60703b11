"""A stream of bytes cut into frames: split, coalesced, and with junk between them.

A frame is LF, its check (four digits, or two raw bytes), its length (four digits), a quotation mark, and
everything to the next CR. Where the quotation mark stands tells the two dialects apart, so that a CR or LF
that is a byte of a raw check is not taken for the end or the beginning of a frame. Inside a frame there is no
LF: where one stands, the frame before it has lost its end and is junk.

How a stream is split into pieces never changes the frames that come out of it, nor what is counted.
"""

from __future__ import annotations

import re
from typing import Final

from schoolward.protocols.dc09.profile import DEFAULT, Profile

LONGEST_BODY: Final = 0xFFF
"""Bytes from the first quotation mark to the one before the CR: three digits hold no more."""

_QUOTED_AT: Final = (9, 7)  # with the check in digits, and in raw bytes
_HEAD: Final = rb'\n(?:[^\r\n"]{8}|..[^\r\n"]{4})"'
_FRAME: Final = re.compile(_HEAD + rb"[^\r\n]{0,%d}\r" % (LONGEST_BODY - 1), re.DOTALL)
_TOO_LONG: Final = re.compile(_HEAD + rb"[^\r\n]{%d}" % LONGEST_BODY, re.DOTALL)
# What may still become a frame: it begins as one and nothing has ended it.
_BEGUN: Final = re.compile(
    rb'\n(?:[^\r\n"]{0,8}|[^\r\n"]{8}"[^\r\n]*|.{0,2}|..[^\r\n"]{0,4}|..[^\r\n"]{4}"[^\r\n]*)\Z', re.DOTALL
)


class FrameStream:
    """The bytes of one connection on their way to becoming frames. It keeps at most one unfinished frame."""

    __slots__ = ("_rest", "junk_bytes", "oversized", "profile")

    def __init__(self, profile: Profile = DEFAULT) -> None:
        self.profile = profile
        self.junk_bytes = 0
        """Bytes so far that belong to no frame; those that may yet become one are not counted."""
        self.oversized = 0
        """Frames so far that ran on past the longest that there can be. They are junk too."""
        self._rest = b""

    @property
    def pending(self) -> int:
        """How many bytes of an unfinished frame are held, for an idle timeout to look at."""
        return len(self._rest)

    def feed(self, data: bytes) -> list[bytes]:
        """Take what was received, of any size, and return the frames that are now whole, LF to CR."""
        if self._rest:
            data = self._rest + data
            self._rest = b""
        # Nearly always one frame has come by itself; to see that is three times cheaper than a search.
        if (
            data.find(b"\r") == len(data) - 1 <= LONGEST_BODY
            and data.rfind(b"\n") == 0
            and data.find(b'"') in _QUOTED_AT
        ):
            return [data]
        frames = _FRAME.findall(data)
        if sum(map(len, frames)) != len(data):
            self._account_for_the_rest(data)
        return frames

    def _account_for_the_rest(self, data: bytes) -> None:
        found, self._rest = cut(data)
        for piece, is_frame in found:
            if not is_frame:
                self.junk_bytes += len(piece)
                self.oversized += len(_TOO_LONG.findall(piece))


def cut(data: bytes, *, finished: bool = False) -> tuple[list[tuple[bytes, bool]], bytes]:
    """Cut a piece of a stream into (frame, True) and (bytes that belong to no frame, False), in order.

    Return these, and the rest that may yet become a frame: nothing, if the stream is finished.
    """
    found: list[tuple[bytes, bool]] = []
    end = 0
    for frame in _FRAME.finditer(data):
        if frame.start() > end:
            found.append((data[end : frame.start()], False))
        found.append((frame[0], True))
        end = frame.end()
    tail = data[end:]
    begun = None if finished else _BEGUN.search(tail)
    # What follows on a frame that is too long has no beginning any more: junk, but not counted as one again.
    at = len(tail) if begun is None or _TOO_LONG.match(tail, begun.start()) else begun.start()
    if at:
        found.append((tail[:at], False))
    return found, tail[at:]
