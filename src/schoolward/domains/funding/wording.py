"""The words of funding: why work is no candidate, why a line takes no part, what a benefit is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.analysis.assessing.risk import band_of
from schoolward.domains.assessments.wording import severity_label
from schoolward.domains.funding.queries.candidates import NoCandidate
from schoolward.domains.funding.queries.funds import NoPart
from schoolward.domains.funding.queries.overtaking import Obstacle, Overtaken
from schoolward.domains.grants.wording import dollars

if TYPE_CHECKING:  # what it takes is long to load: see `funding.rooms`
    from schoolward.analysis.portfolio.answer import LeftOut

Text = str | Promise

_NO_CANDIDATE: dict[str, Text] = {
    NoCandidate.NO_ESTIMATE: gettext_lazy("It has no estimate. Enter what it would cost."),
    NoCandidate.COSTS_NOTHING: gettext_lazy("It costs nothing, so it needs no money. Fund it as “no cost”."),
    NoCandidate.NO_SITE: gettext_lazy("It is at no site. Say where it is done."),
    NoCandidate.NO_RULE: gettext_lazy("No category and no days are known for its trade. Say both."),
    NoCandidate.NEEDS_OTHER: gettext_lazy("It needs %(other)s, which can neither be chosen nor is paid."),
    NoCandidate.REPLACED: gettext_lazy("%(other)s, which excludes it, is paid already."),
}
_NO_PART: dict[str, Text] = {
    NoPart.UNSAID: gettext_lazy("Nobody has said yet what this award may buy in a plan."),
    NoPart.LEFT_OUT: gettext_lazy("The award takes no part in plans."),
    NoPart.CATEGORY: gettext_lazy("The line pays for posts, travel or others, not for works."),
    NoPart.NOT_ALLOWED: gettext_lazy("The award does not pay for this category any more."),
}
_OVERTAKEN: dict[str, Text] = {
    Overtaken.NO_CANDIDATE: gettext_lazy(
        "%(subject)s can no longer be chosen: it does not wait for money any more, or lacks something."
    ),
    Overtaken.COST: gettext_lazy("%(subject)s cost %(before)s in the plan, and costs %(now)s today."),
    Overtaken.NO_FUND: gettext_lazy("%(detail)s, which was to pay %(subject)s, takes no part any more."),
    Overtaken.NOT_ALLOWED: gettext_lazy("%(subject)s may no longer be paid by %(detail)s: %(against)s."),
    Overtaken.MATCH: gettext_lazy(
        "%(subject)s had a match of %(before)s; %(detail)s asks for %(now)s today."
    ),
    Overtaken.TOO_LITTLE: gettext_lazy("%(subject)s was to pay %(before)s, and has %(now)s left today."),
    Overtaken.TRANSFERS: gettext_lazy("Money between %(subject)s can no longer be moved as planned."),
    Overtaken.TIES: gettext_lazy("%(subject)s no longer agrees with %(detail)s."),
}
_AGAINST: dict[str, Text] = {
    "category": gettext_lazy("it does not take this category and trade"),
    "site": gettext_lazy("it may not be spent at the site"),
    "date": gettext_lazy("its period ends before the work could be done"),
    "option": gettext_lazy("it is not among the prices of the work"),
}
_BANDS: dict[str, Text] = {
    "low": gettext_lazy("low"),
    "medium": gettext_lazy("medium"),
    "high": gettext_lazy("high"),
}


_PROVED = 1e-6
"""Ends of a price that lie nearer than this share are one price."""


def no_candidate_in_words(why: str, other: str = "") -> str:
    """Why work is no candidate, and what to do about it."""
    return str(_NO_CANDIDATE[why]) % {"other": other}


def no_part_in_words(why: str) -> str:
    """Why a line takes no part in a plan."""
    return str(_NO_PART[why])


def obstacle_in_words(obstacle: Obstacle) -> str:
    """One thing that keeps a scenario from being approved."""
    before, now = obstacle.cents or (0, 0)
    detail = obstacle.detail
    if obstacle.why is Overtaken.TRANSFERS and detail:
        return str(_OVERTAKEN[obstacle.why]) % {"subject": f"{obstacle.subject}, {detail}"}
    return str(_OVERTAKEN[obstacle.why]) % {
        "subject": obstacle.subject,
        "detail": detail,
        "against": ", ".join(str(_AGAINST[one]) for one in obstacle.against),
        "before": dollars(before),
        "now": dollars(now),
    }


def obstacles_in_words(obstacles: Sequence[Obstacle]) -> list[str]:
    """Everything that keeps a scenario from being approved; works that are no candidates share a sentence."""
    gone = [one for one in obstacles if one.why is Overtaken.NO_CANDIDATE]
    told = [obstacle_in_words(one) for one in obstacles if one.why is not Overtaken.NO_CANDIDATE]
    if len(gone) < 2:
        return [*(obstacle_in_words(one) for one in gone), *told]
    words = _(
        "%(count)s works can no longer be chosen: they do not wait for money any more, or lack something: "
        "%(works)s."
    )
    return [words % {"count": len(gone), "works": ", ".join(one.subject for one in gone)}, *told]


def entering_in_words(left_out: LeftOut) -> str:
    """What is known of the points at which a work would be paid; empty where nothing is.

    Where it was not priced it is a bound: another exchange of several works may let it in with fewer points.
    """
    low, high = left_out.price_low, left_out.price_high
    if low is not None and high is not None:
        if high - low <= _PROVED * max(1.0, high):
            return _("It would be paid from %(points)s points on.") % {"points": f"{high:,.6g}"}
        return _(
            "With more than %(high)s points it would be paid; with fewer than %(low)s it would not. Between "
            "them the search was stopped before it was known."
        ) % {"high": f"{high:,.6g}", "low": f"{low:,.6g}"}
    points = left_out.enters_at_benefit
    if points is None:
        return ""
    words = (
        _("With fewer than %(points)s points it does not pay.")
        if left_out.why.value == "outbid"
        else _("With more than %(points)s points this exchange pays; with fewer, another of several may.")
    )
    return words % {"points": f"{points:,.6g}"}


def basis_in_words(basis: Mapping[str, Any]) -> str:
    """One part of a benefit as a plan tells it: how many points, and what they come from."""
    points, severity = basis["points"], severity_label(basis["severity"]).lower()
    if basis["kind"] == "rated":
        return _(
            "%(points)s points: the highest risk that “%(instrument)s” of %(day)s rated where “%(title)s” "
            "was found (FEMA's product, from 1 to 1,000: %(band)s)."
        ) % {
            "points": points,
            "instrument": basis["instrument"],
            "day": date_format(date.fromisoformat(basis["rated_on"]), "F j, Y") if basis["rated_on"] else "",
            "title": basis["title"],
            "band": _BANDS[band_of(points).value],
        }
    if basis["kind"] == "severity":
        return _("%(points)s points: “%(title)s” of “%(instrument)s” is of %(severity)s severity.") % {
            "points": points,
            "title": basis["title"],
            "instrument": basis["instrument"],
            "severity": severity,
        }
    return _("%(points)s points: no finding is behind it, and the work is of %(severity)s severity.") % {
        "points": points,
        "severity": severity,
    }
