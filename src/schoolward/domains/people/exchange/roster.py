"""Staff of a student information system's set (OneRoster) as contact cards.

A card is known again by the id that the system gives the person; the first time by the e-mail address, else
by the name where one card alone has it. What a person wrote on a card stays: telephone and position.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.people.actions import keep_contact
from schoolward.domains.people.models import Person as Card
from schoolward.domains.people.queries import people
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.models import Agency, AgencyKind
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.registry import Choice, ImportContext, register
from schoolward.platform.exchange.sets import RosterExchange
from schoolward.protocols.oneroster import STAFF, Engagement, Members, Mode, Person, Roster, staff_only

_TITLES = {
    "administrator": gettext_lazy("Administrator"),
    "aide": gettext_lazy("Aide"),
    "counselor": gettext_lazy("Counselor"),
    "districtAdministrator": gettext_lazy("District administrator"),
    "principal": gettext_lazy("Principal"),
    "proctor": gettext_lazy("Proctor"),
    "siteAdministrator": gettext_lazy("Site administrator"),
    "systemAdministrator": gettext_lazy("System administrator"),
    "teacher": gettext_lazy("Teacher"),
}
_LEADING = frozenset(_TITLES) - {"aide", "proctor", "teacher"}
_ALL, _LEAD, _KEEP, _CLOSE = "all", "leading", "keep", "close"
_POSITION_LENGTH = 120


class _Cards:
    """The cards of one agency, to be found by what a set says of a person."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._by_id: dict[str, Card] = {}
        self._by_email: dict[str, list[Card]] = defaultdict(list)
        self._by_name: dict[str, list[Card]] = defaultdict(list)
        self._taken: dict[tuple[str, str], int] = {}
        for card in cards:
            self._taken[card.name, card.position] = card.pk
            if card.roster_id:
                self._by_id[card.roster_id] = card
            else:
                self._by_email[card.email.casefold()].append(card)
                self._by_name[card.name.casefold()].append(card)

    def find(self, person: Person) -> Card | None:
        """The card of a person: by the id, the address, or the name where that is one's alone."""
        known = self._by_id.get(person.sourced_id)
        if known is not None:
            return known
        by_email = self._by_email.get(person.email.casefold(), []) if person.email else []
        for alike in (by_email, self._by_name.get(person.name.casefold(), [])):
            if len(alike) == 1 and not alike[0].roster_id:
                return alike[0]
        return None

    def is_taken(self, name: str, position: str, card: Card | None) -> bool:
        """Whether another card has this name and position."""
        owner = self._taken.get((name, position))
        return owner is not None and owner != (card.pk if card else None)

    def take(self, card: Card) -> None:
        """Note a card as it now is."""
        self._taken[card.name, card.position] = card.pk
        self._by_id[card.roster_id] = card

    def beyond(self, ids: set[str]) -> list[Card]:
        """Open cards of rosters whose person is not among these."""
        return [card for key, card in self._by_id.items() if key not in ids and card.active]


@register
class RosterStaff(RosterExchange):
    """Staff of a set. It opens the manifest, orgs.csv, roles.csv and users.csv, and keeps staff alone."""

    key = "roster-staff"
    title = gettext_lazy("Staff of a roster (OneRoster)")
    description = gettext_lazy(
        "A ZIP file of OneRoster 1.1 or 1.2. Staff become contact cards of the district; students, parents "
        "and other relatives are passed over, and nothing of them is kept. A card that the roster knows "
        "again takes over name, e-mail address and whether the person is there; telephones stay."
    )
    permission = "people.edit"
    members = ("manifest", *STAFF)
    files = STAFF
    own = frozenset({"users.csv", "roles.csv"})
    choices = (
        Choice(
            "roles",
            gettext_lazy("Whose cards are made"),
            (
                (_ALL, gettext_lazy("All staff")),
                (_LEAD, gettext_lazy("Principals, administrators and counselors")),
            ),
        ),
        Choice(
            "missing",
            gettext_lazy("Cards of earlier rosters whose person is not in this one"),
            ((_KEEP, gettext_lazy("Keep them, and say how many")), (_CLOSE, gettext_lazy("Take them away"))),
        ),
    )

    def part_of(self, members: Members) -> BinaryIO:
        return staff_only(members)

    def apply_roster(self, roster: Roster, context: ImportContext) -> None:
        district = _district(context)
        cards = _Cards(people(context.by).filter(agency=district))
        bodies = {org.sourced_id: org.name for org in roster.orgs}
        wanted = _LEADING if context.options["roles"] == _LEAD else frozenset(_TITLES)
        day = timezone.localdate(context.at)
        for person in roster.staff:
            held = [one for one in person.engagements if one.role in wanted]
            if not held:
                continue
            context.report.read += 1
            now = [one for one in held if one.ends is None or one.ends >= day]
            works = person.enabled and not person.leaves and bool(now)
            position = _position(now or held, bodies)
            _keep(person, cards, position, set(bodies.values()), works, district, context)
        if roster.manifest.mode("users") is Mode.BULK:
            _see_to_missing(roster, cards, district, context)
        if roster.left_out:
            context.report.warn(
                _("%(count)d users who are no staff are passed over.") % {"count": roster.left_out}
            )


def _district(context: ImportContext) -> Agency:
    """The district whose staff it is: the agency of whoever imports, else the only one."""
    districts = [agency for agency in agencies() if agency.kind == AgencyKind.DISTRICT]
    own = [agency for agency in districts if agency.pk == context.by.agency_id]
    found = own or districts
    if len(found) != 1:
        raise UnreadableFile(
            _("It is not plain whose staff this is."),
            _("Import as a member of the district, or take the district in as an agency first."),
        )
    return found[0]


def _position(held: list[Engagement], bodies: dict[str, str]) -> str:
    """What somebody is and where, by the first of the main engagements."""
    main = min(held, key=lambda one: not one.primary)
    where = bodies.get(main.org, "")
    return ", ".join(filter(None, (str(_TITLES[main.role]), where)))[:_POSITION_LENGTH]


def _is_of_a_roster(position: str, bodies: set[str]) -> bool:
    """Whether a roster wrote this position, and not a person."""
    title, _comma, where = position.partition(", ")
    return title in map(str, _TITLES.values()) and (not where or where in bodies)


def _keep(
    person: Person,
    cards: _Cards,
    position: str,
    bodies: set[str],
    works: bool,
    district: Agency,
    context: ImportContext,
) -> None:
    """Write the card of one member of staff where it would differ."""
    report, card = context.report, cards.find(person)
    if card is None and not works:
        report.unchanged += 1  # never had a card, and is not there
        return
    if card is not None and card.position and not _is_of_a_roster(card.position, bodies):
        position = card.position
    values = {
        "name": person.name[:200],
        "position": position,
        "email": person.email.lower() or (card.email if card else ""),
        "active": works,
        "roster_id": person.sourced_id,
    }
    if card is not None and all(getattr(card, name) == value for name, value in values.items()):
        report.unchanged += 1
        return
    if cards.is_taken(str(values["name"]), position, card):
        report.reject(
            person.row,
            "familyName",
            person.name,
            _("is the name of another card with this position"),
            _("Write the position on one of the cards so that the two can be told apart."),
            file="users.csv",
        )
        return
    phone = card.phone if card else ""
    kept = keep_contact(
        person=card,
        agency=district,
        phone=phone,
        by=context.by,
        at=context.at,
        **values,  # type: ignore[arg-type]
    )
    cards.take(kept)
    if card is None:
        report.created += 1
    else:
        report.updated += 1


def _see_to_missing(roster: Roster, cards: _Cards, district: Agency, context: ImportContext) -> None:
    """Say, or close, what a whole set no longer holds."""
    missing = cards.beyond({person.sourced_id for person in roster.staff})
    if not missing:
        return
    if context.options["missing"] == _KEEP:
        context.report.warn(
            _("%(count)d cards of earlier rosters are of nobody in this one; they stay.")
            % {"count": len(missing)}
        )
        return
    for card in missing:
        keep_contact(
            person=card,
            agency=district,
            name=card.name,
            position=card.position,
            phone=card.phone,
            email=card.email,
            active=False,
            by=context.by,
            at=context.at,
        )
    context.report.read += len(missing)
    context.report.updated += len(missing)
