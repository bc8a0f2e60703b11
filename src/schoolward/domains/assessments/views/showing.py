"""What the walk's pages show of items, stretches and progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from schoolward.analysis.assessing.agreement import Dispute
from schoolward.analysis.assessing.risk import Band
from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.analysis.assessing.shapes import Item, Scale
from schoolward.analysis.assessing.shapes import Mark as GivenMark
from schoolward.domains.assessments import queries
from schoolward.domains.assessments.models import Answer, AnswerPhoto, Settlement, Walk
from schoolward.domains.assessments.queries import Asked, Results
from schoolward.domains.assessments.walk_journals import WalkJournal


@dataclass(frozen=True)
class Button:
    """One answer that can be tapped."""

    value: str
    label: str
    is_chosen: bool
    is_mark: bool


@dataclass(frozen=True)
class ShownItem:
    """An item with its buttons, its answer, what last time said, and its photographs."""

    asked: Asked
    answer: Answer | None
    buttons: list[Button]
    last: Given | None
    last_label: str
    photos: list[AnswerPhoto]
    fails: bool
    client_id: UUID
    photo_client_id: UUID
    seen: list[str]
    differs: bool

    @property
    def chosen(self) -> str:
        """The value of the answer as a form sends it; empty without one."""
        return next((button.value for button in self.buttons if button.is_chosen), "")


@dataclass(frozen=True)
class ShownSection:
    """A stretch of the walk and how much of it is answered."""

    key: str
    title: str
    asked: int
    answered: int

    @property
    def is_open(self) -> bool:
        """Whether anything of it waits for an answer."""
        return self.answered < self.asked


@dataclass(frozen=True)
class Progress:
    """How much of the walk is answered."""

    asked: int
    answered: int

    @property
    def left(self) -> int:
        """How many items wait for an answer."""
        return self.asked - self.answered


def mark_label(mark: str) -> str:
    """The words for a mark, short enough for a button."""
    return _("Not here") if mark == GivenMark.DOES_NOT_EXIST else _("Cannot see")


def answer_label(scale: Scale, answer: Given | None) -> str:
    """The words for an answer on a scale; empty without one."""
    if answer is None:
        return ""
    if isinstance(answer, GivenMark):
        return mark_label(answer)
    return next((choice.label for choice in scale.choices if choice.value == answer), str(answer))


def shown_items(
    asked: Sequence[Asked],
    answers: Mapping[int, Answer],
    last: Mapping[str, Given],
    walk: Walk,
    journal: WalkJournal,
) -> list[ShownItem]:
    """The items of a stretch as the page shows them."""
    photos = queries.photos_by_item([walk.pk])
    return [_shown(one, answers.get(one.row.pk), last, photos.get(one.row.pk, []), journal) for one in asked]


def _shown(
    one: Asked,
    answer: Answer | None,
    last: Mapping[str, Given],
    photos: list[AnswerPhoto],
    journal: WalkJournal,
) -> ShownItem:
    has_devices = bool(journal.rows)
    given = queries.given(answer) if answer is not None else None
    before = last.get(one.item.code)
    if before is not None and not one.scale.allows(before):
        before = None
    buttons = [
        Button(str(choice.value), choice.label, given == choice.value and answer is not None, False)
        for choice in one.scale.choices
    ]
    buttons += [Button(str(mark), mark_label(mark), given is mark, True) for mark in _marks(one.scale)]
    return ShownItem(
        asked=one,
        answer=answer,
        buttons=buttons,
        last=before,
        last_label=answer_label(one.scale, before),
        photos=photos,
        fails=one.item.fails(given),
        client_id=uuid4(),
        photo_client_id=uuid4(),
        seen=journal.seen(one.item.code) if has_devices else [],
        differs=has_devices and one.item.code in journal.codes_that_differ,
    )


def _marks(scale: Scale) -> list[GivenMark]:
    """The marks that a scale allows in place of a rating."""
    marks = [GivenMark.DOES_NOT_EXIST] if scale.may_not_exist else []
    return [*marks, GivenMark.UNOBSERVED] if scale.may_be_unobserved else marks


def choices_of(scale: Scale) -> list[tuple[str, str]]:
    """Every answer that a scale allows, as a form offers them."""
    rated = [(str(choice.value), choice.label) for choice in scale.choices]
    return rated + [(str(mark), mark_label(mark)) for mark in _marks(scale)]


def shown_sections(asked: Sequence[Asked], answers: Mapping[int, Answer]) -> list[ShownSection]:
    """The stretches in walking order."""
    found: dict[str, list[Asked]] = {}
    for one in asked:
        found.setdefault(one.section, []).append(one)
    return [
        ShownSection(
            key, items[0].section_title, len(items), sum(1 for one in items if _is_rated(one, answers))
        )
        for key, items in found.items()
    ]


def progress_of(asked: Sequence[Asked], answers: Mapping[int, Answer]) -> Progress:
    """How far the walk is."""
    return Progress(len(asked), sum(1 for one in asked if _is_rated(one, answers)))


def _is_rated(one: Asked, answers: Mapping[int, Answer]) -> bool:
    """Whether an item has an answer; a note alone is none."""
    return one.row.pk in answers and queries.given(answers[one.row.pk]) is not None


@dataclass(frozen=True)
class ShownSettlement:
    """How a dispute was settled, in words."""

    row: Settlement
    answer: str


@dataclass(frozen=True)
class ShownDispute:
    """What two assessors differ on, in words, and what counts. ``history`` is empty while nobody settled."""

    code: str
    text: str
    first: str
    second: str
    counts: str
    decides: bool
    history: list[ShownSettlement]

    @property
    def settled(self) -> ShownSettlement | None:
        """The settlement that holds, which is the last."""
        return self.history[-1] if self.history else None


def shown_disputes(results: Results) -> list[ShownDispute]:
    """Where two assessors differ, in the order in which to settle it."""
    if results.agreement is None:
        return []
    return [_dispute(results, one) for one in results.agreement.disputes]


def _dispute(results: Results, one: Dispute) -> ShownDispute:
    scale = results.form.scale_of(one.item)
    code = one.item.code
    return ShownDispute(
        code=code,
        text=one.item.text,
        first=answer_label(scale, one.first),
        second=answer_label(scale, one.second),
        counts=answer_label(scale, results.answers.get(code)),
        decides=one.decides,
        history=[
            ShownSettlement(row, answer_label(scale, queries.given(row)))
            for row in results.settled.get(code, [])
        ],
    )


@dataclass(frozen=True)
class ShownRisk:
    """A risk in words: asset and threat, the product or what it could be, and the band."""

    title: str
    product: int | None
    low: int
    high: int
    band: Band | None
    band_label: str
    tone: str


def shown_risks(results: Results) -> list[ShownRisk]:
    """The risks, the highest first; none where the instrument rates none."""
    if results.risks is None:
        return []
    words = {Band.LOW: (_("low"), "good"), Band.MEDIUM: (_("medium"), "watch"), Band.HIGH: (_("high"), "bad")}
    shown = []
    for risk in results.risks.risks:
        label, tone = words[risk.band] if risk.band is not None else ("", "plain")
        title = _pair(results, risk.item)
        shown.append(ShownRisk(title, risk.product, risk.low, risk.high, risk.band, label, tone))
    return shown


def _pair(results: Results, item: Item) -> str:
    terms = results.form.terms
    return f"{terms.get(item.asset, item.asset)} × {terms.get(item.threat, item.threat)}"  # noqa: RUF001


@dataclass(frozen=True)
class ShownDevices:
    """What a walk's pages say of the devices that fill it."""

    count: int
    entries: int
    differences: int
    wants_in: bool
    late: int


def shown_devices(journal: WalkJournal) -> ShownDevices:
    """How many devices fill the walk, and what waits for a decision; nothing is read where there are none."""
    if not journal.rows:
        return ShownDevices(0, 0, 0, wants_in=False, late=0)
    return ShownDevices(
        count=sum(number > 0 for number in journal.devices.values()),
        entries=len(journal.rows),
        differences=len(journal.differences) if journal.walk.submitted_at is None else 0,
        wants_in=journal.wants_in,
        late=journal.late,
    )
