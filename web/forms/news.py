"""How often somebody wants mail."""

from wtforms import SelectField

from models.states import NewsTopic, Rhythm
from web.forms.base import BrugForm
from web.labels import label_of, options_of


class PreferencesForm(BrugForm):
    """A choice for each topic; a field is named after its topic."""

    matches = SelectField()
    reminders = SelectField()
    organisation = SelectField()
    region = SelectField()

    def show(self, topics: list[NewsTopic]) -> None:
        """Offer these topics; must come before the form is checked."""
        for topic in NewsTopic:
            if topic not in topics:
                del self[topic.value]
                continue
            field = self[topic.value]
            field.label.text = label_of(topic)
            field.choices = options_of(Rhythm)

    @property
    def wanted(self) -> dict[NewsTopic, Rhythm]:
        """Return what was chosen."""
        shown = [topic for topic in NewsTopic if topic.value in self]
        return {topic: Rhythm(self[topic.value].data) for topic in shown}
