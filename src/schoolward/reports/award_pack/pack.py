"""Composing the audit pack of an award, as of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.grants import queries
from schoolward.domains.grants.wording import change_in_words, dollars
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.award_pack.standing import cents, facts, lines_part, sums_part, terms_part
from schoolward.reports.districts import district_name
from schoolward.reports.sheets.shape import Column, Part, Row, Sheet, Value
from schoolward.reports.sheets.values import absent, count, day, words

PERMISSION = "grants.view"


def pack(award: Any, on: date, *, by: Viewer) -> Sheet:
    """The pack of an award that ``by`` may see, of its entries up to the end of the day ``on``.

    Raises ``AccessDenied``.
    """
    check(by, PERMISSION, f"grants.Award:{award.pk}")
    entries = list(queries.entries_with_proof(by).filter(award=award, on__lte=on).order_by("on", "pk"))
    return Sheet(
        report="audit-pack",
        title=_("Audit pack"),
        subject=award.title,
        copy=award.key,
        copy_name="",
        notice=_("For internal use and for auditors"),
        as_of=on,
        district=district_name(),
        invented=award.invented_ledger or any(entry.invented for entry in entries),
        parts=(
            terms_part(award),
            sums_part(award, on),
            lines_part(award, on),
            _gaps(entries),
            _entries(entries),
            _let_by(award, on, by),
            _changes(award, on),
            _reports(award),
        ),
        standfirst=_("Every entry of the ledger with what proves it, what it was for, and who let it by."),
        about={"award": award.key},
        csv_parts=("entries",),
    )


def _gaps(entries: list[Any]) -> Part:
    """What an auditor would ask about first: entries that nothing proves, and money without a purpose."""
    standing = [one for one in entries if one.reverses_id is None and _counter(one) is None]
    unproved = [one for one in standing if one.kind != "budget" and not one.evidence.all()]
    spent = [one for one in standing if one.kind == "expenditure"]
    aimless = [one.amount_cents - sum(p.amount_cents for p in one.purposes.all()) for one in spent]
    return facts(
        "gaps",
        _("What is missing"),
        (
            ("unproved", _("Entries that nothing proves"), count(len(unproved))),
            ("unproved_cents", _("Their amount"), cents(sum(abs(one.amount_cents) for one in unproved))),
            (
                "aimless",
                _("Expenditures without a whole purpose"),
                count(sum(left > 0 for left in aimless)),
            ),
            ("aimless_cents", _("Money without a purpose"), cents(sum(aimless))),
        ),
    )


def _counter(entry: Any) -> Any:
    return getattr(entry, "reversed_by", None)


def _entries(entries: list[Any]) -> Part:
    columns = (
        Column("number", _("No."), width="0.7"),
        Column("on", _("Day"), "day", "0.9"),
        Column("kind", _("Kind"), width="1"),
        Column("what", _("What"), width="2"),
        Column("line", _("Line"), width="0.5"),
        Column("amount_cents", _("Amount"), "right", "1.1"),
        Column("evidence", _("Evidence"), width="1.8"),
        Column("purpose", _("What it was for"), width="1.8"),
        Column("note", _("Note"), width="1.1"),
    )
    rows = tuple(_entry(one) for one in entries)
    return Part("entries", _("Every entry"), columns, rows, missing=_("Nothing was entered by that day."))


def _entry(one: Any) -> Row:
    told = (
        one.description,
        one.document,
        one.payee,
        _("cost of %(day)s") % {"day": one.incurred_on} if one.incurred_on != one.on else "",
        one.get_match_kind_display() if one.match_kind else "",
        _("given by %(name)s") % {"name": one.given_by} if one.given_by else "",
        _("agreement %(number)s") % {"number": one.agreement} if one.agreement else "",
        _("general ledger %(number)s") % {"number": one.external_id} if one.external_id else "",
    )
    what = " · ".join(str(part) for part in told if part)
    proofs = [" ".join(p for p in (proof.file_name, proof.text) if p) for proof in one.evidence.all()]
    aims = [f"{purpose.title}: {dollars(purpose.amount_cents)}" for purpose in one.purposes.all()]
    return {
        "number": count(one.pk, reverse("grants:entry", args=[one.pk])),
        "on": day(one.on),
        "kind": words(one.get_kind_display()),
        "what": words(what),
        "line": words(one.line.code if one.line else ""),
        "amount_cents": cents(one.amount_cents),
        "evidence": _proved(one, proofs),
        "purpose": words("; ".join(aims)),
        "note": words(_note(one)),
    }


def _proved(one: Any, proofs: list[str]) -> Value:
    """What proves an entry. A budget and what was taken back need no proof: nothing is missing there."""
    if proofs or one.kind == "budget" or one.reverses_id is not None or _counter(one) is not None:
        return words("; ".join(proofs))
    return absent(_("nothing"))


def _note(one: Any) -> str:
    if one.reverses_id is not None:
        return _("takes back no. %(number)s") % {"number": one.reverses_id}
    counter = _counter(one)
    if counter is not None:
        return _("taken back by no. %(number)s") % {"number": counter.pk}
    if one.override_id is not None:
        return _("let by: %(citation)s") % {"citation": one.override.citation}
    if one.obligation_id is not None:
        return _("of obligation no. %(number)s") % {"number": one.obligation_id}
    return ""


def _let_by(award: Any, on: date, by: Viewer) -> Part:
    columns = (
        Column("on", _("Asked"), "day"),
        Column("rule", _("Rule"), width="1.4"),
        Column("reason", _("Reason"), width="2.4"),
        Column("asked_by", _("By")),
        Column("state", _("Decision")),
        Column("decided_by", _("By")),
        Column("why", _("Why"), width="2"),
    )
    rows = tuple(
        {
            "on": day(one.asked_at.date()),
            "rule": words(one.citation),
            "reason": words(one.reason),
            "asked_by": words(one.asked_by_name),
            "state": words(one.get_state_display()),
            "decided_by": words(one.decided_by_name),
            "why": words(one.decision_reason),
        }
        for one in queries.overrides(by).filter(award=award, asked_at__date__lte=on)
    )
    return Part("let_by", _("What was let by, or not"), columns, rows, missing=_("Nothing was asked for."))


def _changes(award: Any, on: date) -> Part:
    columns = (
        Column("on", _("Day"), "day"),
        Column("what", _("What"), width="1.4"),
        Column("text", _("In words"), width="3"),
        Column("approval", _("The funder's approval"), width="1.4"),
    )
    rows: list[tuple[date, Row]] = [
        (
            one.approved_on,
            {
                "on": day(one.approved_on),
                "what": words(one.get_kind_display()),
                "text": words(f"{one.text} {change_in_words(one)}".strip()),
                "approval": words(one.approval),
            },
        )
        for one in award.amendments.filter(approved_on__lte=on)
    ]
    rows += [
        (
            one.on,
            {
                "on": day(one.on),
                "what": words(_("Transfer of %(amount)s") % {"amount": dollars(one.amount_cents)}),
                "text": words(f"{one.from_line} → {one.to_line}: {one.reason}"),
                "approval": words(_allowed_by(one)),
            },
        )
        for one in award.transfers.filter(on__lte=on).select_related("from_line", "to_line")
    ]
    rows.sort(key=lambda pair: pair[0])
    return Part(
        "changes",
        _("Amendments and transfers"),
        columns,
        tuple(row for _on, row in rows),
        missing=_("Nothing was amended or moved."),
    )


def _allowed_by(moved: Any) -> str:
    """What allowed a transfer, in the place where an amendment has the funder's letter."""
    if moved.takes_back_id is not None:
        return _("takes back a transfer")
    if moved.approval:
        return str(moved.approval)
    return _("let by by a second person") if moved.override_id is not None else _("none: within the limit")


def _reports(award: Any) -> Part:
    columns = (
        Column("report", _("Report"), width="2"),
        Column("start", _("From"), "day"),
        Column("end", _("To"), "day"),
        Column("due", _("Due"), "day"),
        Column("sent", _("Sent"), "day"),
        Column("note", _("Note"), width="1.6"),
    )
    rows = tuple(
        {
            "report": words(one.get_kind_display()),
            "start": day(one.start),
            "end": day(one.end),
            "due": day(one.due),
            "sent": day(one.submitted_on),
            "note": words(one.note),
        }
        for one in award.reports.all()
    )
    return Part("reports", _("Reports"), columns, rows, missing=_("No report is owed."))
