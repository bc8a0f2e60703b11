"""Which young people and referrals a viewer has to do with. No list is ordered by anything but days."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from schoolward.domains.cases.models import Goal, GoalState, Referral, Youth
from schoolward.domains.cases.states import OPEN, State
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.policy import mask, visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

RELATED = (
    "youth",
    "program__provider__agency",
    "named_program",
    "offering",
    "campus",
    "coordinator",
    "agency",
    "consent",
)


def referrals(viewer: Viewer) -> QuerySet[Referral]:
    """The referrals of which the viewer may see anything, those first whose next step is due first."""
    rows: QuerySet[Referral] = visible(Referral.objects.select_related(*RELATED), viewer)
    return rows.order_by(F("due_on").asc(nulls_last=True), "since", "pk")


def mine(viewer: Viewer) -> QuerySet[Referral]:
    """Open referrals that the viewer answers, and those that nobody has taken yet."""
    own = Q(coordinator=viewer.account_id) | Q(coordinator__isnull=True)
    return referrals(viewer).filter(own, agency=viewer.agency_id, state__in=OPEN)


def own_referrals(viewer: Viewer) -> QuerySet[Referral]:
    """What the viewer has referred, the newest first: received, started or closed."""
    return referrals(viewer).filter(referred_by=viewer.account_id or 0).order_by("-referred_on", "-pk")


def stalled(rows: QuerySet[Referral], *, on: date) -> QuerySet[Referral]:
    """Open referrals whose next step is past its day."""
    return rows.filter(state__in=OPEN, due_on__lt=on)


def reviews_due(viewer: Viewer, *, on: date) -> QuerySet[Goal]:
    """Goals of the viewer's own open referrals that are to be looked at by the day."""
    rows: QuerySet[Goal] = visible(Goal.objects.select_related("youth", "referral"), viewer)
    return rows.filter(
        state=GoalState.OPEN,
        review_on__lte=on,
        referral__state__in=OPEN,
        referral__coordinator=viewer.account_id,
    ).order_by("review_on", "pk")


def seen_youth(viewer: Viewer, pk: int) -> Youth | None:
    """One young person, with the disclosure on the record; ``None`` where there is nothing to see."""
    found = read(Youth.objects.select_related("school", "coordinator").filter(pk=pk), viewer)
    return found[0] if found else None


def seen_referral(viewer: Viewer, pk: int) -> Referral | None:
    """One referral, emptied of what the viewer may not see, with the disclosure on the record."""
    found = read(Referral.objects.select_related(*RELATED).filter(pk=pk), viewer)
    return found[0] if found else None


def may_keep(viewer: Viewer, referral: Referral) -> bool:
    """Whether the viewer sees all of a referral that came from here, which is what answering it needs."""
    return {"coordinator", "need"} <= mask(referral, viewer)


def look_alikes(viewer: Viewer, youth: Youth) -> list[Youth]:
    """Others of the viewer's whose birthday is the same and whose name begins alike.

    A person decides whether they are one; twins are not (``docs/decisions/0062``).
    """
    born_alike = Youth.objects.filter(born_on=youth.born_on, agency=youth.agency_id).exclude(pk=youth.pk)
    rows = read(born_alike, viewer, fields=frozenset({"legal_name", "preferred_name", "born_on"}))
    return [
        other
        for other in rows
        if other.legal_name and other.legal_name[:2].casefold() == youth.legal_name[:2].casefold()
    ]


def ahead_of(viewer: Viewer, referral: Referral) -> int:
    """How many of the viewer's own agency said yes to the same program earlier and still wait.

    The waiting list is in the order of the families' yes, and of nothing else.
    """
    if referral.state != State.CONSENTED or referral.consented_on is None:
        return 0
    with within(viewer):
        rows = referrals(viewer).filter(program=referral.program_id, state=State.CONSENTED)
        return rows.filter(consented_on__lt=referral.consented_on, agency=referral.agency_id).count()
