"""What the benchmarks work on: generated values, and the reference data of this version of Brug."""

from collections.abc import Iterator
from dataclasses import dataclass

from matcher import Taxonomy
from matcher.values import Need, Offer, Rule
from models import make_engine, migrate, session_factory
from seed.generate import generator_for
from seed.generator import Generator
from seed.reference import load_reference
from web.services.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Material:
    """`count` offers and the needs that are asked of them, each made when it is looked at."""

    count: int
    needs: tuple[Need, ...]
    taxonomy: Taxonomy
    rules: tuple[Rule, ...]
    generator: Generator

    def offers(self) -> Iterator[Offer]:
        """Make every offer in turn."""
        return map(self.generator.offer, range(self.count))


def make_material(offers: int, needs: int) -> Material:
    """Load the reference data into a database in memory and prepare a generator on it."""
    engine = make_engine("sqlite://")
    migrate.upgrade(engine)
    with session_factory(engine).begin() as session:
        load_reference(session)
    with session_factory(engine)() as session, Catalogue().open(session) as shelf:
        generator = generator_for(session, offers=offers, needs=needs)
        asked = tuple(map(generator.need, range(needs)))
        return Material(offers, asked, shelf.taxonomy, shelf.rules, generator)


def text_of(value: Need | Offer) -> str:
    """Return the title and the text as one."""
    return f"{value.title} {value.text}"
