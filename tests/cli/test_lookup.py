import json
from pathlib import Path

import pytest

import ocop
from command_line import CRAFT, TEA, english, flat, run


def test_the_sets_are_listed() -> None:
    output = english("sets").output
    assert all(set_id in output for set_id in ocop.PACKAGED.set_ids())
    listed = json.loads(run("sets", "--edition", "qd26-2026", "--json").output)
    assert [each["number"] for each in listed] == list(range(1, 27))


@pytest.mark.parametrize("set_id", ocop.PACKAGED.set_ids())
def test_every_set_is_shown_whole(set_id: str) -> None:
    shown = flat(english("show", set_id))
    the_set = ocop.criteria_set(set_id)
    for criterion in the_set.criteria:
        assert f"{criterion.code} {criterion.label.en}" in shown
        for option in criterion.options:
            assert option.label.en in shown
    notes = [each.label for each in the_set.errata] + [each.label for each in (*the_set.remarks, *the_set.open_issues)]
    assert all(label.en in shown for label in notes)
    assert ("This set is not complete" in shown) is not the_set.complete
    for case in {option.case_label.en for criterion in the_set.criteria for option in criterion.options if option.case}:
        assert case in shown


def test_a_set_as_json_is_a_document() -> None:
    assert ocop.loads(run("show", "qd26-2026/tea", "--json").output) == ocop.criteria_set("qd26-2026/tea")


def test_a_blank_sheet_is_a_document_to_fill_in(tmp_path: Path) -> None:
    result = run("blank", "qd26-2026/tea", "--product", "Chè", "--evaluator", "An")
    blank = ocop.ScoreSheet.blank("qd26-2026/tea", "Chè", "An")
    assert (ocop.loads(result.output), result.output) == (blank, ocop.dumps(blank))
    path = tmp_path / "blank.json"
    path.write_text(result.output, "utf-8")
    scored = english("score", str(path))
    assert scored.exit_code == 1
    assert scored.output.count("[choice-empty]") == 32


@pytest.mark.parametrize(
    "words",
    [
        ("show", "qd26-2026/tee"),
        ("blank", "tee"),
        ("sets", "--edition", "qd26-2027"),
        ("compare", "qd26-2026/tee", "qd26-2026/tea"),
    ],
)
def test_an_unknown_name_gives_exit_2_and_the_nearest(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "did you mean 'qd26-2026" in result.output


class TestCompare:
    OLD, NEW = "qd148-2023/liquid-condiments", "qd26-2026/liquid-condiments"

    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_what_differs_is_told(self, lang: ocop.text.Language) -> None:
        result = run("compare", self.OLD, self.NEW, "--lang", lang)
        found = ocop.compare(ocop.criteria_set(self.OLD), ocop.criteria_set(self.NEW))
        assert result.exit_code == 0
        assert result.output.split() == found.text(lang).split()
        assert max(map(len, result.output.splitlines())) <= 80
        assert json.loads(run("compare", self.OLD, self.NEW, "--json").output) == found.to_dict()

    def test_a_set_may_be_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "set.json"
        path.write_text(ocop.dumps(ocop.criteria_set(self.OLD)), "utf-8")
        assert run("compare", str(path), self.NEW).output == run("compare", self.OLD, self.NEW).output
        assert run("compare", "craft-award/basketry", "craft-award/basketry", *CRAFT).exit_code == 0

    def test_what_is_wrong_with_a_file_is_told(self, tmp_path: Path) -> None:
        result = english("compare", TEA, self.NEW)
        assert result.exit_code == 1
        assert "Expected: criteria-set. Got: score-sheet" in flat(result)
        result = english("compare", self.NEW, str(tmp_path / "none.json"))
        assert (result.exit_code, "[file-not-found]" in result.output) == (1, True)
