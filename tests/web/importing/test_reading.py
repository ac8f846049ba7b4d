"""Files as people have them: their bytes, cells and headers."""

import io
import json
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from models import options
from web.services.importing import cells, files
from web.services.importing.columns import ListKind, read_rows
from web.services.importing.files import read_table
from web.services.importing.problems import UnreadableCellError, UnreadableFileError

CSV = "Titel;Tekst\r\nHaag scheren;Tachtig meter haag, één keer\r\n\r\nRamen;Ruiten wassen\r\n"


def as_it_is(message: str) -> str:
    return message


def xlsx(*lines: list[object]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_is_read_in_the_encodings_of_excel_with_semicolons(encoding: str):
    table = read_table("lijst.csv", CSV.encode(encoding), "need")
    assert table.headers == ("Titel", "Tekst")
    assert [row.cells["Tekst"] for row in table.rows] == [
        "Tachtig meter haag, één keer",
        "Ruiten wassen",
    ]
    assert [row.number for row in table.rows] == [2, 4]


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_other_delimiters_are_seen_too(delimiter: str):
    content = f"a{delimiter}b\n1{delimiter}2\n".encode()
    assert read_table("x.csv", content, "need").rows[0].cells == {"a": "1", "b": "2"}


def test_an_xlsx_gives_the_text_that_people_see():
    content = xlsx(
        ["naam", "dag", "aantal", "prijs", "ok"], ["x", date(2026, 11, 3), 12.0, 7.5, True]
    )
    row = read_table("lijst.xlsx", content, "need").rows[0]
    assert row.cells == {
        "naam": "x",
        "dag": "2026-11-03",
        "aantal": "12",
        "prijs": "7,5",
        "ok": "ja",
    }


def test_json_lines_of_another_type_are_left_out():
    lines = [{"type": "need", "title": "a"}, {"type": "offer", "title": "b"}, {"title": "c"}]
    content = "\n".join(map(json.dumps, lines)).encode()
    assert [row.cells["title"] for row in read_table("x.jsonl", content, "need").rows] == ["a", "c"]


def zip_bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * (files.LARGEST_UNFOLDED + 1))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("lijst.csv", b"", "empty"),
        ("lijst.csv", b"  \n ", "empty"),
        ("lijst.csv", xlsx(["a"], ["b"]), "no csv file"),
        ("lijst.csv", b"a;b\x00\n1;2", "no csv file"),
        ("lijst.xlsx", CSV.encode(), "no xlsx file"),
        ("lijst.xlsx", b"PK\x03\x04broken", "no xlsx file"),
        ("lijst.xlsx", zip_bomb(), "unfolds"),
        ("lijst.pdf", b"%PDF-1.7", "end in .csv"),
        ("lijst.csv", b"a;b\n", "no rows"),
        ("lijst.csv", b"a;a\n1;2", "twice"),
        ("lijst.csv", b"a\n" + b"1\n" * (files.MOST_ROWS + 1), "more than"),
        ("lijst.csv", b"x" * (files.LARGEST_FILE + 1), "larger than"),
        ("lijst.jsonl", b"[1, 2]", "no JSON object"),
        ("lijst.jsonl", b'{"a": {"b": 1}}', "object in an object"),
        ("lijst.jsonl", b'{"a": "\xff"}', "UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_useless_file_is_refused_with_the_reason(name: str, content: bytes, says: str):
    with pytest.raises(UnreadableFileError, match=says):
        read_table(name, content, "need")


@pytest.mark.parametrize("text", ["2026-11-03", "3/11/2026", "03-11-2026", " 3.11.2026 "])
def test_days_are_read_as_people_write_them(text: str):
    assert cells.read_day(text) == date(2026, 11, 3)


@pytest.mark.parametrize(("text", "number"), [("7,5", 7.5), ("1.250", 1250), ("", None)])
def test_numbers_are_read_the_flemish_way(text: str, number: float | None):
    assert cells.read_number(text, 0, 10_000, whole=False) == number


@pytest.mark.parametrize("text", ["-1", "10001", "veel", "1e3", "NaN", "½", "∞"])
def test_impossible_numbers_are_refused(text: str):
    with pytest.raises(UnreadableCellError):
        cells.read_number(text, 0, 10_000, whole=False)


def test_choices_are_read_by_code_or_by_word():
    words = {"Two shifts": "Twee ploegen", "Nights": "Nachtwerk, altijd"}
    found = cells.read_choices(
        options.SCHEDULES, "twee PLOEGEN; night; day", lambda m: words.get(m, m)
    )
    assert found == ["two_shifts", "night", "day"]
    with pytest.raises(UnreadableCellError) as caught:
        cells.read_choices(options.SCHEDULES, "soms", as_it_is)
    assert caught.value.values["text"] == "soms"


@pytest.mark.parametrize(
    ("text", "answer"), [("Ja", True), ("neen", False), ("", None), ("x", True)]
)
def test_yes_and_no_have_many_words(text: str, answer: bool | None):
    assert cells.read_yes_no(text) is answer


def test_all_problems_of_all_rows_are_told_at_once():
    lines = "kind;title;text;start;people_min\nservice;;t;gisteren;0\ngift;a;b;;\n"
    rows, problems = read_rows(read_table("x.csv", lines.encode(), "need"), ListKind.NEED, as_it_is)
    assert [(p.row, p.column) for p in problems] == [
        (2, "title"),
        (2, "start"),
        (2, "people_min"),
        (3, "kind"),
    ]
    assert len(rows) == 2


def test_a_column_that_brug_does_not_know_is_refused():
    table = read_table("x.csv", b"kind;title;text;kleur\nservice;a;b;rood\n", "need")
    with pytest.raises(UnreadableFileError) as caught:
        read_rows(table, ListKind.NEED, as_it_is)
    assert caught.value.values == {"name": "kleur"}


def test_a_required_column_may_not_be_left_out():
    table = read_table("x.csv", b"kind;title\nservice;a\n", "need")
    with pytest.raises(UnreadableFileError) as caught:
        read_rows(table, ListKind.NEED, as_it_is)
    assert caught.value.values == {"name": "Text"}
