import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.documents.kinds import KINDS, from_document, to_document
from ocop.errors import ConversionError, DocumentError, Problem, Report
from ocop.testing import criteria_sets, score_sheets

SHEET = '{"kind": "score-sheet", "version": 1, "criteria_set": "qd26-2026/tea", "choices": {"1.1": "c"}}'


def refused(text: str | bytes) -> Report:
    with pytest.raises(DocumentError) as caught:
        ocop.loads(text)
    return caught.value.report


@given(score_sheets())
def test_a_sheet_and_its_score_survive_the_round_trip(sheet: ocop.ScoreSheet) -> None:
    for canonical in (False, True):
        assert ocop.loads(ocop.dumps(sheet, canonical=canonical)) == sheet
        score = ocop.score(sheet)
        assert ocop.loads(ocop.dumps(score, canonical=canonical)) == score


@pytest.mark.parametrize("set_id", ocop.PACKAGED.set_ids())
def test_every_packaged_set_survives_the_round_trip(set_id: str) -> None:
    the_set = ocop.criteria_set(set_id)
    again = ocop.loads(ocop.dumps(the_set))
    assert again == the_set
    assert again.digest == the_set.digest


@given(criteria_sets())
def test_any_sound_set_survives_the_round_trip(the_set: ocop.CriteriaSet) -> None:
    assert ocop.loads(ocop.dumps(the_set)) == the_set
    assert ocop.validate(the_set).ok


def test_the_packaged_files_are_documents_themselves() -> None:
    folder = Path(ocop.__file__).parent / "data" / "editions" / "qd26-2026"
    assert ocop.load(folder / "edition.json") == ocop.edition("qd26-2026")
    assert ocop.validate(folder / "edition.json").ok
    for path in sorted((folder / "sets").iterdir()):
        assert ocop.load(path) == ocop.criteria_set(f"qd26-2026/{path.stem}")
        assert ocop.validate(path).ok


def test_an_edition_and_a_report_survive_the_round_trip() -> None:
    edition = ocop.edition("qd26-2026")
    assert ocop.loads(ocop.dumps(edition)) == edition
    note = Problem.of("check-digit-not-checked", "/b", note=True)
    report = Report([Problem.of("json-empty"), Problem.of("key-missing", "/a", key="a", got="1"), note], "x.json", "en")
    assert ocop.loads(ocop.dumps(report)) == report


def test_an_edition_of_another_name_carries_its_own_words() -> None:
    document = to_document(ocop.edition("qd26-2026"))
    edition = from_document({**document, "id": "mine", "in_force_to": "2030-01-01"})
    assert edition.groups == ocop.edition("qd26-2026").groups
    assert str(edition.in_force_to) == "2030-01-01"


@pytest.mark.parametrize(
    ("text", "code", "pointer"),
    [
        ("[]", "document-not-object", ""),
        ("null", "document-not-object", ""),
        ("{}", "kind-missing", ""),
        ('{"kind": "score-shet"}', "kind-unknown", "/kind"),
        ('{"kind": 3}', "kind-unknown", "/kind"),
        ('{"kind": null}', "kind-unknown", "/kind"),
    ],
)
def test_a_document_without_a_known_kind(text: str, code: str, pointer: str) -> None:
    (problem,) = refused(text).problems
    assert (problem.code, problem.pointer) == (code, pointer)


def test_a_near_kind_is_suggested() -> None:
    assert refused('{"kind": "Score-Sheet"}').problems[0].hint == "score-sheet"


@pytest.mark.parametrize("version", ["2", '"1"', "true", "1.0", "null", "0"])
def test_another_version_is_refused(version: str) -> None:
    report = refused(SHEET.replace('"version": 1', f'"version": {version}'))
    assert [problem.pointer for problem in report.problems] == ["/version"] * len(report.problems)
    assert set(report.codes) <= {"value-not-allowed", "value-not-integer"}


def test_a_kind_alone_tells_all_that_is_missing() -> None:
    report = refused('{"kind": "score-sheet"}')
    assert [(p.code, p.pointer) for p in report.problems] == [
        ("key-missing", "/version"),
        ("key-missing", "/criteria_set"),
        ("key-missing", "/choices"),
    ]


def test_a_set_of_an_unknown_edition() -> None:
    document = {"kind": "criteria-set", "version": 1, "id": "qd26-2027/x", "number": 1}
    part = {"code": "A", "slug": "a", "max_points": 0, "items": []}
    (problem,) = refused(json.dumps({**document, "parts": [part]})).problems
    assert (problem.code, problem.pointer, problem.hint) == ("set-id-wrong", "/id", "qd26-2026")
    assert refused(json.dumps({**document, "id": "qd26-2026", "parts": [part]})).codes == ("set-id-wrong",)


def test_a_part_with_something_else_than_sections_and_criteria() -> None:
    part = {"code": "A", "slug": "a", "max_points": 0, "items": [3]}
    document = {"kind": "criteria-set", "version": 1, "id": "qd26-2026/x", "number": 1, "parts": [part]}
    (problem,) = refused(json.dumps(document)).problems
    assert (problem.code, problem.pointer) == ("value-not-object", "/parts/0/items/0")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"total": 78}, "total"),
        ({"star": 4}, "star"),
        ({"star": None}, "star"),
        ({"unmet_minimums": []}, "unmet_minimums"),
        ({"sheet_digest": "sha256:0"}, "sheet_digest"),
        ({"criteria_set": {"id": "qd26-2026/tea", "digest": "sha256:0"}}, "criteria_set"),
        ({"outcome": "stopped"}, "outcome"),
        ({"part_totals": {"A": 34, "B": 16, "C": 28}}, "part_totals"),
    ],
)
def test_a_score_that_scoring_again_does_not_give_is_refused(change: dict[str, Any], field: str) -> None:
    score = ocop.score(ocop.load("docs/examples/tea-capped.json"))
    report = refused(json.dumps({**to_document(score), **change}))
    assert [(p.code, p.pointer) for p in report.problems] == [("score-differs", f"/{field}")]


def test_a_score_whose_sheet_is_wrong_is_refused_with_the_sheets_problems() -> None:
    document = to_document(ocop.score(ocop.load("docs/examples/tea-capped.json")))
    document["sheet"] = {**document["sheet"], "choices": {**document["sheet"]["choices"], "1.1": "z"}}
    assert "option-unknown" in refused(json.dumps(document)).codes


def test_what_no_document_holds_is_refused() -> None:
    with pytest.raises(ConversionError, match="no kind of document holds a int; known: score-sheet"):
        ocop.dumps(3)


def test_loading_a_file_names_it_in_the_report(tmp_path: Path) -> None:
    path = tmp_path / "phiếu.json"
    path.write_bytes(b'{"kind": "score-sheet"')
    with pytest.raises(DocumentError) as caught:
        ocop.load(path)
    assert caught.value.report.subject == str(path)
    assert caught.value.report.codes == ("json-syntax",)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    big = tmp_path / "big.json"
    with big.open("wb") as file:
        file.truncate(40_000_000)
    for path, code in (
        (tmp_path / "none.json", "file-not-found"),
        (tmp_path, "file-is-folder"),
        (big, "json-too-large"),
        (Path("a\x00b"), "file-unreadable"),
    ):
        with pytest.raises(DocumentError) as caught:
            ocop.load(path)
        assert caught.value.report.codes == (code,)


def test_choices_that_are_lists_are_read_and_left_to_the_checks() -> None:
    sheet = ocop.loads(SHEET.replace('"c"', '["a", "b"]'))
    assert sheet.choices == {"1.1": ("a", "b")}


def test_a_converter_stricter_than_the_schema_would_still_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from ocop.documents import validate

    monkeypatch.setattr(validate, "form_problems", lambda _: [])
    assert refused(SHEET.replace('"version": 1', '"version": 2')).codes == ("value-bad-form",)


def test_every_kind_has_a_reader_and_a_schema() -> None:
    assert list(KINDS) == [
        *("score-sheet", "score", "council-record", "criteria-set", "set-amendment", "edition", "report"),
        *("subject", "product", "idea", "dossier", "certificate", "registry", "portfolio", "programme"),
    ]


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_document_error(data: bytes) -> None:
    with pytest.raises(DocumentError):
        ocop.loads(data)
