"""What each kind of need asks, in the order of its form (domain notes, section 2)."""

from matcher.vocabulary import NeedKind
from models import options
from models.fields import Field, choice, choices, hours, measure, number, people, text, yes_no
from models.marker import N_

_CERTIFICATES = choices(
    "certificates", N_("Certificates required"), options.CERTIFICATES, column=True
)
_LICENCES = choices("licences", N_("Licences required"), options.LICENCES, column=True)
_MATERIALS = choice("materials", N_("Material and machines"), options.PROVIDED_BY)
_TRANSPORT = text("transport", N_("How to get there (stop, first and last bus)"))
_LIFTING = number("lifting_kg", N_("Lifting up to"), 60, "kg")
_HEIGHT = measure("height_m", N_("Work up to a height of"), 60, "m")
_WISHED = choices("wished", N_("Welcome, not required"), options.PAPERS)

ENCLAVE = (
    yes_no("core_activity", N_("Is this your core activity?"), required=True, column=True),
    people("people_min", N_("People wanted, at least"), required=True),
    people("people_max", N_("People wanted, at most")),
    hours(N_("Hours per week per person"), required=True),
    choices(
        "schedule", N_("When is the work done?"), options.SCHEDULES, required=True, column=True
    ),
    choices(
        "work_conditions",
        N_("Conditions at the workplace"),
        options.WORK_CONDITIONS,
        required=True,
    ),
    choice("tariff", N_("How do you want to pay?"), options.TARIFFS, required=True),
    _LIFTING,
    _HEIGHT,
    number("people_per_supervisor", N_("People per supervisor"), 20),
    _CERTIFICATES,
    _WISHED,
    choice("protective_gear", N_("Protective equipment"), options.PROVIDED_BY),
    _MATERIALS,
    text("safety", N_("Safety (welcome, risk sheet)")),
    choices("languages", N_("Languages on the floor"), options.LANGUAGES, column=True),
    text("facilities", N_("Canteen, changing room, parking, access")),
    _TRANSPORT,
    text("quality", N_("Quality requirements")),
    text("trial_period", N_("Trial period")),
    yes_no("hire_later", N_("Do you intend to hire later (doorstroom)?")),
)

SERVICE = (
    number("quantity", N_("How much?"), 10_000_000),
    choice("quantity_unit", N_("Measured in"), options.UNITS, required=True),
    choice("quantity_per", N_("Is that every time?"), options.PERIODS),
    text("frequency", N_("How often, which season?")),
    choice("site", N_("Where is the work done?"), options.SITES, column=True),
    choice("moving", N_("Who moves the goods?"), options.MOVED_BY),
    choices("surroundings", N_("Indoors or outdoors?"), options.SURROUNDINGS),
    _HEIGHT,
    choice("legal_route", N_("Procurement route (authorities)"), options.LEGAL_ROUTES),
    people("people_min", N_("People wanted, at least")),
    choices("schedule", N_("When is the work done?"), options.SCHEDULES, column=True),
    _MATERIALS,
    _CERTIFICATES,
    _LICENCES,
    _WISHED,
    text("users", N_("For whom (citizens, staff)?")),
    text("quality", N_("Quality requirements")),
    text("permits", N_("Permits and insurance")),
    text("sites", N_("List of places")),
    text("cpv", N_("CPV code")),
    text("social_tariff", N_("Social tariff for users")),
    text("reporting", N_("Reporting wanted")),
)

VACANCY = (
    hours(N_("Hours per week"), required=True),
    choices("schedule", N_("Working times"), options.SCHEDULES, required=True, column=True),
    choice("contract", N_("Contract"), options.CONTRACTS, required=True),
    choice(
        "language_level",
        N_("Dutch, at least"),
        options.LANGUAGE_LEVELS,
        required=True,
        column=True,
    ),
    people("people_min", N_("Number of places")),
    _LICENCES,
    _CERTIFICATES,
    _WISHED,
    yes_no("licence_required_by_law", N_("Is the licence or diploma required by law?")),
    text("wage", N_("Joint committee and wage scale")),
    text("competences_must", N_("What must the person be able to do?")),
    text("competences_nice", N_("What is welcome?")),
    yes_no("reading_needed", N_("Is reading needed?")),
    choices("work_conditions", N_("Conditions at the workplace"), options.WORK_CONDITIONS),
    _LIFTING,
    _HEIGHT,
    choices("reach", N_("Can be reached by"), options.MOBILITY),
    _TRANSPORT,
    choices("willing", N_("What are you open to?"), options.WILLING),
    yes_no("buddy", N_("Is there somebody to show the way at work?")),
)

PLACEMENT = (
    hours(N_("Hours per week"), required=True),
    choice("phase", N_("Which step of the track?"), options.PHASES, column=True),
    choices("competences", N_("Skills to learn"), options.COMPETENCES),
    text("skills", N_("Technical skills to learn")),
    choices("schedule", N_("Possible times"), options.SCHEDULES, column=True),
    choice("language_level", N_("Dutch of the person"), options.LANGUAGE_LEVELS, column=True),
    choices("licences", N_("Licences of the person"), options.LICENCES, column=True),
    choices("mobility", N_("Can travel by"), options.MOBILITY),
    number("travel_km", N_("Can travel up to"), 100, "km"),
    number("days_left", N_("Remaining Art. 60 days"), 700, N_("days")),
)

NEED_FIELDS: dict[NeedKind, tuple[Field, ...]] = {
    NeedKind.ENCLAVE: ENCLAVE,
    NeedKind.SERVICE: SERVICE,
    NeedKind.VACANCY: VACANCY,
    NeedKind.PLACEMENT: PLACEMENT,
}
