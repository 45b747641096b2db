"""Every adapter says of a practice sheet that it is one, and says nothing of others."""

import io

import pytest
from attrs import evolve

import ocop
from ocop.adapters.csv_sheets import read_csv, write_csv
from ocop.adapters.html import html_of
from ocop.adapters.plots.words import headline
from ocop.adapters.tidy_tables import tables_of
from ocop.scoring.sheet import Purpose

REAL = ocop.load("docs/examples/tea.json")
TRIAL = evolve(REAL, purpose=Purpose.PRACTICE)


def results(sheet: ocop.ScoreSheet) -> list[object]:
    score = ocop.score(sheet)
    return [
        sheet,
        score,
        ocop.plan_upgrade(sheet, ocop.Star.FIVE),
        ocop.score_council([sheet], allow_practice=True),
        ocop.rank([score], allow_practice=True),
    ]


def test_html_says_so() -> None:
    for real, trial in zip(results(REAL), results(TRIAL), strict=True):
        assert ("PRACTICE" in html_of(trial, "en"), "PRACTICE" in html_of(real, "en")) == (True, False)
        assert "CHẤM THỬ" in html_of(trial, "vi")


def test_pictures_and_tables_say_so() -> None:
    assert headline(ocop.score(TRIAL), "en")[1].endswith("PRACTICE")
    assert "PRACTICE" not in headline(ocop.score(REAL), "en")[1]
    trial, real = (str([table.rows for table in tables_of(ocop.score(sheet), "en")]) for sheet in (TRIAL, REAL))
    assert ("(chấm thử / practice)" in trial, "practice" in real) == (True, False)


def test_csv_keeps_it() -> None:
    file = io.BytesIO()
    write_csv(file, [TRIAL, evolve(REAL, evaluator="An")])
    sheets, report = read_csv(file.getvalue())
    assert (report.ok, [sheet.purpose for sheet in sheets]) == (True, [Purpose.PRACTICE, Purpose.EVALUATION])
    file = io.BytesIO()
    write_csv(file, [REAL])
    assert b"practice" not in file.getvalue()


@pytest.mark.parametrize("word", ["trial", "Practice"])
def test_another_purpose_is_told_and_taken_for_practice(word: str) -> None:
    file = io.BytesIO()
    write_csv(file, [TRIAL])
    sheets, report = read_csv(file.getvalue().replace(b",practice\r\n", f",{word}\r\n".encode()))
    assert report.codes == ("value-not-allowed",)
    assert [sheet.purpose for sheet in sheets] == [Purpose.PRACTICE]
