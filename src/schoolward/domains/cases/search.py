"""How records of cases are put into words. None of them is found by the search: a name is no search word."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models import Referral
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, register


def describe_referral(referral: Referral, viewer: Viewer) -> Hit:
    """Its number, and where it stands for those who may read that."""
    told = str(referral.get_state_display()) if readable(referral, "state", viewer) else ""
    return Hit(
        _t("Referral no. %(number)d") % {"number": referral.pk},
        reverse("cases:referral", args=[referral.pk]),
        told,
    )


def describe_beside(row: Any, viewer: Viewer) -> Hit:
    """The referral that it stands beside."""
    return Hit(
        _t("Beside referral no. %(number)d") % {"number": row.referral_id},
        reverse("cases:referral", args=[row.referral_id]),
    )


register(RecordKind("cases.Referral", _("Referrals"), describe_referral))
register(RecordKind("cases.FollowUp", _("Follow-ups"), describe_beside))
register(RecordKind("cases.Service", _("Sessions of referrals"), describe_beside))
