"""What a test database may hold from the start; a conftest or module overrides `contents`."""

from sqlalchemy import Engine

from models import migrate, session_factory


def schema(engine: Engine) -> None:
    """Make the tables, all empty."""
    migrate.upgrade(engine)


def reference(engine: Engine) -> None:
    """Add the places, activities and rules."""
    from seed.reference import load_reference

    schema(engine)
    with session_factory(engine).begin() as session:
        load_reference(session)


def demo(engine: Engine) -> None:
    """Add the demo region."""
    from seed.demo import load_demo

    reference(engine)
    with session_factory(engine).begin() as session:
        load_demo(session)


def world(engine: Engine) -> None:
    """Add people of every kind with needs and offers in every state."""
    from tests.support.world import make_world

    reference(engine)
    make_world(engine)


FILLS = {"schema": schema, "reference": reference, "demo": demo, "world": world}
