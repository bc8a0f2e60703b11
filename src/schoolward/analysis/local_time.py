"""Wall-clock time and UTC, over whole arrays at once.

Records of a year hold a few thousand distinct hours, so the offset is asked of the time zone once an hour and
remembered. Zones whose offset changes within an hour are not in use in the United States.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone


class LocalClock:
    """Converts seconds since 1970-01-01 00:00 between UTC and one place's wall clock."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self._from_utc: dict[int, int] = {}
        self._from_local: dict[int, int] = {}

    def to_local(self, utc: Integers) -> Integers:
        """Return wall-clock seconds of moments given in UTC."""
        return utc + self._offsets(utc, self._from_utc, self._offset_of_utc)

    def to_utc(self, local: Integers) -> Integers:
        """Return UTC seconds of wall-clock moments.

        An hour that the clock repeats in autumn is taken as its first pass; an hour that it skips in spring
        as if the clock had not been moved. `doubtful` tells which moments these are.
        """
        return local - self._offsets(local, self._from_local, self._offset_of_local)

    def doubtful(self, local: Integers) -> NDArray[np.bool_]:
        """Tell which wall-clock moments the clock shows twice or not at all."""
        hours, where = np.unique(local // 3600, return_inverse=True)
        doubt = np.array([self._is_doubtful(int(hour)) for hour in hours], dtype=np.bool_)
        return doubt[where] if len(hours) else np.zeros(0, dtype=np.bool_)

    def _offsets(self, seconds: Integers, memory: dict[int, int], ask: Callable[[int], int]) -> Integers:
        hours, where = np.unique(seconds // 3600, return_inverse=True)
        offsets = np.zeros(len(hours), dtype=np.int64)
        for index, hour in enumerate(hours.tolist()):
            if hour not in memory:
                memory[hour] = ask(hour)
            offsets[index] = memory[hour]
        return offsets[where]

    def _offset_of_utc(self, hour: int) -> int:
        moment = (_EPOCH + timedelta(hours=hour)).replace(tzinfo=UTC)
        return _seconds(moment.astimezone(self.zone).utcoffset())

    def _offset_of_local(self, hour: int) -> int:
        return _seconds((_EPOCH + timedelta(hours=hour)).replace(tzinfo=self.zone).utcoffset())

    def _is_doubtful(self, hour: int) -> bool:
        moment = (_EPOCH + timedelta(hours=hour)).replace(tzinfo=self.zone)
        return moment.utcoffset() != moment.replace(fold=1).utcoffset()


def _seconds(offset: timedelta | None) -> int:
    return int(offset.total_seconds()) if offset is not None else 0
