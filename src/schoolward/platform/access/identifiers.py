"""Numbers that must never stand in free text: of criminal files, and of driver's licenses.

Such a number ties a record to a criminal history that this system must not hold, or opens a stranger's
identity. The shapes: a California CII (SID) number is an A and 7 or 8 digits; a California driver's license
is a letter and 7 digits; an FBI number (UCN) has up to 9 characters, digits with one or two letters near
their end, or is announced as one; a social security number is 3-2-4 digits.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SHAPES: tuple[tuple[str | Promise, re.Pattern[str]], ...] = (
    (
        _("a CII number"),
        re.compile(
            r"\bA[ -]?\d{8}\b|\bC\.?I\.?I\.?\W{0,3}(?:(?:no|num|number)\b\.?\W{0,3})?[A-Z]?\d{6,}", re.I
        ),
    ),
    (_("a driver's license number"), re.compile(r"\b[A-Z][ -]?\d{7}\b", re.I)),
    (
        _("an FBI number"),
        re.compile(
            r"\b\d{3,6}[A-Z]{1,2}\d{1,2}\b"
            r"|\bFBI\W{0,3}(?:(?:no|num|number)\b\.?\W{0,3})?(?=\w*\d)\w{5,9}\b",
            re.I,
        ),
    ),
    (_("a social security number"), re.compile(r"\b\d{3}-\d{2}-\d{4}\b")),
)


def explain(text: str) -> str:
    """The sentence about the first such number in a text, without repeating it; empty where there is none."""
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
