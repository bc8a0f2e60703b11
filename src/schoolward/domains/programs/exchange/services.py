"""A directory of services (Open Referral HSDS 3, JSON) brought into the catalogue, with a preview like any
table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.places.queries import campus_by_slug
from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.directory import AGENCY, INTAKE, KEY, KIND
from schoolward.domains.programs.kinds import Kind, shape_of
from schoolward.domains.programs.models import Intake, Program, ProgramState, Provider, Unit
from schoolward.platform.access.agencies import agencies
from schoolward.platform.demo.clock import today
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.registry import Exchange, ImportContext, register
from schoolward.protocols.open_referral import BadDirectory, BadService, Organization, Place, Service, read

_SOURCE = "Directory of services (Open Referral)"
_DEFUNCT = "defunct"
_MENDS = {
    "organization": _(
        "Give the service the name of its own program in the directory, or change the provider on the page "
        "of the program here."
    ),
    "status": _(
        "Say active, or defunct if it is over. That nobody new is taken is said by its places; a program "
        "that has ended is entered as a new one."
    ),
    "eligibility_description": _("Write the next version of the rule on the page of the program here."),
}


@register
class Services(Exchange):
    """A directory file. It goes out on the page of programs, over the API and by the command line."""

    key = "program-services"
    title = _("Directory of services (Open Referral)")
    description = _(
        "A JSON file in the form of Open Referral's HSDS 3. Services become programs, organizations "
        "their providers. "
        "Persons who are named as contacts are not read."
    )
    permission = "programs.import"
    can_export = False

    def run_stream(self, stream: BinaryIO, context: ImportContext) -> None:
        context.report.format = "HSDS 3"
        try:
            found = list(read(stream.read()))
        except BadDirectory as bad:
            raise UnreadableFile(
                str(bad), _t("Save the directory as JSON of HSDS 3: a page of services, or a list of them.")
            ) from None
        for number, service in found:
            context.report.read += 1
            if isinstance(service, BadService):
                context.report.reject(
                    number,
                    service.field,
                    "",
                    str(service),
                    _t("Mend it in the directory that it comes from."),
                )
                continue
            try:
                with (
                    transaction.atomic()
                ):  # a provider that was made for it goes with a service that is refused
                    self._apply(service, context)
            except actions.ProgramRefused as refusal:
                values = {
                    "status": service.status,
                    "eligibility_description": service.eligibility,
                    "organization": service.organization.name,
                }
                context.report.reject(
                    number,
                    refusal.field,
                    values.get(refusal.field, service.name),
                    str(refusal),
                    str(_MENDS.get(refusal.field, _t("Mend it in the directory that it comes from."))),
                )

    def _apply(self, service: Service, context: ImportContext) -> None:
        provider, is_new = _provider(service.organization, context)
        program = _known(service, provider, context)
        fields = _fields(service, provider, program)
        changed = is_new
        acting: dict[str, Any] = {"by": context.by, "at": context.at}
        if program is None:
            # What is active today runs; since when, a directory does not say.
            begun = today(context.at) if service.status == "active" else None
            program = actions.add_program(
                key=_free(service, context), hsds_id=service.id, starts_on=begun, **fields, **acting
            )
            _further(service, program, context)
            _end(service, program, context)
            context.report.created += 1
            return
        changed = _begin(service, program, context) or changed
        different = {name: value for name, value in fields.items() if getattr(program, name) != value}
        if different:
            actions.describe_program(program_id=program.pk, changes=different, **acting)
            program.refresh_from_db()
            changed = True
        changed = _further(service, program, context) or changed
        if _end(service, program, context) or changed:
            context.report.updated += 1
        else:
            context.report.unchanged += 1


def _provider(one: Organization, context: ImportContext) -> tuple[Provider, bool]:
    """The provider of an organization, made where its agency is known; whether anything was made or
    changed."""
    rows = queries.providers(context.by)
    there = rows.filter(hsds_id=one.id).first() or rows.filter(name__iexact=one.name).first()
    acting: dict[str, Any] = {"by": context.by, "at": context.at}
    if there is not None:
        said = {"name": one.name, "website": one.website}
        if one.description != one.name:
            said["summary"] = one.description[:500]
        different = {name: value for name, value in said.items() if value and getattr(there, name) != value}
        if different:
            actions.change_provider(provider_id=there.pk, changes=different, **acting)
        return there, bool(different)
    agency = agencies().filter(key=one.codes.get(AGENCY, "")).first()
    agency = agency or agencies().filter(name__iexact=one.name).first()
    if agency is None:
        raise actions.ProgramRefused(
            _t("“%(name)s” is no provider here yet. Enter it as a provider of its agency first.")
            % {"name": one.name},
            field="organization",
        )
    key = one.codes.get(KEY, "")
    taken = queries.providers(context.by).filter(key=key).exists()
    made = actions.add_provider(
        name=one.name,
        agency_id=agency.pk,
        key="" if taken else key,
        summary="" if one.description == one.name else one.description[:500],
        website=one.website,
        hsds_id=one.id,
        **acting,
    )
    return made, True


def _known(service: Service, provider: Provider, context: ImportContext) -> Program | None:
    """The program of a service. Refused where it is another provider's: a file moves no program."""
    rows = queries.programs(context.by)
    known = rows.filter(hsds_id=service.id).first() or rows.filter(title__iexact=service.name).first()
    if known is not None and known.provider_id != provider.pk:
        raise actions.ProgramRefused(
            _t("“%(title)s” is here as a program of “%(provider)s”, which is another organization.")
            % {"title": known.title, "provider": known.provider.name},
            field="organization",
        )
    return known


def _begin(service: Service, program: Program, context: ImportContext) -> bool:
    """Take up what a status says of a program that is there, but for its end. Whether it begins by that."""
    day = today(context.at)
    state = program.state_on(day)
    if service.status == _DEFUNCT:
        return False
    if state == ProgramState.ENDED:
        raise actions.ProgramRefused(_t("The program has ended here."), field="status")
    if service.status != "active":
        if state != ProgramState.PLANNED:
            raise actions.ProgramRefused(
                _t("The program runs here, and is not paused by a file."), field="status"
            )
        return False
    if state != ProgramState.PLANNED:
        return False
    changes = {"starts_on": day}
    actions.describe_program(program_id=program.pk, changes=changes, by=context.by, at=context.at)
    return True


def _end(service: Service, program: Program, context: ImportContext) -> bool:
    """End the program of a service that is no more. Whether it ends by that."""
    day = today(context.at)
    if service.status != _DEFUNCT or program.state_on(day) == ProgramState.ENDED:
        return False
    with _named("status"):
        actions.end_program(program_id=program.pk, ended_on=day, by=context.by, at=context.at)
    return True


@contextmanager
def _named(column: str) -> Iterator[None]:
    """Name what is refused by the directory's own field."""
    try:
        yield
    except actions.ProgramRefused as refusal:
        raise actions.ProgramRefused(str(refusal), field=column) from None


def _rule(service: Service, program: Program, context: ImportContext) -> bool:
    """Take up who may take part: the first words, or other words as the next version from today on."""
    day = today(context.at)
    text = "\n".join(line.strip() for line in service.eligibility.splitlines() if line.strip())
    if not text:
        return False
    first = not program.rules.exists()
    holds = queries.rule_on(program, day)
    if holds is not None and "\n".join(holds.requirements) == text:
        return False
    with _named("eligibility_description"):
        actions.write_rule(
            program_id=program.pk,
            text=text,
            source=_SOURCE,
            valid_from=(program.starts_on or day) if first else day,
            by=context.by,
            at=context.at,
        )
    return True


def _free(service: Service, context: ImportContext) -> str:
    key = service.codes.get(KEY, "")
    return "" if queries.programs(context.by).filter(key=key).exists() else key


def _fields(service: Service, provider: Provider, program: Program | None) -> dict[str, Any]:
    kind = service.codes.get(KIND, program.kind if program is not None else Kind.CASE)
    if kind not in Kind.values:
        raise actions.ProgramRefused(_t("This kind of program is not known."), field="attributes")
    fields: dict[str, Any] = {
        "title": service.name[:200],
        "kind": kind,
        "provider_id": provider.pk,
        "min_age": service.minimum_age,
        "max_age": None if (service.maximum_age or 0) > 25 else service.maximum_age,
    }
    if service.description:
        fields["summary"] = service.description[:500]
    if service.how_to_apply:
        fields["how_to_join"] = service.how_to_apply[:300]
    if service.languages:
        fields["languages"] = ",".join(dict.fromkeys(service.languages))[:60]
    if service.cost is not None:
        fields["fee_cents"] = round(service.cost * 100)
    return fields


def _further(service: Service, program: Program, context: ImportContext) -> bool:
    """What hangs on a program: its rule, papers, places and offerings. Whether anything was new."""
    acting: dict[str, Any] = {"by": context.by, "at": context.at}
    day = today(context.at)
    new = _rule(service, program, context)
    if service.status == _DEFUNCT:
        return new
    for title in service.documents:
        if not program.waivers.filter(title__iexact=title).exists():
            actions.ask_for_waiver(
                program_id=program.pk, title=title[:120], months=12, valid_from=day, **acting
            )
            new = True
    for place in service.places:
        new = _offer(place, program, acting) or new
    return _report(service, program, context) or new


def _offer(place: Place, program: Program, acting: dict[str, Any]) -> bool:
    if not shape_of(program.kind).sessions:
        return False
    campus = campus_by_slug(place.external_id) if place.external_id else None
    new = False
    for schedule in place.schedules:
        if schedule.valid_from is None or schedule.valid_to is None:
            continue
        terms: dict[str, Any] = {
            "starts_on": schedule.valid_from,
            "ends_on": schedule.valid_to,
            "campus_id": campus.pk if campus else None,
            "place": "" if campus else place.name[:120],
        }
        if program.offerings.filter(**terms, days=schedule.byday, begins=schedule.opens_at).exists():
            continue
        actions.open_offering(
            program_id=program.pk,
            days=schedule.byday,
            begins=schedule.opens_at,
            ends=schedule.closes_at,
            **terms,
            **acting,
        )
        new = True
    return new


def _report(service: Service, program: Program, context: ImportContext) -> bool:
    """The places of a service, where it tells of one sort of them and how many there are."""
    if len(service.capacities) != 1 or service.capacities[0].maximum is None:
        return False
    one = service.capacities[0]
    try:
        moment = datetime.fromisoformat(one.updated.replace("Z", "+00:00"))
        on = timezone.localdate(moment) if moment.tzinfo else moment.date()
    except ValueError:
        raise actions.ProgramRefused(_t("This is no moment of time."), field="capacities.updated") from None
    intake = service.codes.get(INTAKE, Intake.OPEN if one.available else Intake.FULL)
    last = queries.latest_capacity(context.by, on=on).get(program.pk)
    if last is not None and (last.maximum, last.vacant) == (one.maximum, one.available):
        return False
    actions.report_capacity(
        program_id=program.pk,
        unit=one.unit if one.unit in Unit.values else Unit.PLACE,
        maximum=one.maximum or 0,
        taken=max(0, (one.maximum or 0) - one.available),
        intake=intake if intake in Intake.values else Intake.OPEN,
        on=on,
        by=context.by,
        at=context.at,
    )
    return True
