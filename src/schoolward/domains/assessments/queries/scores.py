"""How an assessment came out: scores with what the unseen could change, and risks where it rates them."""

from __future__ import annotations

from collections.abc import Mapping

from schoolward.analysis.assessing.risk import Risks, risks
from schoolward.analysis.assessing.scoring import Score, Scores, scores
from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.domains.assessments.models import Assessment
from schoolward.domains.assessments.queries.instruments import form_of


def bands_asked(assessment: Assessment) -> tuple[str, ...] | None:
    """The bands of grades whose items an assessment asks; ``None`` asks every item."""
    return tuple(assessment.bands.split(",")) if assessment.bands else None


def scores_of(assessment: Assessment, answers: Mapping[str, Given]) -> Scores | None:
    """The scores as a whole and by part; ``None`` where it was done on paper."""
    if assessment.version is None:
        return None
    return scores(form_of(assessment.version), answers, bands_asked(assessment))


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
