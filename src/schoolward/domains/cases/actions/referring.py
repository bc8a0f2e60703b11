"""Making a referral, taking one on, choosing the program, and passing it on to another agency."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.fitting import fit_program
from schoolward.domains.cases.actions.receipts import mark_of, not_of_a_sealed, same
from schoolward.domains.cases.actions.recording import (
    TO_TAKE,
    CaseRefused,
    as_system,
    audit,
    locked,
    write,
)
from schoolward.domains.cases.models import (
    Guardian,
    Language,
    ReachBy,
    Referral,
    Relation,
    Step,
    Youth,
    of_referral,
    of_youth,
)
from schoolward.domains.cases.states import Need, State, due_on
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.agencies import agencies
from schoolward.platform.access.clock import today
from schoolward.platform.access.models import Agency, AgencyKind, RecordClass
from schoolward.platform.access.permissions import check
from schoolward.platform.access.refusal import fit_text
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

OLDEST, YOUNGEST = 22, 4
"""Whole years; what lies outside is a slip of the keyboard."""
LONGEST_REASON = 200
ANSWERING = frozenset({AgencyKind.DISTRICT, AgencyKind.COMMUNITY, AgencyKind.CITY})


@dataclass(frozen=True)
class Booking:
    """What a school or an officer tells of a young person whom it refers: enough to reach the family."""

    legal_name: str
    born_on: date
    need: str
    preferred_name: str = ""
    local_number: str = ""
    home_language: str = Language.ENGLISH
    school_id: int | None = None
    campus_id: int | None = None
    program_id: int | None = None
    guardian_name: str = ""
    relation: str = Relation.PARENT
    reach_by: str = ReachBy.CALL
    reach_at: str = ""
    family_knows: bool = False
    receipt: UUID | None = None
    invented: bool = False


@transaction.atomic
def refer(*, booking: Booking, by: Viewer, at: datetime, on: date | None = None) -> Referral:
    """Refer a young person. The same again with its receipt gives the same referral.

    It goes to the referrer's own agency where that answers families, else to the home district. Who the young
    person is already known to is not told. Raises :class:`Refusal` with the field to mend, also where the
    receipt came with other content or from somebody else.
    """
    check(by, "cases.refer")
    agency = _answering(by)
    day = on or timezone.localdate(at)
    _fit(booking, day)
    if by.agency_id != agency.pk and not booking.family_knows and not by.is_system:
        raise CaseRefused(
            _("Your agency does not answer families itself: tell the family first, and say that they know."),
            field="family_knows",
        )
    if booking.program_id is not None:
        fit_program(booking.program_id, born_on=booking.born_on, on=day, by=by)
    with within(as_system(by)):
        sent_as = mark_of("referral", {**asdict(booking), "on": on}, by)
        there = Referral.objects.filter(receipt=booking.receipt).first() if booking.receipt else None
        if there is not None:
            same(there.sent_as == sent_as)
            return there
        not_of_a_sealed(Referral, booking.receipt, by=by)
        youth = _known(booking, agency) or _new_youth(booking, agency, by, day)
        _keep_guardian(booking, youth)
        made = Referral.objects.create(
            **of_youth(youth),
            program_id=booking.program_id,
            named_program_id=booking.program_id,
            campus_id=booking.campus_id,
            need=booking.need,
            family_knows=booking.family_knows,
            referred_on=day,
            since=day,
            due_on=due_on(State.REFERRED, day),
            coordinator_id=youth.coordinator_id,
            referred_by_id=by.account_id,
            referring_agency_id=by.agency_id,
            receipt=booking.receipt or uuid4(),
            sent_as=sent_as,
            invented=booking.invented,
        )
        first_step(made, by, at)
        audit("referred", made, by=by, on=day)
    return made


def _answering(by: Viewer) -> Agency:
    """The agency that answers this viewer's referrals."""
    own = agencies().filter(pk=by.agency_id or 0).first()
    if own is not None and own.kind in ANSWERING:
        return own
    home = Agency.objects.filter(kind=AgencyKind.DISTRICT, revoked_at__isnull=True).order_by(
        "created_at", "pk"
    )
    found = home.first()
    if found is None:
        raise CaseRefused(_("There is no school district here that could answer the family."))
    return found


def fit_age(born_on: date, day: date) -> None:
    """Refuse a day of birth by which somebody would be too young or too old to be here: a slip."""
    age = Youth(born_on=born_on).age_on(day)
    if not YOUNGEST <= age <= OLDEST:
        raise CaseRefused(
            _("Somebody born then would be %(age)d years old. Look at the date again.") % {"age": age},
            field="born_on",
        )


def _fit(booking: Booking, day: date) -> None:
    if not booking.legal_name.strip():
        raise CaseRefused(_("Give the name as it stands at school."), field="legal_name")
    fit_age(booking.born_on, day)
    for field, value, known in (
        ("need", booking.need, Need.values),
        ("home_language", booking.home_language, Language.values),
        ("relation", booking.relation, Relation.values),
        ("reach_by", booking.reach_by, ReachBy.values),
    ):
        if value not in known:
            raise CaseRefused(_("Choose one of: %(known)s.") % {"known": ", ".join(known)}, field=field)
    for field in ("legal_name", "preferred_name", "local_number", "guardian_name", "reach_at"):
        if value := getattr(booking, field):
            fit_text(value, field=field, longest=200)


def _known(booking: Booking, agency: Agency) -> Youth | None:
    """The young person, where number, birthday and name are all the same: not twins, not namesakes."""
    if not booking.local_number:
        return None
    rows = Youth.objects.filter(
        agency=agency,
        local_number=booking.local_number,
        born_on=booking.born_on,
        legal_name__iexact=booking.legal_name.strip(),
    )
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def _new_youth(booking: Booking, agency: Agency, by: Viewer, day: date) -> Youth:
    is_own = by.role == "program_coordinator" and by.agency_id == agency.pk
    return Youth.objects.create(
        agency=agency,
        record_class=RecordClass.EDUCATION,
        legal_name=" ".join(booking.legal_name.split()),
        preferred_name=" ".join(booking.preferred_name.split()),
        born_on=booking.born_on,
        local_number=booking.local_number.strip(),
        home_language=booking.home_language,
        school_id=booking.school_id,
        coordinator_id=by.account_id if is_own else None,
        entered_on=day,
        invented=booking.invented,
    )


def _keep_guardian(booking: Booking, youth: Youth) -> None:
    name = " ".join(booking.guardian_name.split())
    if not name or Guardian.objects.filter(youth=youth, name__iexact=name).exists():
        return
    Guardian.objects.create(
        **of_youth(youth),
        name=name,
        relation=booking.relation,
        language=booking.home_language,
        reach_by=booking.reach_by,
        reach_at=booking.reach_at.strip(),
        invented=booking.invented,
    )


def first_step(referral: Referral, by: Viewer, at: datetime, reason: str = "") -> None:
    """The step that a new referral begins with."""
    Step.objects.create(
        **of_referral(referral),
        after=State.REFERRED,
        on=referral.referred_on,
        at=at,
        by_id=by.account_id,
        by_name=by.account_name,
        reason=reason,
    )


@transaction.atomic
def take(*, referral_id: int, version: int | None = None, by: Viewer, at: datetime) -> Referral:
    """Take a referral on: from the intake, or from a colleague. The young person comes with it."""
    with within(as_system(by)):
        found = locked(referral_id, by=by, permission="cases.keep", needs=TO_TAKE, version=version)
        if found.agency_id != by.agency_id or by.account_id is None:
            raise CaseRefused(_("Only a coordinator of the agency that answers it takes it on."))
        if found.coordinator_id == by.account_id:
            return found
        before = found.coordinator_id
        write(found, coordinator_id=by.account_id)
        youth = found.youth
        if youth.agency_id == by.agency_id and youth.coordinator_id in (None, before):
            Youth.objects.filter(pk=youth.pk).update(coordinator=by.account_id)
        audit("referral_taken", found, by=by, before=before)
    return found


@transaction.atomic
def choose_program(
    *,
    referral_id: int,
    program_id: int,
    offering_id: int | None = None,
    version: int | None = None,
    by: Viewer,
    at: datetime,
) -> Referral:
    """Say which program the referral is to. After the family's yes it stays: the yes was to that one."""
    with within(as_system(by)):
        found = locked(referral_id, by=by, permission="cases.keep", version=version)
        program = programs(by).filter(pk=program_id).first()
        if program is None:
            raise CaseRefused(_("There is no such program."), field="program_id")
        if found.state not in (State.REFERRED, State.CONTACTED):
            raise CaseRefused(_("The family said yes to the program that stands there: end this one first."))
        if offering_id is not None and not program.offerings.filter(pk=offering_id).exists():
            raise CaseRefused(_("This is not an offering of that program."), field="offering_id")
        fit_program(program.pk, born_on=found.youth.born_on, on=today(by.at), by=by)
        write(found, program_id=program.pk, offering_id=offering_id)
        audit("program_chosen", found, by=by)
    return found
