"""The states that stored things go through, kept by value."""

from enum import StrEnum


class Role(StrEnum):
    """What a user may do beyond his own organisations."""

    COORDINATOR = "coordinator"
    POLICY_OFFICER = "policy_officer"


class OrganisationStatus(StrEnum):
    """Whether a coordinator has let a supplier in; buyers are approved at once."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"


class NeedStatus(StrEnum):
    """Life of a need."""

    DRAFT = "draft"
    PUBLISHED = "published"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class OfferStatus(StrEnum):
    """Life of an offer."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"


class MatchStatus(StrEnum):
    """Life of a match; `models.match_life` says which may follow which."""

    SUGGESTED = "suggested"
    APPROVED = "approved"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"
    INTRODUCED = "introduced"
    AGREED = "agreed"
    FELL_THROUGH = "fell_through"
    RUNNING = "running"
    DONE = "done"


class Side(StrEnum):
    """For whom somebody answers or takes a step: one of the two sides, or the coordinator."""

    NEED = "need"
    OFFER = "offer"
    COORDINATOR = "coordinator"


class AnswerKind(StrEnum):
    """What a side says to an approved match, or that its no does not count any more."""

    YES = "yes"
    NO = "no"
    TAKEN_BACK = "taken_back"


class FallReason(StrEnum):
    """Why a side said no, or why it came to nothing later; `other` asks for words."""

    NO_CAPACITY = "no_capacity"
    WRONG_PERIOD = "wrong_period"
    WRONG_WORK = "wrong_work"
    CONDITIONS = "conditions"
    PRICE = "price"
    TOO_FAR = "too_far"
    FOUND_OTHER = "found_other"
    NOT_NEEDED = "not_needed"
    NO_REPLY = "no_reply"
    OTHER = "other"


class HoursPer(StrEnum):
    """What a number of hours counts."""

    WEEK = "week"
    TOTAL = "total"


class CheckItem(StrEnum):
    """What must be in order before an enclave starts."""

    AGREEMENT = "agreement"
    NOTICE = "notice"
    SUPERVISOR = "supervisor"
    NO_AUTHORITY = "no_authority"
    SAFETY = "safety"


class StillThere(StrEnum):
    """Whether somebody who was hired still works there."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class MatchOrigin(StrEnum):
    """Who put the pair together."""

    ENGINE = "engine"
    MANUAL = "manual"


class RefusalReason(StrEnum):
    """Why a coordinator refused a match; `other` asks for words."""

    WRONG_ACTIVITY = "wrong_activity"
    TOO_FAR = "too_far"
    NO_CAPACITY = "no_capacity"
    WRONG_PERIOD = "wrong_period"
    MISSING_CERTIFICATE = "missing_certificate"
    CONDITIONS = "conditions"
    KNOWN_PROBLEM = "known_problem"
    OTHER = "other"


class Visibility(StrEnum):
    """Who may see a published need."""

    REGION = "region"
    NETWORK = "network"


class Recurrence(StrEnum):
    """How often the work comes back."""

    ONCE = "once"
    SEASONAL = "seasonal"
    ONGOING = "ongoing"


class Urgency(StrEnum):
    """How soon an answer is wanted."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class ActivityOrigin(StrEnum):
    """Who tied an activity to a text; a rejected one is kept so that it is not guessed again."""

    RECOGNISED = "recognised"
    CHOSEN = "chosen"
    REJECTED = "rejected"


class TokenPurpose(StrEnum):
    """What a mailed link is for."""

    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a name, not a secret
    INVITE = "invite"


class TrialKind(StrEnum):
    """What learning changed: every weight, or scale and base alone."""

    REWEIGHTED = "reweighted"
    RESCALED = "rescaled"


class ProposalStatus(StrEnum):
    """Life of a word proposed for an activity."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class MailState(StrEnum):
    """Life of a mail in the outbox; `dead` ones leave only when somebody says so."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    DEAD = "dead"


class NewsTopic(StrEnum):
    """What a piece of news is about; each has its own rhythm of mail."""

    MATCHES = "matches"
    REMINDERS = "reminders"
    ORGANISATION = "organisation"
    REGION = "region"


class Rhythm(StrEnum):
    """How often somebody wants mail about a topic."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


class Delay(StrEnum):
    """After how many days Brug does something; the settings of a region by these names."""

    ASK_OFFER = "ask_offer_days"
    PAUSE_OFFER = "pause_offer_days"
    REMIND_SIDE = "remind_side_days"
    TELL_SILENT = "tell_silent_days"
    ASK_OUTCOME = "ask_outcome_days"
