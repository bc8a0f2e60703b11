"""Who may see imports: whoever brought a file in, and those who answer for the data."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import EVERYONE, declare
from schoolward.platform.access.policy import ModelPolicy, Rule, register
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer


def brought_it_in(viewer: Viewer) -> Q | None:
    """The relation "I brought this file in"."""
    return Q(account_id=viewer.account_id) if viewer.account_id is not None else None


declare("exchange.view", _("See which tables one may bring in or take out, and the history"), EVERYONE)

register(
    ModelPolicy(
        model="exchange.ImportRun",
        rules=(
            Rule("answers for the data", frozenset({Role.LEAD, Role.ACCOUNTABILITY, Role.ADMINISTRATOR})),
            Rule("brought it in", frozenset(EVERYONE), where=brought_it_in),
        ),
    )
)
