"""Students of a student information system's set (OneRoster), of those alone who are referred.

A roster names every student of the district. Here it is asked about young people with a live referral and a
student number, and of them for what their record holds as well: name and school. Nothing is written into a
record: what differs waits for a person (``actions.roster``). Guardians, addresses, grades and demographics
are not asked for (``docs/reference/oneroster.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.cases.actions.roster import Noted, Told, note_differences
from schoolward.domains.cases.exchange.students import numbers
from schoolward.domains.cases.queries.roster import with_a_live_referral
from schoolward.domains.places.queries import school_of_roster
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.registry import ImportContext, register
from schoolward.platform.exchange.sets import RosterExchange
from schoolward.protocols.oneroster import (
    STAFF,
    Archive,
    Members,
    Org,
    Person,
    Roster,
    SetProblem,
    read,
    students_only,
)


@register
class RosterStudents(RosterExchange):
    """Students of a set: who is referred, and nobody else. It opens the manifest, orgs, roles and users."""

    key = "roster-students"
    about_young_people = True
    title = gettext_lazy("Referred students of a roster (OneRoster)")
    description = gettext_lazy(
        "A ZIP file of OneRoster 1.1 or 1.2. Of young people with a live referral and a student number, name "
        "and school are held against the record; what differs waits for you under “What the roster says”. "
        "Nobody else in the file is read, kept or named."
    )
    permission = "cases.keep"
    members = ("manifest", *STAFF)
    files = STAFF
    own = frozenset({"users.csv", "roles.csv"})
    shows_values = False

    def kept(self, stream: BinaryIO, *, by: Viewer, options: Mapping[str, str]) -> BinaryIO:
        try:
            return students_only(Archive(stream), _referred(by).keys())
        except SetProblem as problem:
            raise UnreadableFile(str(problem), "") from None

    def roster_of(self, members: Members, context: ImportContext) -> Roster:
        wanted = context.memory["referred"] = _referred(context.by)
        # A file that comes from the command line was never cut down: nobody else's row is read from it.
        roster = read(Archive(students_only(members, wanted.keys())), students=wanted.keys(), files=STAFF)
        # Where nobody in the set is referred, what is left of these files is their header: that is no fault.
        roster.faults.kept = [one for one in roster.faults.kept if one.column or one.file not in self.own]
        return roster

    def apply_roster(self, roster: Roster, context: ImportContext) -> None:
        known: dict[str, list[int]] = context.memory["referred"]
        orgs = {org.sourced_id: org for org in roster.orgs}
        met: dict[str, int] = {}
        for person in roster.students:
            context.report.read += 1
            first = met.setdefault(person.identifier, person.row)
            if first != person.row:
                _reject(
                    person,
                    _("stands in row %(row)d already") % {"row": first},
                    _("Leave in the row that is right: a number is one student's."),
                    context,
                )
            elif len(known[person.identifier]) > 1:
                _reject(
                    person,
                    _("is the number of %(count)d records in the caseload")
                    % {"count": len(known[person.identifier])},
                    _("Find out whether they are one person, and correct the number of the other."),
                    context,
                )
            else:
                self._compare(person, known[person.identifier][0], orgs, context)
        _tell(len(met), len(known), context)

    def _compare(
        self, person: Person, youth_id: int, orgs: Mapping[str, Org], context: ImportContext
    ) -> None:
        day = timezone.localdate(context.at)
        held = [one for one in person.engagements if one.ends is None or one.ends >= day]
        main = min(held, key=lambda one: not one.primary, default=None)
        org = orgs.get(main.org) if main is not None and not person.leaves else None
        school = school_of_roster(org.identifier, org.name) if org is not None else None
        told = Told(person.given_name, person.family_name, school)
        noted = note_differences(youth_id=youth_id, told=told, by=context.by, at=context.at)
        if noted is Noted.NEW:
            context.report.created += 1
        elif noted is Noted.SETTLED:
            context.report.updated += 1
        else:
            context.report.unchanged += 1


def _referred(viewer: Viewer) -> dict[str, list[int]]:
    """The young people of the viewer's with a live referral, by student number."""
    known = numbers(viewer)
    live = with_a_live_referral(viewer, {pk for youths in known.values() for pk in youths})
    return {number: youths for number, youths in known.items() if live & set(youths)}


def _reject(person: Person, error: str, mend: str, context: ImportContext) -> None:
    context.report.reject(person.row, "identifier", "", error, mend, file="users.csv")


def _tell(met: int, known: int, context: ImportContext) -> None:
    report = context.report
    if not known:
        report.warn(_("Nobody of yours has both a live referral and a student number."))
    elif met < known:
        report.warn(
            _("%(count)d of %(all)d referred young people with a student number have no good row in the set.")
            % {"count": known - met, "all": known}
        )
    if report.created:
        report.warn(_("What differs waits for you under “What the roster says”. No record is changed."))
