"""Tables say what the results say, and nothing else."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import ocop
from ocop.adapters.tidy_tables import Table, tables_of
from ocop.errors import ConversionError
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import programme, programmes
from ocop.scoring.council import MissedMinimum
from ocop.text import LANGUAGES, Language

SCORES = {
    name: ocop.score(ocop.load(f"docs/examples/{name}.json"))
    for name in ("tea", "tea-capped", "bottled-water-stopped", "community-tourism")
}
RECORD = ocop.load("docs/examples/tea-council.json")
COUNCIL = ocop.score_council(evolve(RECORD, members=["An", "Bình", "Chi", "Dung"]))
SHEETS = [score.sheet for score in COUNCIL.scores]


def rows_of(table: Table) -> list[dict[str, Any]]:
    assert all(len(row) == len(table.titles) for row in table.rows)
    return [dict(zip(table.titles, row, strict=True)) for row in table.rows]


def named(results: Any, lang: Language = "en") -> dict[str, list[dict[str, Any]]]:
    return {table.name: rows_of(table) for table in tables_of(results, lang)}


def test_a_score() -> None:
    tables = named(SCORES["tea-capped"])
    assert list(tables) == ["Results", "Unmet minimums", "Criteria", "Digests"]
    (row,) = tables["Results"]
    assert row == {
        "Product": "Chè xanh Đồi Sương (ví dụ)",
        "Product code": "",
        "Criteria set": "qd26-2026/tea",
        "Name of the set": "Fresh and processed tea",
        "Evaluator": "Thành viên hội đồng số 3",
        "Sheets scored": 1,
        "Total": 77,
        "Exact total": "77",
        "Part A": 34,
        "Part B": 16,
        "Part C": 27,
        "Stars by points": 4,
        "Stars": 3,
        "Outcome": "ranked",
        "Why not ranked": "",
        "Minimums that hold it back": "3.4 b (4 stars); 5.1 e (4 stars)",
        "Recognised by": "the province",
        "Spread": None,
        "Second scoring due": None,
        "Quorum met": None,
    }
    assert tables["Unmet minimums"][0] == {
        "Product": "Chè xanh Đồi Sương (ví dụ)",
        "Product code": "",
        "Criteria set": "qd26-2026/tea",
        "Criterion": "1.5",
        "Name of the criterion": "Production linkage",
        "Option": "d",
        "Name of the option": "Linkage contracts for over 75% of the volume sold, carried out steadily for 12 months "
        "or more up to registration for OCOP assessment",
        "Needed for (stars)": 5,
        "Holds it back now": "no",
    }
    assert [row["Holds it back now"] for row in tables["Unmet minimums"]].count("yes") == 2
    assert sum(row["Points"] for row in tables["Criteria"]) == 77
    assert tables["Digests"][0]["Digest of the result"] == SCORES["tea-capped"].digest


def test_a_score_without_a_star() -> None:
    (row,) = named(SCORES["bottled-water-stopped"], "vi")["Kết quả"]
    assert (row["Hạng sao"], row["Nơi công nhận"], row["Kết luận"]) == (None, None, "việc đánh giá dừng lại")
    assert row["Lý do không xếp hạng"]


def test_where_no_option_is_met_there_is_no_letter() -> None:
    sheet = SCORES["tea"].sheet.with_choices({"1.1": None})
    row = next(row for row in named(ocop.score(sheet))["Criteria"] if row["Criterion"] == "1.1")
    assert (row["Option"], row["Name of the option"], row["Points"], row["Max"]) == (None, None, 0, 3)


def test_a_council_and_its_members() -> None:
    tables = named(COUNCIL)
    assert list(tables) == ["Results", "Sheets", "Unmet minimums", "Criteria", "Digests"]
    (row,) = tables["Results"]
    assert (row["Total"], row["Exact total"], row["Part B"]) == (Fraction(236, 3), "236/3", COUNCIL.part_means["B"])
    assert (row["Evaluator"], row["Sheets scored"]) == (None, 3)
    assert (row["Spread"], row["Second scoring due"], row["Quorum met"]) == (4, "no", "yes")
    assert [(row["Evaluator"], row["Total"]) for row in tables["Sheets"]] == [("An", 77), ("Bình", 78), ("Chi", 81)]
    assert len(tables["Criteria"]) == 3 * 32


def test_a_council_that_does_not_reach_it() -> None:
    rules = ocop.CouncilRules(missed_minimum=MissedMinimum.NOT_REACHED)
    (row,) = named([ocop.score_council(SHEETS, rules)])["Results"]
    assert (row["Outcome"], row["Quorum met"]) == ("not reached", None)


def test_several_scores_of_several_sets() -> None:
    tables = named(iter(SCORES.values()), "vi")
    assert [row["Mã bộ tiêu chí"] for row in tables["Kết quả"]] == [score.criteria_set.id for score in SCORES.values()]
    assert named([])["Results"] == []


def test_a_ranking() -> None:
    ranking = ocop.rank(SCORES.values(), group="criteria-set", by=("part-C",))
    tables = named(ranking)
    assert list(tables) == ["Ranking", "Results", "Unmet minimums", "Criteria", "Digests"]
    assert [(row["Rank"], row["Group"], row["Total"], row["Part C"]) for row in tables["Ranking"]][-3:] == [
        (1, "qd26-2026/tea", 81, 28),
        (2, "qd26-2026/tea", 77, 27),
        (None, None, 59, None),
    ]
    assert tables["Ranking"][-1]["Outcome"] == "stopped"
    empty: Any = ocop.rank([])
    assert named(empty)["Ranking"] == []


def test_the_code_of_a_product() -> None:
    from ocop.model.products import ProductCode

    code = ProductCode.parse("19-05503-1-2026")
    sheet = SCORES["tea"].sheet
    coded = ocop.ScoreSheet(sheet.criteria_set, sheet.choices, product_code=code)
    assert named(ocop.score(coded))["Results"][0]["Product code"] == "19-05503-1-2026"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [each.id for each in programmes()])
def test_progress_of_every_programme(name: str, lang: Language) -> None:
    found = programme(name)
    result = found.progress(Portfolio(), found.start)
    tables = tables_of(result, lang)
    assert len(tables) == 3
    assert [row[0] for row in tables[0].rows] == [target.id for target in found.targets]
    assert all(len(row) == len(table.titles) for table in tables for row in table.rows)


def test_progress_in_numbers() -> None:
    lists = dict.fromkeys(("fairs", "sales_points", "trainings"), ())
    found = programme("huong-tra-2019-2020").progress(Portfolio(), date(2020, 6, 30))
    (row,) = named(found)["Targets"]
    assert (row["Status"], row["Value"], row["Exact value"], row["On"]) == ("unknown", None, None, "2020-06-30")
    assert row["Data that are missing"] == "the list of communes"
    assert (row["At least"], row["At most"], row["By"]) == (Fraction(1), None, "2020-12-31")
    assert lists


def test_what_shows_itself_as_tables() -> None:
    class Own:
        def tables(self, lang: Language) -> list[Table]:
            return [Table(lang, ("a",), [(1,)])]

    assert tables_of(Own(), "vi") == (Table("vi", ("a",), ((1,),)),)


@pytest.mark.parametrize("wrong", [5, "score", b"score", None, [5], [SCORES["tea"], "x"]])
def test_what_is_no_result_is_refused(wrong: Any) -> None:
    with pytest.raises(ConversionError, match="expected scores, a ranking or the progress of a programme; got"):
        tables_of(wrong, "vi")
