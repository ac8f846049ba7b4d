from dataclasses import fields
from pathlib import Path

import numpy as np

from matcher.activity_model import ActivityModel, activity_model, fingerprint, load, save
from matcher.features import TextVector


def small() -> ActivityModel:
    """Return a model of two activities and two features."""
    return ActivityModel(
        activities=("a", "b"),
        features=np.array([3, 8], np.int32),
        weights=np.array([[32, -32], [16, 0]], np.int8),
        encoder="letters 1",
        meaning_weights=np.array([[64, 0], [0, -64]], np.int8),
        learned=frozenset({fingerprint("a", "Gras maaien")}),
    )


def test_features_add_up_and_unknown_ones_say_nothing() -> None:
    vector = TextVector(np.array([3, 5, 8, 9], np.int32), np.array([4000, 1, 4000, 7], np.float32))
    assert small().of_words(vector).tolist() == [1.5, -1.0]
    none = TextVector(np.array([1, 9], np.int32), np.array([4000, 4000], np.float32))
    assert small().of_words(none).tolist() == [0.0, 0.0]


def test_a_vector_of_meaning_is_read_along_its_directions() -> None:
    assert small().of_meaning(np.array([100, 50], np.int8)).tolist() == [0.5, -0.25]


def test_one_feature_can_be_asked_for_its_weight() -> None:
    assert [small().of_feature(feature, 0) for feature in (3, 8, 4, 99)] == [32, 16, 0, 0]


def test_a_name_is_known_in_capitals_too_and_only_for_its_activity() -> None:
    assert fingerprint("a", "GRAS maaien") in small().learned
    assert fingerprint("b", "Gras maaien") not in small().learned


def test_a_model_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    save(small(), tmp_path / "model.npz")
    read = load(tmp_path / "model.npz")
    for column in fields(ActivityModel):
        assert np.array_equal(getattr(read, column.name), getattr(small(), column.name))


def test_the_features_of_the_model_can_be_searched() -> None:
    assert (np.diff(activity_model().features) > 0).all()
