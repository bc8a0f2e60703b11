"""Spellings of one value become one string: names, suffixes, numbers, telephones, addresses, days."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from schoolward.analysis import addresses

_SUFFIXES: Final = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    "i": "1",
    "1st": "1",
    "ii": "2",
    "2nd": "2",
    "iii": "3",
    "3rd": "3",
    "iv": "4",
    "4th": "4",
}
_NOT_A_LETTER: Final = re.compile(r"[\W\d_]+")  # letters of any alphabet stay
_NOT_A_DIGIT: Final = re.compile(r"[^0-9]+")
_NOT_A_SIGN: Final = re.compile(r"[^a-z0-9]+")
_APOSTROPHES: Final = re.compile("['\u2019`\u00b4\u02bb]")
_UNKNOWN: Final = frozenset(
    ("na", "nil", "none", "null", "unknown", "unk", "not given", "not known", "no name", "nmn", "nmi")
)
_NOT_NAMED_YET: Final = frozenset(
    ("baby", "baby boy", "baby girl", "boy", "girl", "child", "infant", "newborn", "male", "female", "twin")
) | {f"{words} {letter}" for words in ("twin", "triplet", "baby") for letter in "abc"}
_COMPACT: Final = re.compile(r"\d{8}")
_AMERICAN: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_ISO: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ][0-9:.]+Z?)?")
_EARLIEST_YEAR: Final = 1880
_PHONE_DIGITS: Final = 10
_FEWEST_PHONE_DIGITS: Final = 7


def name(text: str) -> str:
    """Return a name in plain small letters, its parts divided by one space; empty for a word of "unknown".

    >>> [name(text) for text in ("José-Luis", "  O'Brien ", "N/A", "MARY  ANN")]
    ['jose luis', 'obrien', '', 'mary ann']
    """
    plain = _plain(text)
    words = " ".join(_NOT_A_LETTER.sub(" ", _APOSTROPHES.sub("", plain)).split())
    return "" if words in _UNKNOWN or plain.strip() in ("n/a", "n.a.") else words


def first_name(text: str) -> str:
    """Return a first name as `name` gives it; empty where it says that there is none yet.

    >>> [first_name(text) for text in ("Ana", "Baby Boy", "TWIN A")]
    ['ana', '', '']
    """
    words = name(text)
    return "" if words in _NOT_NAMED_YET else words


def split_suffix(surname: str) -> tuple[str, str]:
    """Return a surname, as `name` gives it, without the suffix at its end, and the suffix.

    >>> split_suffix("garcia jr"), split_suffix("ii")
    (('garcia', 'jr'), ('ii', ''))
    """
    head, _, last = surname.rpartition(" ")
    return (head, _SUFFIXES[last]) if head and last in _SUFFIXES else (surname, "")


def suffix(text: str) -> str | None:
    """Return a suffix in one spelling, empty for none, ``None`` for what is no suffix.

    >>> suffix("Jr."), suffix("III"), suffix(""), suffix("Dr.")
    ('jr', '3', '', None)
    """
    word = _NOT_A_SIGN.sub("", _plain(text))
    return _SUFFIXES.get(word) if word else ""


def identifier(text: str) -> str:
    """Return a number of a person without blanks, hyphens and leading zeros.

    >>> identifier(" 00-1234 "), identifier("A-7"), identifier("000")
    ('1234', 'a7', '')
    """
    return _NOT_A_SIGN.sub("", _plain(text)).lstrip("0")


def phone(text: str) -> str:
    """Return the last ten digits of a telephone number; empty for fewer than seven digits or all the same.

    >>> phone("+1 (916) 555-0100"), phone("none"), phone("000-000-0000")
    ('9165550100', '', '')
    """
    digits = _NOT_A_DIGIT.sub("", text)[-_PHONE_DIGITS:]
    return "" if len(digits) < _FEWEST_PHONE_DIGITS or len(set(digits)) == 1 else digits


def address(text: str) -> str:
    """Return a street address as a key (:mod:`schoolward.analysis.addresses`)."""
    return addresses.normalise(text) if text.strip() else ""


def house_number(text: str) -> str:
    """Return the number that an address key begins with, or nothing.

    >>> house_number("12 ELM ST"), house_number("ELM ST")
    ('12', '')
    """
    first, _, rest = text.partition(" ")
    return first if rest and first[:1].isdigit() else ""


def postcode(text: str) -> str:
    """Return a postal code without its extension.

    >>> postcode("95814-1234"), postcode("0832")
    ('95814', '0832')
    """
    return _NOT_A_SIGN.sub("", _plain(text.split("-")[0]))


def day(text: str) -> int | None:
    """Return the digits of a day as year, month, day (20120906); ``None`` where they cannot be told.

    The month may be 31 and the day 99: whether it is a day of the calendar says :func:`is_day`.

    >>> day("2012-09-06"), day("9/6/2012"), day("20120906"), day("2012-13-45"), day("soon")
    (20120906, 20120906, 20120906, 20121345, None)
    """
    text = text.strip()
    if _COMPACT.fullmatch(text):
        return int(text) if int(text[:4]) >= _EARLIEST_YEAR else None
    if found := _ISO.fullmatch(text):
        year, month, of_month = map(int, found.groups())
    elif found := _AMERICAN.fullmatch(text):
        month, of_month, year = map(int, found.groups())
    else:
        return None
    return year * 10_000 + month * 100 + of_month if year >= _EARLIEST_YEAR else None


def is_day(digits: int) -> bool:
    """Whether the calendar has such a day.

    >>> is_day(20120229), is_day(20110229)
    (True, False)
    """
    try:
        date(digits // 10_000, digits // 100 % 100, digits % 100)
    except ValueError:
        return False
    return True


def sex(text: str) -> str | None:
    """Return f, m or x, empty for not stated, ``None`` for what is none of these.

    >>> sex("Female"), sex("M"), sex("nonbinary"), sex(""), sex("7")
    ('f', 'm', 'x', '', None)
    """
    word = _NOT_A_SIGN.sub("", _plain(text))
    if word in ("", "u", "unknown", "notstated", "na"):
        return ""
    return {
        "f": "f",
        "female": "f",
        "girl": "f",
        "m": "m",
        "male": "m",
        "boy": "m",
        "x": "x",
        "nonbinary": "x",
        "nb": "x",
        "other": "x",
    }.get(word)


def soundex(word: str) -> str:
    """Return the American Soundex code of a name in small letters (National Archives' rules).

    >>> [soundex(word) for word in ("robert", "rupert", "ashcraft", "tymczak", "pfister", "lee")]
    ['r163', 'r163', 'a261', 't522', 'p236', 'l000']
    """
    letters = word.replace(" ", "")
    if not letters:
        return ""
    code, before = letters[0], _SOUNDS.get(letters[0], "")
    for letter in letters[1:]:
        sound = _SOUNDS.get(letter, "")
        if sound and sound != before:
            code += sound
            if len(code) == _SOUNDEX_LENGTH:
                break
        # Between consonants of one sound h and w are silent, a vowel divides them.
        if letter not in "hw":
            before = sound
    return code.ljust(_SOUNDEX_LENGTH, "0")


_SOUNDEX_LENGTH: Final = 4
_SOUNDS: Final = {
    letter: str(digit)
    for digit, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1)
    for letter in letters
}


def _plain(text: str) -> str:
    text = text.lower()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
