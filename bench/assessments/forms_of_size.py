"""Walk forms of any size: rated items with follow-up questions, and scores over all of them."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from schoolward.protocols.xforms.checklist import Question, Stretch, checklist_form

SECTION = 20


def walk_form(items: int) -> str:
    """An XForm with so many items: of each a rating, what follows a failure, and a score.

    Each section sums its scores, and the form sums its sections; a rating touches four calculations.
    """
    sections = range((items + SECTION - 1) // SECTION)
    instance, binds, body = [], [], []
    for section in sections:
        own = range(section * SECTION, min((section + 1) * SECTION, items))
        base = f"/data/s{section}"
        inside = "".join(f"<i{item}><rating/><severity/><note/><photo/><score/></i{item}>" for item in own)
        instance.append(f"<s{section}>{inside}<total/><rated/></s{section}>")
        questions = []
        for item in own:
            path = f"{base}/i{item}"
            failed = f"{path}/rating = '1' or {path}/rating = '2'"
            score = (
                f"if({path}/rating = '' or {path}/rating = 'dne' or {path}/rating = 'uto', 0, {path}/rating)"
            )
            binds += [
                _bind(f"{path}/rating", "string", required="true()"),
                _bind(f"{path}/severity", "string", relevant=failed, required="true()"),
                _bind(f"{path}/note", "string", relevant=failed, constraint="string-length(.) <= 500"),
                _bind(f"{path}/photo", "binary", relevant=failed),
                _bind(f"{path}/score", "int", calculate=score),
            ]
            questions.append(_item(path, item))
        scores = " + ".join(f"{base}/i{item}/score" for item in own)
        rated = " + ".join(f"({base}/i{item}/rating != '')" for item in own)
        binds += [
            _bind(f"{base}/total", "int", calculate=scores),
            _bind(f"{base}/rated", "int", calculate=rated),
        ]
        body.append(f"<group ref='{base}'><label>Zone {section + 1}</label>{''.join(questions)}</group>")
    binds += [
        _bind("/data/total", "int", calculate=" + ".join(f"/data/s{section}/total" for section in sections)),
        _bind("/data/rated", "int", calculate=" + ".join(f"/data/s{section}/rated" for section in sections)),
        _bind(
            "/data/share", "decimal", calculate="if(/data/rated > 0, /data/total div (/data/rated * 4), 0)"
        ),
    ]
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
        ' xmlns:jr="http://openrosa.org/javarosa"><h:head>'
        f"<h:title>Walk with {items} items</h:title><model><instance><data id='walk{items}' version='1'>"
        f"{''.join(instance)}<total/><rated/><share/><meta><instanceID/></meta></data></instance>{''.join(binds)}"
        "<bind nodeset='/data/meta/instanceID' type='string' jr:preload='uid'/></model></h:head>"
        f"<h:body>{''.join(body)}</h:body></h:html>"
    )


def checklist_of_size(items: int) -> str:
    """The form that a walk of so many items has: of each a rating, a note, three photographs and their pins.

    What it asks is invented.
    """
    choices = (("3", "In place"), ("2", "Mostly in place"), ("1", "Partly in place"), ("0", "Not in place"))
    marks = (("dne", "Does not exist here"), ("uto", "Unable to observe"))
    questions = [
        Question(f"Q{item + 1}", f"Statement {item + 1} holds.", (*choices, *marks), "Look twice.", 1)
        for item in range(items)
    ]
    stretches = [
        Stretch(f"zone{at // SECTION + 1}", f"Zone {at // SECTION + 1}", tuple(questions[at : at + SECTION]))
        for at in range(0, items, SECTION)
    ]
    written = checklist_form(form_id="checklist", title="A checklist", stretches=stretches, with_pins=True)
    return written.xml.decode()


def _bind(path: str, kind: str, **facets: str) -> str:
    told = "".join(f" {name}={quoteattr(text)}" for name, text in facets.items())
    return f"<bind nodeset='{path}' type='{kind}'{told}/>"


def _item(path: str, item: int) -> str:
    ratings = "".join(
        f"<item><label>{label}</label><value>{value}</value></item>"
        for value, label in (
            *(("1", "Strongly disagree"), ("2", "Disagree"), ("3", "Agree"), ("4", "Strongly agree")),
            *(("dne", "Does not exist"), ("uto", "Unable to observe")),
        )
    )
    severities = "".join(
        f"<item><label>{label}</label><value>{value}</value></item>"
        for value, label in (("low", "Low"), ("high", "High"))
    )
    return (
        f"<select1 ref='{path}/rating'><label>Statement {item + 1} holds.</label>{ratings}</select1>"
        f"<select1 ref='{path}/severity'><label>How severe is it?</label>{severities}</select1>"
        f"<input ref='{path}/note'><label>What did you see?</label></input>"
        f"<upload ref='{path}/photo' mediatype='image/*'><label>Photo</label></upload>"
    )
