"""What is stored. Importing this package loads every table into `Base.metadata`."""

from models.agreement import Agreement, Answer, MatchCheck, MatchStep, RetentionCheck
from models.base import Base, now
from models.catalogue import CatalogueState
from models.conversation import Attachment, Question, Visit
from models.engine import make_engine, session_factory
from models.geography import Municipality, PlaceName, Region, RegionMunicipality, fold
from models.imports import ImportBatch
from models.learning import SynonymProposal, WeightsVersion
from models.mail import OutboxMail
from models.match import Decision, Event, Match
from models.need import Need, NeedActivity
from models.news import MailPreference, Notice, Reminder, UsedLink
from models.offer import Offer, OfferActivity, OfferMunicipality
from models.organisation import Organisation
from models.people import (
    DeclaredInterest,
    LoginAttempt,
    Membership,
    Token,
    User,
    UserRole,
    new_session_token,
)
from models.seal import Seal
from models.sighting import RetentionNotice, Sighting
from models.taxonomy import Activity, ActivitySynonym, Rule
from models.text_vector import TextVector

__all__ = [
    "Activity",
    "ActivitySynonym",
    "Agreement",
    "Answer",
    "Attachment",
    "Base",
    "CatalogueState",
    "Decision",
    "DeclaredInterest",
    "Event",
    "ImportBatch",
    "LoginAttempt",
    "MailPreference",
    "Match",
    "MatchCheck",
    "MatchStep",
    "Membership",
    "Municipality",
    "Need",
    "NeedActivity",
    "Notice",
    "Offer",
    "OfferActivity",
    "OfferMunicipality",
    "Organisation",
    "OutboxMail",
    "PlaceName",
    "Question",
    "Region",
    "RegionMunicipality",
    "Reminder",
    "RetentionCheck",
    "RetentionNotice",
    "Rule",
    "Seal",
    "Sighting",
    "SynonymProposal",
    "TextVector",
    "Token",
    "UsedLink",
    "User",
    "UserRole",
    "Visit",
    "WeightsVersion",
    "fold",
    "make_engine",
    "new_session_token",
    "now",
    "session_factory",
]
