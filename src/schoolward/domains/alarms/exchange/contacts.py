"""Call lists in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.actions.planning import check_number
from schoolward.domains.alarms.exchange.finding import (
    CAMPUS,
    AtASite,
    Places,
    apply_row,
    by_rule,
)
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import (
    Column,
    text_up_to,
    whole_number,
)
from schoolward.platform.exchange.registry import ImportContext, Row, register


@register
class AlarmContacts(AtASite):
    """Whom to call about a site."""

    key = "alarm-contacts"
    title = gettext_lazy("Alarm call lists")
    description = gettext_lazy(
        "Whom to call about a site, in order: roles and offices, never a person's name."
    )
    columns = (
        CAMPUS,
        Column(
            "order",
            gettext_lazy("The place in the list, from 1."),
            required=True,
            parse=whole_number(1, 99),
            example="1",
        ),
        Column(
            "title",
            gettext_lazy("The role or office."),
            required=True,
            parse=text_up_to(120),
            example="Head custodian",
        ),
        Column(
            "phone",
            gettext_lazy("The number."),
            required=True,
            parse=by_rule(check_number, 40),
            example="916-555-0100",
        ),
        Column(
            "wait_s",
            gettext_lazy("How long to wait for an answer before the next one is due; 60 if blank."),
            parse=whole_number(5, 3600),
            example="60",
        ),
        Column(
            "member",
            gettext_lazy(
                "The sign-in address of the account that is told by e-mail when a case escalates to this "
                "place; blank leaves it as it is."
            ),
            parse=text_up_to(254),
        ),
    )
    permission = "alarms.keep"
    export_permission = "alarms.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        places = Places()
        for row in rows:
            campus_id = places.find(row, context)
            if campus_id is None:
                continue

            def keep(values: Mapping[str, Any] = row.values, campus_id: int = campus_id) -> str:
                return actions.keep_contact(
                    campus_id=campus_id,
                    order=values["order"],
                    title=values["title"],
                    phone=values["phone"],
                    wait_seconds=values.get("wait_s") or 60,
                    member=values.get("member") or None,
                    by=context.by,
                    at=context.at,
                ).outcome

            apply_row(row, context, "campus", keep)

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        shows_members = may(viewer, "alarms.keep")
        for contact in queries.contacts(viewer).order_by("campus__slug", "order"):
            member = contact.member.email if shows_members and contact.member is not None else ""
            yield [
                contact.campus.slug,
                contact.order,
                contact.title,
                contact.phone if readable(contact, "phone", viewer) else "",
                contact.wait_seconds,
                member,
            ]
