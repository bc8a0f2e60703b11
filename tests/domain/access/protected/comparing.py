"""Setting a world up in the database, asking the code, and holding it against the oracle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from tests.conftest import NOW

from domain.access.protected import oracle
from domain.access.protected.oracle import Row, Someone, World
from domain.access.protected.ward import Ward
from domain.access.protected.worlds import AGENCIES, EVERYBODY, ROLES, ROWS, SYSTEM, account_of
from schoolward.platform.access.models import (
    Account,
    Agency,
    Agreement,
    Consent,
    Emergency,
    Membership,
    Signature,
)
from schoolward.platform.access.policy import mask, visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

TODAY = date(2012, 9, 6)


@dataclass(frozen=True)
class Stage:
    """What all worlds share: the numbers that the database gave to agencies, people and rows."""

    agencies: dict[str, int]
    memberships: dict[str, Membership]
    rows: dict[int, Row]

    def viewer(self, me: Someone) -> Viewer:
        """Somebody as the code knows them."""
        if me.agency is None:
            return Viewer.system(at=NOW)
        membership = self.memberships[me.account]
        return Viewer(
            account_id=membership.account_id,
            account_name=me.account,
            membership_id=membership.pk,
            agency_id=self.agencies[me.agency],
            agency_kind=AGENCIES[me.agency],
            role=me.role,
            campus_ids=me.campuses,
            purpose=me.purpose,
            at=NOW,
        )


def set_stage() -> Stage:
    """Agencies, a person a role at each, and the rows."""
    agencies = {
        key: Agency.objects.create(key=key, name=key, kind=kind, created_at=NOW)
        for key, kind in AGENCIES.items()
    }
    memberships: dict[str, Membership] = {}
    for role in ROLES:
        for key, agency in agencies.items():
            name = account_of(role, key)
            account = Account.objects.create_user(f"{name}.example.org", None, name=name)
            memberships[name] = Membership.objects.create(
                account=account, agency=agency, role=role, valid_from=date(2010, 1, 1), all_sites=True
            )
    with within(Viewer.system(at=NOW), sealing=True):
        made = Ward.including_sealed.bulk_create(
            Ward(
                agency=agencies[row.agency],
                subject=row.subject,
                record_class=row.record_class,
                sealed_at=NOW if row.sealed else None,
                worker=memberships[row.worker].account_id,
                campus=row.campus,
            )
            for row in ROWS
        )
    numbers = {ward.pk: row for ward, row in zip(made, ROWS, strict=True)}
    return Stage({key: agency.pk for key, agency in agencies.items()}, memberships, numbers)


def begin(world: World, stage: Stage) -> None:
    """Write the world's agreements, consents and emergencies."""
    signers = {"owner": "lead@district", "recipient": "lead@police"}
    Agency.objects.filter(key__in=world.left).update(revoked_at=NOW - timedelta(hours=1))
    for terms in world.agreements:
        agreement = Agreement.objects.create(
            title=world.name,
            owner_id=stage.agencies[terms.owner],
            recipient_id=stage.agencies[terms.recipient],
            record_classes=list(terms.classes),
            purposes=list(terms.purposes),
            fields=list(terms.fields),
            valid_from=terms.first,
            valid_to=terms.last,
            revoked_at=NOW if terms.revoked else None,
        )
        for party in terms.signed_by:
            Signature.objects.create(
                agreement=agreement,
                agency_id=stage.agencies[getattr(terms, party)],
                account=stage.memberships[signers[party]].account,
                role="lead",
                at=NOW + timedelta(days=1 if terms.signed_tomorrow else -1),
                terms_sha256="0" * 64,
            )
    with within(Viewer.system(at=NOW), sealing=True):
        for permit in world.permits:
            Consent.including_sealed.create(
                agency_id=stage.agencies["district"],
                subject=permit.subject,
                record_class="protected",
                recipient_id=stage.agencies[permit.recipient],
                category=permit.category,
                purpose=permit.purpose,
                given_by="parent",
                valid_from=permit.first,
                valid_to=permit.last,
                recorded_at=NOW,
                withdrawn_at=NOW if permit.withdrawn else None,
                sealed_at=NOW if permit.sealed else None,
            )
    for glass in world.glasses:
        membership = stage.memberships[glass.account]
        opened = NOW - timedelta(hours=glass.began)
        Emergency.objects.create(
            membership=membership,
            account=membership.account,
            subject=glass.subject,
            reason="an invented emergency",
            opened_at=opened,
            closes_at=opened + timedelta(hours=3),
            reviewed_at=NOW if glass.judged else None,
            judgement="justified" if glass.judged else "",
        )


def looked_at(world: World) -> Iterator[Someone]:
    """Everybody whose agency has not left (whoever belongs to one that has is nobody), and the system."""
    yield from (me for me in EVERYBODY if me.agency not in world.left)
    yield SYSTEM


@dataclass
class Count:
    """How many decisions about one field of one row were held against the oracle."""

    decisions: int = 0


def differences(
    world: World, stage: Stage, count: Count | None = None, *, everybody: Iterable[Someone] | None = None
) -> Iterator[str]:
    """Every decision about a field of a row that differs from the oracle's; the world is written already."""
    live = sum(oracle.agreement_is_live(terms, world, TODAY) for terms in world.agreements)
    if Agreement.objects.live(NOW).count() != live:
        yield f"{world.name}: not {live} live agreements"
    for me in everybody or looked_at(world):
        viewer = stage.viewer(me)
        with within(viewer):
            # Even from a queryset that holds the sealed ones.
            found = {ward.pk: ward for ward in visible(Ward.including_sealed.all(), viewer)}
        for number, row in stage.rows.items():
            allowed = oracle.reads(me, row, world, NOW, TODAY)
            shown = mask(found[number], viewer) if number in found else None
            if count is not None:
                count.decisions += len(oracle.FIELDS)
            if (allowed is None) != (shown is None) or (allowed or set()) != (shown or set()):
                yield f"{world.name}: {me} sees {shown} of {row}, not {allowed}"
        if set(found) - set(stage.rows):
            yield "rows from elsewhere"


def rows_behind_the_wall(me: Someone, stage: Stage) -> set[int]:
    """What a query that asks for everything gets: PostgreSQL's row-level security alone."""
    with within(stage.viewer(me)), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tests_ward")
        return {number for (number,) in cursor.fetchall()}


def differences_of_the_wall(world: World, stage: Stage) -> Iterator[str]:
    """Everybody for whom row-level security lets other rows by than the oracle says."""
    for me in looked_at(world):
        expected = {n for n, row in stage.rows.items() if oracle.passes_the_wall(me, row, world, TODAY)}
        got = rows_behind_the_wall(me, stage)
        if got != expected:
            yield f"{world.name}: {me}: {len(got - expected)} too many, {len(expected - got)} missing"
