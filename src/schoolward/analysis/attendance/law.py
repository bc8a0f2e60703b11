"""Attendance law as shipped with the program."""

from __future__ import annotations

from functools import cache
from importlib import resources

from schoolward.analysis.statutes import Statutes, read_statutes


@cache
def law() -> Statutes:
    """The rules of `law.toml`."""
    return read_statutes(resources.files(__package__).joinpath("law.toml").read_text(encoding="utf-8"))
