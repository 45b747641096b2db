import json
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import ocop
from ocop.criteria.model import BaseSet
from ocop.documents.kinds import KINDS, from_document, to_document
from ocop.documents.validate import form_problems, schema, validate
from ocop.errors import ConversionError, DocumentError, Problem, Report, UnknownIdError
from ocop.scoring.council import Agreement, CouncilRecord, CouncilRules
from ocop.testing import FAULTS, criteria_sets, faulty_sheets, score_sheets
from ocop.text import Label
from record_strategies import CODES, RECORDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_sound_and_leaves_its_file_nowhere(kind: str) -> None:
    found = schema(kind)
    Draft202012Validator.check_schema(found)
    assert found["$id"] == f"urn:ocop:schema:{kind}:1"
    assert " · " in found["title"]
    references = [value for key, value in walk(found) if key == "$ref"]
    assert all(str(reference).startswith("#/$defs/") for reference in references)


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key, item
            yield from walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)


@pytest.mark.parametrize("kind", KINDS)
def test_every_object_in_a_schema_is_closed_and_titled_in_both_languages(kind: str) -> None:
    def objects(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            if value.get("type") == "object" and "properties" in value:
                yield value
            for item in value.values():
                yield from objects(item)

    for each in objects(schema(kind)):
        assert each["additionalProperties"] is False
        assert " · " in each["title"]


def test_an_unknown_schema() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'score'"):
        schema("scor")


def test_validate_takes_text_bytes_paths_dicts_and_objects() -> None:
    path = Path("docs/examples/tea.json")
    text = path.read_text("utf-8")
    for document in (path, text, text.encode(), json.loads(text), ocop.loads(text), ocop.score(ocop.loads(text))):
        assert validate(document).ok
    assert validate(path).subject == str(path)


def test_validate_prints_itself_in_its_language() -> None:
    assert str(validate("{}", "en")).startswith("1 problem\n")
    assert str(validate("{}")).startswith("có 1 vấn đề\n")
    with pytest.raises(ValueError, match="lang must be"):
        validate("{}", "fr")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (3, "document-not-object"),
        (None, "document-not-object"),
        ([], "document-not-object"),
        ("", "json-empty"),
        (b"\xff", "json-not-utf8"),
        ({"kind": "score-sheet", 7: 1}, "value-not-json"),
        ({"kind": {1, 2}}, "value-not-json"),
        ({"kind": object()}, "value-not-json"),
        ({"kind": float("nan")}, "json-not-a-number"),
        (Path("nowhere.json"), "file-not-found"),
    ],
)
def test_bad_input_is_reported_never_raised(document: Any, code: str) -> None:
    assert validate(document).codes == (code,)


def test_values_in_a_circle_and_very_deep_ones_are_reported() -> None:
    circle: dict[str, Any] = {}
    circle["a"] = circle
    assert validate(circle).codes == ("value-not-json",)
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert validate({"a": deep}).codes in (("value-not-json",), ("json-too-deep",))


def test_tuples_are_lists_and_an_attrs_object_of_no_kind_is_refused() -> None:
    document = {**json.loads(Path("docs/examples/tea.json").read_text("utf-8")), "findings": ("forged-dossier",)}
    assert validate(document).ok
    with pytest.raises(ConversionError):
        validate(Problem.of("json-empty"))


@pytest.mark.parametrize("name", FAULTS)
def test_each_planted_fault_is_found_where_it_was_planted(name: str) -> None:
    @settings(max_examples=40)
    @given(faulty_sheets(name))
    def found(fault: Any) -> None:
        report = validate(fault.document)
        assert (fault.code, fault.pointer) in [(p.code, p.pointer) for p in report.problems]
        for problem in report.problems:
            assert problem.message.vi != problem.message.en

    found()


def test_form_and_content_are_told_together() -> None:
    report = validate(
        {
            "kind": "score-sheet",
            "version": True,
            "criteria_set": "qd26-2026/tea",
            "choices": {"1.1": 5, "z": "a"},
            "findings": "none",
            "produt": "x",
        }
    )
    found = [(p.code, p.pointer) for p in report.problems]
    for expected in (
        ("value-not-integer", "/version"),
        ("key-unknown", "/produt"),
        ("value-not-list", "/findings"),
        ("choice-not-a-letter", "/choices/1.1"),
        ("criterion-missing", "/choices/1.2"),
        ("criterion-unknown", "/choices/z"),
    ):
        assert expected in found
    assert [pointer for _, pointer in found].count("/choices/1.1") == 1
    (hint,) = [p.hint for p in report.problems if p.pointer == "/produt"]
    assert hint == "product"


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"criteria_set": 3}, "value-not-text", "/criteria_set"),
        ({"choices": []}, "value-not-object", "/choices"),
        ({"choices": {"1.1": [1]}}, "value-not-text", "/choices/1.1/0"),
        ({"choices": {"1.1": 3}}, "value-wrong-type", "/choices/1.1"),
        ({"findings": [1]}, "value-not-text", "/findings/0"),
        ({"product": None}, "value-not-text", "/product"),
    ],
)
def test_wrong_types_in_a_sheet(change: dict[str, Any], code: str, pointer: str) -> None:
    document = {"kind": "score-sheet", "version": 1, "criteria_set": "qd26-2026/tea", "choices": {}}
    problems = form_problems({**document, **change})
    assert [(p.code, p.pointer) for p in problems] == [(code, pointer)]


def tea_document() -> Any:
    return json.loads(ocop.dumps(ocop.criteria_set("qd26-2026/tea")))


def test_a_set_is_linted_once_its_form_is_right() -> None:
    document = tea_document()
    document["parts"][0]["max_points"] = 41
    assert validate(document).codes == ("set-parts-differ", "set-sum-wrong")
    document["parts"][0]["items"][0]["items"][0]["options"][0]["points"] = -1
    report = validate(document)
    assert report.codes == ("value-out-of-range",)
    assert report.problems[0].expected == "≥ 0"


def test_a_set_without_options_or_with_a_star_251() -> None:
    document = tea_document()
    criterion = document["parts"][0]["items"][0]["items"][0]
    criterion["options"][1]["minimum_for"] = 251
    document["parts"][0]["items"][0]["items"][1]["options"] = []
    report = validate(document)
    assert sorted(report.codes) == ["list-too-short", "value-out-of-range"]
    assert {p.expected for p in report.problems} == {"≤ 250", "≥ 1"}


def test_an_effect_that_does_not_exist_and_the_nearest() -> None:
    document = tea_document()
    document["rules"][0]["effect"] = "disqualify"
    (problem,) = validate(document).problems
    assert (problem.code, problem.hint) == ("value-not-allowed", "disqualified")


def test_an_edition_is_linted() -> None:
    document = to_document(ocop.edition("qd26-2026"))
    document["bands"] = document["bands"][1:]
    assert validate(document).codes == ("edition-bands-wrong",)


@pytest.mark.parametrize("day", ["2026-02-30", "22/05/2026", "20260522", "2026-W21-5", "٢٠٢٦-٠٥-٢٢", "2026-05-22\n"])
def test_a_day_that_is_none(day: str) -> None:
    document = {**to_document(ocop.edition("qd26-2026")), "issued": day}
    (problem,) = validate(document).problems
    assert (problem.code, problem.pointer, problem.expected) == ("value-bad-form", "/issued", "date")


def test_problems_of_a_scores_sheet_point_into_it() -> None:
    document = to_document(ocop.score(ocop.load("docs/examples/tea-capped.json")))
    document["sheet"]["choices"] = {**document["sheet"]["choices"], "1.1": "z"}
    (problem,) = validate(document).problems
    assert (problem.code, problem.pointer) == ("option-unknown", "/sheet/choices/1.1")
    document = {**to_document(ocop.score(ocop.load("docs/examples/tea-capped.json"))), "total": 1}
    assert [(p.code, p.pointer) for p in validate(document).problems] == [("score-differs", "/total")]


def test_what_the_converter_alone_refuses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from ocop.documents import validate as module

    monkeypatch.setattr(module, "form_problems", lambda _: [])
    assert validate({"kind": "report", "version": 2}).codes == ("value-bad-form",)


def test_an_error_of_a_keyword_without_words_of_its_own() -> None:
    from types import SimpleNamespace

    from ocop.documents import validate as module

    error = SimpleNamespace(absolute_path=["a"], instance="x", validator="pattern", validator_value="^y$", schema={})
    (problem,) = module._translated(error)
    assert (problem.code, problem.expected) == ("value-bad-form", "^y$")


# Schema and converter agree, both ways

anything: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False, allow_infinity=False, width=16)
    | st.sampled_from(["", "a", "vi", "ranked", "points", "province", "2026-05-22", "2026-05-22T00:00", "required"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["vi", "en", "a", "code"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


@st.composite
def mutated(draw: Any, documents: st.SearchStrategy[Any]) -> Any:
    """A document with one to three random places replaced, removed, or given a key too many."""
    document = json.loads(json.dumps(draw(documents)))
    for _ in range(draw(st.integers(1, 3))):
        options = [path for path in places(document) if path and path[0] not in ("kind", "version")]
        if not options:
            break
        *parents, last = draw(st.sampled_from(options))
        target = document
        for step in parents:
            target = target[step]
        action = draw(st.integers(0, 4))
        if action == 0:
            del target[last]
        elif action == 1 and isinstance(target, dict):
            target[draw(st.sampled_from(["label", "x", "case", "option", "printed", "hint"]))] = draw(anything)
        else:
            target[last] = draw(anything)
    return document


DOCUMENTS: dict[str, st.SearchStrategy[Any]] = {
    "score-sheet": st.builds(
        lambda sheet, code: evolve(sheet, product_code=code),
        score_sheets("qd26-2026/ornamental-animals"),
        st.none() | CODES,
    ).map(to_document),
    "score": score_sheets("qd26-2026/ornamental-animals").map(ocop.score).map(to_document),
    "council-record": st.builds(
        CouncilRecord,
        st.lists(score_sheets("qd26-2026/ornamental-animals"), max_size=2),
        st.builds(CouncilRules, st.sampled_from(Agreement), st.sampled_from(Agreement), quorum=st.just(Fraction(1, 2))),
        st.just(("An", "Bình")),
        st.sampled_from(["An", None]),
    ).map(to_document),
    "criteria-set": criteria_sets()
    .map(lambda the_set: evolve(the_set, cited_as=Label("a", "b"), base=BaseSet("x/y", "z")))
    .map(to_document),
    "set-amendment": st.just(
        {
            "kind": "set-amendment",
            "version": 1,
            "id": "qd26-2026/ours",
            "base": "qd26-2026/tea",
            "cited_as": {"vi": "a", "en": "b"},
            "base_digest": "z",
            "number": 4,
            "label": {"vi": "a", "en": "b"},
            "maxima": {"A": 40},
            "criteria": {
                "7": {
                    "max_points": 5,
                    "minimum_for": None,
                    "options": {"a": {"points": 0, "minimum_for": 3, "label": {"vi": "a", "en": "b"}}},
                    "add_options": [{"slug": "x", "points": 1, "minimum_for": 4, "case": "c", "before": "a"}],
                    "remove_options": ["c"],
                }
            },
            "add": [{"below": "A", "before": "1", "item": {"code": "0", "slug": "s", "max_points": 0, "items": []}}],
            "remove": ["2.4"],
            "add_rules": [{"effect": "disqualified", "cause": "x"}],
            "remove_rules": [{"effect": "evidence", "cause": "x", "criterion": "8"}],
        }
    ),
    "edition": st.just(
        to_document(
            evolve(
                ocop.edition("qd26-2026"),
                groups=ocop.edition("qd26-2026").groups[-1:],
                programme="x",
                overlaps=("y",),
            )
        )
    ),
    "report": st.just(
        to_document(Report([Problem.of("key-missing", "/a", key="a", got="1", hint="b", note=True)], "x", "en"))
    ),
    **{kind: records.map(to_document) for kind, records in RECORDS.items()},
}


@pytest.mark.parametrize("kind", KINDS)
def test_schema_and_converter_accept_and_refuse_the_same_documents(kind: str) -> None:
    seen = set()

    @settings(max_examples=250)
    @given(st.one_of(DOCUMENTS[kind], mutated(DOCUMENTS[kind])))
    def agree(document: Any) -> None:
        by_schema = not form_problems(document)
        try:
            from_document(document)
            by_converter = True
        except ConversionError:
            by_converter = False
        except DocumentError:  # its form is right; its content is not
            by_converter = True
        assert by_converter == by_schema, form_problems(document)
        seen.add(by_schema)

    agree()
    assert seen == {True, False}


def test_no_more_than_50000_problems_are_told() -> None:
    many = {"kind": "registry", "version": 1, "subjects": [1] * 50_001}
    assert len(form_problems(many)) == len(validate(many).problems) == 50_001
    assert validate(many).codes[-2:] == ("value-not-object", "json-many-problems")
    choices = {str(number): "a" for number in range(100, 50_101)}
    sheet = {"kind": "score-sheet", "version": 1, "criteria_set": "qd26-2026/tea", "choices": choices}
    assert len(validate(sheet).problems) == 50_001
    assert validate(sheet).codes[-1] == "json-many-problems"


def test_lists_that_are_looked_through_take_time_by_their_length() -> None:
    product: dict[str, Any] = {"kind": "product", "version": 1, "id": "a", "name": "b", "subject": "c"}
    product["barcodes"] = [f"{number:08}" for number in range(30_000)]
    product["protections"] = [{"kind": "patent", "number": str(number)} for number in range(5_000)]
    the_set = to_document(ocop.criteria_set("qd26-2026/tea"))
    section = the_set["parts"][0]["items"][0]
    first = section["items"][0]
    label = {"vi": "a", "en": "b"}
    section["items"] = [
        {**first, "options": [{**first["options"][0], "label": {**label, "en": str(number)}}]}
        for number in range(10_000)
    ]
    for document, code in ((product, "gtin-check-digit"), (the_set, "set-code-repeated")):
        start = time.perf_counter()
        assert code in validate(document).codes
        assert time.perf_counter() - start < 20


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_others(day: str) -> None:
    certificate: dict[str, Any] = {
        "kind": "certificate",
        "version": 1,
        "id": "c",
        "product": "p",
        "star": 4,
        "decision": "1",
        "how": "new",
        "level": "province",
        "authority": "UBND",
        "edition": "qd26-2026",
        "issued": day,
        "ends": day,
        "extended_to": day,
        "recall": {
            "cause": "x",
            "on": day,
            "concluded": day,
            "decision": "2",
            "level": "province",
            "authority": "UBND",
        },
    }
    report = validate(certificate)
    assert "value-bad-form" not in report.codes
    assert "recall-cause-unknown" in report.codes
    said = {"vi": "a", "en": "b"}
    target: dict[str, Any] = {"id": "t", "label": said, "indicator": "fairs", "comparator": "at-least", "value": 4}
    target |= {"unit": said, "start": day, "deadline": day, "waypoints": [{"on": day, "value": 1}]}
    place = {"name": said, "province": "19"}
    programme = {"kind": "programme", "version": 1, "id": "p", "name": said, "place": place, "start": day, "end": day}
    assert "target-waypoint-outside" in validate({**programme, "targets": [target]}).codes


@given(st.data())
def test_whatever_is_validated_fine_loads_and_the_other_way_round(data: st.DataObject) -> None:
    document = data.draw(mutated(DOCUMENTS["score-sheet"]))
    report = validate(document)
    if report.ok:
        ocop.score(ocop.loads(json.dumps(document)))
    else:
        with pytest.raises(DocumentError):
            ocop.score(ocop.loads(json.dumps(document)))
