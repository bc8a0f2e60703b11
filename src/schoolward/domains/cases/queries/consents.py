"""Whether the family's yes by which a referral goes holds. Told to whoever answers it, to nobody else."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models import Referral
from schoolward.domains.cases.states import AGREED
from schoolward.platform.access.models import Consent

SOON = timedelta(days=30)
"""So long before its end the yes can be asked for again."""


class Yes(models.TextChoices):
    """How the family's yes stands on a day."""

    HOLDS = "holds", _("holds")
    SOON = "soon", _("runs out soon")
    RUN_OUT = "run_out", _("has run out")
    WITHDRAWN = "withdrawn", _("was taken back")


GONE = (Yes.RUN_OUT, Yes.WITHDRAWN)


def yes_is_gone(on: date) -> Q:
    """Referrals that go by a family's yes which does not hold on the day."""
    held = Q(
        consent__valid_from__lte=on,
        consent__valid_to__gte=on,
        consent__withdrawn_at__isnull=True,
        consent__sealed_at__isnull=True,
    )
    return Q(state__in=AGREED) & ~held


def without_yes(rows: QuerySet[Referral], *, on: date) -> QuerySet[Referral]:
    """Those of the viewer's own agency's rows whose family has to be asked again."""
    return rows.filter(yes_is_gone(on))


def standing_of(given: Consent | None, on: date) -> Yes:
    """How a consent stands on a day; one that is not to be seen any more is as one taken back."""
    if given is None or given.sealed_at is not None or given.withdrawn_at is not None:
        return Yes.WITHDRAWN
    if not given.valid_from <= on <= given.valid_to:
        return Yes.RUN_OUT
    return Yes.SOON if given.valid_to - on <= SOON else Yes.HOLDS


def held_on(given: Consent | None, day: date) -> bool:
    """Whether a consent held on a day that is over, also where it was taken back since."""
    if given is None or given.sealed_at is not None or not given.valid_from <= day <= given.valid_to:
        return False
    return given.withdrawn_at is None or day <= timezone.localdate(given.withdrawn_at)


def yes_of(referral: Referral, on: date) -> Yes | None:
    """How the family's yes stands of a referral that goes by one; ``None`` of any other.

    For a row of which the viewer may read the consent; of another it would tell what is not there to read.
    """
    return standing_of(referral.consent, on) if referral.state in AGREED else None
