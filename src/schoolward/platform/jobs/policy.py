"""Who may see a job: whoever asked for it, and the administrator."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import EVERYONE, declare
from schoolward.platform.access.policy import ModelPolicy, Rule, register
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer


def asked_for_it(viewer: Viewer) -> Q | None:
    """The relation "I asked for this"."""
    return Q(account_id=viewer.account_id) if viewer.account_id is not None else None


declare("jobs.view", _("See how one's own jobs stand"), EVERYONE)
declare("jobs.view_all", _("See how everybody's jobs stand"), [Role.ADMINISTRATOR])

register(
    ModelPolicy(
        model="jobs.JobRequest",
        rules=(
            Rule("administrator", frozenset({Role.ADMINISTRATOR})),
            Rule("asked for it", frozenset(EVERYONE), where=asked_for_it),
        ),
    )
)
