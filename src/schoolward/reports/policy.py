"""Who sees editions and who signs them."""

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import EVERYONE, declare
from schoolward.platform.access.policy import ModelPolicy, Rule, register
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer

AUTHORS = (Role.LEAD, Role.ACCOUNTABILITY)
SIGNERS = (Role.LEAD, Role.ACCOUNTABILITY, Role.TRUSTEE, Role.PRIVACY_OFFICER)

declare("reports.view", _("Read published reports"), EVERYONE)
declare("reports.edit", _("Draft a report, write its sections and send it to review"), AUTHORS)
declare("reports.approve", _("Approve a report"), (Role.ACCOUNTABILITY, Role.TRUSTEE))
declare("reports.publish", _("Publish a report"), (Role.ACCOUNTABILITY, Role.TRUSTEE))
declare(
    "reports.sign_anomaly",
    _("Sign for a number that is far off, or that could not be judged"),
    (Role.ACCOUNTABILITY, Role.LEAD),
)
declare(
    "reports.minutes",
    _("Write the board's minutes into a report"),
    (*AUTHORS, Role.SECRETARY),
)
declare("reports.correct", _("Publish a correction"), (Role.ACCOUNTABILITY,))


def _published(prefix: str) -> Callable[[Viewer], Q | None]:
    def where(viewer: Viewer) -> Q | None:
        return Q(**{f"{prefix}state__in": ["published", "superseded"]})

    return where


for model, prefix in (
    ("reports.Edition", ""),
    ("reports.Section", "edition__"),
    ("reports.Author", "edition__"),
    ("reports.CellReading", "edition__"),
    ("reports.EditionFile", "edition__"),
    ("reports.Signoff", "edition__"),
    ("reports.Correction", "edition__"),
    ("reports.AnomalySignoff", "cell__edition__"),
):
    register(
        ModelPolicy(
            model,
            (
                Rule("works on reports", frozenset(map(str, SIGNERS))),
                Rule("reads what is published", frozenset(map(str, EVERYONE)), where=_published(prefix)),
            ),
        )
    )

# The four copies of a site's security profile.
declare("profiles.view", _("Read the public copy of a site's security profile"), EVERYONE)
declare(
    "profiles.board",
    _("Read the board copy of a site's security profile"),
    (Role.TRUSTEE, Role.LEAD, Role.ACCOUNTABILITY, Role.FACILITIES),
)
declare(
    "profiles.closed_session",
    _("Read the closed-session copy of a site's security profile; each reading is recorded"),
    (Role.LEAD, Role.SCHOOL_RESOURCE_OFFICER, Role.TRUSTEE),
)
declare(
    "profiles.police",
    _("Read the police copy of a site's security profile, as one of the police; each reading is recorded"),
    (Role.LEAD, Role.SCHOOL_RESOURCE_OFFICER, Role.ALARM_OPERATOR),
)


def _asked_for_it(viewer: Viewer) -> Q | None:
    return Q(account_id=viewer.account_id) if viewer.account_id is not None else None


register(
    ModelPolicy("reports.Batch", (Rule("asked for it", frozenset(map(str, EVERYONE)), where=_asked_for_it),))
)
