"""Plans side by side: what each brings, what it pays from where and to whom, and in what they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from schoolward.analysis.portfolio.answer import Answer
from schoolward.analysis.portfolio.instance import Instance


@dataclass(frozen=True)
class Comparison:
    """Several answers to one instance or to variants of it, by name. Money is in cents."""

    answers: Mapping[str, Answer]
    from_fund: Mapping[str, Mapping[str, int]]  # by answer, then fund: what the fund pays
    at_site: Mapping[str, Mapping[str, int]]  # by answer, then site: what is spent, match included
    match: Mapping[str, int]
    in_all: tuple[str, ...]  # candidates that every plan pays for
    in_none: tuple[str, ...]
    only_in: Mapping[str, tuple[str, ...]]  # candidates that one plan alone pays for
    in_some: tuple[str, ...]  # the rest


def compare(instance: Instance, answers: Mapping[str, Answer]) -> Comparison:
    """Compare answers. Candidates and sites are those of the instance; plans that are none count as empty."""
    from_fund: dict[str, dict[str, int]] = {}
    at_site: dict[str, dict[str, int]] = {}
    for name, answer in answers.items():
        paid: defaultdict[str, int] = defaultdict(int)
        spent: defaultdict[str, int] = defaultdict(int)
        for one in answer.allocations:
            paid[one.fund] += one.amount
            spent[instance.candidate_of[one.candidate].site] += one.amount + one.match
        from_fund[name] = {fund.id: paid[fund.id] for fund in instance.funds}
        at_site[name] = dict(spent)
    chosen = {name: answer.chosen for name, answer in answers.items()}
    times = {
        candidate.id: sum(candidate.id in one for one in chosen.values()) for candidate in instance.candidates
    }
    alone = {
        name: tuple(one for one in times if times[one] == 1 and one in mine and len(answers) > 1)
        for name, mine in chosen.items()
    }
    return Comparison(
        answers=dict(answers),
        from_fund=from_fund,
        at_site=at_site,
        match={name: sum(one.match for one in answer.allocations) for name, answer in answers.items()},
        in_all=tuple(one for one in times if times[one] == len(answers) and answers),
        in_none=tuple(one for one in times if not times[one]),
        only_in=alone,
        in_some=tuple(
            one
            for one in times
            if 0 < times[one] < len(answers) and not (times[one] == 1 and len(answers) > 1)
        ),
    )
