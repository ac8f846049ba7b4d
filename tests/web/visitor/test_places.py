"""The places that complete a field."""

import pytest
from flask.testing import FlaskClient


def labels(client: FlaskClient, typed: str) -> list[str]:
    answer = client.get("/plaatsen.json", query_string={"q": typed})
    assert answer.status_code == 200
    return [item["label"] for item in answer.json["items"]]  # type: ignore[index]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("3460", "3460 Bekkevoort"),
        ("bekke", "3460 Bekkevoort"),
        ("3460 bek", "3460 Bekkevoort"),
        ("assent", "3460 Assent (Bekkevoort)"),
        ("scherpenheuvel z", "3270 Scherpenheuvel-Zichem"),
        ("Galmaarden", "1570 Galmaarden (Pajottegem)"),
    ],
)
def test_places_are_completed_from_any_of_their_names(
    client: FlaskClient, typed: str, first: str
) -> None:
    assert labels(client, typed)[0] == first


@pytest.mark.parametrize("typed", ["", "  ", "%", "xyzzy", "\x00", "a" * 5000])
def test_what_names_no_place_completes_to_nothing(client: FlaskClient, typed: str) -> None:
    assert labels(client, typed) == []


def test_the_list_is_short_and_may_be_kept_for_a_while(client: FlaskClient) -> None:
    answer = client.get("/plaatsen.json?q=s")
    assert len(answer.json["items"]) == 8  # type: ignore[index]
    assert answer.cache_control.public
    assert answer.cache_control.max_age == 600
