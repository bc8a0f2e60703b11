"""Why an action about protected records was not done, and which field has to be mended."""

from __future__ import annotations

from django.utils.translation import gettext as _

from schoolward.platform.access.identifiers import explain


class Refusal(ValueError):
    """What was asked cannot be. ``field`` names what to mend, the message says how."""

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(message)


def fit_text(text: str, *, field: str, longest: int) -> str:
    """Text as it is kept: trimmed, not empty, not too long, readable, without numbers of files and licences.

    Raises :class:`Refusal`.
    """
    text = " ".join(text.split())
    if not text.isprintable():
        raise Refusal(_("Take out the control characters; they cannot be read."), field=field)
    if not text:
        raise Refusal(_("Say why; it goes on the record."), field=field)
    if len(text) > longest:
        raise Refusal(_("Say it in at most %(count)d letters.") % {"count": longest}, field=field)
    if why := explain(text):
        raise Refusal(why, field=field)
    return text
