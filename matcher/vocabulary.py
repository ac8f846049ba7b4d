"""The fixed words of Brug: kinds, organisation types and work forms, stored everywhere by value."""

from enum import StrEnum


class NeedKind(StrEnum):
    """What somebody asks for."""

    ENCLAVE = "enclave"
    SERVICE = "service"
    VACANCY = "vacancy"
    PLACEMENT = "placement"


class OfferKind(StrEnum):
    """What a social-economy organisation, or a host of a workplace, can do."""

    ENCLAVE_TEAM = "enclave_team"
    SERVICE = "service"
    PROFILE = "profile"
    WORKPLACE = "workplace"


#: Offer kinds that may answer a need kind, the natural answer first; a later one ranks lower.
ANSWERS: dict[NeedKind, tuple[OfferKind, ...]] = {
    NeedKind.ENCLAVE: (OfferKind.ENCLAVE_TEAM, OfferKind.SERVICE),
    NeedKind.SERVICE: (OfferKind.SERVICE, OfferKind.ENCLAVE_TEAM),
    NeedKind.VACANCY: (OfferKind.PROFILE,),
    NeedKind.PLACEMENT: (OfferKind.WORKPLACE,),
}


class OrganisationType(StrEnum):
    """Legal or practical type of an organisation; decides what it may ask and supply."""

    COMPANY = "company"
    MUNICIPALITY = "municipality"
    OCMW = "ocmw"
    AGB = "agb"
    IGS = "igs"
    SCHOOL = "school"
    HOUSING_COMPANY = "housing_company"
    VZW = "vzw"
    SOCIAL_ECONOMY = "social_economy"


class WorkForm(StrEnum):
    """Form under which a social-economy organisation works (domain notes, section 1)."""

    MAATWERKBEDRIJF = "maatwerkbedrijf"
    LOCAL_SERVICE = "lokale_dienst"
    OCMW_SERVICE = "ocmw_dienst"
    WIJK_WERKEN = "wijk_werken"
    GOB = "gob"
    AMA = "ama"
    NONE = "geen"


class WorkSite(StrEnum):
    """Where the work is done."""

    ON_SITE = "on_site"
    WORKSHOP = "workshop"
    EITHER = "either"


class Phase(StrEnum):
    """Step of an Art. 60 §7 / TWE track: first in the social economy, then elsewhere."""

    FIRST = "first"
    SECOND = "second"


class Certainty(StrEnum):
    """How sure a rule is; only a certain rule may block."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNCERTAIN = "uncertain"
