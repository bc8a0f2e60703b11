"""The plain categories of incidents, and the words by which other systems call them."""

from enum import StrEnum


class Category(StrEnum):
    """What happened, in the words of a school principal. The value is the stored key."""

    HOMICIDE = "homicide"
    ASSAULT = "assault"
    ROBBERY = "robbery"
    SEXUAL_OFFENCE = "sexual_offence"
    THREATS = "threats"
    WEAPONS = "weapons"
    DRUGS = "drugs"
    BURGLARY = "burglary"
    THEFT = "theft"
    VEHICLE_THEFT = "vehicle_theft"
    FRAUD = "fraud"
    VANDALISM = "vandalism"
    ARSON = "arson"
    DISORDER = "disorder"
    TRAFFIC = "traffic"
    JUSTICE = "justice"
    OTHER = "other"
    MISSING = "missing"
    NON_CRIME = "non_crime"


NON_CRIMES = frozenset({Category.MISSING, Category.NON_CRIME})
"""Reports that are not crimes: the 7000 series, missing persons and juvenile matters apart within it."""

TITLES = {
    Category.HOMICIDE: "Homicide",
    Category.ASSAULT: "Assault, battery and abduction",
    Category.ROBBERY: "Robbery",
    Category.SEXUAL_OFFENCE: "Sexual offence",
    Category.THREATS: "Threats and harassment",
    Category.WEAPONS: "Weapons",
    Category.DRUGS: "Drugs, alcohol and tobacco",
    Category.BURGLARY: "Burglary",
    Category.THEFT: "Theft",
    Category.VEHICLE_THEFT: "Vehicle theft",
    Category.FRAUD: "Fraud and forgery",
    Category.VANDALISM: "Vandalism",
    Category.ARSON: "Arson, fire and fireworks",
    Category.DISORDER: "Disorder and trespass",
    Category.TRAFFIC: "Traffic",
    Category.JUSTICE: "Warrants, court orders and obstruction",
    Category.OTHER: "Other offence",
    Category.MISSING: "Missing person or juvenile matter",
    Category.NON_CRIME: "Report that is not a crime",
}

OTHER_NAMES = {
    "aggravated assault": Category.ASSAULT,
    "agg assault": Category.ASSAULT,
    "simple assault": Category.ASSAULT,
    "battery": Category.ASSAULT,
    "fight": Category.ASSAULT,
    "kidnap": Category.ASSAULT,
    "larceny": Category.THEFT,
    "stolen property": Category.THEFT,
    "stolen vehicle": Category.VEHICLE_THEFT,
    "auto theft": Category.VEHICLE_THEFT,
    "motor vehicle theft": Category.VEHICLE_THEFT,
    "threat": Category.THREATS,
    "harassment": Category.THREATS,
    "bullying": Category.THREATS,
    "weapon": Category.WEAPONS,
    "weapon offense": Category.WEAPONS,
    "narcotics": Category.DRUGS,
    "alcohol": Category.DRUGS,
    "tobacco": Category.DRUGS,
    "forgery": Category.FRAUD,
    "embezzlement": Category.FRAUD,
    "graffiti": Category.VANDALISM,
    "tampering": Category.VANDALISM,
    "fire": Category.ARSON,
    "fireworks": Category.ARSON,
    "trespass": Category.DISORDER,
    "trespassing": Category.DISORDER,
    "disorderly": Category.DISORDER,
    "public peace": Category.DISORDER,
    "accident": Category.TRAFFIC,
    "collision": Category.TRAFFIC,
    "missing person": Category.MISSING,
    "runaway": Category.MISSING,
    "truancy": Category.MISSING,
    "non-crime": Category.NON_CRIME,
    "not a crime": Category.NON_CRIME,
    "sexual": Category.SEXUAL_OFFENCE,
    "sex offence": Category.SEXUAL_OFFENCE,
    "sexual offense": Category.SEXUAL_OFFENCE,
}
"""Names in other systems' files that mean one of our categories. Lower case."""
