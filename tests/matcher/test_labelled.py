import json
from pathlib import Path
from typing import Any

import pytest

from matcher.labelled import EvaluationFileError, read_labelled
from matcher.vocabulary import NeedKind, OfferKind

NEED = {
    "type": "need",
    "id": "n1",
    "kind": "service",
    "title": "Gras",
    "text": "maaien",
    "municipality": "Diest",
}
OFFER = {**NEED, "type": "offer", "id": "o1"}
JUDGMENT = {"type": "judgment", "need": "n1", "offer": "o1", "grade": 3}


def written(folder: Path, *rows: Any) -> Path:
    path = folder / "labelled.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_rows_are_read_in_order_and_judgments_by_need(tmp_path: Path) -> None:
    rows = ("\ufeff" + json.dumps(JUDGMENT), NEED, "", {**OFFER, "kind": "enclave_team"})
    found = read_labelled(written(tmp_path, *rows))
    assert [(n.id, n.kind, n.municipality) for n in found.needs] == [
        ("n1", NeedKind.SERVICE, "Diest")
    ]
    assert [(o.id, o.kind) for o in found.offers] == [("o1", OfferKind.ENCLAVE_TEAM)]
    assert found.grades == {"n1": {"o1": 3}}


def test_a_grade_of_nothing_is_no_answer(tmp_path: Path) -> None:
    found = read_labelled(written(tmp_path, NEED, OFFER, {**JUDGMENT, "grade": 0}))
    assert found.grades == {}


@pytest.mark.parametrize(
    ("rows", "line", "expected"),
    [
        ([NEED, "{"], 2, "one JSON object"),
        ([NEED, "[1]"], 2, "one JSON object"),
        (["[" * 100_000], 1, "one JSON object"),
        ([{**NEED, "type": "vraag"}], 1, '"type"'),
        ([{**NEED, "id": ""}], 1, "not empty"),
        ([{**NEED, "id": 7}], 1, 'text in "id"'),
        ([{**NEED, "title": None}], 1, 'text in "title"'),
        ([{**NEED, "municipality": 3}], 1, 'text in "municipality"'),
        ([{**NEED, "kind": "profile"}], 1, "found 'profile'"),
        ([{**OFFER, "kind": "vacancy"}], 1, "found 'vacancy'"),
        ([NEED, NEED], 2, "not used before"),
        ([NEED, {**OFFER, "id": "n1"}], 2, "not used before"),
        ([JUDGMENT, NEED], 1, "id of an offer, found 'o1'"),
        ([OFFER, JUDGMENT], 2, "id of a need, found 'n1'"),
        ([NEED, OFFER, JUDGMENT, JUDGMENT], 4, "one judgment"),
        ([NEED, OFFER, {**JUDGMENT, "grade": 4}], 3, '"grade"'),
        ([NEED, OFFER, {**JUDGMENT, "grade": True}], 3, '"grade"'),
        ([NEED, OFFER, {**JUDGMENT, "grade": 2.0}], 3, '"grade"'),
    ],
)
def test_a_wrong_line_is_named_with_what_was_expected(
    tmp_path: Path, rows: list[Any], line: int, expected: str
) -> None:
    with pytest.raises(EvaluationFileError, match=f"^line {line}: .*{expected}") as raised:
        read_labelled(written(tmp_path, *rows))
    assert raised.value.line == line


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(json.dumps(NEED).encode() + b"\n\xff\xfe")
    with pytest.raises(EvaluationFileError, match="line 2: expected UTF-8"):
        read_labelled(path)
