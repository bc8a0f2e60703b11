"""Walk audits go on here: what fails on the way to school is taken up as barriers."""

from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.follow_ups import FollowUp, register_follow_up
from schoolward.domains.assessments.queries import WAY_TO_SCHOOL

register_follow_up(FollowUp(WAY_TO_SCHOOL, _("Barriers of this audit"), "routes.audits", "routes:audit"))
