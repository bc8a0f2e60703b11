"""Which blocks a role's morning has, in which order, and the sentence that they come to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from schoolward.home.morning.alarms import alarms_of_the_night
from schoolward.home.morning.blocks import Block, Builder, Morning
from schoolward.home.morning.cases import diversions_due, referrals_due
from schoolward.home.morning.due import milestones_due, stale_initiatives, work_due, work_to_verify
from schoolward.home.morning.expiring import expiring
from schoolward.home.morning.grants import grant_money
from schoolward.home.morning.overnight import overnight
from schoolward.home.morning.papers import editions_waiting
from schoolward.home.morning.privacy import emergencies_to_judge, records_due, records_to_seal
from schoolward.home.morning.programs import rules_contested, sessions_to_count
from schoolward.home.morning.routes import barriers_to_decide, posts_without_guards
from schoolward.platform.access.roles import Role

ALL: tuple[Builder, ...] = (
    overnight,
    alarms_of_the_night,
    emergencies_to_judge,
    records_to_seal,
    records_due,
    work_due,
    work_to_verify,
    referrals_due,
    diversions_due,
    sessions_to_count,
    rules_contested,
    posts_without_guards,
    barriers_to_decide,
    editions_waiting,
    milestones_due,
    stale_initiatives,
    grant_money,
    expiring,
)
#: What a role opens the day with, where it is not what happened overnight. The rest follows as above.
FIRST: dict[str, tuple[Builder, ...]] = {
    Role.ALARM_OPERATOR: (alarms_of_the_night,),
    Role.FACILITIES: (work_due, work_to_verify),
    Role.GRANTS_ANALYST: (grant_money, work_due, milestones_due),
    Role.PROGRAM_COORDINATOR: (
        referrals_due,
        diversions_due,
        sessions_to_count,
        milestones_due,
        stale_initiatives,
    ),
    Role.PROVIDER: (sessions_to_count,),
    Role.SAFE_ROUTES: (posts_without_guards, barriers_to_decide, milestones_due, stale_initiatives),
    Role.SECRETARY: (milestones_due, stale_initiatives),
    Role.ACCOUNTABILITY: (editions_waiting, stale_initiatives),
    Role.TRUSTEE: (editions_waiting,),
    Role.PRIVACY_OFFICER: (emergencies_to_judge, records_to_seal, records_due, expiring),
    Role.ADMINISTRATOR: (expiring,),
}
SAID = 2  # how many blocks the first sentence speaks of


@dataclass(frozen=True)
class Page:
    """The morning page: its one sentence, and its blocks."""

    sentence: str
    blocks: tuple[Block, ...]


def assemble(morning: Morning) -> Page:
    """Build the blocks that the viewer's role has, and say in one sentence what they come to."""
    first = FIRST.get(morning.viewer.role, ())
    builders = [*first, *(builder for builder in ALL if builder not in first)]
    blocks = tuple(block for builder in builders if (block := builder(morning)) is not None)
    return Page(sentence(blocks), blocks)


def sentence(blocks: tuple[Block, ...]) -> str:
    """What matters today: the clauses of the first blocks that have something to say."""
    said = [block.headline for block in blocks if block.headline][:SAID]
    if not said:
        return _("Nothing is waiting for you this morning.")
    if len(said) == 1:
        return capfirst(f"{said[0]}.")
    return capfirst(_("%(first)s, and %(second)s.") % {"first": said[0], "second": said[1]})
