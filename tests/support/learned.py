"""Something learned, for the pages that show it."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.weights import DEFAULT_WEIGHTS, Turn
from models import Need, SynonymProposal, WeightsVersion
from models.states import TrialKind
from web.services.catalogue import Catalogue


def learn_something(session: Session, _catalogue: Catalogue) -> None:
    """Store weights that were learned and do not count, and a word that was taught."""
    turn = Turn(0.4, {"distance.outside": 2.0, "kind.second": 0.5})
    weights = asdict(DEFAULT_WEIGHTS.turned(turn, ""))
    measured = {"log_loss": 0.5, "ndcg": 0.9, "right": 15}
    chances = {"chance_approved": 0.7, "chance_refused": 0.3}
    figures = {"seen": 60, "held_out": 20, "ordered": 4, "better": 3, "worse": 1, "left_out": 0}
    session.add(
        WeightsVersion(
            prior=DEFAULT_WEIGHTS.version,
            kind=TrialKind.REWEIGHTED,
            shift=turn.shift,
            factors=dict(turn.factors),
            weights={name: value for name, value in weights.items() if name != "version"},
            decisions=80,
            approvals=50,
            figures={**figures, "live": measured | chances, "tried": measured | chances},
            won=True,
        )
    )
    needs = session.scalars(select(Need.id).where(Need.external_id == "world:open")).all()
    session.add(
        SynonymProposal(activity_id="gras-maaien", word="pelouze", needs=2, examples=list(needs))
    )
