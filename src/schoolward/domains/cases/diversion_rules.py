"""The rules of diversion that this installation knows, as shipped data: read here, nothing stored."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from schoolward.analysis.diversion import RuleSet, read_rules

_FILE = Path(__file__).parent / "data" / "diversion_rules.toml"


@lru_cache(maxsize=1)
def diversion_rules() -> RuleSet:
    """The rules with all their editions. Raises ``RulesFault`` for a file that cannot be rules."""
    return read_rules(_FILE.read_text(encoding="utf-8"))
