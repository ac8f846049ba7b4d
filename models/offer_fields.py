"""What each kind of offer tells, in the order of its form (domain notes, section 2)."""

from matcher.vocabulary import OfferKind
from models import options
from models.fields import Field, choice, choices, hours, measure, number, people, text, yes_no
from models.marker import N_

_CERTIFICATES = choices("certificates", N_("Certificates held"), options.CERTIFICATES, column=True)
_LICENCES = choices("licences", N_("Licences held"), options.LICENCES, column=True)
_LANGUAGES = choices("languages", N_("Languages"), options.LANGUAGES, column=True)
_SCHEDULE = choices("schedule", N_("Possible times"), options.SCHEDULES, column=True)
_EXCLUDED = text("excluded", N_("What you do not do"))
_WORK = (
    choices("surroundings", N_("Indoors or outdoors?"), options.SURROUNDINGS),
    measure("height_m", N_("Works up to a height of"), 60, "m"),
    number("lifting_kg", N_("Lifts up to"), 60, "kg"),
)


def _people(*, required: bool = False) -> Field:
    # In all: what is promised through Brug is taken off by Brug (`web.services.promises`).
    label, formerly = N_("People in all (also those already promised)"), N_("People free now")
    return people("people_max", label, required=required, formerly=formerly)


_TEAM = (
    number("lead_time_days", N_("Can start after"), 365, N_("days")),
    _SCHEDULE,
    choices("months", N_("Only in these months"), options.MONTHS),
    *_WORK,
    choices("askers", N_("For whom do you work?"), options.ASKERS),
    _EXCLUDED,
    _CERTIFICATES,
    _LICENCES,
    text("machines", N_("Machines")),
    text("vehicles", N_("Vehicles")),
    choice("price_basis", N_("Price basis"), options.TARIFFS),
    _LANGUAGES,
    text("references", N_("References")),
)

ENCLAVE_TEAM = (
    _people(required=True),
    people("people_min", N_("Smallest team")),
    hours(N_("Hours per week per person")),
    number("people_per_supervisor", N_("People per supervisor"), 20),
    *_TEAM,
)

SERVICE = (
    choice("site", N_("Where is the work done?"), options.SITES, required=True, column=True),
    _people(),
    number("quantity", N_("Capacity"), 10_000_000),
    choice("quantity_unit", N_("Measured in"), options.UNITS),
    choice("quantity_per", N_("Is that every time?"), options.PERIODS),
    number("order_min", N_("Smallest order"), 10_000_000),
    number("order_max", N_("Largest order"), 10_000_000),
    hours(N_("Hours per week free")),
    choice("moving", N_("Who moves the goods?"), options.MOVED_BY),
    *_TEAM,
)

PROFILE = (
    hours(N_("Hours per week"), required=True),
    _SCHEDULE,
    choice("language_level", N_("Dutch of the person"), options.LANGUAGE_LEVELS, column=True),
    _LANGUAGES,
    _LICENCES,
    _CERTIFICATES,
    text("skills", N_("Skills")),
    choices("mobility", N_("Can travel by"), options.MOBILITY),
    *_WORK,
    _EXCLUDED,
    text("support", N_("Support needed, in plain steps (no diagnosis)")),
    choices("steps_done", N_("Steps taken"), options.STEPS_DONE),
    yes_no("imw_right", N_("Right to IMW")),
)

WORKPLACE = (
    hours(N_("Hours per week"), required=True),
    choice("phase", N_("Which step of the track?"), options.PHASES, column=True),
    people("people_max", N_("Number of places")),
    choices("competences", N_("Skills that can be learned"), options.COMPETENCES),
    text("skills", N_("Technical skills that can be learned")),
    text("coach", N_("Coach at work, and time for it")),
    choices("schedule", N_("Working times"), options.SCHEDULES, column=True),
    choice("language_level", N_("Dutch, at least"), options.LANGUAGE_LEVELS, column=True),
    choices("licences", N_("Licences required"), options.LICENCES, column=True),
    number("duration_months", N_("Longest duration"), 24, N_("months")),
    number("contribution", N_("Contribution"), 5_000, N_("euro per month")),
    choices("work_conditions", N_("Conditions at the workplace"), options.WORK_CONDITIONS),
    choices("reach", N_("Can be reached by"), options.MOBILITY),
    text("transport", N_("How to get there (stop, first and last bus)")),
)

OFFER_FIELDS: dict[OfferKind, tuple[Field, ...]] = {
    OfferKind.ENCLAVE_TEAM: ENCLAVE_TEAM,
    OfferKind.SERVICE: SERVICE,
    OfferKind.PROFILE: PROFILE,
    OfferKind.WORKPLACE: WORKPLACE,
}
