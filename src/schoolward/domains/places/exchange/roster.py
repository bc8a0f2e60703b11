"""Schools of a student information system's set (OneRoster), held against the school directory.

The state's directory says which schools there are; a set says what the district's own system calls them. So
a school of the set is found by its code or its name, and never made a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.places.actions import Directory, DirectoryRow, Outcome, RowRefused, rename_school
from schoolward.domains.places.exchange.schools import cds_code
from schoolward.domains.places.hooks import campuses_changed
from schoolward.domains.places.models import School, SchoolKind
from schoolward.platform.exchange.columns import CellError, header_key
from schoolward.platform.exchange.registry import Choice, ImportContext, register
from schoolward.platform.exchange.sets import RosterExchange
from schoolward.protocols.oneroster import ORGS, Members, Org, Roster, orgs_only

_SCHOOL = "school"
_OWN_DIGITS = 7
"""A school's own digits, the last of its code of 14; many systems give these alone."""
_ADDRESS, _ZIP = "metadata.address1", "metadata.postCode"
_REFUSE, _KEEP, _TAKE = "refuse", "keep", "take"


class _Known:
    """The schools that there are, to be found by code or by name."""

    def __init__(self) -> None:
        self._by_code: dict[str, School] = {}
        self._by_digits: dict[str, list[School]] = defaultdict(list)
        self._by_name: dict[str, list[School]] = defaultdict(list)
        for school in School.objects.all():
            self._by_code[school.cds_code] = school
            self._by_digits[school.cds_code[-_OWN_DIGITS:]].append(school)
            self._by_name[_name_key(school.name)].append(school)

    def by_code(self, org: Org) -> School | None:
        """The school whose code, or whose own digits, the set gives."""
        code = _code(org)
        if code:
            return self._by_code.get(code)
        alike = self._by_digits.get(org.identifier, []) if len(org.identifier) == _OWN_DIGITS else []
        return alike[0] if len(alike) == 1 else None

    def by_name(self, org: Org) -> list[School]:
        """The schools that are called so, the word "school" at the end aside."""
        return self._by_name.get(_name_key(org.name), [])


@register
class RosterSchools(RosterExchange):
    """Schools of a set. It opens the manifest and orgs.csv alone."""

    key = "roster-schools"
    title = gettext_lazy("Schools of a roster (OneRoster)")
    description = gettext_lazy(
        "A ZIP file of OneRoster 1.1 or 1.2. Only manifest.csv and orgs.csv are opened and kept: no student "
        "and no member of staff. A school is found by its code of 14 digits (or its own 7) in “identifier”, "
        "else by its name, and is never made twice."
    )
    permission = "places.import"
    members = ("manifest", *ORGS)
    files = ORGS
    own = frozenset({"orgs.csv"})
    choices = (
        Choice(
            "names",
            gettext_lazy("Where the roster calls a school otherwise"),
            (
                (_KEEP, gettext_lazy("Keep the directory's name, and say so")),
                (_TAKE, gettext_lazy("Take the roster's name")),
            ),
        ),
        Choice(
            "new_kind",
            gettext_lazy("Schools that are not in the directory"),
            (
                (_REFUSE, gettext_lazy("Reject them")),
                *(
                    (kind.value, gettext_lazy("Make them, as a school of the kind: %s") % kind.label)
                    for kind in SchoolKind
                ),
            ),
        ),
    )

    def part_of(self, members: Members) -> BinaryIO:
        return orgs_only(members)

    def apply_roster(self, roster: Roster, context: ImportContext) -> None:
        schools = [org for org in roster.orgs if org.type == _SCHOOL]
        others = len(roster.orgs) - len(schools)
        if others:
            context.report.warn(
                _("%(count)d bodies that are no schools (districts, departments) are left aside.")
                % {"count": others}
            )
        context.report.read += len(schools)
        renamed, new = self._settle_known(schools, context)
        directory = Directory(today=timezone.localdate(context.at))
        for org, outcome in zip(new, directory.apply(_rows(new, context)), strict=True):
            if isinstance(outcome, RowRefused):
                _reject(context, org, _ADDRESS, outcome.error, outcome.mend)
            elif outcome is Outcome.CREATED:
                context.report.created += 1
        if directory.settle() or renamed:
            campuses_changed(by=context.by, at=context.at)

    def _settle_known(self, schools: list[Org], context: ImportContext) -> tuple[bool, list[Org]]:
        """See to the schools that are known. Whether any was renamed, and the ones that are to be made."""
        known, first = _Known(), dict[int, int]()
        renamed, new = False, []
        for org in schools:
            try:
                found = self._find(org, known, context)
            except RowRefused as refusal:
                _reject(context, org, refusal.column, refusal.error, refusal.mend)
                continue
            if found is None:
                if not org.leaves:
                    new.append(org)
                else:
                    context.report.unchanged += 1
            elif first.setdefault(found.pk, org.row) != org.row:
                error = _("is the school of row %(row)d") % {"row": first[found.pk]}
                _reject(context, org, "sourcedId", error, _("Leave one of them out: a school stands once."))
            else:
                renamed = self._name(org, found, context) or renamed
        return renamed, new

    def _find(self, org: Org, known: _Known, context: ImportContext) -> School | None:
        """The school that a body is, or nothing: it is to be made, or leaves and never came. Raises
        :class:`RowRefused`."""
        school = known.by_code(org)
        if school is not None:
            return school
        alike = known.by_name(org)
        code = _code(org)
        if alike and not code:
            if len(alike) == 1:
                return alike[0]
            error = _("is the name of %(count)d schools") % {"count": len(alike)}
            raise RowRefused("name", error, _("Give the school's code of 14 digits."))
        if alike:
            error = _("is not the code of %(name)s, which the directory has as %(code)s") % {
                "name": alike[0].name,
                "code": alike[0].cds_code,
            }
            mend = _("Correct the code, here or in the directory: the school would be made twice.")
            raise RowRefused("identifier", error, mend)
        if org.leaves:
            return None
        if context.options["new_kind"] == _REFUSE:
            mend = _("Bring in the school directory first, or choose what to make of schools that it lacks.")
            raise RowRefused("name", _("is in the school directory under no code and name"), mend)
        if not code or not org.further.get(_ADDRESS):
            column = _ADDRESS if code else "identifier"
            mend = _("A new school needs its code of 14 digits, and its address in the column %(name)s.") % {
                "name": _ADDRESS
            }
            raise RowRefused(column, _("is blank or no code"), mend)
        return None

    def _name(self, org: Org, school: School, context: ImportContext) -> bool:
        """Take the name over, or say that it differs. Whether the school was changed."""
        facts = {"name": school.name, "other": org.name}
        if org.leaves:
            context.report.warn(
                _("The roster is to drop %(name)s. It stays; its last day is entered on its site's page.")
                % facts
            )
        elif org.name != school.name and context.options["names"] == _TAKE:
            rename_school(school=school, name=org.name, by=context.by, at=context.at)
            context.report.updated += 1
            return True
        elif _name_key(org.name) != _name_key(school.name):
            context.report.warn(_("The roster calls %(name)s “%(other)s”.") % facts)
        context.report.unchanged += 1
        return False


def _reject(context: ImportContext, org: Org, column: str, error: str, mend: str) -> None:
    values = {"name": org.name, "identifier": org.identifier, "sourcedId": org.sourced_id}
    value = values.get(column, org.further.get(column, ""))
    context.report.reject(org.row, column, value, error, mend, file="orgs.csv")


def _code(org: Org) -> str:
    """The code of 14 digits that the set gives, in the identifier or as the id itself; else nothing."""
    for text in (org.identifier, org.sourced_id):
        try:
            return cds_code(text)
        except CellError:
            continue
    return ""


def _name_key(name: str) -> str:
    return header_key(name).removesuffix(_SCHOOL)


def _rows(orgs: list[Org], context: ImportContext) -> Iterator[DirectoryRow]:
    for org in orgs:
        yield DirectoryRow(
            cds_code=_code(org),
            name=org.name[:200],
            kind=context.options["new_kind"],
            address=org.further[_ADDRESS][:200],
            zip_code=org.further.get(_ZIP, "")[:10],
        )
