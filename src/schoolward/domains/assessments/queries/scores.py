"""How an assessment came out: scores with what the unseen could change, and risks where it rates them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from schoolward.analysis.assessing.risk import Risks, risks
from schoolward.analysis.assessing.scoring import Score, Scores, scores
from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.analysis.assessing.shapes import Instrument as Form
from schoolward.domains.assessments.models import Assessment, InstrumentFormat
from schoolward.domains.assessments.queries.instruments import form_of


def bands_asked(assessment: Assessment) -> tuple[str, ...] | None:
    """The bands of grades whose items an assessment asks; ``None`` asks every item."""
    return tuple(assessment.bands.split(",")) if assessment.bands else None


def not_asked_in(assessment: Assessment) -> frozenset[str]:
    """The codes of the items that none of its walks has asked, because their condition did not hold."""
    if assessment.version is None or assessment.version.format == InstrumentFormat.YAML:
        return frozenset()
    handed_in = assessment.walks.filter(submitted_at__isnull=False)
    each = [frozenset(codes or ()) for codes in handed_in.values_list("not_asked", flat=True)]
    return frozenset.intersection(*each) if each else frozenset()


def form_asked(assessment: Assessment) -> Form:
    """What an assessment's version asks, without what none of its walks has asked.

    Raises ``FileNotFoundError`` when the folder has lost its file.
    """
    assert assessment.version is not None  # noqa: S101 - only what has a version asks anything
    form, left_out = form_of(assessment.version), not_asked_in(assessment)
    if not left_out:
        return form
    return dataclasses.replace(form, items=tuple(one for one in form.items if one.code not in left_out))


def scores_of(assessment: Assessment, answers: Mapping[str, Given]) -> Scores | None:
    """The scores as a whole and by part; ``None`` where it was done on paper."""
    if assessment.version is None:
        return None
    return scores(form_asked(assessment), answers, bands_asked(assessment))


def score_of(assessment: Assessment, answers: Mapping[str, Given]) -> Score | None:
    """The score as a whole."""
    found = scores_of(assessment, answers)
    return found.total if found is not None else None


def risks_of(assessment: Assessment, answers: Mapping[str, Given]) -> Risks | None:
    """The risks, where the instrument rates assets, threats and pairs of both; else ``None``."""
    if assessment.version is None:
        return None
    found = risks(form_of(assessment.version), answers, bands_asked(assessment))
    return found if found.risks else None
