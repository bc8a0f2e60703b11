"""The form of a walk: what it asks as an XForm, for our own page, for ODK Collect, and for what they send.

An instrument of our own (YAML) and every re-inspection become a form that is written here, from the items
that the walk asks. An instrument that came as a form is that form, unchanged but for one thing: an item for
schools of other grades is not asked.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from threading import Lock

from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments.models import InstrumentFormat, InstrumentVersion, Walk
from schoolward.domains.assessments.queries import Asked, asked_in, codes_of_other_bands
from schoolward.domains.assessments.reading_files import InstrumentProblem, read_rated
from schoolward.platform.files.queries import open_file
from schoolward.platform.ui.explained import CannotBeShown
from schoolward.protocols.xforms.checklist import Place, Question, Stretch, checklist_form
from schoolward.protocols.xforms.compiling import CompiledForm, compile_form
from schoolward.protocols.xforms.first_questions import first_questions
from schoolward.protocols.xforms.leaving_out import never_asked
from schoolward.protocols.xforms.loading import compile_loaded, load_form
from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.session import Program, Session, Sources, questions_told

__all__ = ["FormUnusable", "Place", "WalkForm", "form_name", "walk_form"]

# Not translated: a form is told by what it says, and must stay the same between asking and receiving.
_MARKS = {Mark.DOES_NOT_EXIST: "Does not exist here", Mark.UNOBSERVED: "Unable to observe"}
_MOST_KEPT = 64
"""So many forms are kept compiled; one of 100 items takes about a megabyte."""


class FormUnusable(CannotBeShown):
    """The form of an instrument that is here cannot be filled; its version never changes."""

    def __init__(self, version: InstrumentVersion, why: Exception) -> None:
        told = _(
            "The form of “%(title)s” cannot be filled. %(why)s Bring in a mended form as a new version, and "
            "plan with that."
        )
        super().__init__(told % {"title": version, "why": why})


@dataclass(frozen=True)
class WalkForm:
    """The form of a walk. ``places`` says of the path of a question which part of which item it is.

    ``is_own`` where it is the instrument's own form, with whatever else that asks; ``files`` are what a
    client needs beside it, by name.
    """

    xml: bytes
    compiled: CompiledForm
    places: Mapping[str, Place]
    is_own: bool
    files: Mapping[str, bytes]

    @cached_property
    def program(self) -> Program:
        """The form ready to be filled."""
        return Program(self.compiled)

    @cached_property
    def has_conditions(self) -> bool:
        """Whether anything of the instrument's own form is asked under a condition."""
        return self.is_own and any(facet["facet"] == "relevant" for facet in self.compiled["facets"])

    @cached_property
    def first_questions(self) -> str:
        """Its first questions as HTML, with which a page can be tapped before any script has run."""
        return first_questions(self.program)


def walk_form(walk: Walk, *, with_pins: bool = True) -> WalkForm:
    """The form of a walk; the same content gives the same form, whichever walk it is of.

    ``with_pins``: with a question for the place of each photograph on the site's plan, which only our own
    page can ask; the instrument's own form is never changed. Raises ``FileNotFoundError`` when the folder of
    files has lost the instrument, ``FormUnusable`` where its form cannot be filled.
    """
    version = walk.assessment.version if walk.assessment is not None else None
    if version is not None and version.format != InstrumentFormat.YAML:
        return _own_form_at(walk, version)
    asked = asked_in(walk)
    title = _title(walk)
    form_id = _form_id(walk)
    # On the streets a position on earth says where; on the ground of a site its plan does.
    on_earth = walk.is_of_the_way
    # By what it says, not by the numbers of rows: those are another database's tomorrow.
    said = tuple((one.section, one.section_title, one.item, one.scale) for one in asked)
    return _kept(
        (form_id, title, with_pins, on_earth, said),
        lambda: _checklist(form_id, title, asked, with_pins=with_pins and not on_earth, with_places=on_earth),
    )


def form_name(walk: Walk) -> str:
    """The id under which a walk's form is given out, so that what comes back is told its walk."""
    return f"walk-{walk.pk}"


_forms: OrderedDict[Hashable, WalkForm] = OrderedDict()
_turn = Lock()


def _kept(key: Hashable, make: Callable[[], WalkForm]) -> WalkForm:
    """What was made for a key before, or is made now; what was not asked for longest is forgotten."""
    with _turn:
        found = _forms.get(key)
        if found is not None:
            _forms.move_to_end(key)
            return found
    made = make()
    with _turn:
        _forms[key] = made
        while len(_forms) > _MOST_KEPT:
            _forms.popitem(last=False)
    return made


def _title(walk: Walk) -> str:
    if walk.assessment is not None and walk.assessment.version is not None:
        return str(walk.assessment.version.title)
    return "Looking again"


def _form_id(walk: Walk) -> str:
    if walk.assessment is not None and walk.assessment.version is not None:
        return str(walk.assessment.version.instrument.key)
    return "reinspection"


def own_form(version: InstrumentVersion) -> WalkForm:
    """The form that an instrument came as. Raises what :func:`walk_form` raises."""
    return _kept((version.sha256, version.valid_from), lambda: _read_own(version))


def _own_form_at(walk: Walk, version: InstrumentVersion) -> WalkForm:
    """The same without the items that are for other grades than those of the walk's site."""
    others = codes_of_other_bands(walk)
    if not others:
        return own_form(version)
    return _kept((version.sha256, version.valid_from, others), lambda: _without(own_form(version), others))


def _without(form: WalkForm, codes: frozenset[str]) -> WalkForm:
    left_out = frozenset(path for path, place in form.places.items() if place.code in codes)
    xml = never_asked(form.xml, left_out)
    places = {path: place for path, place in form.places.items() if path not in left_out}
    return replace(form, xml=xml, compiled=compile_form(read_form(xml), form.files), places=places)


def unrated_questions(version: InstrumentVersion) -> list[str]:
    """What the form of an instrument asks beside its items, in its first language; none of a YAML file."""
    if version.format == InstrumentFormat.YAML:
        return []
    form = own_form(version)
    session = Session(form.program, Sources(timezone.now()))
    return [one.question for one in questions_told(session) if one.path not in form.places]


def _read_own(version: InstrumentVersion) -> WalkForm:
    with open_file(version.file) as handle:
        content = handle.read()
    try:
        loaded = load_form(content, version.file_name)
        rated = read_rated(loaded, name=version.file_name, valid_from=version.valid_from)
        compiled = compile_loaded(loaded)
    except (FormRefused, InstrumentProblem) as problem:
        raise FormUnusable(version, problem) from problem
    places = {path: Place(code, "rating") for code, path in rated.paths.items()}
    return WalkForm(loaded.xform, compiled, places, is_own=True, files=loaded.files)


def _checklist(
    form_id: str, title: str, asked: list[Asked], *, with_pins: bool, with_places: bool
) -> WalkForm:
    stretches = [
        Stretch(key, heading or title, tuple(_question(one) for one in found))
        for (key, heading), found in groupby(asked, key=lambda one: (one.section, one.section_title))
    ]
    written = checklist_form(
        form_id=form_id, title=title, stretches=stretches, with_pins=with_pins, with_places=with_places
    )
    compiled = compile_form(read_form(written.xml))
    return WalkForm(written.xml, compiled, written.places, is_own=False, files={})


def _question(asked: Asked) -> Question:
    scale = asked.scale
    rated = [(str(choice.value), choice.label) for choice in scale.choices]
    marks = [(mark.value, label) for mark, label in _MARKS.items() if scale.allows(mark)]
    return Question(
        code=asked.item.code,
        text=asked.item.text,
        choices=(*rated, *marks),
        help=asked.item.help,
        fails_at=asked.item.fails_at,
    )
