"""Where the tables go on the form of the program that pays for it.

Read in stored copies of the publications: the form LAPG 22-U of California's Active Transportation Program
(Cycle 4, new 05/2018; Cycle 5, revised 04/2020) names infrastructure and non-infrastructure components and
the project's funding; the California Transportation Commission's scoring rubric of 2019 names the questions.
Which cycle is open when somebody applies, and what its form says, has to be looked up then.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FORM = _(
    "California's Active Transportation Program: form LAPG 22-U of Cycle 4 (05/2018) and Cycle 5 (04/2020), "
    "and the scoring rubric of 2019"
)
HEADINGS: Mapping[str, str | Promise] = {
    "walking": _("Question 2, Potential to Increase Users"),
    "travel": _("Question 2, Potential to Increase Users"),
    "collisions": _("Question 3, Potential to Reduce Collisions"),
    "infrastructure": _("Infrastructure component"),
    "events": _("Non-infrastructure component"),
    "money": _("Project funding information; Question 8, Leveraging Funds"),
}
"""By a table's short name: where the form asks for it. Any other has the district's own heading."""
