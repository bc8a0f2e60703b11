"""Demands of an instance in words: a sentence for each rule that can stand in the way."""

from __future__ import annotations

from math import ceil
from typing import Final

from schoolward.analysis.portfolio.answer import Answer, Demand, Status
from schoolward.analysis.portfolio.eligibility import obstacles
from schoolward.analysis.portfolio.instance import Candidate, Instance
from schoolward.analysis.portfolio.model import Key, Kind

_WIDE: Final = 0.1  # gaps beyond are no measure of nearness; the bound itself says more


def money(cents: int) -> str:
    """Return an amount as people write it: $1,234.50, without cents where there are none."""
    whole, rest = divmod(cents, 100)
    return f"${whole:,}.{rest:02}" if rest else f"${whole:,}"


def demand(instance: Instance, key: Key) -> Demand:
    """Return a demand with its sentence."""
    return Demand(key=str(key), sentence=_SENTENCES[key.kind](instance, key.subject))


def quality(answer: Answer) -> str:
    """Say in a sentence how good a plan is, for certain."""
    if answer.status is Status.INFEASIBLE:
        if answer.clash:
            return "No plan keeps every rule. These demands cannot all hold, and none of them can be spared:"
        return "No plan keeps every rule. Which demands clash was not found out in time."
    if answer.objective is None or answer.bound is None:
        return "No plan was found in time, and none is ruled out. Search longer, or ask for less."
    brings = f"The plan brings {answer.objective:,.6g}"
    if answer.status is Status.OPTIMAL:
        return f"{brings}, and no plan brings more."
    if answer.gap is None or answer.gap > _WIDE:
        return f"{brings}; no plan brings more than {answer.bound:,.6g}."
    # Rounded up: what is said must be true.
    within = ceil(answer.gap * 10_000) / 100
    return f"{brings}, within {within:.2f} % of the best possible."


def eligibility_sentence(instance: Instance, candidate: Candidate) -> str:
    """Say why no fund may pay a candidate."""
    found = {fund.id: obstacles(instance, candidate, fund) for fund in instance.funds}
    if not found:
        return "There is no fund."
    told = []
    if all("option" in kinds for kinds in found.values()):
        return "It names no fund that may pay it."
    for kind, sentence in (
        ("category", f"none takes “{candidate.category}”"),
        ("site", f"none may be spent at {candidate.site}"),
        ("date", f"none lasts the {candidate.lead_days} days that it takes"),
    ):
        if all(kind in kinds for kinds in found.values()):
            told.append(sentence)
    if told:
        return f"No fund may pay it: {' and '.join(told)}."
    words = {
        "category": (f"does not take “{candidate.category}”", f"do not take “{candidate.category}”"),
        "site": (f"may not be spent at {candidate.site}",) * 2,
        "date": tuple(
            f"{ends} before the {candidate.lead_days} days that it takes" for ends in ("ends", "end")
        ),
        "option": ("is not among its options", "are not among its options"),
    }
    # One reason is enough for each fund; the first that holds is the plainest.
    by_kind: dict[str, list[str]] = {}
    for kind in ("option", "category", "site", "date"):
        for fund, kinds in found.items():
            if kind in kinds and not any(fund in funds for funds in by_kind.values()):
                by_kind.setdefault(kind, []).append(fund)
    each = [f"{_listed(funds)} {words[kind][len(funds) > 1]}" for kind, funds in by_kind.items()]
    return f"No fund may pay it: {', '.join(each)}."


def _listed(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} others"


def _fund(instance: Instance, subject: str) -> str:
    return f"The fund {subject} holds {money(instance.fund_of[subject].amount)}."


def _category_max(instance: Instance, subject: str) -> str:
    for fund in instance.funds:
        for category, most in fund.category_max.items():
            if subject == f"{fund.id}/{category}":
                return f"The fund {fund.id} pays at most {money(most)} for {category}."
    raise KeyError(subject)


def _transfers(instance: Instance, subject: str) -> str:
    rule = instance.transfers[int(subject)]
    names = ", ".join(rule.funds)
    return (
        f"At most {money(rule.max)} may be moved between {names}, and nothing beyond what they hold together."
    )


def _match(instance: Instance, subject: str) -> str:
    return f"There is match money of {money(instance.match_available or 0)}."


def _site_min(instance: Instance, subject: str) -> str:
    least = instance.site_min[subject]
    if not any(candidate.site == subject for candidate in instance.candidates):
        return f"At least {money(least)} is spent at {subject}, where there is no candidate."
    if least == 1:
        return f"Something is spent at {subject}."
    return f"At least {money(least)} is spent at {subject}."


def _site_max(instance: Instance, subject: str) -> str:
    return f"At most {money(instance.site_max[subject])} is spent at {subject}."


def _equity(instance: Instance, subject: str) -> str:
    floor = instance.equity[int(subject)]
    shown = ", ".join(floor.sites[:3]) + (
        f" and {len(floor.sites) - 3} more sites" if len(floor.sites) > 3 else ""
    )
    where = f"at {shown}" if floor.sites else "at none of the sites, for the rule names none"
    return f"At least {floor.share * 100:.6g} percent of what is spent is spent {where}."


def _limit(instance: Instance, subject: str) -> str:
    most = next(limit.max for limit in instance.limits if limit.name == subject)
    return f"There are {most:,.10g} of {subject}."


def _bundle(instance: Instance, subject: str) -> str:
    members = [candidate.id for candidate in instance.candidates if candidate.bundle == subject]
    return f"{', '.join(members)} are chosen together or not at all (bundle {subject})."


def _pair(instance: Instance, subject: str, ties: str) -> tuple[str, str]:
    # A name may hold a stroke itself, so that the two are looked up, not cut apart.
    for place, letter in enumerate(subject):
        if letter == "/":
            first, second = subject[:place], subject[place + 1 :]
            if first in instance.candidate_of and _is_tied(instance, first, second, ties):
                return first, second
    raise KeyError(subject)


def _is_tied(instance: Instance, first: str, second: str, ties: str) -> bool:
    """Whether the first says of the second, or where it goes both ways the second of the first, this tie."""
    if second in getattr(instance.candidate_of[first], ties):
        return True
    other = instance.candidate_of.get(second)
    return ties == "conflicts" and other is not None and first in other.conflicts


def _requires(instance: Instance, subject: str) -> str:
    first, second = _pair(instance, subject, "requires")
    return f"{first} is chosen only with {second}."


def _conflicts(instance: Instance, subject: str) -> str:
    first, second = _pair(instance, subject, "conflicts")
    return f"{first} and {second} are not both chosen."


def _locked_in(instance: Instance, subject: str) -> str:
    candidate = instance.candidate_of[subject]
    if any(not obstacles(instance, candidate, fund) for fund in instance.funds):
        return f"{subject} must be chosen."
    return f"{subject} must be chosen. {eligibility_sentence(instance, candidate)}"


def _locked_out(instance: Instance, subject: str) -> str:
    return f"{subject} must not be chosen."


_SENTENCES = {
    Kind.FUND: _fund,
    Kind.CATEGORY_MAX: _category_max,
    Kind.TRANSFERS: _transfers,
    Kind.MATCH: _match,
    Kind.SITE_MIN: _site_min,
    Kind.SITE_MAX: _site_max,
    Kind.EQUITY: _equity,
    Kind.LIMIT: _limit,
    Kind.BUNDLE: _bundle,
    Kind.REQUIRES: _requires,
    Kind.CONFLICT: _conflicts,
    Kind.LOCKED_IN: _locked_in,
    Kind.LOCKED_OUT: _locked_out,
}
