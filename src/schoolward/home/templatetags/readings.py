"""Measures and the questions asked of them in templates."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from schoolward.home.question import Question
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures import display
from schoolward.platform.measures.reading import Reading
from schoolward.platform.measures.registry import Measure

register = template.Library()


@register.filter
def unit_words(reading: Reading) -> str:
    """The unit where it is a word that the value does not carry itself: "incidents", "pieces of work"."""
    unit = reading.measure.unit
    return "" if unit in display.CENTS | display.DOLLARS | display.SHARES else unit


@register.filter
def owner_title(measure: Measure) -> str | Promise:
    """The role that answers for the definition, in words."""
    return Role(measure.owner).label if measure.owner in Role.values else measure.owner


@register.filter
def record_class_title(measure: Measure) -> str | Promise:
    """The class of the records behind the number, in words."""
    known = measure.record_class in RecordClass.values
    return RecordClass(measure.record_class).label if known else measure.record_class


@register.filter
def trace_url(question: Question, key: str) -> str:
    """Where the records behind a measure are opened, for this question."""
    return question.trace_url(key)


@register.filter
def measure_url(question: Question, key: str) -> str:
    """Where a measure is explained."""
    return question.measure_url(key)
