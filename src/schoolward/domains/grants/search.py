"""How grants are found, and put into words behind a number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.grants.models import Application, Award, Entry, Opportunity
from schoolward.domains.grants.queries import awards, entries, opportunities
from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, holds_words, register


def describe_award(award: Award, viewer: Viewer) -> Hit:
    """Title, amount and end; and the amount that it has in a number."""
    detail = _("%(amount)s, ends %(end)s") % {"amount": dollars(award.amount_cents), "end": award.end}
    counted = getattr(award, "cents", None)
    if counted is not None:
        detail = f"{dollars(counted)} · {detail}"
    return Hit(award.title, reverse("grants:award", args=[award.key]), detail)


def find_awards(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Awards whose title, funder or number holds the words."""
    return awards(viewer).filter(holds_words(text, "title", "funder_name", "number"))[:limit]


def describe_entry(entry: Entry, viewer: Viewer) -> Hit:
    """What it was, its day and amount; and how much of it counts in a number."""
    linked = getattr(entry, "linked", None)
    amount = dollars(entry.amount_cents)
    if linked is not None and linked != entry.amount_cents:
        amount = _("%(linked)s of %(amount)s") % {"linked": dollars(linked), "amount": amount}
    detail = f"{entry.get_kind_display()} · {entry.on} · {amount}"
    return Hit(entry.description, reverse("grants:entry", args=[entry.pk]), detail)


def find_entries(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Entries whose words, document or number in the general ledger hold the words, the newest first."""
    matching = entries(viewer).filter(holds_words(text, "description", "document", "external_id"))
    return matching.order_by("-on", "-pk")[:limit]


def describe_application(application: Application, viewer: Viewer) -> Hit:
    """What was applied for, and what came of it."""
    url = reverse("grants:opportunity", args=[application.opportunity.key])
    detail = f"{dollars(application.requested_cents)} · {application.get_outcome_display()}"
    return Hit(str(application.opportunity), url, detail)


def describe_opportunity(opportunity: Opportunity, viewer: Viewer) -> Hit:
    """Title, funder and deadline."""
    url = reverse("grants:opportunity", args=[opportunity.key])
    return Hit(opportunity.title, url, f"{opportunity.funder_name} · {opportunity.closes}")


def find_opportunities(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Opportunities whose title or funder holds the words."""
    return opportunities(viewer).filter(holds_words(text, "title", "funder_name"))[:limit]


register(RecordKind("grants.Award", gettext_lazy("Grants"), describe_award, find_awards, order=60))
register(RecordKind("grants.Entry", gettext_lazy("Ledger entries"), describe_entry, find_entries, order=62))
register(
    RecordKind(
        "grants.Application",
        gettext_lazy("Applications"),
        describe_application,
        related=("opportunity",),
        order=63,
    )
)
register(
    RecordKind(
        "grants.Opportunity",
        gettext_lazy("Grant opportunities"),
        describe_opportunity,
        find_opportunities,
        order=61,
    )
)
