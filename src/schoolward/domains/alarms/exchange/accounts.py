"""Alarm accounts in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.actions.keeping import check_key, known_account, known_profile
from schoolward.domains.alarms.exchange.finding import (
    ACCOUNT,
    CAMPUS,
    LINE,
    MAIN_LINE,
    AtASite,
    Places,
    apply_row,
    by_rule,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import (
    Column,
    day,
    whole_number,
)
from schoolward.platform.exchange.registry import ImportContext, Row, register


@register
class AlarmAccounts(AtASite):
    """The panels that report, with the keys of their frames."""

    key = "alarm-accounts"
    title = gettext_lazy("Alarm accounts")
    description = gettext_lazy(
        "Panels by account and line. The key is sealed when it is stored and never written out: an export "
        "can be imported again and leaves keys as they are. Write “none” to take a key away."
    )
    columns = (
        replace(ACCOUNT, parse=by_rule(known_account, 16)),
        CAMPUS,
        Column(
            "key_hex",
            gettext_lazy(
                "The panel's AES key: 32, 48 or 64 hexadecimal digits, or 16, 24 or 32 characters. Blank "
                "leaves it as it is; never written out."
            ),
            parse=by_rule(check_key, 64),
        ),
        LINE,
        Column(
            "profile",
            gettext_lazy("The dialect of the panel where it differs from its line's."),
            parse=by_rule(known_profile, 40),
        ),
        Column(
            "supervision_s",
            gettext_lazy("Within how many seconds it must be heard from; blank for not supervised."),
            parse=whole_number(1, 2_000_000_000),
            example="200",
        ),
        Column(
            "in_service_from",
            gettext_lazy(
                "The first day of its service, from which on rates count it; blank for today where it is new."
            ),
            parse=day,
            example="2012-09-06",
        ),
        Column(
            "in_service_to",
            gettext_lazy("The last day of its service; blank while it serves."),
            parse=day,
        ),
    )
    permission = "alarms.import"
    export_permission = "alarms.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        places = Places()
        for row in rows:
            campus_id = places.find(row, context)
            if campus_id is None:
                continue

            def keep(values: Mapping[str, Any] = row.values, campus_id: int = campus_id) -> str:
                return actions.keep_system(
                    line=values.get("line") or MAIN_LINE,
                    account=values["account"],
                    campus_id=campus_id,
                    key=values.get("key_hex"),
                    profile=values.get("profile") or "",
                    supervision_seconds=values.get("supervision_s"),
                    valid_from=values.get("in_service_from"),
                    valid_to=values.get("in_service_to") if "in_service_to" in values else actions.AS_IT_IS,
                    by=context.by,
                    at=context.at,
                ).outcome

            apply_row(row, context, "account", keep)

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for system in queries.systems(viewer).order_by("line__name", "account"):
            yield [
                system.account,
                system.campus.slug,
                "",
                system.line.name,
                system.profile,
                system.supervision_seconds,
                system.valid_from,
                system.valid_to,
            ]
