"""Ledgers over HTTP: entries, counter-entries, releases, transfers, purposes, evidence, the SF-425."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.pagination import paginate

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.actions import NewEntry
from schoolward.domains.grants.api.finding import award_of, done, entry_of, form_of, line_of, one_of, refused
from schoolward.domains.grants.api.ledger_shapes import (
    EntryEvidenceOut,
    EntryIn,
    EntryOut,
    LineOut,
    PostedOut,
    PurposeOut,
    TransferOut,
)
from schoolward.domains.grants.api.shapes import OverrideOut, WhyIn
from schoolward.domains.grants.forms import (
    CorrectBudgetForm,
    EvidenceForm,
    PurposeForm,
    ReasonForm,
    ReleaseForm,
    TransferForm,
)
from schoolward.domains.grants.hooks import lacking_on
from schoolward.domains.grants.models import Entry, Purpose, Transfer
from schoolward.domains.grants.views.choosing import lines_with_what_is_left
from schoolward.domains.grants.wording import line_lacks
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import Cents, Slices, Text, cleaned

router = Router()


class AmountIn(WhyIn):
    """An amount, and why."""

    amount_cents: Cents


class TransferIn(Schema):
    """Money to move between two lines, by their codes. ``approval``: the funder's, where there is one."""

    from_line: Text
    to_line: Text
    amount_cents: Cents
    reason: Text
    approval: Text = ""
    override_reason: Text = ""


class PurposeIn(Schema):
    """What a part of an entry was for, one of four: work by its reference, a finding by its number, an
    initiative or a position by its short name."""

    amount_cents: Cents
    work: Text = ""
    finding: Text = ""
    initiative: Text = ""
    position: Text = ""


class EntryEvidenceIn(Schema):
    """What proves an entry, in words."""

    text: Text


@router.get("/{key}/entries", url_name="grant_entries", response=list[EntryOut])
@paginate(Slices)
def entries(request: HttpRequest, key: str, kind: str | None = None) -> QuerySet[Entry]:
    """The ledger of an award, the oldest entry first."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    rows = queries.entries(viewer).filter(award=award_of(request, key)).order_by("on", "pk")
    return rows if kind is None else rows.filter(kind=kind)


@router.post("/{key}/entries", url_name="grant_entry_new", response={201: PostedOut, 202: OverrideOut})
def post_entry(request: HttpRequest, key: str, sent: EntryIn) -> Status[Any]:
    """Make an entry. What a rule blocks is answered with 422, the rule and the way out.

    With ``override_reason`` it is asked for instead (202), and somebody else decides. ``warning`` says where
    its line then has less than an approved plan has set aside.
    """
    viewer = viewer_of(request)
    check(viewer, "grants.post")
    award = award_of(request, key)
    values = sent.dict()
    reason, code, obligation = (values.pop(name) for name in ("override_reason", "line", "obligation"))
    new = NewEntry(award.pk, line_id=line_of(award, code), obligation_id=obligation, **values)
    at = now(viewer.at)
    try:
        made = actions.post(new=new, by=viewer, at=at)
    except actions.RuleBlocks as blocked:
        if not reason.strip():
            raise refused(blocked) from blocked
        asked = done(request, actions.ask_to_post, new=new, blocked=blocked, reason=reason)
        return Status(202, OverrideOut.of(asked))
    except actions.GrantRefused as refusal:
        raise refused(refusal) from refusal
    lacks = lacking_on(viewer, line_id=made.line_id, on=today(viewer.at))
    made.warning = line_lacks(made.line, lacks) if lacks else ""  # type: ignore[attr-defined]
    return Status(201, made)


@router.get("/{key}/financial-report", url_name="grant_financial_report", response=list[LineOut])
def financial_report(request: HttpRequest, key: str, until: date | None = None) -> list[Any]:
    """The lines of the SF-425, cumulative to the end of ``until`` (today if not given)."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return list(queries.financial_report(award_of(request, key), until=until or today(viewer.at)))


@router.get("/{key}/transfers", url_name="grant_transfers", response=list[TransferOut])
def transfers(request: HttpRequest, key: str) -> QuerySet[Transfer]:
    """What moved between the lines of an award, the oldest first."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    rows = Transfer.objects.filter(award=award_of(request, key)).select_related("from_line", "to_line")
    return visible(rows, viewer)


@router.post("/{key}/transfers", url_name="grant_transfer", response={201: TransferOut, 202: OverrideOut})
def move(request: HttpRequest, key: str, sent: TransferIn) -> Status[Any]:
    """Move money between two lines. Blocked by a rule: 422; with ``override_reason`` asked for (202)."""
    check(viewer_of(request), "grants.post")
    award = award_of(request, key)
    values = form_of(
        sent,
        from_line_id=line_of(award, sent.from_line, field="from_line"),
        to_line_id=line_of(award, sent.to_line, field="to_line"),
    )
    form = TransferForm(values, lines=lines_with_what_is_left(award))
    reason = cleaned(form)["override_reason"]
    viewer, arguments = viewer_of(request), {**form.arguments(), "award_id": award.pk}
    try:
        return Status(201, actions.transfer(**arguments, by=viewer, at=now(viewer.at)))
    except actions.RuleBlocks as blocked:
        if not reason:
            raise refused(blocked) from blocked
        asked = done(request, actions.ask_to_transfer, arguments=arguments, blocked=blocked, reason=reason)
        return Status(202, OverrideOut.of(asked))
    except actions.GrantRefused as refusal:
        raise refused(refusal) from refusal


@router.post(
    "/transfers/{transfer_id}/take-back", url_name="grant_transfer_take_back", response={201: TransferOut}
)
def take_transfer_back(request: HttpRequest, transfer_id: int, sent: WhyIn) -> Status[Any]:
    """Put back what a transfer moved; neither counts as moved any more."""
    viewer = viewer_of(request)
    check(viewer, "grants.post")
    one_of(visible(Transfer.objects.filter(pk=transfer_id), viewer), f"transfer {transfer_id}")
    fields = cleaned(ReasonForm(sent.dict()))
    return Status(201, done(request, actions.take_transfer_back, transfer_id=transfer_id, **fields))


@router.post("/entries/{entry_id}/take-back", url_name="grant_entry_take_back", response={201: EntryOut})
def take_back(request: HttpRequest, entry_id: int, sent: WhyIn) -> Status[Any]:
    """Take an entry back by a counter-entry, which is the answer."""
    check(viewer_of(request), "grants.post")
    found, fields = entry_of(request, entry_id), cleaned(ReasonForm(sent.dict()))
    return Status(201, done(request, actions.reverse, entry_id=found.pk, **fields))


@router.post("/entries/{entry_id}/release", url_name="grant_entry_release", response={201: EntryOut})
def release(request: HttpRequest, entry_id: int, sent: AmountIn) -> Status[Any]:
    """Lower an obligation by what will not be needed."""
    check(viewer_of(request), "grants.post")
    found, fields = entry_of(request, entry_id), cleaned(ReleaseForm(form_of(sent)))
    return Status(201, done(request, actions.release, obligation_id=found.pk, **fields))


@router.post("/entries/{entry_id}/correct", url_name="grant_budget_correct", response={201: EntryOut})
def correct(request: HttpRequest, entry_id: int, sent: AmountIn) -> Status[Any]:
    """Set right a first budget that was mistyped: a counter-entry, and the true one, which is the answer."""
    check(viewer_of(request), "grants.post")
    found, fields = entry_of(request, entry_id), cleaned(CorrectBudgetForm(form_of(sent)))
    return Status(201, done(request, actions.correct_budget, entry_id=found.pk, **fields))


@router.get("/entries/{entry_id}/purposes", url_name="grant_purposes", response=list[PurposeOut])
def purposes(request: HttpRequest, entry_id: int) -> QuerySet[Purpose]:
    """What an entry was for; what was taken back stands with its negative."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return visible(Purpose.objects.filter(entry=entry_of(request, entry_id)), viewer)


@router.post("/entries/{entry_id}/purposes", url_name="grant_purpose_link", response={201: PurposeOut})
def link(request: HttpRequest, entry_id: int, sent: PurposeIn) -> Status[Any]:
    """Say what a part of an entry was for."""
    viewer = viewer_of(request)
    check(viewer, "grants.link")
    found = entry_of(request, entry_id)
    form = PurposeForm(form_of(sent), viewer=viewer)
    cents = cleaned(form)["amount_cents"]
    try:
        target = form.target()
    except actions.GrantRefused as refusal:
        raise refused(refusal) from refusal
    made = done(
        request,
        actions.link_purpose,
        entry_id=found.pk,
        kind=target.kind,
        target=target.target,
        title=target.title,
        amount_cents=cents,
    )
    return Status(201, made)


@router.post(
    "/purposes/{purpose_id}/take-back", url_name="grant_purpose_take_back", response={201: PurposeOut}
)
def take_purpose_back(request: HttpRequest, purpose_id: int) -> Status[Any]:
    """Take back what was said of a purpose; the row of its negative is the answer."""
    viewer = viewer_of(request)
    check(viewer, "grants.link")
    one_of(visible(Purpose.objects.filter(pk=purpose_id), viewer), f"purpose {purpose_id}")
    return Status(201, done(request, actions.take_purpose_back, purpose_id=purpose_id))


@router.post("/entries/{entry_id}/evidence", url_name="grant_evidence_add", response={201: EntryEvidenceOut})
def prove(request: HttpRequest, entry_id: int, sent: EntryEvidenceIn) -> Status[Any]:
    """Say in words what proves an entry. Documents are added on its page."""
    check(viewer_of(request), "grants.link")
    found, fields = entry_of(request, entry_id), cleaned(EvidenceForm(sent.dict()))
    return Status(201, done(request, actions.add_evidence, entry_id=found.pk, text=fields["text"]))
