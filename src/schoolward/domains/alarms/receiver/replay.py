"""Remembers encrypted frames for as long as their time would let them be heard twice.

DC-09's encryption has no authentication: whoever recorded a frame can send it again. Within the window that a
timestamp leaves (40 s old to 20 s ahead), only the memory of the very bytes tells it from a new one.
"""

from __future__ import annotations

#: A panel that got no answer sends again; from its own address, and not later than this.
SECONDS_TO_RESEND = 60.0
#: Frames of one generation, about 160 bytes each: 8,000 a second for a minute, and at most 160 MB for both.
MOST_OF_A_GENERATION = 500_000


class ReplayCache:
    """Two generations of bodies, each of a window's length: what is older is outside of the window.

    A generation that is full ends early, so that memory has a bound. A frame that was forgotten so, and comes
    again from another address, is acknowledged; the case builder, which reads the journals of all receivers,
    still finds it and sets it aside (docs/decisions/0033). ``forgotten`` says how many that were, at most.
    """

    __slots__ = ("_begun", "_older", "_younger", "forgotten")

    def __init__(self) -> None:
        self._younger: dict[int, tuple[str, float]] = {}
        self._older: dict[int, tuple[str, float]] = {}
        self._begun = 0.0
        self.forgotten = 0

    def is_replay(self, body: bytes, address: str, now: float) -> bool:
        """Whether this encrypted body was heard before, from elsewhere or too long ago; else remember it."""
        if now - self._begun >= SECONDS_TO_RESEND:
            if now - self._begun >= 2 * SECONDS_TO_RESEND:
                self._younger = {}
            self._turn(now)
        # Python's hash of bytes is keyed anew in each process: nobody can make two bodies meet on purpose.
        digest = hash(body)
        first = self._younger.get(digest) or self._older.get(digest)
        if first is None:
            if len(self._younger) >= MOST_OF_A_GENERATION:
                self.forgotten += len(self._older)
                self._turn(now)
            self._younger[digest] = (address, now)
            return False
        return first[0] != address or now - first[1] > SECONDS_TO_RESEND

    def _turn(self, now: float) -> None:
        self._older, self._younger, self._begun = self._younger, {}, now

    def __len__(self) -> int:
        return len(self._younger) + len(self._older)
