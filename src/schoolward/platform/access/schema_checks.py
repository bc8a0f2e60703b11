"""What no table holds: labels of gangs, immigration, diagnoses, criminal histories, scores of a person.

A check of Django's, so that `migrate`, `doctor` and the suite refuse a model that has such a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core import checks
from django.db.models import Model

from schoolward.platform.access.models.protected import ProtectedRecord

NEVER: dict[str, frozenset[str]] = {
    "a gang label": frozenset({"gang", "gangs", "calgang"}),
    "immigration": frozenset({"immigration", "immigrant", "citizenship", "citizen", "visa", "undocumented"}),
    "a diagnosis": frozenset({"diagnosis", "diagnoses", "dsm", "icd", "icd10", "disorder", "prognosis"}),
    "a criminal history": frozenset(
        {
            "conviction",
            "convictions",
            "felony",
            "rapsheet",
            "cii",
            "priors",
            "probationer",
            "parolee",
            "criminal",
        }
    ),
}
"""Words of which a field's name must hold none, in any table."""
OF_A_PERSON = frozenset({"score", "scores", "risk", "risks", "rank", "ranking", "probability", "prediction"})
"""Words that judge. Sites, systems and programs are judged; a person is not."""
PEOPLE = frozenset({"access", "people", "cases"})
"""Apps whose tables are about persons; every protected table is too."""


def refused_words(model: type[Model]) -> list[tuple[str, str]]:
    """The model's fields that no table may hold, each with what it would be."""
    found = []
    about_people = issubclass(model, ProtectedRecord) or model._meta.app_label in PEOPLE
    for field in model._meta.get_fields():
        if getattr(field, "auto_created", False) and not getattr(field, "concrete", False):
            continue  # the other end of somebody else's field
        words = set(re.findall(r"[a-z0-9]+", field.name.lower()))
        what = next((what for what, never in NEVER.items() if words & never), "")
        if not what and about_people and words & OF_A_PERSON:
            what = "a score of a person"
        if what:
            found.append((field.name, what))
    return found


@checks.register(checks.Tags.models)
def no_refused_fields(app_configs: Iterable[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse models of ours with such a field."""
    return [
        checks.Error(
            f"{model._meta.label}.{name} would hold {what}; no table here does.",
            hint="docs/reference/protected-records.md says why.",
            obj=model,
            id="schoolward.E001",
        )
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("schoolward.")
        for name, what in refused_words(model)
    ]
