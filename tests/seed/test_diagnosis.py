import re
from pathlib import Path

from click.testing import CliRunner

from matcher.labelled import Labelled, LabelledNeed, LabelledOffer
from matcher.vocabulary import NeedKind, OfferKind
from seed.diagnosis import worst_needs
from seed.diagnosis_cli import diagnose
from seed.files import DATA


def labelled() -> Labelled:
    """Return two needs that each look for one of two offers."""
    needs = [LabelledNeed(n, NeedKind.SERVICE, f"need {n}", "", "") for n in ("n1", "n2", "n3")]
    offers = [LabelledOffer(o, OfferKind.SERVICE, f"offer {o}", "", "") for o in ("o1", "o2")]
    return Labelled(tuple(needs), tuple(offers), {"n1": {"o1": 3}, "n2": {"o1": 3}})


def test_the_need_whose_offers_are_in_the_poorest_order_comes_first() -> None:
    rankings = {
        "n1": [("o1", 1.0), ("o2", 0.5)],
        "n2": [("o2", 1.0), ("o1", 0.5)],
        "n3": [("o2", 1.0)],
    }
    found = worst_needs(labelled(), rankings, 5)
    assert [(need.need_id, need.first, need.best) for need in found] == [
        ("n2", "offer o2", "offer o1"),
        ("n1", "offer o1", "offer o1"),
    ]
    assert found[0].ndcg < found[1].ndcg == 1
    assert worst_needs(labelled(), rankings, 1) == found[:1]


def test_leaving_out_what_matters_shows() -> None:

    told = CliRunner().invoke(
        diagnose, [str(DATA / "labelled" / "dev.jsonl"), "--encoder", "none", "--worst", "2"]
    )
    assert told.exit_code == 0, told.output
    shown = dict(re.findall(r"^(\S.*?) {2,}(0\.\d+) {2,}0\.\d+$", told.output, re.MULTILINE))
    assert float(shown["profiles of activities"]) < float(shown["(nothing)"])
    assert len(re.findall(r"^0\.\d\d  ", told.output, re.MULTILINE)) == 2


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    told = CliRunner().invoke(diagnose, [str(tmp_path / "none.jsonl")])
    assert told.exit_code == 1
    assert told.output.count("\n") == 1
