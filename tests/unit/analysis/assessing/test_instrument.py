"""An instrument is read whole, or refused with place, line, value and mend."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.assessing.instrument import (
    BANDS,
    KINDS,
    SEVERITIES,
    TRADES,
    Choice,
    InstrumentProblem,
    Mark,
    read_instrument,
)
from schoolward.domains.assessments.models import AssessmentKind
from schoolward.domains.work.models import Severity, Trade

SMALL = """\
key: gate-check
version: 1.10
title: Gates
kind: walk
valid_from: 2012-09-06
credit: Our own.
terms: {grounds: Grounds, access: Access management, gate: A gate, keys: Keys, theft: Theft}
scales:
  - key: condition
    may_not_exist: true
    may_be_unobserved: true
    choices:
      - {value: 0, label: No}
      - {value: 1, label: Partly}
      - {value: 2, label: Yes}
  - key: rating
    choices: [{value: 1, label: Low}, {value: 10, label: High}]
defaults: {scale: condition, fails_at: 0, severity: low, trade: fencing}
sections:
  - key: front
    title: Front gate
    zones: [gate]
    area: grounds
    items:
      - code: G1
        text: The gate
          closes by itself.
        principle: access
        bands: [elementary, other]
        severity: urgent
        estimate_cents: 45000
        recommendation: Fit a closer.
        help: Let it go from half open.
      - {code: G2, text: The lock turns., weight: 0.5, trade: locks, recommendation: Renew the lock.}
      - {code: G3, text: A sign names the office., fails_at: never}
  - key: factors
    title: Factors
    items:
      - {code: A1, text: How dear are keys?, scale: rating, weight: 0, fails_at: never, asset: keys}
      - {code: T1, text: How likely is theft?, scale: rating, weight: 0, fails_at: never, threat: theft}
      - {code: V1, text: "How open?", scale: rating, weight: 0, fails_at: never, asset: keys, threat: theft}
"""


def read(text: str) -> object:
    return read_instrument(text.encode(), name="gate.yaml")


def test_it_is_read_whole() -> None:
    found = read_instrument(SMALL.encode(), name="gate.yaml")

    assert (found.key, found.version, found.kind, found.valid_to) == ("gate-check", "1.10", "walk", None)
    assert found.scales[0].choices == (Choice(0, "No"), Choice(1, "Partly"), Choice(2, "Yes"))
    assert [item.code for item in found.items] == ["G1", "G2", "G3", "A1", "T1", "V1"]
    gate, lock, sign = found.items[:3]
    assert gate.text == "The gate closes by itself."
    assert (gate.area, gate.principle, gate.layer, gate.section) == ("grounds", "access", "", "front")
    assert (gate.severity, gate.trade, gate.estimate_cents, gate.weight) == ("urgent", "fencing", 45_000, 1.0)
    assert (lock.severity, lock.trade, lock.estimate_cents, lock.weight) == ("low", "locks", None, 0.5)
    assert lock.bands == frozenset(BANDS)
    assert (sign.fails_at, sign.recommendation) == (None, "")
    assert found.section_of(gate).zones == ("gate",)
    assert (found.items[5].asset, found.items[5].threat) == ("keys", "theft")


def test_a_band_is_asked_its_own_items_in_walking_order() -> None:
    found = read_instrument(SMALL.encode(), name="gate.yaml")

    assert [item.code for item in found.items_for("elementary")] == ["G1", "G2", "G3", "A1", "T1", "V1"]
    assert [item.code for item in found.items_for("high")] == ["G2", "G3", "A1", "T1", "V1"]
    with pytest.raises(ValueError, match="no grade band"):
        found.items_for("kindergarten")


def test_what_fails_and_what_may_be_answered() -> None:
    found = read_instrument(SMALL.encode(), name="gate.yaml")
    gate, sign, keys = found.item("G1"), found.item("G3"), found.item("A1")

    answers = (0, 1, 2, Mark.DOES_NOT_EXIST, Mark.UNOBSERVED, None)
    assert [gate.fails(one) for one in answers] == [True, False, False, False, False, False]
    assert not sign.fails(0)
    assert [found.scale_of(gate).allows(one) for one in (0, 3, Mark.UNOBSERVED)] == [True, False, True]
    assert not found.scale_of(keys).allows(Mark.DOES_NOT_EXIST)
    with pytest.raises(KeyError):
        found.item("G9")


def test_it_is_valid_from_its_first_day_to_its_last() -> None:
    text = SMALL.replace("credit:", "valid_to: 2013-06-30\ncredit:")
    found = read_instrument(text.encode(), name="gate.yaml")
    days = (date(2012, 9, 5), date(2012, 9, 6), date(2013, 6, 30), date(2013, 7, 1))
    assert [found.valid_on(day) for day in days] == [False, True, True, False]


def test_its_words_are_those_of_the_records() -> None:
    assert set(KINDS) == set(AssessmentKind.values)
    assert set(SEVERITIES) == set(Severity.values)
    assert set(TRADES) == set(Trade.values)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("key: gate-check", "key: Gate check", r"^gate.yaml: key \(line 1\) is “Gate check”; write small"),
        ("key: gate-check\n", "", "key .* is missing; write a text"),
        ("kind: walk", "kind: wlak", r"kind \(line 4\) is “wlak”; write one of cpted"),
        ("2012-09-06", "6.9.2012", r"valid_from \(line 5\) is “6.9.2012”; write a day as"),
        ("credit:", "valid_to: 2012-09-05\ncredit:", "before valid_from 2012-09-06"),
        ("credit:", "kredit:", "credit .* is missing"),
        ("credit:", "colour: red\ncredit:", "colour .* is not known; here stand: credit"),
        ("credit:", "title: Twice\ncredit:", r"title \(line 6\) stands there twice"),
        ("label: Partly", "label: No", "holds “No” twice"),
        (
            "value: 1, label: Partly",
            "value: one, label: Partly",
            r"scales\[1\].choices\[2\].value \(line 14\) is “one”; write a whole",
        ),
        ("  - {code: G2", "  - {code: G1", r"code \(line 34\) is “G1”, as on line 25"),
        (
            "severity: urgent",
            "severity: grave",
            r"sections\[1\].items\[1\].severity \(line 30\) is “grave”; write one of high",
        ),
        ("trade: locks", "trade: lock", "trade .* is “lock”; write one of alarms"),
        ("bands: [elementary, other]", "bands: [primary]", "bands .* holds “primary”; bands are elementary"),
        ("principle: access", "principle: acess", "“acess”, which terms does not explain"),
        ("zones: [gate]", "zones: gate", r"zones \(line 22\) must be a list"),
        ("45000", "450.00", "estimate_cents .* is “450.00”; write a whole number"),
        ("weight: 0.5", "weight: -1", "weight .* is “-1”; write a number from 0"),
        ("fails_at: 0", "fails_at: 2", "fails_at .* is 2; write one of 0, 1, or never"),
        ("may_not_exist: true", "may_not_exist: yes", "may_not_exist .* is “yes”; write true or"),
        ("recommendation: Fit a closer.", "", "recommendation .* is missing"),
        (
            "scale: condition, fails",
            "scale: shape, fails",
            "defaults.scale .* is “shape”; write one of condition, rating",
        ),
        ("threat: theft}\n      - {code: V1", "fails_at: never}\n      - {code: V1", "stands there twice"),
        (
            "weight: 0, fails_at: never, threat: theft",
            "weight: 0, fails_at: never",
            "never rates “theft” alone",
        ),
        ("value: 1, label: Low", "value: 0, label: Low", "rates A1 outside 1 to 10"),
        ("weight: 0, fails_at: never, asset: keys}", "fails_at: never, asset: keys}", "weighs A1"),
        ("title: Gates", "title: [Gates", "not YAML .line"),
        ("title: Gates", "title: &x Gates\ncredit: *x", "alias"),
        ("title: Gates", "title: " + "x" * 201, "has 201 characters; write at most 200"),
    ],
)
def test_a_fault_is_named_with_place_value_and_mend(old: str, new: str, says: str) -> None:
    assert SMALL.count(old) >= 1
    with pytest.raises(InstrumentProblem, match=says):
        read(SMALL.replace(old, new, 1))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"- a\n- b\n", "must be names with values"),
        (b"\xff\xfe", "not UTF-8"),
        (b"key: \x00", "not YAML"),
        (b"a: " + b"[" * 3_000, "deeper than 20|not YAML"),
        (b"#" * 2_000_001, "at most 2,000,000"),
    ],
)
def test_a_file_that_is_none_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(InstrumentProblem, match=says):
        read_instrument(content, name="x.yaml")


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    content = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert read_instrument(content, name="gate.yaml") == read(SMALL)


LINES = SMALL.splitlines()


@given(st.integers(0, len(LINES) - 1), st.text(max_size=30))
def test_any_broken_line_is_read_or_refused(index: int, text: str) -> None:
    """Whatever stands in a line, there is an instrument or a named problem, never another exception."""
    lines = [*LINES[:index], text, *LINES[index + 1 :]]
    try:
        found = read_instrument("\n".join(lines).encode("utf-8", "surrogatepass"), name="gate.yaml")
    except InstrumentProblem:
        return
    assert found.items
