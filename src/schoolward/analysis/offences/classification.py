"""From a code and a description to a plain category.

The order of trust, first match wins: a rule of `rules.csv` (a statute that says more than its code, or a
school statute; words only where a record has no code), the NIBRS code, the four-digit UCR/NCIC code, its
two-digit class. The tables are plain files beside this module, so that a records clerk can read and correct
them.

Sources: the FBI's NCIC Code Manual (uniform offence classifications) and NIBRS User Manual for the codes; the
California Penal, Education, Health and Safety, Vehicle and Business and Professions Codes for the statutes.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from schoolward.analysis.offences.categories import NON_CRIMES, OTHER_NAMES, TITLES, Category

_SCHOOL_WORDS = re.compile(r"\bSCH(OOLS?|L)?\b")
_NO_CODE = "-"
_UNKNOWN_NIBRS = "-"


@dataclass(frozen=True, slots=True)
class Offence:
    """The plain reading of one code and description.

    `nibrs` is empty where it is not known. `school_statute` marks laws that only concern schools. `basis`
    says what decided: "rule", "nibrs", "code", "class" or "nothing".
    """

    category: Category
    nibrs: str
    school_statute: bool
    basis: str

    @property
    def is_crime(self) -> bool:
        """False for the 7000 series, missing persons and juvenile matters."""
        return self.category not in NON_CRIMES


@dataclass(frozen=True, slots=True)
class _Rule:
    code: re.Pattern[str] | None  # None: only records without a code; an empty pattern: any record
    description: re.Pattern[str]
    category: Category
    nibrs: str
    school: bool


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            code=None if row["code"] == _NO_CODE else re.compile(row["code"]),
            description=re.compile(row["description"]),
            category=Category(row["category"]),
            nibrs=row["nibrs"],
            school=row["school"] == "1",
        )
        for row in _rows("rules.csv")
    )


@cache
def _ncic() -> dict[str, tuple[Category, str]]:
    return {row["code"]: (Category(row["category"]), row["nibrs"]) for row in _rows("ncic.csv")}


@cache
def _nibrs() -> dict[str, Category]:
    return {row["code"]: Category(row["category"]) for row in _rows("nibrs.csv")}


def canonical_code(code: str) -> str:
    """Return one spelling of a code: "909" (a spreadsheet lost the zero) is "0909"; "23f" is "23F".

    Three characters that are a NIBRS code stay one: "220" is NIBRS burglary and "909" is NCIC manslaughter,
    because UCR/NCIC codes below 0900 do not occur in local police files.
    """
    code = code.strip().upper()
    if code.isdigit() and len(code) <= 3 and code not in _nibrs():
        return code.zfill(4)
    return code


@lru_cache(maxsize=65_536)
def classify(code: str, description: str) -> Offence:
    """Return what a record's code and description mean; either may be empty."""
    code = canonical_code(code)
    words = " ".join(description.upper().split())
    school = _SCHOOL_WORDS.search(words) is not None
    default_category, default_nibrs, basis = _by_code(code)
    for rule in _rules():
        if rule.code is None:
            if code:
                continue
        elif rule.code.pattern and not rule.code.fullmatch(code):
            continue
        if rule.description.search(words):
            nibrs = "" if rule.nibrs == _UNKNOWN_NIBRS else rule.nibrs or default_nibrs
            if basis == "nibrs":  # the file states the NIBRS code itself: keep it
                nibrs = code
            return Offence(rule.category, nibrs, rule.school or school, "rule")
    return Offence(default_category, default_nibrs, school, basis)


def _by_code(code: str) -> tuple[Category, str, str]:
    if code in _nibrs():
        return _nibrs()[code], code, "nibrs"
    for key, basis in ((code, "code"), (code[:2], "class")):
        if len(code) == 4 and key in _ncic():
            return *_ncic()[key], basis
    return Category.OTHER, "", "nothing"


@cache
def _category_names() -> dict[str, Category]:
    names = {category.value: category for category in Category}
    names |= {category.value.replace("_", " "): category for category in Category}
    names |= {title.lower(): category for category, title in TITLES.items()}
    return names | OTHER_NAMES


def category_named(name: str) -> Category | None:
    """Return the category that a key, a title or a common other name means, or None. Case does not matter."""
    return _category_names().get(" ".join(name.lower().split()))
