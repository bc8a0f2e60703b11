"""Keeping how an assessment came out, beside it."""

from __future__ import annotations

from collections.abc import Mapping

from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.domains.assessments.models import Assessment
from schoolward.domains.assessments.queries import answers_of, before, change_since, finished, score_of


def keep_scores(assessment: Assessment, answers: Mapping[str, Given]) -> None:
    """Set score, coverage, interval and change by these answers. The caller saves."""
    score = score_of(assessment, answers)
    value = score.value if score is not None else None
    if score is None or value is None:
        assessment.score = assessment.coverage = assessment.low = assessment.high = None
    else:
        # Rounded, so that the last bit of a sum cannot put a score outside of its own interval.
        assessment.score, assessment.coverage = round(value, 6), round(score.coverage or 0, 6)
        assessment.low, assessment.high = round(score.low or 0, 6), round(score.high or 0, 6)
    earlier = before(assessment)
    changed = change_since(earlier, assessment, answers) if earlier is not None else None
    assessment.change = changed.score.difference if changed is not None else None


def keep_change_of_next(assessment: Assessment) -> None:
    """Set anew what changed from this assessment to the one after it, where that is handed in already."""
    assert assessment.version is not None and assessment.assessed_on is not None  # noqa: S101, PT018
    later = finished().filter(
        campus_id=assessment.campus_id,
        version__instrument_id=assessment.version.instrument_id,
        assessed_on__gte=assessment.assessed_on,
    )
    for one in later.exclude(pk=assessment.pk).select_related("version__instrument", "version__file"):
        if before(one) == assessment:
            changed = change_since(assessment, one, answers_of(one))
            one.change = changed.score.difference if changed is not None else None
            one.save(update_fields=["change"])
