"""HiGHS, asked for a relaxation or for the best plan of a part of the programme.

Everything runs on one thread: figures are the same on every machine, and a server keeps its other cores.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from schoolward.analysis.portfolio.model import Floats, Ints, Model


class Ended(Enum):
    """How the solver ended."""

    SOLVED = "solved"  # to the gap that was asked for
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"  # by time


@dataclass(frozen=True)
class Outcome:
    """What the solver found. `values` holds every column of the model, `None` where no plan was found."""

    ended: Ended
    values: Floats | None
    bound: float
    duals: Floats | None = None  # of the model's rows, for a relaxation


def matrix(model: Model) -> sparse.csc_matrix:
    """Return the rows of the model followed by one row `sum <= 1` for each candidate with several columns."""
    rows = sparse.csc_matrix(
        (model.value, model.row, model.start), shape=(len(model.limit), model.columns), dtype=np.float64
    )
    places = model.candidate
    count = np.bincount(places[places >= 0], minlength=len(model.instance.candidates))
    several = np.flatnonzero(count > 1)
    number = np.full(len(count) + 1, -1, dtype=np.int64)  # the last for columns of no candidate
    number[several] = np.arange(len(several))
    group = number[places]
    columns = np.flatnonzero(group >= 0)
    once = sparse.csc_matrix(
        (np.ones(len(columns)), (group[columns], columns)), shape=(len(several), model.columns)
    )
    return sparse.vstack([rows, once]).tocsc()


def relax(model: Model, *, seconds: float) -> Outcome:
    """Solve the relaxation in which a candidate may be chosen by halves."""
    whole = matrix(model)
    right = np.concatenate([model.limit, np.ones(whole.shape[0] - len(model.limit))])
    solver = _solver(seconds)
    solver.passModel(_programme(whole, right, model.benefit, np.zeros(model.columns), model.upper, None, 0.0))
    solver.run()
    status = _ended(solver)
    if status is not Ended.SOLVED:
        return Outcome(status, None, np.inf)
    solution = solver.getSolution()
    duals = np.array(solution.row_dual)[: len(model.limit)]
    values = np.array(solution.col_value)
    if len(values) != model.columns or len(duals) != len(model.limit):
        return Outcome(Ended.STOPPED, None, np.inf)  # it gave up, as on numbers that are far too large
    return Outcome(status, values, solver.getInfo().objective_function_value, duals)


def branch(
    model: Model,
    lower: Floats,
    upper: Floats,
    *,
    seconds: float,
    gap: float,
    start: Floats | None = None,
    objective: Floats | None = None,
    target: float | None = None,
) -> Outcome:
    """Solve the programme with branch and cut, columns whose bounds agree being fixed.

    `start` is a plan to begin with, `gap` the relative distance from the bound at which to stop.
    """
    worth = model.benefit if objective is None else objective
    free = np.flatnonzero(upper > lower)
    fixed = np.where(upper > lower, 0.0, lower)
    whole = matrix(model)
    right = np.concatenate([model.limit, np.ones(whole.shape[0] - len(model.limit))]) - whole @ fixed
    part = whole[:, free]
    used = np.diff(part.tocsr().indptr) > 0
    if np.any(right[~used] < -1e-6):
        return Outcome(Ended.INFEASIBLE, None, -np.inf)
    part = part.tocsr()[used].tocsc()
    offset = float(worth @ fixed)
    solver = _solver(seconds)
    solver.setOptionValue("mip_rel_gap", float(gap))
    solver.setOptionValue("mip_abs_gap", 1e-9)
    if target is not None and np.isfinite(target):
        _stop_at(solver, target)
    solver.passModel(
        _programme(part, right[used], worth[free], lower[free], upper[free], model.binary[free], offset)
    )
    if start is not None:
        _begin(solver, start[free])
    solver.run()
    status = _ended(solver)
    info = solver.getInfo()
    if status is Ended.INFEASIBLE:
        return Outcome(status, None, -np.inf)
    bound = float(info.mip_dual_bound) if len(free) else offset
    if not np.isfinite(bound):
        bound = np.inf
    if info.primal_solution_status != _highs().kSolutionStatusFeasible:
        return Outcome(status, None, bound)
    values = fixed.copy()
    values[free] = np.array(solver.getSolution().col_value)
    values[model.binary] = np.round(values[model.binary])
    return Outcome(status, values, bound)


def _highs() -> Any:
    # Half a second to import: only who plans pays for it.
    import highspy

    return highspy


@cache
def _quiet() -> Any:
    class Quiet(_highs().Highs):  # type: ignore[misc]
        """HiGHS that writes nothing: it greets on standard output as soon as it enables its callbacks."""

        def enableCallbacks(self) -> None:  # noqa: N802 - its name
            self.silent()
            super().enableCallbacks()

    return Quiet


def _solver(seconds: float) -> Any:
    solver = _quiet()()
    for name, value in {
        "threads": 1,
        "parallel": "off",
        "random_seed": 1,
        "time_limit": max(float(seconds), 0.01),
    }.items():
        solver.setOptionValue(name, value)
    return solver


def _programme(
    rows: sparse.csc_matrix,
    right: Floats,
    worth: Floats,
    lower: Floats,
    upper: Floats,
    binary: npt.NDArray[np.bool_] | None,
    offset: float,
) -> Any:
    highs = _highs()
    programme = highs.HighsLp()
    programme.num_row_, programme.num_col_ = rows.shape
    programme.col_cost_, programme.col_lower_, programme.col_upper_ = worth, lower, upper
    programme.row_lower_, programme.row_upper_ = np.full(rows.shape[0], -np.inf), right
    programme.a_matrix_.format_ = highs.MatrixFormat.kColwise
    programme.a_matrix_.start_ = rows.indptr
    programme.a_matrix_.index_ = rows.indices
    programme.a_matrix_.value_ = rows.data
    programme.sense_ = highs.ObjSense.kMaximize
    programme.offset_ = offset
    if binary is not None:
        kinds = (highs.HighsVarType.kContinuous, highs.HighsVarType.kInteger)
        programme.integrality_ = [kinds[one] for one in binary.astype(int).tolist()]
    return programme


def _stop_at(solver: Any, target: float) -> None:
    def look(event: Any) -> None:
        if event.data_out.mip_primal_bound >= target:
            event.interrupt()

    solver.cbMipInterrupt.subscribe(look)


def _begin(solver: Any, values: Floats) -> None:
    solution = _highs().HighsSolution()
    solution.col_value = values.tolist()
    solution.value_valid = True
    solver.setSolution(solution)


def _ended(solver: Any) -> Ended:
    status, kinds = solver.getModelStatus(), _highs().HighsModelStatus
    if status in (kinds.kOptimal, kinds.kModelEmpty):
        return Ended.SOLVED
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        # Nothing here is unbounded: every column has an upper bound.
        return Ended.INFEASIBLE
    return Ended.STOPPED


def free_columns(lower: Floats, upper: Floats) -> Ints:
    """Return the columns that are not fixed."""
    return np.flatnonzero(upper > lower)


def contradiction(model: Model, *, seconds: float) -> Ints | None:
    """Return rows of the model that contradict each other even with halves, None if there are none such."""
    whole = matrix(model)
    right = np.concatenate([model.limit, np.ones(whole.shape[0] - len(model.limit))])
    solver = _solver(seconds)
    solver.setOptionValue("presolve", "off")  # presolve would find out without saying why
    nothing = np.zeros(model.columns)
    solver.passModel(_programme(whole, right, nothing, nothing, model.upper, None, 0.0))
    solver.run()
    if _ended(solver) is not Ended.INFEASIBLE:
        return None
    _status, exists, ray = solver.getDualRay()
    if not exists:
        return None
    weights = np.abs(np.array(ray))[: len(model.limit)]
    return np.flatnonzero(weights > 1e-9)


def smallest_hitting_set(count: int, sets: list[list[int]], *, seconds: float) -> list[int] | None:
    """Return a smallest choice of numbers below `count` that shares one with each set, None without one."""
    if not sets:
        return []
    entries = [(row, column) for row, members in enumerate(sets) for column in members]
    if any(not members for members in sets):
        return None
    rows = sparse.csc_matrix(
        (-np.ones(len(entries)), tuple(zip(*entries, strict=True))),
        shape=(len(sets), count),
        dtype=np.float64,
    )
    solver = _solver(seconds)
    programme = _programme(
        rows,
        -np.ones(len(sets)),
        -np.ones(count),
        np.zeros(count),
        np.ones(count),
        np.ones(count, dtype=bool),
        0.0,
    )
    solver.passModel(programme)
    solver.run()
    if _ended(solver) is not Ended.SOLVED:
        return None
    return np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5).tolist()


def whole_numbers(
    rows: list[tuple[list[tuple[int, float]], float, float]], upper: Floats, *, seconds: float
) -> list[int] | None:
    """Return whole numbers from 0 to `upper` that keep every row (entries, least, most), None without any."""
    highs = _highs()
    flat = [(row, *entry) for row, (entries, _least, _most) in enumerate(rows) for entry in entries]
    of_row, of_column, values = zip(*flat, strict=True)
    table = sparse.csc_matrix((values, (of_row, of_column)), shape=(len(rows), len(upper)), dtype=np.float64)
    nothing = np.zeros(len(upper))
    most = np.array([one[2] for one in rows], dtype=np.float64)
    programme = _programme(table, most, nothing, nothing, upper, np.ones(len(upper), dtype=bool), 0.0)
    programme.row_lower_ = np.array([one[1] for one in rows], dtype=np.float64)
    solver = _solver(seconds)
    solver.passModel(programme)
    solver.run()
    if solver.getInfo().primal_solution_status != highs.kSolutionStatusFeasible:
        return None
    return [round(value) for value in solver.getSolution().col_value]
