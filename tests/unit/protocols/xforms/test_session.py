"""Filling a form: relevance, validity, repeats, actions, refusals; and its way out as XML and back."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from tests.unit.protocols.xforms.forms_in_text import NOW, asked, begun, bind, values

from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.session import (
    Session,
    Sources,
    StepRefused,
    read_submission,
    replay,
    write_submission,
)

REPEAT = (
    '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/a"/>'
    '<group ref="/data/r/s"><repeat nodeset="/data/r/s"><input ref="/data/r/s/b"/></repeat></group>'
    "</repeat></group>"
)
NESTED = ("<r><a/><s><b>1</b></s></r><total/>", bind("total", calculate="sum(/data/r/s/b)"), REPEAT)


def test_relevance_empties_and_gives_back() -> None:
    binds = bind("g", relevant="/data/a = '1'") + bind("copy", calculate="/data/g/x")
    session = begun("<a/><g><x/></g><copy/>", binds, asked("a", "g/x"))
    session.set("/data/g/x", "kept")
    assert values(session) == {"a": "", "g/x": "", "copy": ""}
    session.set("/data/a", "1")
    assert values(session) == {"a": "1", "g/x": "kept", "copy": "kept"}
    session.set("/data/a", "2")
    assert session.nodes()["/data/g/x"] == {"value": "", "relevant": False, "valid": True}


@pytest.mark.parametrize(
    ("value", "other", "valid"), [("", "", False), ("5", "", True), ("50", "", False), ("50", "off", True)]
)
def test_required_and_constraint_hold_where_relevant(value: str, other: str, valid: bool) -> None:
    binds = bind("x", "int", required="true()", constraint=". < 10", relevant="/data/y = ''")
    session = begun("<x/><y/>", binds, asked("x", "y"))
    session.set("/data/x", value)
    session.set("/data/y", other)
    assert session.nodes()["/data/x"]["valid"] is valid


def test_an_empty_answer_needs_no_constraint() -> None:
    session = begun("<x/>", bind("x", constraint=". = 'a'"), asked("x"))
    assert session.nodes()["/data/x"]["valid"]


def test_nested_repeats_come_and_go() -> None:
    session = begun(*NESTED)
    replay(session, [{"add": "/data/r"}, {"add": "/data/r[2]/s"}, {"set": "/data/r[2]/s[2]/b", "value": 5}])
    assert values(session)["total"] == "7"
    replay(session, [{"remove": "/data/r[1]"}])
    assert values(session) == {"r[1]/a": "", "r[1]/s[1]/b": "1", "r[1]/s[2]/b": "5", "total": "6"}
    replay(session, [{"remove": "/data/r[1]"}])
    assert values(session) == {"total": ""}


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ({"set": "/data/q", "value": ""}, "There is no /data/q: /data has no q."),
        ({"set": "/other/x", "value": ""}, "the root is /data"),
        ({"set": "data/x", "value": ""}, "does not begin with /"),
        ({"set": "/data/r[x]/a", "value": ""}, "cannot be read at 'r[x]'"),
        ({"set": "/data/r[2]/a", "value": ""}, "/data has 1 of r"),
        ({"set": "/data/total[2]", "value": ""}, "total is no repeat"),
        ({"set": "/data/r[1]", "value": ""}, "is a repeat, and has no value"),
        ({"set": "/data/total"}, '"set" needs a "value"'),
        ({"set": "/data/total", "value": {}}, "no text, number"),
        ({"set": "/data/total", "value": "", "at": 1}, "does not take: at"),
        ({"add": "/data/total"}, "/data/total is no repeat of this form"),
        ({"add": "/data"}, "/data is no repeat"),
        ({"add": "/data/r", "value": "1"}, "does not take: value"),
        ({"remove": "/data/total"}, "is no repeat; nothing of it can be removed"),
        ({"remove": "/data/r[3]"}, "/data has 1 of r"),
        ({"put": "/data/x"}, 'one of "set", "add" and "remove"'),
        ({"set": "/data/x", "add": "/data/r"}, 'one of "set"'),
        ("set", "it is no object"),
    ],
)
def test_a_step_that_cannot_be_done_is_refused_and_changes_nothing(step: Any, says: str) -> None:
    session = begun(*NESTED)
    before = session.nodes()
    with pytest.raises(StepRefused, match=r"^Step 1: ") as refused:
        replay(session, [step])
    assert says in str(refused.value)
    assert session.nodes() == before


def test_readonly_holds_for_what_is_in_a_readonly_group() -> None:
    session = begun("<g><x>1</x></g>", bind("g", readonly="true()"), asked("g/x"))
    with pytest.raises(StepRefused, match="readonly"):
        session.set("/data/g/x", "2")


def test_a_count_that_asks_for_too_much_is_cut() -> None:
    body = '<input ref="/data/n"/><group ref="/data/r"><repeat nodeset="/data/r" jr:count="/data/n"/>'
    body += "</group>"
    session = begun('<n/><r jr:template=""><a/></r>', bind("n", "int"), body)
    session.set("/data/n", "2000000")
    assert len(values(session)) == 10_001
    session.set("/data/n", "-3")
    assert values(session) == {"n": "-3"}


def test_dynamic_defaults_triggers_and_preloads() -> None:
    model = '<setvalue event="odk-instance-first-load" ref="/data/d" value="concat(/data/base, \'!\')"/>'
    body = (
        '<input ref="/data/base"><setvalue event="xforms-value-changed" ref="/data/seen">yes</setvalue>'
        "</input>"
        '<group ref="/data/r"><repeat nodeset="/data/r"><setvalue event="odk-new-repeat" ref="/data/r/a" '
        'value="count(../../r)"/><input ref="/data/r/a"/></repeat></group>'
    )
    binds = '<bind nodeset="/data/user" jr:preload="property" jr:preloadParams="username"/>'
    binds += '<bind nodeset="/data/end" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/>'
    instance = '<base>b</base><d/><seen/><user/><end/><r jr:template=""><a/></r>'
    session = begun(instance, binds, body, model, properties={"username": "invented"})
    assert values(session) == {"base": "b", "d": "b!", "seen": "", "user": "invented", "end": ""}
    session.set("/data/base", "c")
    session.add("/data/r")
    session.add("/data/r")
    assert values(session) | {"end": ""} == {
        "base": "c",
        "d": "b!",
        "seen": "yes",
        "user": "invented",
        "end": "",
        "r[1]/a": "1",
        "r[2]/a": "2",
    }
    session.finish()
    assert values(session)["end"] == "2026-11-26T08:00:00.000+00:00"


def test_days_are_those_of_the_sessions_offset() -> None:
    evening = datetime(2026, 11, 26, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    session = begun("<d/>", bind("d", calculate="concat(today(), ' ', now())"))
    assert values(session)["d"] == "2026-11-26 2026-11-26T08:00:00.000+00:00"
    session = Session(session.program, Sources(evening))
    assert values(session)["d"] == "2026-11-26 2026-11-26T23:30:00.000-08:00"


def test_a_submission_goes_out_and_comes_back() -> None:
    session = begun(*NESTED)
    replay(session, [{"add": "/data/r"}, {"set": "/data/r[2]/a", "value": "<é> & ]]>"}])
    sent = write_submission(session)
    back = read_submission(session.program, sent, Sources(NOW))
    assert back.nodes() == session.nodes()
    assert write_submission(back) == sent


def test_what_is_not_relevant_is_not_submitted() -> None:
    session = begun("<a/><x>secret</x>", bind("x", relevant="/data/a = '1'"), asked("a", "x"))
    assert b"secret" not in write_submission(session)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'<data id="other"/>', "form's id 'other', not 'test'"),
        (b'<data id="test" version="2"/>', "form's version '2', not '1'"),
        (b"<q/>", "root is <q>"),
        (b'<data id="test"><q/></data>', "/data/q: The form has no such element."),
        (b'<data id="test"><total/><total/></data>', "more than once"),
        (b'<data id="test"><r><s/><z/></r></data>', "/data/r[1]/z"),
        (b"<data", "no well-formed XML"),
    ],
)
def test_a_submission_of_another_form_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_submission(begun(*NESTED).program, data, Sources(NOW))
    assert says in str(refused.value)
