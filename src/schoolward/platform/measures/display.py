"""A measured number as people read it: the same words on the page, in the paper and in the terminal."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from schoolward.platform.measures.reading import Number, Reading, Shown

CENTS = frozenset({"cents", "US cents", "USD cents"})
DOLLARS = frozenset({"USD", "US dollars", "dollars", "$"})
SHARES = frozenset({"percent"})


def display(value: Number | None, unit: str) -> str:
    """A value with its unit where the unit is a sign: ``75``, ``1,234.5``, ``57%``, ``$463,699``.

    Money is shown in whole dollars, halves up. Other units ("incidents") are left to the sentence.
    """
    if value is None:
        return "n/a"
    if unit in CENTS or unit in DOLLARS:
        amount = Decimal(str(value)) / (100 if unit in CENTS else 1)
        sign = "-" if amount < 0 else ""
        return f"{sign}${abs(amount).quantize(Decimal(1), ROUND_HALF_UP):,}"
    if unit in SHARES:
        return f"{_plain(value, 1 if value and abs(value) < 10 else 0)}%"
    return _plain(value, 1)


def amount(value: Number, unit: str) -> str:
    """What one record adds to a sum: money to the cent where it has any, so that it can be added up."""
    if unit in CENTS and value % 100:
        return f"{'-' if value < 0 else ''}${abs(Decimal(str(value))) / 100:,.2f}"
    return display(value, unit)


def exported(value: Number | None, unit: str) -> str:
    """The same for a file: dollars with cents, else the bare number; empty where there is none to tell."""
    if value is None:
        return ""
    return f"{Decimal(str(value)) / 100:.2f}" if unit in CENTS else str(value)


def _plain(value: Number, decimals: int) -> str:
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{Decimal(str(value)).quantize(Decimal(10) ** -decimals, ROUND_HALF_UP):,}"


def shown(reading: Reading) -> str:
    """What stands in the place of the number, also where there is none to show."""
    if not reading.collected:
        return _("not collected")
    if reading.suppressed and not reading.measure.minimum_count:
        return _("withheld: too few students")
    if reading.suppressed:
        return _("fewer than %(threshold)s or withheld") % {"threshold": reading.measure.minimum_count}
    if reading.value is None:
        return _("nothing to divide by")
    return display(reading.value, reading.measure.unit)


class NoInterval(LookupError):
    """The measure knows no interval of its value."""


def span(reading: Reading) -> str:
    """The value's 95 percent interval: ``95.1% to 96.7%``. Raises :class:`NoInterval` where none is known.

    The ends of a share have one decimal, so that those of a large count do not fall together.
    """
    if reading.value is None:
        return shown(reading)
    if reading.interval is None:
        raise NoInterval(_("this number has no interval; leave show=interval out"))
    ends = [_end(value, reading.measure.unit) for value in reading.interval]
    return _("%(low)s to %(high)s") % {"low": ends[0], "high": ends[1]}


def _end(value: float | None, unit: str) -> str:
    if value is None:
        return _("no limit")
    return f"{_plain(value, 1)}%" if unit in SHARES else display(value, unit)


def verdict(reading: Reading) -> str:
    """What the interval of a change says of it; empty where the number is no change, or knows no interval."""
    words = {
        Shown.RISE: _("which shows a rise"),
        Shown.FALL: _("which shows a fall"),
        Shown.NOT_SHOWN: _("no change shown"),
    }
    return words.get(reading.shows, "")


def certainty(reading: Reading) -> str:
    """The interval with what it says, to stand beside the value; empty where the number knows none."""
    if reading.value is None or reading.interval is None:
        return ""
    told = _("95 percent interval %(span)s") % {"span": span(reading)}
    said = verdict(reading)
    return f"{told}: {said}" if said else told


def parts(reading: Reading) -> str:
    """What was divided by what, e.g. ``812 of 1,432``; empty where the number is a plain count."""
    if reading.denominator is None or reading.value is None:
        return ""
    unit = reading.measure.record_unit
    bare = "" if unit in SHARES else unit
    against = reading.measure.denominator_unit or bare
    return _("%(numerator)s of %(denominator)s") % {
        "numerator": display(reading.numerator, bare if bare in CENTS | DOLLARS else ""),
        "denominator": display(reading.denominator, against if against in CENTS | DOLLARS else ""),
    }
