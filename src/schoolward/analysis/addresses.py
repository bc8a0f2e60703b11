"""Street addresses as keys: two spellings of one address become one string.

Police records and school directories spell the same address differently ("2751 Ninth Avenue", "2751 9TH
AVE"; "3525 Martin Luther King Junior Boulevard", "3525 MARTIN LUTHER KING JR BLVD"). A geocoded police
record can lie 240 m from the point of the school whose address it carries, so a campus is found by address
first and by distance second; this module is the first half.

The rules follow the abbreviations of USPS Publication 28, Appendices C1 (street suffixes) and C2 (secondary
units). They only ever rewrite words. A missing or different word is never guessed: "2118 MEADOWVIEW" does
not match "2118 MEADOWVIEW RD", since elsewhere both may exist.
"""

import re
import unicodedata
from functools import lru_cache

__all__ = ["is_intersection", "normalise"]

_SUFFIXES: dict[str, str] = {
    spelling: short
    for short, spellings in {
        "ALY": "ALLEY ALLY",
        "AVE": "AVENUE AV AVEN AVENU AVN",
        "BLVD": "BOULEVARD BL BLV BVD BOUL",
        "CIR": "CIRCLE CRCL CIRC CI",
        "CRES": "CRESCENT CRSNT",
        "CT": "COURT CRT",
        "CV": "COVE",
        "DR": "DRIVE DRV DRIV",
        "EXPY": "EXPRESSWAY EXPWY EXP",
        "FWY": "FREEWAY FRWY",
        "HWY": "HIGHWAY HIWAY HWAY",
        "LN": "LANE LA",
        "LOOP": "LP",
        "MALL": "MAL",
        "PARK": "PRK",
        "PKWY": "PARKWAY PKY PARKWY PWY PKW",
        "PL": "PLACE PLC",
        "PLZ": "PLAZA PLZA",
        "PT": "POINT",
        "RD": "ROAD",
        "ROW": "",
        "RUN": "",
        "SQ": "SQUARE SQR",
        "ST": "STREET STR STRT",
        "TER": "TERRACE TERR TRCE",
        "TRL": "TRAIL TR",
        "WALK": "WLK",
        "WAY": "WY",
    }.items()
    for spelling in (short, *spellings.split())
}

_DIRECTIONS: dict[str, str] = {
    "NORTH": "N",
    "SOUTH": "S",
    "EAST": "E",
    "WEST": "W",
    "NORTHEAST": "NE",
    "NORTHWEST": "NW",
    "SOUTHEAST": "SE",
    "SOUTHWEST": "SW",
}
_SHORT_DIRECTIONS = frozenset(_DIRECTIONS.values())

_BELOW_TWENTY = """
    ZEROTH FIRST SECOND THIRD FOURTH FIFTH SIXTH SEVENTH EIGHTH NINTH TENTH ELEVENTH TWELFTH THIRTEENTH
    FOURTEENTH FIFTEENTH SIXTEENTH SEVENTEENTH EIGHTEENTH NINETEENTH
"""
_UNITS_BY_WORD = _BELOW_TWENTY.split()
_TENS = "TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY"
_TENS_BY_WORD = {word: 20 + 10 * index for index, word in enumerate(_TENS.split())}


def _ordinal(number: int) -> str:
    """Return a number as a street name writes it: 1ST, 2ND, 11TH, 21ST."""
    if number % 100 in (11, 12, 13):
        return f"{number}TH"
    return f"{number}{ {1: 'ST', 2: 'ND', 3: 'RD'}.get(number % 10, 'TH') }"


_ORDINALS: dict[str, str] = {word: _ordinal(n) for n, word in enumerate(_UNITS_BY_WORD) if n} | {
    f"{word[:-1]}IETH": _ordinal(tens) for word, tens in _TENS_BY_WORD.items()
}

_UNIT_WORDS = "APARTMENT APT BLDG BUILDING FL FLOOR LOT NO RM ROOM SPACE SPC STE SUITE TRLR UNIT"
_OTHER_TELLTALES = "KING MLK SAINT AND AT BLOCK BLK"

# A word that may need more than a suffix rewritten sends the address through the thorough path.
_TELLTALES = (
    frozenset(_DIRECTIONS)
    | frozenset(_ORDINALS)
    | frozenset(_TENS_BY_WORD)
    | frozenset(_UNIT_WORDS.split())
    | frozenset(_OTHER_TELLTALES.split())
)

_is_plain = re.compile(r"[A-Z0-9 ]+").fullmatch
_MARTIN_LUTHER_KING = re.compile(
    r"\b(?:(?:DR |DOCTOR )?(?:MARTIN LUTHER|MARTIN L|M ?L) KING|MLK)(?: JUNIOR| JR)?\b"
)
_NOISE = re.compile(r"[^A-Z0-9 /&@\\#,-]+")
_SECONDARY_UNIT = re.compile(
    rf"(?<=\S)\s+(?:(?:{'|'.join(_UNIT_WORDS.split())})(?:\s*#\s*|\s+)|#\s*)(?:[A-Z]|[A-Z]?-?\d+-?[A-Z]?)$"
)
_HOUSE_NUMBER = re.compile(r"(\d+)(?:[A-Z]|-[A-Z0-9]+)?(?:\s+\d/\d)?\s+(?=\S)")
_BLOCK = re.compile(r"(?:BLOCK|BLK)(?: OF)? ")
_FRACTION = re.compile(r"(?<=\b\d)/(?=\d\b)")
_CROSSING = re.compile(r"\s*[/&@\\]\s*|\s+(?:AND|AT)\s+")


def _street(words: list[str]) -> str:
    """Rewrite the words of one street name, without its house number."""
    out: list[str] = []
    position = 0
    while position < len(words):
        word = words[position]
        following = words[position + 1] if position + 1 < len(words) else ""
        if word in _TENS_BY_WORD and following in _UNITS_BY_WORD[1:10]:
            out.append(_ordinal(_TENS_BY_WORD[word] + _UNITS_BY_WORD.index(following)))
            position += 1
        elif word == "SAINT":
            out.append("ST")
        else:
            out.append(_ORDINALS.get(word, word))
        position += 1
    if len(out) == 2 and out[0].isdigit() and out[1] in _SUFFIXES:
        out[0] = _ordinal(int(out[0]))
    elif out and out[0][0] == "0":
        out[0] = out[0].lstrip("0") or "0"
    last = len(out) - 1
    trailing = _DIRECTIONS.get(out[last], out[last]) if out else ""
    if last > 1 and out[last - 1] in _SUFFIXES and trailing in _SHORT_DIRECTIONS:
        out[last] = trailing
        last -= 1
    if last > 0:
        out[last] = _SUFFIXES.get(out[last], out[last])
        # "SOUTH LAND PARK DR" carries a direction; "SOUTH AVE" is a street called South.
        if out[0] in _DIRECTIONS and (last > 1 or out[last] not in _SUFFIXES):
            out[0] = _DIRECTIONS[out[0]]
    return " ".join(out)


def _clean(address: str) -> str:
    """Return capitals without accents, stops, commas' tails or secondary units, with single spaces."""
    text = address.upper()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    text = _NOISE.sub(" ", text.replace("'", "").replace("`", ""))
    text = _MARTIN_LUTHER_KING.sub("MARTIN LUTHER KING", " ".join(text.replace(", JR", " JR").split()))
    text = text.replace("KING, JUNIOR", "KING")
    if "," in text:
        # What follows a comma is a suite, a town or a postcode; what precedes a house number is a
        # building's name.
        parts = [part for part in (piece.strip() for piece in text.split(",")) if part]
        text = next((part for part in parts if _HOUSE_NUMBER.match(part)), parts[0] if parts else "")
    while (shorter := _SECONDARY_UNIT.sub("", text)) != text:
        text = shorter
    return text


def _streets_crossing(text: str) -> list[str]:
    """Return the streets that a cleaned address names as a crossing, or an empty list if it is none."""
    if not ("/" in text or "&" in text or "@" in text or "\\" in text or " AND " in text or " AT " in text):
        return []
    streets = [street for street in _CROSSING.split(_FRACTION.sub("|", text)) if street]
    if len(streets) < 2 or not all(any(c.isalpha() for c in street) for street in streets):
        return []
    for street in streets:
        number = _HOUSE_NUMBER.match(street)
        # "3500 FLORIN RD / REAR LOT" is a house with a remark; "9 AVE / J ST" crosses a numbered street.
        if number and street[number.end() :] not in _SUFFIXES:
            return []
    return streets


def normalise(address: str) -> str:
    """Return the canonical key of a street address: equal keys mean the same address.

    Capitals, single spaces, USPS suffix and direction abbreviations, ordinals in figures, no punctuation
    and no apartment or suite. A crossing of streets gives "A ST / B ST" with the streets in alphabetical
    order, so that both ways of naming it agree. An address of a block ("3500 BLOCK OF FLORIN RD") keeps the
    word BLK and so never equals a house. Blank input gives an empty key, which no caller may treat as a
    match.

    The function is idempotent: ``normalise(normalise(a)) == normalise(a)``. Streets, and addresses that need
    more than a suffix rewritten, are memorised (65,536 entries each).
    """
    text = address.upper()
    first, slash, second = text.partition(" / ")
    if slash:
        one, other = _plain_street(first), _plain_street(second)
        if one and other:
            return f"{one} / {other}" if one <= other else f"{other} / {one}"
    else:
        # A city has a few thousand streets and a hundred times as many houses.
        house, _, name = text.partition(" ")
        if house.isdigit() and house.isascii() and (street := _plain_street(name)):
            return f"{house} {street}"
    return _normalise_thoroughly(address)


@lru_cache(maxsize=65_536)
def _plain_street(street: str) -> str:
    """Return the key of a street that needs nothing but its suffix shortened, or "" if it may need more."""
    words = street.split() if _is_plain(street) else []
    suffix = _SUFFIXES.get(words[-1]) if len(words) > 1 else None
    if suffix is None or words[0][0] == "0" or words[0].isdigit() or not _TELLTALES.isdisjoint(words):
        return ""
    return " ".join((*words[:-1], suffix))


@lru_cache(maxsize=65_536)
def _normalise_thoroughly(address: str) -> str:
    """Rewrite until nothing is left to rewrite, so that a key is its own key however odd the input."""
    key = _normalise_once(address)
    return key if key == address else _normalise_thoroughly(key)


def _normalise_once(address: str) -> str:
    text = _clean(address)
    crossing = _streets_crossing(text)
    if crossing:
        streets = [_street(_words(street)) for street in crossing]
        return " / ".join(sorted(filter(None, streets)))
    number = _HOUSE_NUMBER.match(text)
    if number is None:
        return _street(_words(text))
    street = text[number.end() :]
    block = _BLOCK.match(street)
    if block:
        street = street[block.end() :]
    elif _CROSSING.search(_FRACTION.sub("|", street)):
        street = _CROSSING.split(street, maxsplit=1)[0]
    name = _street(_words(street))
    return f"{number[1]} BLK {name}" if block else f"{number[1]} {name}".rstrip()


def _words(text: str) -> list[str]:
    return re.sub(r"[^A-Z0-9 ]", " ", text).split()


def is_intersection(address: str) -> bool:
    """Tell whether an address names a crossing of streets ("A ST / B ST", "A ST & B ST") and so no house."""
    return bool(_streets_crossing(_clean(address)))
