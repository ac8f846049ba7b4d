"""The demo files name what exists, in the words of the forms."""

from typing import Any

import pytest
from stdnum.be import vat

from matcher.vocabulary import NeedKind, OfferKind
from models.fields import Field, FieldType
from models.need_fields import NEED_FIELDS
from models.offer_fields import OFFER_FIELDS
from seed.demo.listings import NEED_FILES, OFFER_FILES
from seed.files import read_yaml

ORGANISATIONS = read_yaml("demo/organisations.yaml")["organisations"]
OFFERS = [entry for file in OFFER_FILES for entry in read_yaml(file)["offers"]]
NEEDS = [entry for file in NEED_FILES for entry in read_yaml(file)["needs"]]


def by_key(entries: list[dict[str, Any]]) -> Any:
    return pytest.mark.parametrize("entry", entries, ids=[entry["key"] for entry in entries])


def check_fields(entry: dict[str, Any], fields: tuple[Field, ...]) -> None:
    known = {field.name: field for field in fields}
    for name, value in entry.get("fields", {}).items():
        field = known[name]
        chosen = value if isinstance(value, list) else [value]
        if field.type in (FieldType.CHOICE, FieldType.CHOICES):
            assert set(chosen) <= {code for code, _ in field.options}, name
            assert isinstance(value, list) is (field.type is FieldType.CHOICES), name
        elif field.type in (FieldType.INTEGER, FieldType.DECIMAL):
            assert field.minimum <= value <= field.maximum, name
        elif field.type is FieldType.YES_NO:
            assert isinstance(value, bool), name
        else:
            assert isinstance(value, str), name


@by_key(OFFERS)
def test_an_offer_speaks_in_the_words_of_its_form(entry: dict[str, Any]) -> None:
    check_fields(entry, OFFER_FIELDS[OfferKind(entry["kind"])])


@by_key(NEEDS)
def test_a_need_speaks_in_the_words_of_its_form(entry: dict[str, Any]) -> None:
    check_fields(entry, NEED_FIELDS[NeedKind(entry["kind"])])


def test_the_organisations_have_valid_numbers_that_nobody_can_have() -> None:
    assert len(ORGANISATIONS) == 25
    numbers = [entry["kbo"] for entry in ORGANISATIONS]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert vat.is_valid(number)
        assert number.startswith("0999")


def test_every_address_is_one_that_cannot_receive_mail() -> None:
    for entry in ORGANISATIONS + read_yaml("demo/users.yaml")["users"]:
        address = entry.get("contact", entry)["email"]
        assert address.endswith(".example")


def test_the_activities_that_people_chose_exist() -> None:
    known = {entry["id"] for entry in read_yaml("activities.yaml")["activities"]}
    for entry in OFFERS + NEEDS:
        assert set(entry.get("activities", [])) <= known, entry["key"]


def test_no_two_entries_tell_the_same() -> None:
    texts = [entry["text"] for entry in OFFERS + NEEDS]
    assert len(set(texts)) == len(texts) == 100
