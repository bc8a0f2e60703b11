"""What came of an assessment in one: scores by part, risks, what two assessors differ on, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schoolward.analysis.assessing.agreement import Agreement, Dispute, Kappa, agreement
from schoolward.analysis.assessing.change import Change, Walk, change
from schoolward.analysis.assessing.risk import Risks
from schoolward.analysis.assessing.scoring import Score, Scores
from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.analysis.assessing.shapes import Instrument as Form
from schoolward.domains.assessments.models import Assessment, Settlement
from schoolward.domains.assessments.queries.crosswalks import threads
from schoolward.domains.assessments.queries.instruments import form_of
from schoolward.domains.assessments.queries.register import before
from schoolward.domains.assessments.queries.scores import bands_asked, form_asked, risks_of, scores_of
from schoolward.domains.assessments.queries.walking import answers_by_code, answers_of
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Part:
    """One part of the score, in words."""

    title: str
    score: Score


@dataclass(frozen=True)
class Results:
    """What the page of an assessment shows.

    ``earlier`` is the one before with the same instrument, ``change`` what changed since; ``agreement`` is
    that of the two walks as they were handed in, whatever was ``settled`` since: by the code of the item, the
    newest settlement last.
    """

    form: Form
    answers: Mapping[str, Given]
    scores: Scores
    risks: Risks | None
    agreement: Agreement | None
    earlier: Assessment | None
    change: Change | None
    settled: Mapping[str, list[Settlement]]

    @property
    def unsettled(self) -> list[Dispute]:
        """The disputes in which the lower answer counts, because nobody has settled them."""
        disputes = self.agreement.disputes if self.agreement is not None else ()
        return [one for one in disputes if one.item.code not in self.settled]

    @property
    def kappas(self) -> list[Kappa]:
        """The agreement by scale, of those scales on which anything was rated by both."""
        if self.agreement is None:
            return []
        return [kappa for kappa in self.agreement.linear.values() if kappa.items]

    @property
    def groups(self) -> list[tuple[str, list[Part]]]:
        """The score by stretch, principle and layer, as far as the instrument tells them apart."""
        titles = {section.key: section.title for section in self.form.sections}
        named = (
            ("section", self.scores.by_section, titles),
            ("principle", self.scores.by_principle, self.form.terms),
            ("layer", self.scores.by_layer, self.form.terms),
        )
        return [
            (name, [Part(words.get(key, key), score) for key, score in parts.items()])
            for name, parts, words in named
            if len(parts) > 1
        ]


def results_of(assessment: Assessment) -> Results | None:
    """The results of a walked assessment; ``None`` where it was done on paper."""
    if assessment.version is None:
        return None
    form = form_of(assessment.version)
    answers = answers_of(assessment)
    scores = scores_of(assessment, answers)
    assert scores is not None  # noqa: S101 - it has a version
    earlier = before(assessment)
    return Results(
        form=form,
        answers=answers,
        scores=scores,
        risks=risks_of(assessment, answers),
        agreement=agreement_of(assessment),
        earlier=earlier,
        change=change_since(earlier, assessment, answers) if earlier is not None else None,
        settled=settlements_of(assessment),
    )


def agreement_of(assessment: Assessment) -> Agreement | None:
    """How far the two walks agree as they were handed in; ``None`` where there are not two."""
    if assessment.version is None:
        return None
    each = [answers_by_code(walk.pk) for walk in assessment.walks.order_by("number")]
    if len(each) != 2:
        return None
    return agreement(form_asked(assessment), each[0], each[1], bands_asked(assessment))


def may_settle(assessment: Assessment, viewer: Viewer) -> bool:
    """Whether the viewer may settle disputes of this assessment: its two assessors, and who may review."""
    if viewer.is_system or may(viewer, "assessments.review"):
        return True
    own = viewer.account_id is not None and assessment.walks.filter(assessor_id=viewer.account_id).exists()
    return own and may(viewer, "assessments.walk")


def settlements_of(assessment: Assessment) -> dict[str, list[Settlement]]:
    """By the code of the item: how its dispute was settled, the newest last."""
    found: dict[str, list[Settlement]] = {}
    for row in assessment.settlements.select_related("item", "finding").order_by("pk"):
        found.setdefault(row.item.code, []).append(row)
    return found


def change_since(earlier: Assessment, assessment: Assessment, answers: Mapping[str, Given]) -> Change | None:
    """What changed since an earlier assessment; ``None`` where one of them was done on paper."""
    if earlier.version is None or assessment.version is None:
        return None
    return change(
        Walk(form_asked(earlier), answers_of(earlier), bands_asked(earlier)),
        Walk(form_asked(assessment), answers, bands_asked(assessment)),
        threads(),
    )
