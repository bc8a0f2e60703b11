"""Row policies of the tables of access itself, and what their years of keeping are counted from."""

from __future__ import annotations

from schoolward.platform.access.models.retention import KeptAfter
from schoolward.platform.access.policy import Across, ModelPolicy, Protection, Rule, register
from schoolward.platform.access.retention.registry import Retained, retain
from schoolward.platform.access.roles import Role

#: What a partner needs to know of a consent; which category it is about, it learns from its own papers.
_SHARED = frozenset({"subject", "recipient", "purpose", "valid_from", "valid_to", "withdrawn_at"})

register(
    ModelPolicy(
        model="access.Consent",
        rules=(
            Rule(
                "keeps the paper",
                frozenset({str(Role.PRIVACY_OFFICER), str(Role.PROGRAM_COORDINATOR), str(Role.PROVIDER)}),
                across=Across.SAME,
            ),
            Rule(
                "a partner's consents",
                frozenset({str(Role.PRIVACY_OFFICER), str(Role.PROGRAM_COORDINATOR)}),
                fields=_SHARED,
                across=Across.AGREEMENT,
            ),
        ),
        protection=Protection(),
    )
)

#: A withdrawn consent counts from its last day, too: what it opened until then has to stay explained.
retain(Retained("access.Consent", {KeptAfter.CLOSED: "valid_to"}))
