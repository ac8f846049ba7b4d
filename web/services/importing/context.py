"""What the rows of a list refer to: organisations, contacts, places and activities."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Activity, ActivitySynonym, Membership, Organisation, User
from models.geography import fold
from models.marker import N_
from models.states import ActivityOrigin
from web.services.actor import Actor
from web.services.importing.problems import UnreadableCellError
from web.services.kbo import KboError, read_kbo
from web.services.places import FoundPlace, resolve_place


@dataclass(slots=True)
class Context:
    """Looks things up once for a whole list.

    everywhere: True for an operator on the command line; a coordinator imports for organisations
    of his own regions. default_kbo: the organisation of rows that name none.
    """

    session: Session
    actor: Actor
    everywhere: bool = False
    default_kbo: str = ""
    _places: dict[str, FoundPlace | None] = field(default_factory=dict)
    _organisations: dict[str, Organisation] = field(default_factory=dict)
    _activities: dict[str, str] = field(default_factory=dict)
    _contacts: dict[tuple[int, str], User] = field(default_factory=dict)

    def kbo(self, text: str) -> str:
        """Return the ten digits of an enterprise number."""
        try:
            return read_kbo(text)
        except KboError as error:
            raise UnreadableCellError(error.message, **error.values) from error

    def place(self, text: str) -> FoundPlace:
        """Return the place that a cell names."""
        if text not in self._places:
            self._places[text] = resolve_place(self.session, text)
        found = self._places[text]
        if found is None:
            message = N_("expected one known municipality, such as 3460 Bekkevoort")
            raise UnreadableCellError(message)
        return found

    def organisation(self, text: str) -> Organisation:
        """Return the organisation that a row is for."""
        wanted = text or self.default_kbo
        if not wanted:
            raise UnreadableCellError(N_("expected the enterprise number of the organisation"))
        number = self.kbo(wanted)
        if number not in self._organisations:
            found = self.session.scalar(select(Organisation).where(Organisation.kbo == number))
            if found is None:
                raise UnreadableCellError(N_("expected an organisation that Brug knows already"))
            self._organisations[number] = found
        organisation = self._organisations[number]
        if not self._mine(organisation.region_id):
            raise UnreadableCellError(N_("expected an organisation of your own region"))
        return organisation

    def _mine(self, region_id: int | None) -> bool:
        return self.everywhere or region_id in self.actor.coordinator_regions

    def check_region(self, region_id: int | None) -> None:
        """Refuse a place outside the regions of a coordinator."""
        if not self._mine(region_id):
            raise UnreadableCellError(N_("expected a municipality of your own region"))

    def contact(self, organisation: Organisation, email: str) -> User:
        """Return the member with an address, or the first member of the organisation."""
        key = (organisation.id, email.strip().lower())
        if key not in self._contacts:
            self._contacts[key] = self._member(*key)
        return self._contacts[key]

    def _member(self, organisation_id: int, email: str) -> User:
        members = (
            select(User)
            .join(Membership)
            .where(Membership.organisation_id == organisation_id)
            .order_by(Membership.id)
        )
        if email:
            members = members.where(User.email == email)
        found = self.session.scalars(members.limit(1)).first()
        if found is None:
            message = N_("expected a member of the organisation as contact")
            raise UnreadableCellError(message)
        return found

    def activities(self, parts: list[str]) -> dict[str, ActivityOrigin]:
        """Return the activities of a cell, given by id, label or synonym."""
        if not self._activities:
            for text, activity_id in self.session.execute(
                select(ActivitySynonym.text, ActivitySynonym.activity_id)
            ):
                self._activities[fold(text)] = activity_id
            for activity in self.session.scalars(select(Activity)):
                self._activities[fold(activity.label)] = activity.id
                self._activities[fold(activity.id)] = activity.id
        found: dict[str, ActivityOrigin] = {}
        for part in parts:
            if fold(part) not in self._activities:
                raise UnreadableCellError(N_("“%(text)s” is no known activity"), text=part)
            found[self._activities[fold(part)]] = ActivityOrigin.CHOSEN
        return found
