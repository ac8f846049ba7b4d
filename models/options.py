"""The code lists behind choice fields: stored codes with the message id of their label."""

from models.marker import N_

SCHEDULES = (
    ("day", N_("Daytime")),
    ("two_shifts", N_("Two shifts")),
    ("three_shifts", N_("Three shifts")),
    ("night", N_("Nights")),
    ("weekend", N_("Weekend")),
    ("flexible", N_("Flexible")),
)
LANGUAGE_LEVELS = (
    ("A1", N_("A1: single words")),
    ("A2", N_("A2: simple sentences")),
    ("B1", N_("B1: ordinary conversation")),
    ("B2", N_("B2: fluent")),
)
LANGUAGES = (
    ("nl", N_("Dutch")),
    ("fr", N_("French")),
    ("en", N_("English")),
    ("de", N_("German")),
    ("ar", N_("Arabic")),
    ("tr", N_("Turkish")),
    ("es", N_("Spanish")),
    ("uk", N_("Ukrainian")),
)
CERTIFICATES = (
    ("vca-basis", "VCA basis"),
    ("vca-vol", "VCA VOL"),
    ("vca-bedrijf", N_("VCA* / VCU (company)")),
    ("haccp", N_("HACCP / self-checking (FAVV)")),
    ("brc-ifs", "BRC / IFS"),
    ("gmp", "GMP"),
    ("iso-9001", "ISO 9001"),
    ("iso-14001", "ISO 14001"),
    ("iso-13485", "ISO 13485"),
    ("iso-22000", "ISO 22000"),
    ("rabc", N_("RABC (laundry)")),
    ("fsc-pefc", "FSC / PEFC"),
    ("ispm-15", "ISPM 15"),
    ("fytolicentie", N_("Phytolicence")),
    ("kettingzaag", N_("Chainsaw / brush cutter certificate")),
    ("ehbo", N_("First aid")),
    ("kinderbegeleider", N_("Childcare qualification")),
    ("afvalinzamelaar", N_("Registered waste collector (OVAM)")),
    ("aeea", N_("Processing of e-waste (Recupel)")),
    ("aannemer-erkenning", N_("Recognised contractor")),
    ("speelterrein", N_("Playground safety inspection")),
)
LICENCES = (
    ("B", N_("Driving licence B")),
    ("BE", N_("Driving licence BE")),
    ("C", N_("Driving licence C")),
    ("CE", N_("Driving licence CE")),
    ("D", N_("Driving licence D")),
    ("heftruck", N_("Forklift")),
    ("hoogwerker", N_("Aerial platform")),
)
SITES = (
    ("on_site", N_("On site")),
    ("workshop", N_("In the workshop")),
    ("either", N_("Both are possible")),
)
PHASES = (
    ("first", N_("First workplace, in the social economy")),
    ("second", N_("Next workplace, elsewhere")),
)
WORK_CONDITIONS = (
    ("standing", N_("Mostly standing")),
    ("sitting", N_("Mostly sitting")),
    ("lifting", N_("Lifting")),
    ("cold", N_("Cold")),
    ("heat", N_("Heat")),
    ("noise", N_("Noise")),
    ("indoors", N_("Indoors")),
    ("outdoors", N_("Outdoors")),
    ("heights", N_("At height")),
    ("chemicals", N_("Chemicals")),
    ("hygiene", N_("Strict hygiene")),
    ("paced", N_("Paced by a line")),
)
TARIFFS = (
    ("hour", N_("Per hour")),
    ("piece", N_("Per piece")),
    ("fixed", N_("Fixed price")),
    ("to_agree", N_("To be agreed")),
)
#: How much is not known yet.
TO_AGREE = "to_agree"
UNITS = (
    (TO_AGREE, N_("To be agreed")),
    ("pieces", N_("pieces")),
    ("boxes", N_("boxes")),
    ("pallets", N_("pallets")),
    ("m2", "m²"),
    ("km", "km"),
    ("kg", "kg"),
    ("hours_week", N_("hours per week")),
    ("meals_day", N_("meals per day")),
    ("visits_year", N_("visits per year")),
    ("people", N_("people")),
)
PERIODS = (
    ("day", N_("per day")),
    ("week", N_("per week")),
    ("month", N_("per month")),
    ("year", N_("per year")),
)
LEGAL_ROUTES = (
    ("invoice", N_("Accepted invoice (below the threshold)")),
    ("negotiated", N_("Negotiated procedure")),
    ("reserved", N_("Reserved contract (art. 15)")),
    ("reserved_lot", N_("Reserved lot")),
    ("subsidy", N_("Subsidy / DAEB")),
    ("to_decide", N_("Not decided yet")),
)
CONTRACTS = (
    ("permanent", N_("Permanent contract")),
    ("fixed_term", N_("Fixed-term contract")),
    ("interim_permanent", N_("Temporary, then permanent")),
)
MOBILITY = (
    ("bike", N_("Bicycle")),
    ("bus", N_("Bus or train")),
    ("car", N_("Car")),
)
STEPS_DONE = (
    ("internship", N_("Internship")),
    ("ibo", "IBO"),
    ("evaluation", N_("Doorstroom evaluation")),
)
WILLING = (
    ("internship", N_("Internship")),
    ("ibo", "IBO"),
    ("imw", "IMW"),
    ("job_carving", N_("Job carving")),
    ("language_coach", N_("Language coach")),
)
SURROUNDINGS = (
    ("indoor", N_("Indoors")),
    ("outdoor", N_("Outdoors")),
)
MOVED_BY = (
    ("asker", N_("The asker brings and fetches")),
    ("supplier", N_("The supplier fetches and brings back")),
)
ASKERS = (
    ("company", N_("Companies")),
    ("municipality", N_("Municipalities and other authorities")),
    ("ocmw", N_("OCMWs")),
    ("school", N_("Schools")),
    ("vzw", N_("Associations (vzw)")),
    ("housing_company", N_("Housing companies")),
    ("private", N_("Private persons")),
)
MONTHS = (
    ("1", N_("January")),
    ("2", N_("February")),
    ("3", N_("March")),
    ("4", N_("April")),
    ("5", N_("May")),
    ("6", N_("June")),
    ("7", N_("July")),
    ("8", N_("August")),
    ("9", N_("September")),
    ("10", N_("October")),
    ("11", N_("November")),
    ("12", N_("December")),
)
PROVIDED_BY = (
    ("asker", N_("By the asker")),
    ("supplier", N_("By the supplier")),
    ("to_agree", N_("To be agreed")),
)
COMPETENCES = (
    ("punctual", N_("Being on time")),
    ("teamwork", N_("Working together")),
    ("instructions", N_("Following instructions")),
    ("safety", N_("Working safely")),
    ("customer", N_("Dealing with customers")),
    ("technical", N_("Technical skills")),
    ("dutch", N_("Dutch at work")),
)
#: Certificates and licences together: what may be welcome without being required.
PAPERS = (*CERTIFICATES, *LICENCES)
