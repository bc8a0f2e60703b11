"""Reads of filled forms: what was answered, which ratings it holds, and which of its files have not come."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from schoolward.domains.assessments.models import AnswerPhoto, Filling, FillingFile, FillingWay, Walk
from schoolward.domains.assessments.walk_forms import FormUnusable, WalkForm, form_name, walk_form
from schoolward.platform.files.queries import open_file
from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.session import Session, Sources, Told, answers_told, read_submission

_NUMBERS = UUID("4f0f3a4e-6a0e-5c61-9d0f-6d3a9a1c2b7e")
"""The space of the numbers that are made from those of filled forms."""


def client_number(instance_id: str, path: str) -> UUID:
    """The number of an answer or photograph, the same whenever the form comes again."""
    return uuid5(_NUMBERS, f"{instance_id} {path}")


def form_of_filling(filling: Filling) -> WalkForm:
    """The form that was filled: from OpenRosa without pins, which only our own page asks."""
    return walk_form(filling.walk, with_pins=filling.way != FillingWay.OPENROSA)


def session_of(filling: Filling) -> Session:
    """The filled form, read back. Raises ``FormRefused`` where its form has changed since."""
    with open_file(filling.file) as handle:
        content = handle.read()
    program = form_of_filling(filling).program
    known_as = form_name(filling.walk) if filling.way == FillingWay.OPENROSA else None
    return read_submission(program, content, Sources(filling.received_at), known_as=known_as)


def named_files(session: Session) -> dict[str, str]:
    """By the path of each question that holds a file: the file's name."""
    layout = session.program.layout
    return {
        session.path(each): each.value
        for each in session.values()
        if each.live and each.value and layout.types[each.node] == "binary"
    }


def waiting_files(filling: Filling, session: Session | None = None) -> list[str]:
    """The names of files that the form names and that have not come yet. Our own page sends its own way."""
    if filling.way != FillingWay.OPENROSA:
        return []
    filled = session or session_of(filling)
    places = form_of_filling(filling).places
    named = named_files(filled)
    photos = {client_number(filling.instance_id, path) for path in named if path in places}
    there = set(AnswerPhoto.objects.filter(client_id__in=photos).values_list("client_id", flat=True))
    kept = set(FillingFile.objects.filter(filling=filling).values_list("name", flat=True))
    return [
        name
        for path, name in named.items()
        if (client_number(filling.instance_id, path) not in there if path in places else name not in kept)
    ]


@dataclass(frozen=True)
class FilledQuestions:
    """What a form asked beside the rated items. ``unreadable`` says why it cannot be shown, or is empty."""

    filling: Filling
    told: list[Told]
    unreadable: str = ""


def filled_questions(walk: Walk) -> FilledQuestions | None:
    """The answers of a walk's filled form that are no item's; ``None`` where no form was kept."""
    filling = Filling.objects.select_related("walk", "file").filter(walk=walk).first()
    if filling is None:
        return None
    try:
        session = session_of(filling)
    except (FormRefused, FormUnusable, FileNotFoundError) as problem:
        return FilledQuestions(filling, [], str(problem))
    places = form_of_filling(filling).places
    return FilledQuestions(filling, [one for one in answers_told(session) if one.path not in places])
