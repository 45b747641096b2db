import io
import json
from pathlib import Path

import pytest
from attrs import evolve

import ocop
from command_line import (
    BASKET,
    CAPPED,
    COUNCIL,
    CRAFT,
    EXAMPLES,
    PORTFOLIO,
    STOPPED,
    TEA,
    english,
    flat,
    process,
    run,
    sheet,
)
from ocop.adapters.csv_sheets import write_csv

PRACTICE = str(EXAMPLES / "huong-tra-practice.json")


def forms(path: Path, *members: str, **changes: object) -> str:
    """Write a CSV file with the example's sheet of each member, and return its name."""
    tea = evolve(ocop.load(TEA), **changes)
    write_csv(path, [evolve(tea, evaluator=name) for name in members])
    return str(path)


def test_the_capped_example_explains_itself() -> None:
    result = run("score", CAPPED)
    assert result.exit_code == 0
    assert "Kết quả: 3 sao ★★★" in result.output
    assert "Chưa được 4 sao vì:" in result.output
    assert "Result: 3 stars ★★★" in english("score", CAPPED).output


def test_several_files_are_scored_in_turn_and_one_bad_one_gives_exit_1(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"kind": "score-sheet"}', "utf-8")
    result = english("score", TEA, str(bad))
    assert result.exit_code == 1
    assert "Result: 4 stars" in result.output
    assert "bad.json: 3 problems" in flat(result)


def test_json_for_programs(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.json")
    result = run("score", TEA, missing, "--json")
    assert result.exit_code == 1
    first, second = json.loads(result.output)
    assert first["file"] == TEA
    assert ocop.loads(json.dumps(first["score"])) == ocop.score(ocop.load(TEA))
    assert second["report"]["problems"][0]["code"] == "file-not-found"
    (report,) = json.loads(run("validate", TEA, "--json").output)
    assert ocop.loads(json.dumps(report["report"])).ok


def test_a_score_document_is_explained_too(tmp_path: Path) -> None:
    path = tmp_path / "score.json"
    path.write_text(ocop.dumps(ocop.score(ocop.load(TEA))), "utf-8")
    assert "Kết quả: 4 sao" in run("score", str(path)).output


def test_a_council_is_scored() -> None:
    assert "Điểm trung bình: 78 2/3 trên 100." in run("score", COUNCIL).output
    (result,) = json.loads(run("score", COUNCIL, "--json").output)
    assert result["council"] == ocop.score_council(ocop.load(COUNCIL)).to_json()


def test_a_document_that_is_no_sheet_is_not_scored(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(ocop.dumps(ocop.criteria_set("qd26-2026/tea")), "utf-8")
    result = english("score", str(path))
    assert result.exit_code == 1
    assert "kind-not-scored" in result.output
    assert run("validate", str(path)).exit_code == 0


def test_notes_on_a_document_that_is_not_scored_are_left_to_validate() -> None:
    assert "[subject-twice]" in english("validate", PORTFOLIO).output
    result = english("score", PORTFOLIO)
    assert (result.exit_code, result.output.count("[")) == (1, 1)


def test_validate_says_when_all_is_well() -> None:
    result = english("validate", TEA)
    assert (result.exit_code, result.output) == (0, "docs/examples/tea.json: no problems\n")


def test_standard_input_is_read_for_a_dash() -> None:
    data = Path(TEA).read_bytes()
    done = process("score", "-", "--lang", "en", stdin=data)
    assert done.returncode == 0
    assert "Result: 4 stars" in done.stdout.decode("utf-8")
    result = run("validate", "-", stdin=b"")
    assert (result.exit_code, "[json-empty]" in result.output) == (1, True)


class TestForms:
    def test_each_form_of_a_file_is_scored(self, tmp_path: Path) -> None:
        file = forms(tmp_path / "tea.CSV", "An", "Bình")
        result = english("score", file)
        assert result.exit_code == 0
        assert result.output.count("Result: 4 stars") == 2
        assert [each["score"]["sheet"]["evaluator"] for each in json.loads(run("score", file, "--json").output)] == [
            "An",
            "Bình",
        ]
        assert flat(english("validate", file)) == f"{file}: no problems"

    def test_a_workbook_is_read(self, tmp_path: Path) -> None:
        from workbooks import answer, edited, form

        choices = ocop.load(TEA).choices
        path = tmp_path / "tea.xlsx"
        path.write_bytes(edited(form(("An", "Bình")), answer(choices)))
        result = english("score", str(path))
        assert result.exit_code == 0
        assert "Result: 4 stars" in result.output
        # Bình has not begun, which is no problem, and not kept back.
        assert "tea.xlsx: no problems, 1 note" in flat(result)
        found = json.loads(run("score", str(path), "--json").output)
        assert [[*each] for each in found] == [["file", "report"], ["file", "score"]]

    def test_what_is_wrong_in_one_is_told(self, tmp_path: Path) -> None:
        file = forms(tmp_path / "tea.csv", "An", choices={**ocop.load(TEA).choices, "1.1": "z"})
        for command in ("score", "validate", "plan", "rank"):
            result = english(command, file)
            assert result.exit_code == 1
            assert "/7/An: Criterion 1.1 has no such option." in flat(result)

    def test_without_the_extra_one_sentence_names_it(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        import sys

        path = tmp_path / "tea.xlsx"
        path.write_bytes(b"PK")
        monkeypatch.setitem(sys.modules, "python_calamine", None)
        result = run("score", str(path))
        assert (result.exit_code, result.output) == (1, "this needs the extra 'excel': pip install 'ocop[excel]'\n")


@pytest.mark.parametrize("name", ["tea.xls", "tea.XLSB", "tea.xlsm", "tea.ods"])
def test_another_kind_of_workbook_is_told_as_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    for words in (("score",), ("validate",), ("plan",), ("rank",), ("excel", "read", "-o", str(tmp_path / "sheets"))):
        result = english(*words, str(path))
        assert (result.exit_code, "[workbook-old-format]" in result.output) == (1, True)


class TestCouncil:
    def test_the_forms_of_a_file_are_one_council(self, tmp_path: Path) -> None:
        file = forms(tmp_path / "tea.csv", "An", "Bình")
        result = english("score", "--council", file)
        assert result.exit_code == 0
        assert "Council: 2 members scored." in result.output
        (found,) = json.loads(run("score", "--council", file, "--json").output)
        assert (found["file"], found["council"]["mean"]) == (file, "81")

    def test_so_are_all_bare_sheets_and_each_other_document_stands_for_itself(self, tmp_path: Path) -> None:
        first = sheet(tmp_path / "1.json", CAPPED, evaluator="An")
        second = sheet(tmp_path / "2.json", CAPPED, evaluator="Bình")
        csv = forms(tmp_path / "tea.csv", "Chi")
        found = json.loads(run("score", "--council", COUNCIL, first, csv, second, "--json").output)
        assert [each.get("file") or each["files"] for each in found] == [COUNCIL, [first, second], csv]
        assert [each["council"]["mean"] for each in found] == ["236/3", "77", "81"]

    def test_without_the_sheet_of_a_member_there_is_no_mean(self, tmp_path: Path) -> None:
        first = sheet(tmp_path / "1.json", evaluator="An")
        result = english("score", "--council", first, str(tmp_path / "none.json"))
        assert result.exit_code == 1
        assert "Result" not in result.output
        csv = forms(tmp_path / "tea.csv", "Chi", choices={})
        result = english("score", "--council", first, csv)
        assert (result.exit_code, result.output.count("Council: 1 member")) == (1, 1)

    def test_sheets_that_do_not_belong_together_are_refused(self, tmp_path: Path) -> None:
        result = english("score", "--council", TEA, STOPPED)
        assert result.exit_code == 1
        assert f"{TEA}, {STOPPED}: 3 problems" in flat(result)
        assert "[council-criteria-set]" in result.output

    def test_the_sheet_with_the_problem_is_named_as_its_readers_know_it(self, tmp_path: Path) -> None:
        result = flat(english("score", "--council", TEA, STOPPED))
        assert "/bottled-water-stopped.json/product: " in result
        assert "/sheets/" not in result
        nobody = forms(tmp_path / "nobody.csv", "An", "", "Bình")
        assert "/sheets/1/evaluator: " in flat(english("score", "--council", nobody))
        twice = forms(tmp_path / "twice.csv", "An", "Bình/1", "Bình/1")
        assert "/Bình~11/evaluator: " in flat(english("score", "--council", twice))
        record = tmp_path / "record.json"
        record.write_text(ocop.dumps(ocop.CouncilRecord([ocop.load(TEA), ocop.load(STOPPED)])), "utf-8")
        assert "/sheets/1/product: " in flat(english("score", str(record)))

    def test_practice_sheets_are_taken_where_that_is_allowed(self, tmp_path: Path) -> None:
        result = english("score", "--council", PRACTICE)
        assert (result.exit_code, "[council-practice]" in result.output) == (1, True)
        assert english("score", "--council", PRACTICE, "--allow-practice").exit_code == 0
        record = tmp_path / "record.json"
        record.write_text(ocop.dumps(ocop.CouncilRecord([ocop.load(PRACTICE)])), "utf-8")
        assert english("score", str(record)).exit_code == 1
        assert english("score", str(record), "--allow-practice").exit_code == 0


def test_a_folder_of_editions_is_read_once_for_all_files() -> None:
    result = english("score", BASKET, "--council", *CRAFT)
    assert (result.exit_code, "Silver" in result.output) == (0, True)


def test_standard_input_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    from ocop.cli.reading import checked

    class Stdin:
        buffer = io.BytesIO(b"{}")

    monkeypatch.setattr("sys.stdin", Stdin)
    report, data = checked("-", "en", ocop.PACKAGED)
    assert (report.subject, report.codes, data) == ("-", ("kind-missing",), b"{}")
