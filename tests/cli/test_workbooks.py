import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import ocop
from command_line import CAPPED, COUNCIL, CRAFT, EVIL, PORTFOLIO, STOPPED, TEA, english, flat, run
from ocop.adapters.csv_sheets import write_csv
from ocop.adapters.excel import read_score_sheets, write_results
from ocop.programme.programmes import programme
from workbooks import answer, edited, form, openpyxl

CHOICES = ocop.load(TEA).choices
BINH_DUONG = "binh-duong-2021-2025"


def filled(path: Path, *members: str, **changes: Any) -> str:
    """Write a form that every member filled in, with some answers changed, and return its name."""
    edits = [answer({**CHOICES, **changes}, place) for place in range(len(members))]
    path.write_bytes(edited(form(members), *edits))
    return str(path)


def tables(path: Path | str) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    return {each.title: [*each.iter_rows(values_only=True)] for each in book.worksheets}


class TestForm:
    def test_it_is_that_of_the_library(self, tmp_path: Path) -> None:
        path = tmp_path / "tea.xlsx"
        words = ("--member", "An", "--member", "Bình", "--product", "Chè", "--product-code", "19-05818-3-2026")
        result = english("excel", "form", "qd26-2026/tea", *words, "-o", str(path))
        assert (result.exit_code, result.output) == (0, "")
        code = ocop.model.products.ProductCode.parse("19-05818-3-2026")
        expected = form(("An", "Bình"), product="Chè", product_code=code, lang="en")
        assert path.read_bytes() == expected
        again = run("excel", "form", "qd26-2026/tea", "-o", str(path))
        assert (again.exit_code, "write over with --force" in flat(again)) == (2, True)
        assert path.read_bytes() == expected
        assert run("excel", "form", "qd26-2026/tea", "--force", "-o", str(path)).exit_code == 0
        assert path.read_bytes() == form(())

    def test_it_may_go_to_standard_output(self) -> None:
        assert run("excel", "form", "qd26-2026/tea", "-o", "-").stdout_bytes == form(())

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (("qd26-2026/tee",), "did you mean 'qd26-2026/tea'?"),
            (("qd26-2026/tea", "--member", "An", "--member", "An"), 'members names "An" twice'),
            (("qd26-2026/tea", "--product-code", "x"), "Invalid value for '--product-code'"),
        ],
    )
    def test_a_wrong_call_is_told(self, words: tuple[str, ...], message: str, tmp_path: Path) -> None:
        result = run("excel", "form", *words, "-o", str(tmp_path / "x.xlsx"))
        assert result.exit_code == 2
        assert message in flat(result)
        assert not [*tmp_path.iterdir()]

    def test_the_edition_it_is_made_from_is_not_written_over(self, tmp_path: Path) -> None:
        folder = tmp_path / "craft"
        shutil.copytree(CRAFT[1], folder)
        before = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
        sheet = str(folder / "sheet.json")
        for name in ("edition.json", "sets/basketry.json", "labels/vi.json"):
            over = (str(folder / name), "--edition-folder", str(folder))
            for words in (("excel", "form", "craft-award/basketry"), ("excel", "results", TEA), ("report", TEA)):
                result = run(*words, "-o", *over)
                assert (result.exit_code, f"{name} is read as well" in flat(result)) == (2, True)
        assert {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()} == before
        new = str(folder / "new.html")
        assert run("report", sheet, "--edition-folder", str(folder), "-o", new).exit_code == 0

    def test_a_file_that_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        folder = tmp_path / "folder.xlsx"
        folder.mkdir()
        for name in (tmp_path / "no" / "x.xlsx", folder):
            result = run("excel", "form", "qd26-2026/tea", "-o", str(name))
            assert result.exit_code == 1
            assert f"Error: the file {name} cannot be written: " in flat(result)

    def test_without_the_extra_one_sentence_names_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        for words in (("form", "qd26-2026/tea"), ("results", TEA)):
            result = run("excel", *words, "-o", str(tmp_path / "x.xlsx"))
            assert (result.exit_code, result.output) == (1, "this needs the extra 'excel': pip install 'ocop[excel]'\n")


class TestRead:
    def test_a_sheet_is_written_for_each_member(self, tmp_path: Path) -> None:
        file, folder = filled(tmp_path / "tea.xlsx", "Nguyễn Văn An", "../Bình"), tmp_path / "sheets"
        result = english("excel", "read", file, "-o", str(folder))
        assert result.exit_code == 0
        names = [folder / "sheet-1-Nguyễn-Văn-An.json", folder / "sheet-2-Bình.json"]
        assert sorted(folder.iterdir()) == names
        assert tuple(map(ocop.load, names)) == read_score_sheets(Path(file).read_bytes()).sheets
        assert flat(result) == f"{file}: no problems Wrote {names[0]} Wrote {names[1]}"

    def test_names_are_safe_and_distinct(self, tmp_path: Path) -> None:
        csv, folder = tmp_path / "tea.csv", tmp_path / "sheets"
        members = ("", "AN", "an", "../../etc", "x" * 300, "\u202e\x1b/\\:*?", "con")
        write_csv(csv, [evolve(ocop.load(TEA), evaluator=name) for name in members])
        assert run("excel", "read", str(csv), "-o", str(folder)).exit_code == 0
        names = ["", "-AN", "-an", "-etc", f"-{'x' * 40}", "", "-con"]
        assert sorted(os.listdir(folder)) == [f"sheet-{number}{name}.json" for number, name in enumerate(names, 1)]

    def test_nothing_is_overwritten_without_being_told_to(self, tmp_path: Path) -> None:
        file, folder, mark = filled(tmp_path / "tea.xlsx", "An"), tmp_path / "sheets", tmp_path / "mark.xlsx"
        folder.mkdir()
        there = folder / "sheet-1-An.json"
        for name in (there, mark):
            name.write_text("mine", "utf-8")
            result = run("excel", "read", file, "-o", str(folder), "--mark", str(mark))
            assert (result.exit_code, "write over with --force" in flat(result)) == (2, True)
            assert name.read_text("utf-8") == "mine"
        assert sorted(folder.iterdir()) == [there]
        result = run("excel", "read", file, "-o", str(folder), "--mark", str(mark), "--force")
        assert result.exit_code == 0
        assert ocop.load(there).evaluator == "An"
        assert mark.read_bytes()[:2] == b"PK"

    def test_with_problems_nothing_is_written_but_the_marked_copy(self, tmp_path: Path) -> None:
        file = filled(tmp_path / "tea.xlsx", "An", **{"1.3": 3})
        folder, mark = tmp_path / "sheets", tmp_path / "mark.xlsx"
        result = english("excel", "read", file, "-o", str(folder), "--mark", str(mark))
        assert result.exit_code == 1
        assert "[choice-not-a-letter]" in result.output
        assert not folder.exists()
        comments = [cell.comment.text for row in openpyxl.load_workbook(mark)["An"] for cell in row if cell.comment]
        assert ["must be an option's letter" in each for each in comments] == [True]

    def test_what_is_no_workbook_is_told_once(self, tmp_path: Path) -> None:
        file = tmp_path / "tea.xlsx"
        file.write_bytes(b"PK no")
        result = english("excel", "read", str(file), "-o", str(tmp_path), "--mark", str(tmp_path / "m.xlsx"))
        assert result.exit_code == 1
        assert result.output.count("[workbook-broken]") == 1
        assert sorted(tmp_path.iterdir()) == [file]

    def test_what_cannot_be_marked_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: Any) -> None:
            raise ocop.DocumentError(ocop.Report([ocop.Problem.of("workbook-broken")]))

        monkeypatch.setattr("ocop.adapters.excel.write_back", refuse)
        file = filled(tmp_path / "tea.xlsx", "An")
        result = english("excel", "read", file, "-o", str(tmp_path / "x"), "--mark", str(tmp_path / "m.xlsx"))
        assert (result.exit_code, result.output.count("[workbook-broken]")) == (1, 1)

    def test_a_folder_that_cannot_be_made_is_told(self, tmp_path: Path) -> None:
        file = filled(tmp_path / "tea.xlsx", "An")
        result = run("excel", "read", file, "-o", file)
        assert (result.exit_code, f"Error: the folder {file} cannot be made: " in flat(result)) == (1, True)

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (("-",), "expected a file that ends in .xlsx or .csv; got -"),
            (("tea.json",), "expected a file that ends in .xlsx or .csv; got tea.json"),
            (("tea.csv", "--mark", "x.xlsx"), "--mark needs a workbook"),
        ],
    )
    def test_a_wrong_call_is_told(self, words: tuple[str, ...], message: str, tmp_path: Path) -> None:
        result = run("excel", "read", *words, "-o", str(tmp_path))
        assert result.exit_code == 2
        assert message in flat(result)

    def test_what_is_read_is_not_written_over(self, tmp_path: Path) -> None:
        file = filled(tmp_path / "tea.xlsx", "An")
        data = Path(file).read_bytes()
        result = run("excel", "read", file, "-o", str(tmp_path), "--mark", file, "--force")
        assert (result.exit_code, "is read as well, and would be lost" in flat(result)) == (2, True)
        assert Path(file).read_bytes() == data

    def test_what_a_form_says_is_made_visible(self, tmp_path: Path) -> None:
        csv = tmp_path / "tea.csv"
        write_csv(csv, [evolve(ocop.load(TEA), evaluator=EVIL, choices={**CHOICES, "1.1": EVIL})])
        result = run("excel", "read", str(csv), "-o", str(tmp_path / "\x1bsheets"))
        assert result.exit_code == 1
        assert not set(result.output) & set("\x1b\u202e\x9b")


class TestResults:
    def test_they_are_those_of_the_library(self, tmp_path: Path) -> None:
        path, expected = tmp_path / "r.xlsx", tmp_path / "e.xlsx"
        assert english("excel", "results", TEA, COUNCIL, "-o", str(path)).exit_code == 0
        scores: list[Any] = [ocop.score(ocop.load(TEA)), ocop.score_council(ocop.load(COUNCIL))]
        write_results(expected, scores, lang="en")
        assert path.read_bytes() == expected.read_bytes()
        assert run("excel", "results", TEA, STOPPED, "--rank", "-o", "-").stdout_bytes[:2] == b"PK"
        assert english("excel", "results", TEA, CAPPED, "--rank", "-o", str(path)).exit_code == 0
        assert [row[0] for row in tables(path)["Ranking"]] == ["Rank", 1, 2]

    def test_a_council_comes_from_a_form(self, tmp_path: Path) -> None:
        file, path = filled(tmp_path / "tea.xlsx", "An", "Bình"), tmp_path / "r.xlsx"
        assert english("excel", "results", "--council", file, "-o", str(path)).exit_code == 0
        assert [row[4] for row in tables(path)["Sheets"]] == ["Evaluator", "An", "Bình"]

    def test_so_does_the_progress_of_a_portfolio(self, tmp_path: Path) -> None:
        path, expected = tmp_path / "r.xlsx", tmp_path / "e.xlsx"
        words = ("--programme", BINH_DUONG, "--on", "2023-06-30")
        assert run("excel", "results", PORTFOLIO, *words, "-o", str(path)).exit_code == 0
        from datetime import date

        write_results(expected, programme(BINH_DUONG).progress(ocop.load(PORTFOLIO), date(2023, 6, 30)))
        assert path.read_bytes() == expected.read_bytes()

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            ((PORTFOLIO, TEA, "--programme", BINH_DUONG), "the progress of one portfolio, or scores"),
            ((PORTFOLIO, "--rank", "--programme", BINH_DUONG), "the progress of one portfolio, or scores"),
            ((TEA, "--on", "2023-06-30"), "name the programme with --programme"),
            ((TEA, "--programme", "binh-duong-2021"), "did you mean 'binh-duong-2021-2025'?"),
        ],
    )
    def test_a_wrong_call_is_told(self, words: tuple[str, ...], message: str, tmp_path: Path) -> None:
        result = run("excel", "results", *words, "-o", str(tmp_path / "x.xlsx"))
        assert result.exit_code == 2
        assert message in flat(result)
        assert not [*tmp_path.iterdir()]

    def test_with_problems_nothing_is_written(self, tmp_path: Path) -> None:
        for words in ((TEA, str(tmp_path / "none.json")), (PORTFOLIO,), (TEA, TEA, "--rank")):
            result = run("excel", "results", *words, "-o", str(tmp_path / "x.xlsx"))
            assert result.exit_code == 1
            assert not [*tmp_path.iterdir()]
        result = run("excel", "results", str(tmp_path / "none.json"), "-o", "-")
        assert (result.exit_code, result.stdout, "[file-not-found]" in result.stderr) == (1, "", True)

    def test_what_is_read_is_not_written_over(self, tmp_path: Path) -> None:
        file = filled(tmp_path / "tea.xlsx", "An")
        link = tmp_path / "link.xlsx"
        link.hardlink_to(file)
        data = Path(file).read_bytes()
        for name in (file, str(tmp_path / "." / "tea.xlsx"), str(link)):
            result = run("excel", "results", file, "-o", name)
            assert (result.exit_code, "is read as well, and would be lost" in flat(result)) == (2, True)
        assert Path(file).read_bytes() == data


@pytest.mark.parametrize(
    ("words", "name", "kinds"),
    [
        (("excel", "form", "qd26-2026/tea", "-o"), "x.xls", ".xlsx"),
        (("excel", "results", TEA, "-o"), "x.csv", ".xlsx"),
        (("excel", "read", "form.xlsx", "-o", "sheets", "--mark"), "x", ".xlsx"),
        (("report", TEA, "-o"), "x.pdf", ".html or .htm"),
    ],
)
def test_what_is_written_has_a_name_of_its_kind(words: tuple[str, ...], name: str, kinds: str, tmp_path: Path) -> None:
    result = run(*words, str(tmp_path / name))
    assert (result.exit_code, f"expected a file that ends in {kinds}; got " in flat(result)) == (2, True)
    assert not [*tmp_path.iterdir()]


def test_the_group_shows_its_help() -> None:
    result = run("excel", "--help")
    assert result.exit_code == 0
    assert all(name in result.output for name in ("form", "read", "results"))
