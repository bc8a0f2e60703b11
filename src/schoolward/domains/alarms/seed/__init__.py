"""The demonstration's alarms: a school year of them at the real campuses. All invented, and marked so.

They come in through the receiver's rules and the journal, and the case builder makes cases of them, as it
does with those of real panels.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from schoolward.domains.alarms.actions import read_hand_over, write_hand_over
from schoolward.domains.alarms.actions.armed_days import complete_some
from schoolward.domains.alarms.builder.building import Builder
from schoolward.domains.alarms.builder.segments import MOST_FRAMES, Unread
from schoolward.domains.alarms.models import Appeal, AppealOutcome, Case, CaseState, LinkState, Signal
from schoolward.domains.alarms.queries.fees import statement
from schoolward.domains.alarms.seed import ground, night
from schoolward.domains.alarms.seed.calendar import FIRST
from schoolward.domains.alarms.seed.cast import viewer_of
from schoolward.domains.alarms.seed.disposing import dispose
from schoolward.domains.alarms.seed.endings import ending
from schoolward.domains.alarms.seed.ground import Site
from schoolward.domains.alarms.seed.mending import mend
from schoolward.domains.alarms.seed.story import Said, Story, Truth
from schoolward.domains.alarms.seed.transmitting import Transmitter
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed

FRAMES_A_PART = MOST_FRAMES  # one segment, and one batch of the builder
APPEALS = 6
APPEALED_AFTER = timedelta(days=9)
_GROUNDS = ("A storm was on.", "The contractor's log shows a test at that time.")


@seed(35, "alarms")
def alarms(context: SeedContext) -> str:
    """Let a school year of alarms happen. Runs once."""
    if Signal.objects.filter(generated=True).exists():
        return "already there"
    random = Random(context.random_seed)  # noqa: S311 - a repeatable story, not a secret
    zone = ZoneInfo(settings.TIME_ZONE)
    sites = ground.sites_of(random, context.today)
    ground.build(sites, at=context.at, today=context.today)
    record(
        "alarms.seeded",
        by=context.by,
        at=context.at,
        subject="alarms.AlarmSystem",
        detail={"systems": len(sites), "invented": True},
    )
    eve = context.today - timedelta(days=1)
    story = Story(sites, random, zone, eve)
    transmitter, building = Transmitter(sites), _Building(context.at)
    truths: dict[tuple[int, int], Truth] = {}
    dusk = round(night.moment(context.today, "17:00", zone).timestamp())
    dawn = round(night.moment(context.today, "07:30", zone).timestamp())
    waiting: list[Said] = []
    of_night: list[Said] = []
    for said in story.tell(FIRST, context.today):
        for one in said:
            if one.at < dusk:
                waiting.append(one)
                if one.truth is not None:
                    truths[sites[one.place].system_id, one.at] = one.truth
            elif one.at < dawn and one.data[1:3] in (b"OP", b"CL"):
                of_night.append(one)  # the night's alarms are told by hand, its openings are not
        while len(waiting) >= FRAMES_A_PART:
            transmitter.send(waiting[:FRAMES_A_PART])
            del waiting[:FRAMES_A_PART]
            building.go_on()
    transmitter.send(waiting)
    building.go_on()
    _end_all(truths, random, eve, context)
    mend(sites, at=context.at)
    _live_the_night(sites, of_night, transmitter, building, context.today, zone, context.at)
    _appeal(random, context)
    LinkState.objects.bulk_create(
        LinkState(system_id=site.system_id, heard_at=datetime.fromtimestamp(dawn - 5, zone)) for site in sites
    )
    while complete_some(today=context.today):
        pass
    signals, cases = Signal.objects.count(), Case.objects.filter(generated=True).count()
    return f"{signals:,} invented signals of {len(sites)} systems, in {cases:,} cases"


class _Building:
    """The case builder, one part of the journal after the other."""

    def __init__(self, at: datetime) -> None:
        self._builder, self._unread, self._at = Builder(), Unread(), at

    def go_on(self) -> None:
        """Make cases of what is in the journal by now."""
        while segments := self._unread.next():
            self._builder.build(segments, held=None, at=self._at)


def _end_all(truths: dict[tuple[int, int], Truth], random: Random, last: date, context: SeedContext) -> None:
    """Close what the year brought, as operators would have."""
    by = viewer_of(Role.ALARM_OPERATOR, context.at)
    open_cases = (
        Case.objects.filter(generated=True).exclude(state=CaseState.CLOSED).order_by("opened_at", "pk")
    )
    endings = [
        ending(case, truths.get((case.system_id or 0, round(case.opened_at.timestamp()))), random, last)
        for case in open_cases
    ]
    dispose(endings, by=by, at=context.at)


def _live_the_night(
    sites: list[Site],
    openings: Iterable[Said],
    transmitter: Transmitter,
    building: _Building,
    today: date,
    zone: ZoneInfo,
    at: datetime,
) -> None:
    operator, lead = viewer_of(Role.ALARM_OPERATOR, at), viewer_of(Role.LEAD, at)
    chapters = [(night.said(sites, chapter, today, zone), chapter) for chapter in night.NIGHT]
    said = [one for told, _chapter in chapters for one in told]
    told_openings = {(one.place, one.data) for one in said}
    said += [
        one
        for one in openings
        if (one.place, one.data) not in told_openings
        and not (one.place in night.NOT_OPENED and one.data.startswith(b"NOP"))
    ]
    transmitter.send(sorted(said, key=_order))
    building.go_on()
    for told, chapter in chapters:
        first = told[0]
        case = Case.objects.get(
            system_id=sites[first.place].system_id, opened_at=datetime.fromtimestamp(first.at, zone)
        )
        if chapter.answer is not None:
            chapter.answer(night.Desk(case, operator))
    _hand_over(operator, lead, today, zone)


def _hand_over(operator: Viewer, lead: Viewer, today: date, zone: ZoneInfo) -> None:
    (evening, said_then, _read), (morning, said_now, _unread) = night.HAND_OVERS
    at = night.moment(today, evening, zone)
    first = write_hand_over(text=said_then, by=lead, at=at)
    read_hand_over(hand_over_id=first.pk, by=operator, at=at + timedelta(minutes=4))
    write_hand_over(text=said_now, by=operator, at=night.moment(today, morning, zone))


def _appeal(random: Random, context: SeedContext) -> None:
    """A few appeals against fees: decided ones, and the newest, which waits."""
    charged = [
        line.case
        for part in statement(context.by, as_of=context.today).parts
        for line in part.lines
        if line.assessed.claimed_cents and line.case.opened_on + APPEALED_AFTER <= context.today
    ]
    if len(charged) < 2 * APPEALS:
        return
    waiting, *others = charged  # the newest stands first
    decided = random.sample(others[APPEALS:], APPEALS - 1)
    Appeal.objects.bulk_create(
        [
            *(
                Appeal(
                    case=case,
                    filed_on=case.opened_on + APPEALED_AFTER,
                    grounds=_GROUNDS[number % 2],
                    decided_on=min(case.opened_on + timedelta(days=31), context.today),
                    outcome=AppealOutcome.GRANTED if number % 2 else AppealOutcome.DENIED,
                )
                for number, case in enumerate(sorted(decided, key=lambda case: case.opened_at))
            ),
            Appeal(case=waiting, filed_on=waiting.opened_on + APPEALED_AFTER, grounds=_GROUNDS[1]),
        ]
    )


def _order(one: Said) -> tuple[int, int]:
    return one.at, one.place
