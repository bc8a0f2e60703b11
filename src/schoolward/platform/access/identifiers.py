"""Numbers that must never stand in free text: of criminal files, and of driver's licenses.

Such a number ties a record to a criminal history that this system must not hold, or opens a stranger's
identity. The shapes: a California CII (SID) number is an A, or the state's CA, and 8 digits, in one piece or
in fours; a California driver's license is a letter and 7 digits, and one of another state is announced as
one; an FBI number (UCN) has up to 9 characters, digits with one or two letters near their end, or is
announced as one; a social security number is 3-2-4 digits.

A room, a bus or a quarter of a year may look like an FBI number: what is said to be one is passed over.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ANNOUNCED = r"\W{0,3}(?:(?:no|num|number|is)\b\.?\W{0,3})*"
"""What may stand between the name of a number and the number: "no.", "#", ": "."""

_SHAPES: tuple[tuple[str | Promise, re.Pattern[str]], ...] = (
    (
        _("a CII number"),
        re.compile(
            r"\bC?A[ -]?(?:\d{8}|\d{4} \d{4})\b"
            # Two school years behind a letter are "plan A-2012-2013", and no number.
            r"|\bC?A-(?!(?:19|20)\d\d-(?:19|20)\d\d\b)\d{4}-\d{4}\b"
            rf"|\bC\.?I\.?I\.?{_ANNOUNCED}[A-Z]?[ -]?\d(?:[ -]?\d){{5,}}",
            re.I,
        ),
    ),
    (
        _("a driver's license number"),
        re.compile(
            r"\b[A-Z][ -]?\d{7}\b"
            rf"|\b(?:driver.?s?.?\s+licen[sc]e|D\.?L\.?){_ANNOUNCED}"
            r"[A-Z]{0,2}(?:\d{6,}|\d{3}(?: \d{3}){1,3})\b",
            re.I,
        ),
    ),
    (
        _("an FBI number"),
        re.compile(
            rf"\b\d{{3,6}}[A-Z]{{1,2}}\d{{1,2}}\b|\bFBI{_ANNOUNCED}(?=\w*\d)\w{{5,9}}\b",
            re.I,
        ),
    ),
    (_("a social security number"), re.compile(r"\b\d{3}-\d{2}-\d{4}\b")),
)
_NO_NUMBER_OF_A_PERSON = re.compile(
    r"\b(?:rooms?|rm|suite|apt|apartment|unit|bldg|building|portable|gate|door|locker|bus|route|stop)\b"
    r"\.?\s*(?:(?:no|number)\b\.?\s*|#\s*)?\d{1,4}[A-Z]{1,2}\d{1,2}\b"
    r"|\b(?:19|20)\d\d[QT][1-4]\b",
    re.I,
)
"""Places and buses by what stands before them, and quarters of a year: "room 1234A2", "2012Q3"."""


def explain(text: str) -> str:
    """The sentence about the first such number in a text, without repeating it; empty where there is none."""
    text = _NO_NUMBER_OF_A_PERSON.sub(" ", text)
    for name, shape in _SHAPES:
        if shape.search(text):
            return str(_("This looks like %(name)s. Such numbers are not kept here: take it out.")) % {
                "name": str(name)
            }
    return ""


def no_identifiers(text: str) -> None:
    """The same as a validator of forms. Raises ``ValidationError``."""
    if why := explain(text):
        raise ValidationError(why, code="identifier")
