"""What a police record is about, in plain words.

Police files name an offence by a four-digit UCR/NCIC code, by a three-character NIBRS code, by the
statute at the start of a description, or by all of them at once. `classify` turns that into one plain
category, the NIBRS code where it is known, and whether the statute is one that only exists for schools.
"""

from schoolward.analysis.offences.categories import NON_CRIMES, Category
from schoolward.analysis.offences.classification import Offence, canonical_code, category_named, classify

__all__ = ["NON_CRIMES", "Category", "Offence", "canonical_code", "category_named", "classify"]
