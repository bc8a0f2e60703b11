"""How long something took or waits, in words: the same on every page, in every answer and every letter."""

from __future__ import annotations

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_SECONDS_TO = 2 * _MINUTE
_SECONDS_BESIDE_MINUTES_TO = 10 * _MINUTE
_HOURS_TO = 2 * _DAY


def duration_words(seconds: float) -> str:
    """Return a duration, cut to what matters at its length. Negative counts as none.

    >>> [duration_words(s) for s in (43.7, 90, 180, 200, 878, 5448, 190_800)]
    ['43 s', '90 s', '3 min', '3 min 20 s', '14 min', '1 h 30 min', '2 d 5 h']
    """
    whole = max(0, int(seconds + 1e-6))
    if whole < _SECONDS_TO:
        return f"{whole} s"
    if whole < _SECONDS_BESIDE_MINUTES_TO:
        return _two(whole, _MINUTE, "min", 1, "s")
    if whole < _HOUR:
        return f"{whole // _MINUTE} min"
    if whole < _HOURS_TO:
        return _two(whole, _HOUR, "h", _MINUTE, "min")
    return _two(whole, _DAY, "d", _HOUR, "h")


def _two(whole: int, size: int, unit: str, smaller: int, smaller_unit: str) -> str:
    rest = whole % size // smaller
    return f"{whole // size} {unit} {rest} {smaller_unit}" if rest else f"{whole // size} {unit}"
