"""Making the values of a sheet: words, counts, money, days, and numbers of measures with their records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.platform.measures.display import display, parts, shown
from schoolward.platform.measures.reading import Reading
from schoolward.reports.content import short_date
from schoolward.reports.sheets.shape import Value


def absent(words: str = "") -> Value:
    """What nobody collected, or what a row does not have."""
    return Value(None, words or "–")  # noqa: RUF001 - a dash


def not_collected() -> Value:
    """What somebody should have collected and nobody did."""
    return Value(None, _("not collected"))


def words(text: object, url: str = "") -> Value:
    """Words; a dash where there are none."""
    return Value(str(text), str(text), url) if text else absent()


def sentence(*pieces: str | Value) -> Value:
    """Words and numbers one after another; each number keeps the way to its records."""
    parts = tuple(one if isinstance(one, Value) else Value(one, one) for one in pieces)
    text = "".join(part.shown for part in parts)
    return Value(text, text, pieces=parts)


def count(number: int, url: str = "") -> Value:
    """A whole number."""
    return Value(number, display(number, ""), url)


def money(cents: int | None, url: str = "") -> Value:
    """US cents in whole dollars; a dash where no amount is known."""
    return absent() if cents is None else Value(cents, display(cents, "cents"), url)


def sum_of(amounts: Sequence[int | None]) -> Value:
    """The sum of the known amounts, in US cents, and how many are not known; a dash where none is."""
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return absent()
    total, unknown = money(sum(known)), len(amounts) - len(known)
    if not unknown:
        return total
    return Value(total.raw, _("%(sum)s, %(n)s not known") % {"sum": total.shown, "n": unknown})


def day(on: date | None) -> Value:
    """A day; a dash where there is none."""
    return absent() if on is None else Value(on.isoformat(), short_date(on))


def points(score: float | None, url: str = "", *, signed: bool = False) -> Value:
    """A score of 0 to 100, or a change of one in points, to one decimal for machines."""
    if score is None:
        return absent()
    whole = round(score)
    text = f"{whole:+d}" if signed and whole else str(whole)
    return Value(round(score, 1), text.replace("-", "−"), url)  # noqa: RUF001 - a minus sign


def percent(share: float | None) -> Value:
    """A share in percent."""
    return absent() if share is None else Value(round(share, 1), display(round(share), "percent"))


def span(low: float | None, high: float | None) -> Value:
    """Two ends of a score."""
    if low is None or high is None:
        return absent()
    text = _("%(low)s to %(high)s") % {"low": round(low), "high": round(high)}
    return Value(f"{low:.1f}/{high:.1f}", text)


def listed(name: str, **asked: object) -> str:
    """The address of a list, narrowed to the records meant."""
    given = {key.rstrip("_"): str(value) for key, value in asked.items() if value not in (None, "")}
    return f"{reverse(name)}?{urlencode(given)}" if given else reverse(name)


def measured(reading: Reading, *, site: str = "", part: str = "") -> Value:
    """A measure's number, or a part of it (``numerator``, ``denominator``), with the way to its records."""
    if not reading.collected or reading.suppressed or reading.value is None:
        return Value(None, shown(reading))
    period = reading.period
    asked = {"from": period.start, "to": period.end, "as_of": period.as_of, "site": site}
    if part == "denominator":
        asked["part"] = part
    query = urlencode({name: str(value) for name, value in asked.items() if value})
    url = f"{reverse('home:trace', args=[reading.measure.key])}?{query}"
    if part:
        number = reading.numerator if part == "numerator" else reading.denominator
        return Value(number, display(number, ""), url)
    held = parts(reading)
    text = shown(reading)
    return Value(round(reading.value, 4), f"{text} ({held})" if held else text, url)
