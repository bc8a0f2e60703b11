"""Panels that are not there: they report to a receiver as real ones do, with their faults."""
