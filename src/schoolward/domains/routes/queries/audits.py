"""Walk audits of the way to school, and what of theirs waits to be made a barrier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolward.domains.assessments import queries as assessments
from schoolward.domains.assessments.queries import FailingItem
from schoolward.domains.routes.models import OPEN_BARRIERS, AuditDecision, Barrier, BarrierKind
from schoolward.domains.routes.queries.barriers import barriers
from schoolward.domains.routes.queries.standing import same_barriers
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

SOURCE = "assessments.Assessment"
"""How a barrier names the walk audit in which it was found; the item's code stands behind a ``#``."""


def source_of(audit_id: int, code: str) -> str:
    """The source of a barrier that an item of a walk audit became."""
    return f"{SOURCE}:{audit_id}#{code}"


def audit_of_barrier(barrier: Barrier) -> int | None:
    """The number of the walk audit in which a barrier was found, or ``None``."""
    kind, _colon, rest = barrier.source.partition(":")
    number = rest.partition("#")[0]
    return int(number) if kind == SOURCE and number.isdigit() else None


def audits(viewer: Viewer) -> QuerySet[Any]:
    """The walk audits that the viewer may see, those to come first, then the newest."""
    return assessments.walks_of_the_way(viewer)


def decisions(viewer: Viewer) -> QuerySet[AuditDecision]:
    """What was decided about items of walk audits that the viewer may see."""
    return visible(AuditDecision.objects.select_related("barrier"), viewer)


@dataclass(frozen=True)
class Offer:
    """A failing item of a walk audit, offered as a barrier.

    ``open_already`` are the open barriers of the site that the same item became in an earlier audit, or that
    say the same about the same place.
    """

    item: FailingItem
    kind: str
    decision: AuditDecision | None
    open_already: tuple[Barrier, ...]

    @property
    def waits(self) -> bool:
        """Whether nobody has decided about it."""
        return self.decision is None

    @property
    def title(self) -> str:
        """What a barrier of it is called: what is to be done, as a finding is called too."""
        return (self.item.recommendation or self.item.text).rstrip(".")[:200]

    @property
    def description(self) -> str:
        """What should be, and what was seen instead."""
        parts = [_("What should be: %(text)s") % {"text": self.item.text}]
        if self.item.note:
            parts.append(_("What was seen: %(note)s") % {"note": self.item.note})
        return "\n".join(parts)

    @property
    def place(self) -> str:
        """Where, in words: the first line of the walker's note; empty without one."""
        return self.item.note.strip().partition("\n")[0][:200]

    def place_at(self, site: str) -> str:
        """Where, in words, or a word that it is near the site of this name."""
        return self.place or _("Near %(site)s, as on the map") % {"site": site}


def kind_of(item: FailingItem) -> str:
    """The kind of barrier that an item is about: the instrument names it as the item's area."""
    return item.area if item.area in BarrierKind.values else BarrierKind.OTHER.value


def offers(audit: Any, viewer: Viewer) -> list[Offer]:
    """What fails in a handed-in audit, in walking order, with what was decided; empty before that.

    Raises ``FileNotFoundError`` when the folder of files has lost the instrument.
    """
    failing = assessments.failing_items(audit)
    if not failing:
        return []
    decided = {one.code: one for one in decisions(viewer).filter(assessment=audit)}
    earlier = (
        decisions(viewer)
        .filter(
            assessment__campus_id=audit.campus_id,
            code__in=[one.code for one in failing],
            barrier__in=barriers(viewer).filter(state__in=OPEN_BARRIERS),
        )
        .exclude(assessment=audit)
    )
    open_already: dict[str, list[Barrier]] = {}
    for one in earlier:
        if one.barrier is not None and one.barrier not in open_already.setdefault(one.code, []):
            open_already[one.code].append(one.barrier)
    made = [Offer(item, kind_of(item), decided.get(item.code), ()) for item in failing]
    return [
        replace(one, open_already=_open_already(one, open_already.get(one.item.code, []), audit, viewer))
        for one in made
    ]


def _open_already(offer: Offer, earlier: list[Barrier], audit: Any, viewer: Viewer) -> tuple[Barrier, ...]:
    """What is open of earlier audits, then what says the same, as far as nobody has decided."""
    if not offer.waits or offer.item.position is None:
        return tuple(earlier)
    longitude, latitude = offer.item.position
    same = same_barriers(
        viewer,
        campus_id=audit.campus_id,
        title=offer.title,
        place=offer.place_at(audit.campus.name),
        longitude=longitude,
        latitude=latitude,
    )
    return (*earlier, *(one for one in same if one not in earlier))


NEW_FOR = timedelta(days=28)
"""A handed-in audit of which nothing is decided stands so long on the coordinator's morning page."""


def untouched_audits(viewer: Viewer, *, on: date) -> QuerySet[Any]:
    """Audits handed in within :data:`NEW_FOR` about which nobody has decided anything, the oldest first."""
    decided = AuditDecision.objects.order_by().values("assessment")
    new = audits(viewer).filter(assessed_on__range=(on - NEW_FOR, on)).exclude(pk__in=decided)
    return new.order_by("assessed_on", "pk")


@dataclass(frozen=True)
class AuditLine:
    """A walk audit with how many of its items fail, and about how many nobody has decided."""

    audit: Any
    failing: int
    waiting: int


def audit_lines(rows: Iterable[Any], viewer: Viewer) -> list[AuditLine]:
    """The audits with their counts, in their order."""
    held = list(rows)
    decided = Counter(
        decisions(viewer).filter(assessment__in=[one.pk for one in held]).values_list("assessment", flat=True)
    )
    found = []
    for audit in held:
        failing = len(assessments.failing_items(audit))
        found.append(AuditLine(audit, failing, max(0, failing - decided[audit.pk])))
    return found
