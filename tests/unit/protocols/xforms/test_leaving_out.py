"""Questions that a form never asks, though it holds them."""

from __future__ import annotations

import pytest

from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.leaving_out import never_asked
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.session import Program, Session, Sources

from .forms_in_text import NOW, asked, bind, xform


@pytest.mark.parametrize(
    "binds", [bind("b", required="true()", relevant="../a = 'x'"), "", "<bind nodeset='b'/>"]
)
def test_they_are_relevant_nowhere_and_all_others_as_before(binds: str) -> None:
    form = xform("<a/><b/><c/>", bind("c", required="true()") + binds, asked("a", "b", "c"))
    session = Session(Program(compile_form(read_form(never_asked(form, ["/data/b"])))), Sources(NOW))
    session.set("/data/a", "x")
    session.set("/data/b", "seen")
    told = {path: (one["value"], one["relevant"], one["valid"]) for path, one in session.nodes().items()}
    assert told["/data/b"] == ("", False, True)
    assert told["/data/a"] == ("x", True, True)
    assert told["/data/c"] == ("", True, False)
