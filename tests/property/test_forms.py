"""What is kept up to date step by step is what is computed from nothing."""

from __future__ import annotations

import random
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from bench.assessments.forms_of_size import walk_form
from bench.assessments.plausible import plausible_steps
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scripts.write_form_vectors import FOLDER, compiled, forms
from tests.unit.protocols.xforms.forms_in_text import NOW, xform

from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.session import Program, Session, Sources, StepRefused, replay
from schoolward.protocols.xforms.session.tree import Instance

PROGRAMS = {path.stem: Program(compiled(path)) for path in forms()}
PROGRAMS["walk-40"] = Program(compile_form(read_form(walk_form(40).encode())))
# A form with values that hang on their own past has no "from nothing": the length of what they hold, or what
# was set in the wake of each other when the step was refused.
FROM_NOTHING = sorted(set(PROGRAMS) - {"circle", "every_function"})


def sources() -> Sources:
    """Chance that draws the same at any time: what is computed anew must not differ for it."""
    return Sources(NOW, random=lambda: 0.5, uuid=lambda: "0000")


def stored(session: Session, instance: Instance) -> list[Any]:
    """An instance with its stored values, also where they are not relevant."""
    layout = session.program.layout
    name = layout.names[instance.node]
    if layout.kinds[instance.node] == "value":
        return [name, instance.base]
    return [name, [stored(session, child) for child in instance.children()]]


def filled(program: Program, seed: int, steps: int) -> Session:
    """A session with plausible steps; those that are refused are passed over."""
    session = Session(program, sources())
    for step in plausible_steps(session, random.Random(seed), steps):
        try:
            replay(session, [step])
        except StepRefused:
            continue
    return session


@pytest.mark.parametrize("name", FROM_NOTHING)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), steps=st.integers(0, 25))
@example(seed=6118, steps=17)  # in `places` a town keeps its value and is called otherwise in another region
def test_step_by_step_is_from_nothing(name: str, seed: int, steps: int) -> None:
    session = filled(PROGRAMS[name], seed, steps)
    again = Session(session.program, sources(), stored(session, session.root))
    assert again.nodes() == session.nodes()


@st.composite
def random_forms(draw: st.DrawFn) -> bytes:
    """Numbers that are asked; calculations and conditions that read what comes before, also in a repeat."""
    outside = [f"/data/o{number}" for number in range(draw(st.integers(1, 3)))]
    inside = [f"../i{number}" for number in range(draw(st.integers(1, 3)))]
    binds, questions = [], []
    order = [("o", number) for number in range(len(outside))] + [
        ("i", number) for number in range(len(inside))
    ]
    known: list[str] = []
    for letter, number in order:
        path = f"/data/o{number}" if letter == "o" else f"/data/r/i{number}"
        own = f"/data/o{number}" if letter == "o" else f"../i{number}"
        facets = {}
        if known and draw(st.booleans()):
            facets["relevant"] = (
                f"{draw(st.sampled_from(known))} {draw(st.sampled_from(['>', '<', '=', '!=']))} 3"
            )
        if known and draw(st.booleans()):
            facets["calculate"] = draw(_expressions(known))
        else:
            questions.append((letter, path))
        if draw(st.booleans()):
            facets["constraint"] = f". < {draw(st.sampled_from([*known, '5']))}"
        told = "".join(f" {name}={quoteattr(text)}" for name, text in facets.items())
        binds.append(f'<bind nodeset="{path}" type="int"{told}/>')
        known.append(own)
        if letter == "i":
            known.append(f"sum(../../r/i{number}[. != ''])")
            known.append(f"count(../../r[i{number} > 1])")
        elif number == len(outside) - 1:
            known.append("count(/data/r)")
    binds.append(
        "<bind nodeset=\"/data/end\" calculate=\"concat(sum(/data/r/i0), '|', join(',', /data/r/*))\"/>"
    )
    of_data = "".join(f'<input ref="{path}"/>' for letter, path in questions if letter == "o")
    of_repeat = "".join(f'<input ref="{path}"/>' for letter, path in questions if letter == "i")
    instance = "".join(f"<o{number}/>" for number in range(len(outside)))
    instance += "<r>" + "".join(f"<i{number}/>" for number in range(len(inside))) + "</r><end/>"
    body = f'{of_data}<group ref="/data/r"><repeat nodeset="/data/r">{of_repeat}</repeat></group>'
    return xform(instance, "".join(binds), body)


def _expressions(known: list[str]) -> st.SearchStrategy[str]:
    part = st.sampled_from(known) | st.integers(0, 9).map(str)
    return st.one_of(
        st.builds("coalesce({}, 0) + {}".format, part, part),
        st.builds("if({} > 4, {}, {})".format, part, part, part),
        st.builds("max({}, {})".format, part, part),
        st.builds("position(..) + {}".format, part),
    )


@settings(max_examples=60, deadline=None)
@given(form=random_forms(), seed=st.integers(0, 2**32), steps=st.integers(0, 25))
def test_random_forms_step_by_step_are_from_nothing(form: bytes, seed: int, steps: int) -> None:
    session = filled(Program(compile_form(read_form(form))), seed, steps)
    again = Session(session.program, sources(), stored(session, session.root))
    assert again.nodes() == session.nodes()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="/data.[]()*+-=<>!|'\"@:, 13abcountif", max_size=40))
def test_an_expression_is_read_or_refused(text: str) -> None:
    from schoolward.protocols.xforms.xpath import XPathMalformed, parse

    try:
        kind = parse(text)[0]
    except XPathMalformed as fault:
        kind, place = "", fault.position
    else:
        place = 0
    assert 0 <= place <= len(text)
    assert isinstance(kind, str)


def test_the_forms_are_there() -> None:
    assert {"walk", "doors", "times", "expressions", "walk-40"} <= set(PROGRAMS)
    assert FOLDER.is_dir()
