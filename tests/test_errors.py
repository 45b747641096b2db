import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from ocop import errors
from ocop.convert import make_converter, structured
from ocop.errors import (
    SHOWN_PER_CODE,
    ConversionError,
    DocumentError,
    ImpossibleStepError,
    MissingExtraError,
    NoEditionError,
    OcopError,
    Problem,
    Report,
    SheetError,
    UnknownIdError,
    nearest,
    pointer,
    shortened,
)
from ocop.text import Label, Language, nfc

TEXT = st.text(st.characters(exclude_categories=["Cs"])).map(nfc)
PROBLEMS = st.builds(
    Problem,
    TEXT,
    TEXT,
    st.builds(Label, TEXT, TEXT),
    st.none() | TEXT,
    st.none() | TEXT,
    st.none() | TEXT,
    st.booleans(),
)
REPORTS = st.builds(Report, st.lists(PROBLEMS, max_size=4), st.none() | TEXT, st.sampled_from(["vi", "en"]))

EMPTY = Problem.of("json-empty")
NOTE = Problem.of("check-digit-not-checked", "/tax_id", note=True)
WRONG = Problem.of("option-unknown", "/choices/7", criterion="7", expected="a, b", got='"B"', hint="b")

ERRORS: list[OcopError] = [
    OcopError("a", 1),
    DocumentError(Report([EMPTY, WRONG], "sheet.json", "en")),
    SheetError(Report([WRONG])),
    ConversionError("expected int; got 5.0"),
    UnknownIdError("edition", "qd26-2062", "qd26-2026", ("qd26-2026",)),
    UnknownIdError("criterion", "9", known=("1", "2")),
    NoEditionError("no edition was in force on 2000-01-01"),
    ImpossibleStepError("registered", "promote", ("pass", "return")),
    ImpossibleStepError("registered", "pass", ("pass", "return"), "it is too early"),
    MissingExtraError("cli"),
]


def by_pickle(error: OcopError) -> Any:
    return pickle.loads(pickle.dumps(error))  # noqa: S301


every_error = pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
every_way = pytest.mark.parametrize("again", [by_pickle, copy.copy, copy.deepcopy])


# pointer()


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), ""),
        (("",), "/"),
        (("choices", "1.1"), "/choices/1.1"),
        (("a", 0, 12), "/a/0/12"),
        (("a/b",), "/a~1b"),
        (("m~n",), "/m~0n"),
        (("~1",), "/~01"),
        (("~/",), "/~0~1"),
        (("Phú Thọ",), "/Phú Thọ"),
    ],
)
def test_a_pointer_is_that_of_rfc_6901(steps: tuple[str | int, ...], expected: str) -> None:
    assert pointer(*steps) == expected


@given(st.lists(st.text()))
def test_a_pointer_can_be_taken_apart_again(steps: list[str]) -> None:
    parts = pointer(*steps).split("/")[1:]
    assert [part.replace("~1", "/").replace("~0", "~") for part in parts] == steps


# Problem


def test_a_problem_has_its_sentence_from_the_catalogue() -> None:
    assert EMPTY.message == Label("Dữ liệu rỗng", "The input is empty")


def test_a_problem_points_at_the_whole_unless_told_otherwise() -> None:
    assert EMPTY.pointer == ""


def test_a_problem_fills_in_its_sentence() -> None:
    assert Problem.of("key-missing", key='"kind"').message.en == 'The key "kind" is missing'


def test_a_problem_may_have_a_value_named_code() -> None:
    problem = Problem.of("set-code-repeated", "/parts", code="1.1")
    assert (problem.code, problem.message.en) == ("set-code-repeated", "The code 1.1 is used twice")


def test_a_problem_of_an_unknown_code_cannot_be_made() -> None:
    with pytest.raises(KeyError, match="no-such-code"):
        Problem.of("no-such-code")


def test_a_problem_that_lacks_a_value_cannot_be_made() -> None:
    with pytest.raises(KeyError, match="criterion"):
        Problem.of("option-unknown")


def test_a_problem_cannot_be_changed() -> None:
    problem: Any = copy.copy(EMPTY)
    with pytest.raises(FrozenInstanceError):
        problem.code = "other"


def test_a_problem_reads_in_english() -> None:
    assert WRONG.text("en") == (
        '/choices/7: Criterion 7 has no such option. Expected: a, b. Got: "B". Did you mean b? [option-unknown]'
    )


def test_a_problem_reads_in_vietnamese() -> None:
    assert WRONG.text("vi") == (
        '/choices/7: Tiêu chí 7 không có phương án này. Cần: a, b. Nhận được: "B". Có phải ý bạn là b? [option-unknown]'
    )


def test_a_problem_reads_in_vietnamese_unless_told_otherwise() -> None:
    assert WRONG.text() == WRONG.text("vi")


def test_a_problem_of_the_whole_reads_without_a_pointer() -> None:
    assert EMPTY.text("en") == "The input is empty. [json-empty]"


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("expected", "The input is empty. Expected: x. [json-empty]"),
        ("got", "The input is empty. Got: x. [json-empty]"),
        ("hint", "The input is empty. Did you mean x? [json-empty]"),
    ],
)
def test_a_problem_tells_each_part_alone(part: str, expected: str) -> None:
    values: dict[str, Any] = {part: "x"}
    assert Problem("json-empty", "", EMPTY.message, **values).text("en") == expected


def test_a_problem_tells_an_empty_part() -> None:
    assert Problem.of("json-empty", got="").text("en") == "The input is empty. Got: . [json-empty]"


def test_braces_in_what_came_are_left_alone() -> None:
    assert "Got: {0} {x}." in Problem.of("json-empty", got="{0} {x}").text("en")


@pytest.mark.parametrize(("prefix", "expected"), [("", "/choices/7"), ("/sheets/0", "/sheets/0/choices/7")])
def test_a_problem_moves_below_a_pointer(prefix: str, expected: str) -> None:
    assert WRONG.below(prefix).pointer == expected


def test_a_problem_of_the_whole_moves_below_a_pointer() -> None:
    assert EMPTY.below("/sheets/0").pointer == "/sheets/0"


def test_a_problem_moved_below_a_pointer_keeps_all_else() -> None:
    assert WRONG.below("/sheets/0").text("en") == "/sheets/0" + WRONG.text("en")


def test_a_problem_refuses_another_language() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        EMPTY.text("fr")  # type: ignore[arg-type]


# Report


def test_a_report_without_problems_is_ok() -> None:
    assert Report().ok


def test_a_report_with_a_problem_is_not_ok() -> None:
    assert not Report([EMPTY]).ok


def test_a_report_of_notes_alone_is_ok() -> None:
    report = Report([NOTE])
    assert report.ok
    assert report.notes == report.problems == (NOTE,)


def test_a_report_with_a_problem_among_notes_is_not_ok() -> None:
    report = Report([NOTE, WRONG, NOTE])
    assert not report.ok
    assert report.notes == (NOTE, NOTE)
    assert report.codes == ("check-digit-not-checked", "option-unknown", "check-digit-not-checked")


def test_a_problem_is_no_note_unless_told_otherwise() -> None:
    assert (WRONG.note, NOTE.note, NOTE.below("/subject").note) == (False, True, True)


def test_a_note_says_so_in_json() -> None:
    assert Report([NOTE]).to_dict()["problems"][0]["note"] is True
    assert "note" not in Report([WRONG]).to_dict()["problems"][0]


def test_a_report_keeps_the_order_of_its_problems() -> None:
    assert Report([WRONG, EMPTY, WRONG]).codes == ("option-unknown", "json-empty", "option-unknown")


def test_a_report_takes_any_iterable() -> None:
    assert Report(problem for problem in [EMPTY]).problems == (EMPTY,)


def test_a_report_cannot_be_changed() -> None:
    report: Any = Report()
    with pytest.raises(FrozenInstanceError):
        report.problems = (EMPTY,)


def test_a_report_can_be_hashed() -> None:
    assert hash(Report([EMPTY])) == hash(Report((EMPTY,)))


@pytest.mark.parametrize(
    ("problems", "lang", "expected"),
    [
        ([], "vi", "không có vấn đề nào"),
        ([], "en", "no problems"),
        ([EMPTY], "vi", "có 1 vấn đề"),
        ([EMPTY], "en", "1 problem"),
        ([EMPTY, WRONG], "vi", "có 2 vấn đề"),
        ([EMPTY, WRONG], "en", "2 problems"),
        ([NOTE], "vi", "không có vấn đề nào, 1 lưu ý"),
        ([NOTE], "en", "no problems, 1 note"),
        ([NOTE, WRONG, NOTE], "vi", "có 1 vấn đề, 2 lưu ý"),
        ([NOTE, WRONG, NOTE], "en", "1 problem, 2 notes"),
    ],
)
def test_a_report_begins_with_the_number_of_problems(problems: list[Problem], lang: Language, expected: str) -> None:
    assert Report(problems).text(lang).splitlines()[0] == expected


def test_a_report_begins_with_its_subject() -> None:
    assert Report(subject="sheet.json").text("en") == "sheet.json: no problems"


def test_a_report_prints_each_problem_on_a_line() -> None:
    assert Report([WRONG, EMPTY]).text("en").splitlines()[1:] == [f"  {WRONG.text('en')}", f"  {EMPTY.text('en')}"]


def test_a_report_prints_in_its_own_language() -> None:
    assert str(Report([EMPTY], lang="en")) == Report([EMPTY], lang="vi").text("en")


def test_a_report_prints_in_vietnamese_unless_told_otherwise() -> None:
    assert str(Report([EMPTY])) == Report([EMPTY]).text("vi")


def test_a_report_refuses_another_language() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        Report().text("fr")  # type: ignore[arg-type]


def test_a_report_prints_all_of_fifty_problems_of_a_kind() -> None:
    assert Report([EMPTY] * SHOWN_PER_CODE).text("en").count("\n") == SHOWN_PER_CODE == 50


def test_a_report_counts_the_problems_of_a_kind_after_fifty() -> None:
    lines = Report([EMPTY] * 53).text("en").splitlines()
    assert (len(lines), lines[-1]) == (52, "  … and 3 more of this kind [json-empty]")


def test_a_report_counts_in_vietnamese_too() -> None:
    assert Report([EMPTY] * 51).text("vi").endswith("\n  … và 1 vấn đề cùng loại [json-empty]")


def test_a_report_counts_each_kind_by_itself() -> None:
    text = Report([EMPTY, WRONG] * 51).text("en")
    assert text.endswith("  … and 1 more of this kind [json-empty]\n  … and 1 more of this kind [option-unknown]")


def test_a_report_prints_a_rare_problem_after_many_of_a_kind() -> None:
    assert WRONG.text("en") in Report([*[EMPTY] * 60, WRONG]).text("en")


def test_a_report_keeps_the_problems_it_does_not_print() -> None:
    assert len(Report([EMPTY] * 60).problems) == 60


def test_reports_add_up_in_order() -> None:
    assert (Report([EMPTY]) + Report([WRONG])).problems == (EMPTY, WRONG)


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("a", "b", "a"), ("a", None, "a"), (None, "b", "b"), (None, None, None)]
)
def test_reports_add_up_under_the_first_subject(one: str | None, other: str | None, expected: str | None) -> None:
    assert (Report(subject=one) + Report(subject=other)).subject == expected


def test_reports_add_up_in_the_language_of_the_first() -> None:
    assert (Report(lang="en") + Report(lang="vi")).lang == "en"


@given(REPORTS)
def test_an_empty_report_adds_nothing(report: Report) -> None:
    assert (report + Report()).text() == report.text()


def test_a_report_as_a_dict_leaves_out_what_is_empty() -> None:
    message = {"vi": "Dữ liệu rỗng", "en": "The input is empty"}
    assert Report([EMPTY]).to_dict() == {"problems": [{"code": "json-empty", "pointer": "", "message": message}]}


def test_an_empty_report_is_an_empty_dict() -> None:
    assert Report().to_dict() == {}


@given(REPORTS)
def test_a_report_comes_back_from_its_dict(report: Report) -> None:
    assert structured(make_converter(), report.to_dict(), Report) == report


@given(REPORTS)
def test_a_report_comes_back_from_json(report: Report) -> None:
    assert structured(make_converter(), json.loads(json.dumps(report.to_dict())), Report) == report


@given(REPORTS)
def test_a_report_comes_back_from_a_pickle(report: Report) -> None:
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301


# The exceptions


def test_every_error_class_is_among_the_samples() -> None:
    classes = {each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, OcopError)}
    assert {type(error) for error in ERRORS} == classes


@every_error
@every_way
def test_an_error_keeps_its_class(error: OcopError, again: Callable[[OcopError], Any]) -> None:
    assert type(again(error)) is type(error)


@every_error
@every_way
def test_an_error_keeps_its_text(error: OcopError, again: Callable[[OcopError], Any]) -> None:
    assert str(again(error)) == str(error)


@every_error
@every_way
def test_an_error_keeps_its_attributes(error: OcopError, again: Callable[[OcopError], Any]) -> None:
    assert vars(again(error)) == vars(error)


@pytest.mark.parametrize(
    ("cls", "base"),
    [
        (OcopError, Exception),
        (DocumentError, ValueError),
        (SheetError, DocumentError),
        (ConversionError, ValueError),
        (UnknownIdError, LookupError),
        (NoEditionError, LookupError),
        (ImpossibleStepError, ValueError),
        (MissingExtraError, ImportError),
    ],
)
def test_an_error_can_be_caught_as_its_builtin_kind(cls: type[OcopError], base: type[Exception]) -> None:
    assert issubclass(cls, base)


def test_a_document_error_has_its_report() -> None:
    report = Report([EMPTY])
    assert DocumentError(report).report is report


def test_a_document_error_prints_in_english_whatever_its_report_does() -> None:
    assert str(DocumentError(Report([EMPTY], lang="vi"))) == "1 problem\n  The input is empty. [json-empty]"


def test_an_unknown_id_is_told_with_the_nearest() -> None:
    error = UnknownIdError("edition", "qd26-2062", "qd26-2026", ("qd26-2026",))
    assert str(error) == "there is no edition 'qd26-2062'; did you mean 'qd26-2026'?"


def test_an_unknown_id_is_told_with_those_known_where_none_is_near() -> None:
    error = UnknownIdError("edition", "x", None, ("qd26-2026", "qd27-2027"))
    assert str(error) == "there is no edition 'x'; known: qd26-2026, qd27-2027"


def test_an_unknown_id_is_told_alone_where_nothing_is_known() -> None:
    assert str(UnknownIdError("criterion", "9.9")) == "there is no criterion '9.9'"


def test_an_unknown_id_keeps_what_it_was_made_from() -> None:
    error = UnknownIdError("edition", "x", "y", ("y", "z"))
    assert (error.what, error.wanted, error.hint, error.known) == ("edition", "x", "y", ("y", "z"))


def test_an_impossible_step_is_told_with_the_allowed_ones() -> None:
    error = ImpossibleStepError("registered", "promote", ("pass", "return"))
    assert str(error) == "'promote' is impossible in the state 'registered'; allowed: pass, return"


def test_an_impossible_step_is_told_where_nothing_is_allowed() -> None:
    assert str(ImpossibleStepError("closed", "open")) == "'open' is impossible in the state 'closed'; allowed: nothing"


def test_an_impossible_step_is_told_with_what_speaks_against_it() -> None:
    error = ImpossibleStepError("registered", "pass", ("pass",), "it is too early")
    assert str(error) == "'pass' is impossible in the state 'registered': it is too early; allowed: pass"


def test_an_impossible_step_keeps_what_it_was_made_from() -> None:
    error = ImpossibleStepError("registered", "promote", ("pass",), "why")
    assert (error.state, error.event, error.allowed, error.why) == ("registered", "promote", ("pass",), "why")


def test_a_missing_extra_says_how_to_install_it() -> None:
    assert str(MissingExtraError("cli")) == "this needs the extra 'cli': pip install 'ocop[cli]'"


def test_a_missing_extra_has_its_name() -> None:
    assert MissingExtraError("cli").extra == "cli"


# nearest()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("qd26-2026/tee", "qd26-2026/tea"),
        ("qd26-2026/TEA", "qd26-2026/tea"),
        (" qd26-2026/tea\n", "qd26-2026/tea"),
        ("qd26-2026/flower", "qd26-2026/flowers"),
        ("xyz", None),
        ("", None),
        (5, None),
        (None, None),
        (["qd26-2026/tea"], None),
    ],
)
def test_the_nearest_is_found(wanted: object, expected: str | None) -> None:
    assert nearest(wanted, ["qd26-2026/tea", "qd26-2026/flowers"]) == expected


def test_the_nearest_is_given_in_its_own_case() -> None:
    assert nearest("hà nội", ["Hà Nội"]) == "Hà Nội"


def test_the_nearest_is_sought_in_normal_form() -> None:
    assert nearest("e\u0302\u0323", ["\u1ec7"]) == "\u1ec7"


def test_the_nearest_is_the_same_one_before_a_similar_one() -> None:
    assert nearest("B", ["ab", "b", "bc"]) == "b"


def test_nothing_is_nearest_where_nothing_is_known() -> None:
    assert nearest("tea", []) is None


def test_the_nearest_takes_any_iterable() -> None:
    assert nearest("tee", iter(["tea"])) == "tea"


def test_the_nearest_of_long_texts_is_the_same_one() -> None:
    assert nearest("A" * 300, ["a" * 200, "a" * 300]) == "a" * 300


def test_the_nearest_looks_at_the_first_200_characters_only() -> None:
    assert nearest("a" * 200 + "b" * 10_000, ["a" * 200]) == "a" * 200


@given(st.lists(TEXT, min_size=1), st.data())
def test_a_known_text_is_nearest_to_itself_but_for_case(known: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(known)).strip()
    found = nearest(wanted, [each.strip() for each in known])
    assert found is not None
    assert found.casefold() == wanted.casefold()


# shortened()


def circular() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


def deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (5, "5"),
        (5.0, "5.0"),
        ("c ", '"c "'),
        ("a\nb", '"a\\nb"'),
        ("chè", '"chè"'),
        ([1, "a"], '[1, "a"]'),
        ({"a": None}, '{"a": null}'),
        ({1}, '"{1}"'),
        (float("nan"), "NaN"),
    ],
)
def test_a_short_value_is_shown_as_json(value: object, expected: str) -> None:
    assert shortened(value) == expected


@pytest.mark.parametrize(
    ("value", "width", "expected"), [("x" * 58, 60, '"' + "x" * 58 + '"'), ("x" * 59, 60, '"' + "x" * 58 + "…")]
)
def test_a_value_is_cut_only_where_it_is_too_long(value: str, width: int, expected: str) -> None:
    assert shortened(value, width) == expected


def test_a_value_is_cut_to_60_characters_unless_told_otherwise() -> None:
    assert len(shortened("x" * 100)) == 60


@pytest.mark.parametrize("value", [{(1, 2): 3}, circular(), deep()], ids=["tuple as key", "circular", "deep"])
def test_a_value_that_json_cannot_show_is_shown_by_its_type(value: object) -> None:
    assert shortened(value).startswith(f"<{type(value).__name__} object at 0x")


@given(st.recursive(st.none() | st.text(), st.lists), st.integers(1, 30))
def test_a_shortened_value_is_never_too_long(value: object, width: int) -> None:
    assert len(shortened(value, width)) <= width


def test_a_step_of_a_pointer_is_cut_to_200_characters() -> None:
    assert pointer("x" * 200, 1) == "/" + "x" * 200 + "/1"
    assert pointer("~" * 201, 1) == "/" + "~0" * 200 + "…/1"
