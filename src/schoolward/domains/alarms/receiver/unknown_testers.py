"""Link tests of accounts that are not known: each says only that somebody is there, and few are kept."""

from __future__ import annotations

from collections import OrderedDict

SECONDS_BETWEEN_KEPT = 60.0
MOST_ACCOUNTS = 4096
"""So many are told apart; beyond that the longest unheard is forgotten."""


class UnknownTesters:
    """When a link test of each unknown account was kept last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, float] = OrderedDict()

    def is_kept(self, account: bytes, now: float) -> bool:
        """Whether this one goes into the journal; ``now`` in seconds since 1970."""
        if now - self._kept.get(account, 0.0) < SECONDS_BETWEEN_KEPT:
            return False
        self._kept.pop(account, None)
        if len(self._kept) >= MOST_ACCOUNTS:
            self._kept.popitem(last=False)
        self._kept[account] = now
        return True
