"""The words for stored codes: every enum value and option has one message id, here or in models."""

from enum import StrEnum

from matcher.vocabulary import (
    Certainty,
    NeedKind,
    OfferKind,
    OrganisationType,
    Phase,
    WorkForm,
    WorkSite,
)
from models.states import (
    AnswerKind,
    CheckItem,
    FallReason,
    HoursPer,
    MatchOrigin,
    MatchStatus,
    NeedStatus,
    NewsTopic,
    OfferStatus,
    OrganisationStatus,
    Recurrence,
    RefusalReason,
    Rhythm,
    Role,
    Side,
    StillThere,
    Urgency,
    Visibility,
)
from web.i18n import N_, _
from web.services.profile_check import Giveaway

#: By enum first: members of different enums may be equal as strings.
LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    NeedKind: {
        NeedKind.ENCLAVE: N_("Enclave"),
        NeedKind.SERVICE: N_("Service"),
        NeedKind.VACANCY: N_("Vacancy (doorstroom)"),
        NeedKind.PLACEMENT: N_("Art. 60 / TWE placement"),
    },
    OfferKind: {
        OfferKind.ENCLAVE_TEAM: N_("Enclave team"),
        OfferKind.SERVICE: N_("Service"),
        OfferKind.PROFILE: N_("Profile"),
        OfferKind.WORKPLACE: N_("Workplace"),
    },
    OrganisationType: {
        OrganisationType.COMPANY: N_("Company"),
        OrganisationType.MUNICIPALITY: N_("Municipality"),
        OrganisationType.OCMW: N_("OCMW"),
        OrganisationType.AGB: N_("Autonomous municipal company (AGB)"),
        OrganisationType.IGS: N_("Intermunicipal partnership (IGS)"),
        OrganisationType.SCHOOL: N_("School"),
        OrganisationType.HOUSING_COMPANY: N_("Social housing company"),
        OrganisationType.VZW: N_("Non-profit association (vzw)"),
        OrganisationType.SOCIAL_ECONOMY: N_("Social-economy organisation"),
    },
    WorkForm: {
        WorkForm.MAATWERKBEDRIJF: N_("Maatwerkbedrijf"),
        WorkForm.LOCAL_SERVICE: N_("Local service (formerly LDE)"),
        WorkForm.OCMW_SERVICE: N_("Social-economy service of an OCMW or municipality"),
        WorkForm.WIJK_WERKEN: N_("Wijk-werken organiser"),
        WorkForm.GOB: N_("GOB"),
        WorkForm.AMA: N_("AMA"),
        WorkForm.NONE: N_("No social-economy work form"),
    },
    WorkSite: {
        WorkSite.ON_SITE: N_("On site"),
        WorkSite.WORKSHOP: N_("In the workshop"),
        WorkSite.EITHER: N_("Both are possible"),
    },
    Phase: {
        Phase.FIRST: N_("First workplace, in the social economy"),
        Phase.SECOND: N_("Next workplace, elsewhere"),
    },
    Certainty: {
        Certainty.CERTAIN: N_("Certain"),
        Certainty.LIKELY: N_("Likely"),
        Certainty.UNCERTAIN: N_("Uncertain"),
    },
    NeedStatus: {
        NeedStatus.DRAFT: N_("Draft"),
        NeedStatus.PUBLISHED: N_("Published"),
        NeedStatus.APPROVED: N_("Match approved"),
        NeedStatus.WITHDRAWN: N_("Withdrawn"),
    },
    OfferStatus: {
        OfferStatus.DRAFT: N_("Draft"),
        OfferStatus.PUBLISHED: N_("Published"),
        OfferStatus.PAUSED: N_("Paused"),
        OfferStatus.WITHDRAWN: N_("Withdrawn"),
    },
    MatchStatus: {
        MatchStatus.SUGGESTED: N_("Suggested"),
        MatchStatus.APPROVED: N_("Approved"),
        MatchStatus.REFUSED: N_("Refused"),
        MatchStatus.SET_ASIDE: N_("Set aside"),
        MatchStatus.INTRODUCED: N_("Introduced"),
        MatchStatus.AGREED: N_("Agreed"),
        MatchStatus.FELL_THROUGH: N_("Fell through"),
        MatchStatus.RUNNING: N_("Running"),
        MatchStatus.DONE: N_("Done"),
    },
    FallReason: {
        FallReason.NO_CAPACITY: N_("No people or time for it"),
        FallReason.WRONG_PERIOD: N_("Not in that period"),
        FallReason.WRONG_WORK: N_("It is other work than we thought"),
        FallReason.CONDITIONS: N_("The conditions do not fit"),
        FallReason.PRICE: N_("No agreement on the price"),
        FallReason.TOO_FAR: N_("Too far"),
        FallReason.FOUND_OTHER: N_("Somebody else was found"),
        FallReason.NOT_NEEDED: N_("It is no longer needed"),
        FallReason.NO_REPLY: N_("The other side does not react"),
        FallReason.OTHER: N_("Another reason"),
    },
    AnswerKind: {
        AnswerKind.YES: N_("Yes"),
        AnswerKind.NO: N_("No"),
        AnswerKind.TAKEN_BACK: N_("Taken back"),
    },
    CheckItem: {
        CheckItem.AGREEMENT: N_("A written agreement between the two organisations."),
        CheckItem.NOTICE: N_("A notice to the Departement WSE, at least one day before the start."),
        CheckItem.SUPERVISOR: N_(
            "A qualified supervisor of the maatwerkbedrijf who stays with the team all the time."
        ),
        CheckItem.NO_AUTHORITY: N_(
            "The client has no authority as an employer: instructions go through the supervisor."
        ),
        CheckItem.SAFETY: N_("A safety welcome on the work floor."),
    },
    Side: {
        Side.NEED: N_("Who asks"),
        Side.OFFER: N_("Who offers"),
        Side.COORDINATOR: N_("The coordinator"),
    },
    StillThere: {
        StillThere.YES: N_("Yes"),
        StillThere.NO: N_("No"),
        StillThere.UNKNOWN: N_("Not known"),
    },
    HoursPer: {
        HoursPer.WEEK: N_("a week"),
        HoursPer.TOTAL: N_("in all"),
    },
    MatchOrigin: {
        MatchOrigin.ENGINE: N_("Found by Brug"),
        MatchOrigin.MANUAL: N_("Added by hand"),
    },
    OrganisationStatus: {
        OrganisationStatus.PENDING: N_("Waiting for the coordinator"),
        OrganisationStatus.APPROVED: N_("Approved"),
        OrganisationStatus.REFUSED: N_("Refused"),
    },
    Recurrence: {
        Recurrence.ONCE: N_("Once"),
        Recurrence.SEASONAL: N_("Every season"),
        Recurrence.ONGOING: N_("Ongoing"),
    },
    Urgency: {
        Urgency.LOW: N_("Not urgent"),
        Urgency.NORMAL: N_("Ordinary"),
        Urgency.HIGH: N_("Urgent"),
    },
    Visibility: {
        Visibility.REGION: N_("Only in our region"),
        Visibility.NETWORK: N_("The whole network"),
    },
    NewsTopic: {
        NewsTopic.MATCHES: N_("Introductions and needs"),
        NewsTopic.REMINDERS: N_("Reminders"),
        NewsTopic.ORGANISATION: N_("Your organisation and its people"),
        NewsTopic.REGION: N_("Your region"),
    },
    Rhythm: {
        Rhythm.AT_ONCE: N_("At once"),
        Rhythm.DAILY: N_("Once a day, bundled"),
        Rhythm.WEEKLY: N_("Once a week, bundled"),
        Rhythm.OFF: N_("No mail"),
    },
    Role: {
        Role.COORDINATOR: N_("Coordinator"),
        Role.POLICY_OFFICER: N_("Policy officer"),
    },
    RefusalReason: {
        RefusalReason.WRONG_ACTIVITY: N_("Not the work that is asked"),
        RefusalReason.TOO_FAR: N_("Too far"),
        RefusalReason.NO_CAPACITY: N_("Not enough capacity"),
        RefusalReason.WRONG_PERIOD: N_("Not in that period"),
        RefusalReason.MISSING_CERTIFICATE: N_("A certificate or licence is missing"),
        RefusalReason.CONDITIONS: N_("The conditions do not fit"),
        RefusalReason.KNOWN_PROBLEM: N_("A known problem between the two"),
        RefusalReason.OTHER: N_("Another reason"),
    },
    Giveaway: {
        Giveaway.NAME: N_("name"),
        Giveaway.CONTACT: N_("contact details"),
        Giveaway.AGE: N_("age"),
        Giveaway.SEX: N_("sex"),
        Giveaway.ORIGIN: N_("origin or belief"),
        Giveaway.HEALTH: N_("health"),
        Giveaway.PRIVATE: N_("private life"),
    },
}


def label_of(value: StrEnum) -> str:
    """Return the translated word for a stored code."""
    return _(LABELS[type(value)][value])


def options_of(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the codes of an enum with their translated words, for a choice."""
    return [(member.value, label_of(member)) for member in enum]
