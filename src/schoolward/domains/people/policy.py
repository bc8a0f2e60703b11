"""Who sees contact cards, and who writes them."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import EVERYONE, declare
from schoolward.platform.access.policy import ModelPolicy, Rule, register
from schoolward.platform.access.roles import HUMAN_ROLES, Role

declare("people.view", _("See who works for the partnership, in which role"), EVERYONE)
declare("people.edit", _("Write contact cards"), [Role.LEAD, Role.ADMINISTRATOR])
declare(
    "people.numbers", _("Enter whom the desk calls about a jurisdiction"), [Role.LEAD, Role.ADMINISTRATOR]
)

_PARTNERS = frozenset({str(Role.PROVIDER), str(Role.REGIONAL_PARTNER)})

register(
    ModelPolicy(
        model="people.Person",
        rules=(
            Rule("staff of the partnership", frozenset(str(role) for role in HUMAN_ROLES) - _PARTNERS),
            Rule(
                "a partner from outside",
                _PARTNERS,
                fields=frozenset({"agency", "name", "position", "phone"}),
            ),
        ),
    )
)
register(
    ModelPolicy(
        model="people.ResponseNumber",
        rules=(
            Rule("everybody who works with the partnership", frozenset(str(role) for role in HUMAN_ROLES)),
        ),
    )
)
