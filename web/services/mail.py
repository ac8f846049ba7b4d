"""Mail: written to the outbox in the transaction of its cause, sent afterwards."""

from sqlalchemy.orm import Session

from models import OutboxMail


def post(
    session: Session, recipient: str, subject: str, body: str, *, user_id: int | None = None
) -> None:
    """Put one mail in the outbox."""
    session.add(OutboxMail(recipient=recipient, subject=subject, body=body, user_id=user_id))
