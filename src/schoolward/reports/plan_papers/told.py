"""How the papers of a plan tell money, and paragraphs."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.grants.wording import dollars
from schoolward.reports.plan_papers.approved import Approved
from schoolward.reports.sheets.shape import Column, Part, Value
from schoolward.reports.sheets.values import sentence


def cents(amount: int, url: str = "") -> Value:
    """Money to the cent: what is asked for and what the ledger holds have to agree."""
    return Value(amount, dollars(amount), url)


def approval_url(made: Approved) -> str:
    """Where the allocations behind the sums stand."""
    return reverse("funding:approval", args=[made.approval.pk])


def prose(key: str, title: str, *paragraphs: Value | str) -> Part:
    """A part of paragraphs."""
    rows = tuple({"text": one if isinstance(one, Value) else sentence(one)} for one in paragraphs if one)
    return Part(key, title, (Column("text", title),), rows, layout="prose")


def draft() -> str:
    """What stands on every page until somebody has signed the paper."""
    return _("Draft until signed by the district's lead")


def signature(is_sent: bool) -> Part:
    """Who signs, by role: the paper never names a person."""
    words = (
        _("Not sent, and no word of the district's, until the lead has signed and dated it.")
        if is_sent
        else _("For the file. The lead signs that nothing has to be asked for.")
    )
    return prose(
        "signature",
        _("Signature"),
        words,
        _("Lead of the safe-schools partnership: ______________________   Date: ______________"),
    )
