"""A plan in a blink: demands first, then the most benefit for what is scarce, then one exchanged for one."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from schoolward.analysis.portfolio.bounding import Priced
from schoolward.analysis.portfolio.model import Floats, Ints, Kind, Model
from schoolward.analysis.portfolio.selection import Columns, Selection

_DEMANDS = (Kind.LOCKED_IN, Kind.SITE_MIN, Kind.EQUITY)


def scores(model: Model) -> Floats:
    """Return the benefit of each whole column for the share that it takes of what is scarce."""
    limit = np.maximum(model.limit, 1.0)
    scarce = np.array([key.kind in (Kind.FUND, Kind.MATCH, Kind.SITE_MAX, Kind.LIMIT) for key in model.keys])
    asked = np.bincount(model.row, weights=np.maximum(model.value, 0), minlength=len(limit))
    # A row that could hold everything that asks for it is not scarce.
    weight = np.where(scarce & (asked > limit), 1.0 / limit, 0.0)
    entries = np.repeat(np.arange(model.columns), np.diff(model.start))
    used = np.bincount(entries, weights=weight[model.row] * model.value, minlength=model.columns)
    return (model.benefit / np.maximum(used, 1e-9))[: model.whole]


def ranks(order: Ints) -> Ints:
    """Return the place of each column in an order."""
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank


def first_plan(columns: Columns) -> Selection:
    """Return a plan by simple scores. It may break demands; `broken` tells."""
    order = np.argsort(-scores(columns.model), kind="stable")
    selection = Selection(columns)
    selection.mend(ranks(order))
    listed = [column for column in order.tolist() if columns.model.benefit[column] > 0]
    # What was refused for want of something that came later gets another chance.
    for _again in range(4):
        if not selection.fill(listed):
            break
    if selection.broken():
        selection.mend(ranks(order))
    return selection


def rounded(columns: Columns, values: Floats, known: Priced) -> Selection:
    """Return a plan from a relaxation: what it takes whole, then the rest by its worth at its prices."""
    model = columns.model
    whole = np.flatnonzero(values[: model.whole] > 1 - 1e-6)
    selection = Selection(columns, whole.tolist())
    # Near the margin the relaxation's halves come first: they are what the prices are indifferent about.
    loss = known.loss(model)[: model.whole] - 1e-3 * values[: model.whole] * np.abs(
        model.benefit[: model.whole]
    )
    order = np.argsort(loss, kind="stable")
    if selection.broken():
        selection.mend(ranks(order))
    listed = [column for column in order.tolist() if model.benefit[column] > 0]
    for _again in range(3):
        if not selection.fill(listed):
            break
    return selection


def exchange(selection: Selection, *, until: float, rounds: int = 3) -> None:
    """Exchange one chosen column for one that brings more, or as much for less, while that is possible."""
    columns, model = selection.columns, selection.columns.model
    if not model.whole or not len(model.limit):
        return
    start, whole = model.start[: model.whole + 1], model.whole
    row, value = model.row[: start[-1]], model.value[: start[-1]]
    of = np.repeat(np.arange(whole), np.diff(start))
    positive = value > 0
    row, value, of = row[positive], value[positive], of[positive]
    benefit, cost = model.benefit[:whole], model.cost[:whole]
    taken = np.zeros(len(model.instance.candidates), dtype=bool)
    taken[list(selection.chosen)] = True
    for _round in range(rounds):
        improved = False
        for place, column in sorted(selection.chosen.items(), key=lambda item: benefit[item[1]]):
            if perf_counter() > until:
                return
            if place in columns.together:
                continue
            selection.remove(column)
            if any(selection.slack[r] < -1e-7 for r, _value in columns.entries[column]):
                selection.add(column)
                continue
            taken[place] = False
            better = (benefit > benefit[column]) | ((benefit == benefit[column]) & (cost < cost[column]))
            better &= ~taken[model.candidate[:whole]]
            slack = np.array(selection.slack)
            fits = np.bincount(of, weights=value > slack[row] + 1e-7, minlength=whole) == 0
            able = np.flatnonzero(better & fits)
            if len(able):
                column = int(able[np.lexsort((cost[able], -benefit[able]))[0]])
                improved = True
            selection.add(column)
            taken[columns.candidate[column]] = True
        if not improved:
            return
