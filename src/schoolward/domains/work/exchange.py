"""Work in and out as CSV and XLSX, with the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.places.queries import campuses
from schoolward.domains.work import actions, queries
from schoolward.domains.work.models import LABELS_OF_STATES, Severity, Trade, WorkItem, WorkKind
from schoolward.domains.work.states import State
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, money, one_of, text_up_to
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

#: States that a new row may have: a person must have done or verified the others, on the work's own page.
_MAY_START_IN = (State.PROPOSED, State.ACCEPTED, State.DECLINED)

_COLUMNS = (
    Column(
        "reference",
        gettext_lazy("Your own number for the work; the same number updates the same work."),
        required=True,
        parse=text_up_to(40),
        example="FENCE-2012-01",
    ),
    Column(
        "title",
        gettext_lazy("What has to be done."),
        required=True,
        parse=text_up_to(200),
        example="Repair the gap in the fence by the bicycle racks",
    ),
    Column("description", gettext_lazy("Where exactly, and what would be better."), parse=text_up_to(5000)),
    Column(
        "kind",
        gettext_lazy("What asked for it."),
        required=True,
        parse=one_of(WorkKind.choices),
        example="repair",
    ),
    Column("site", gettext_lazy("The site's short name in its address, blank for the district.")),
    Column("trade", gettext_lazy("Who can do it."), parse=one_of(Trade.choices)),
    Column(
        "severity", gettext_lazy("How much harm could come of leaving it."), parse=one_of(Severity.choices)
    ),
    Column("estimate", gettext_lazy("Estimate in dollars."), parse=money(9_999_999_999), example="350.00"),
    Column(
        "owner_role",
        gettext_lazy("Which role looks after it."),
        parse=one_of([(role.value, role.label) for role in HUMAN_ROLES]),
    ),
    Column("due", gettext_lazy("Due date; an accepted row needs one."), parse=day, example="2012-12-14"),
    Column(
        "state",
        gettext_lazy(
            "New rows: proposed, accepted or declined. Known rows: as it stands; it is not changed here."
        ),
        parse=one_of(LABELS_OF_STATES),
    ),
    Column("reason", gettext_lazy("Why it was declined."), parse=text_up_to(2000)),
    Column("proposed_on", gettext_lazy("When it was proposed; today if blank."), parse=day),
    Column("source_title", gettext_lazy("What it comes from, in words."), parse=text_up_to(200)),
    Column("funded", gettext_lazy("Dollars set aside. Written out, not read in.")),
    Column("money_source", gettext_lazy("What pays for it. Written out, not read in.")),
    Column("cost", gettext_lazy("What it cost in dollars. Written out, not read in.")),
    Column("done_on", gettext_lazy("Written out, not read in.")),
    Column("verified_on", gettext_lazy("Written out, not read in.")),
)
COLUMN_NAMES = [column.name for column in _COLUMNS]


def _dollars(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100}.{cents % 100:02d}"


def export_row(item: WorkItem, viewer: Viewer) -> list[object]:
    """The values of one piece of work, from ``queries.with_decline_reason``, in the order of the columns.

    A description that is closed to the viewer is left blank.
    """
    return [
        item.reference,
        item.title,
        item.description if queries.sees_details(item, viewer) else "",
        item.kind,
        item.campus.slug if item.campus is not None else "",
        item.trade,
        item.severity,
        _dollars(item.estimate_cents),
        item.owner_role,
        item.due,
        item.state,
        getattr(item, "decline_reason") or "",  # noqa: B009 - an annotation, not a field
        item.proposed_on,
        item.source_title,
        _dollars(item.funded_cents),
        item.money_source,
        _dollars(item.actual_cents),
        item.done_on,
        item.verified_on,
    ]


@register
class WorkItems(Exchange):
    """The register of work."""

    key = "work-items"
    title = gettext_lazy("Work")
    description = gettext_lazy(
        "Recommendations, repairs and tasks. New rows start as proposed, accepted or declined; "
        "everything after "
        "that is done on the work's page, because it needs evidence and a second person."
    )
    columns = _COLUMNS
    permission = "work.import"
    export_permission = "work.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        sites = {campus.slug: campus.pk for campus in campuses()}
        known = {item.reference: item for item in queries.work_items(context.by)}
        for row in rows:
            slug = row.values.get("site")
            if slug and slug not in sites:
                context.reject(
                    row,
                    "site",
                    _("is not a known site"),
                    _(
                        "Write the short name that stands in the address of the site's page, such as "
                        "%(example)s."
                    )
                    % {"example": next(iter(sites), "maple-elementary")},
                )
                continue
            fields = _described(row, sites.get(slug or ""))
            item = known.get(row.values["reference"])
            try:
                if item is None:
                    # Proposal and first move stand or fall together.
                    with transaction.atomic():
                        made = self._create(row, fields, context)
                    if made is not None:
                        known[made.reference] = made
                else:
                    self._update(row, item, fields, context)
            except actions.WorkRefused as refusal:
                context.reject(row, refusal.field or "reference", str(refusal))
            except AccessDenied:
                context.reject(
                    row,
                    "site",
                    _("is not a site of yours"),
                    _("Leave the row out, or ask the safe-schools lead."),
                )

    def _create(self, row: Row, fields: dict[str, Any], context: ImportContext) -> WorkItem | None:
        state = State(row.values.get("state") or State.PROPOSED)
        due, reason = row.values.get("due"), row.values.get("reason") or ""
        if state not in _MAY_START_IN:
            context.reject(
                row,
                "state",
                _("cannot be brought in by a file"),
                _(
                    "Bring it in as accepted, then take it further on its page with evidence and a "
                    "second person."
                ),
            )
            return None
        if state is State.ACCEPTED and due is None:
            context.reject(row, "due", _("is blank"), _("Accepted work needs a due date."))
            return None
        if state is State.DECLINED and not reason:
            context.reject(row, "reason", _("is blank"), _("Say why the work was declined."))
            return None
        proposed_on = row.values.get("proposed_on")
        today = timezone.localdate(context.at)
        if proposed_on is not None and proposed_on > today:
            context.reject(
                row, "proposed_on", _("lies in the future"), _("Write today's date or an earlier one.")
            )
            return None
        # What a file says was accepted or declined was so on the day of the proposal at the earliest.
        when = context.at if proposed_on is None else context.at - (today - proposed_on)
        item = actions.propose(
            reference=row.values["reference"],
            due=due,
            proposed_on=proposed_on,
            owner_role=row.values.get("owner_role") or "",
            by=context.by,
            at=when,
            **fields,
        )
        if state is State.ACCEPTED and due is not None:
            item = actions.accept(item_id=item.pk, due=due, by=context.by, at=when)
        elif state is State.DECLINED:
            item = actions.decline(item_id=item.pk, reason=reason, by=context.by, at=when)
        context.report.created += 1
        return item

    def _update(self, row: Row, item: WorkItem, fields: dict[str, Any], context: ImportContext) -> None:
        state = row.values.get("state")
        if state is not None and state != item.state:
            context.reject(
                row,
                "state",
                _("differs from the work's state, which is %(state)s") % {"state": item.state},
                _("Change the state on the work's page; leave the cell blank here."),
            )
            return
        due = row.values.get("due")
        if due is not None and due != item.due:
            context.reject(
                row,
                "due",
                _("differs from the due date, which is %(due)s") % {"due": item.due or _("not set")},
                _("Move the due date on the work's page, with a reason; leave the cell blank here."),
            )
            return
        changed = {name: value for name, value in fields.items() if getattr(item, name) != value}
        role = row.values.get("owner_role")
        if not changed and (role is None or role == item.owner_role):
            context.report.unchanged += 1
            return
        if changed:
            actions.describe(item_id=item.pk, changes=changed, by=context.by, at=context.at)
        if role is not None and role != item.owner_role:
            actions.assign(item_id=item.pk, owner_role=role, by=context.by, at=context.at)
        context.report.updated += 1

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for item in queries.with_decline_reason(queries.work_items(viewer)).order_by("reference"):
            yield export_row(item, viewer)


def _described(row: Row, campus_id: int | None) -> dict[str, Any]:
    """The descriptive fields of a row. A blank cell stands for the ordinary value."""
    return {
        "title": row.values["title"],
        "description": row.values.get("description") or "",
        "kind": row.values["kind"],
        "campus_id": campus_id,
        "trade": row.values.get("trade") or Trade.OTHER.value,
        "severity": row.values.get("severity") or Severity.MEDIUM.value,
        "estimate_cents": row.values.get("estimate"),
        "source_title": row.values.get("source_title") or "",
    }
