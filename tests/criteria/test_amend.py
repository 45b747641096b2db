"""An amended set: only what the amendment names has changed, and what does not fit is told at the place to change."""

import json
import pickle
from typing import Any

import pytest
from attrs import evolve

import ocop
from ocop.criteria import amend, compare
from ocop.criteria.amendment import UNCHANGED, CriterionChange, NewItem, NewOption, OptionChange, SetAmendment
from ocop.criteria.model import BaseSet, CriteriaSet, Criterion, Erratum, Field, Option, Remark
from ocop.errors import DocumentError, Report
from ocop.model.stars import Grade, Star
from ocop.text import Label

TEA = ocop.criteria_set("qd26-2026/tea")
CITED = {"vi": "Quyết định của tỉnh (ví dụ)", "en": "The province's decision (an example)"}
WORD = {"vi": "từ", "en": "word"}


def document(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "set-amendment",
        "version": 1,
        "id": "qd26-2026/our-tea",
        "base": "qd26-2026/tea",
        "cited_as": CITED,
        **changes,
    }


def patch(**changes: Any) -> SetAmendment:
    found = ocop.loads(json.dumps(document(**changes)))
    assert isinstance(found, SetAmendment)
    return found


def amended(base: CriteriaSet = TEA, **changes: Any) -> CriteriaSet:
    return amend(base, patch(**changes))


def refused(base: CriteriaSet = TEA, /, **changes: Any) -> Report:
    with pytest.raises(DocumentError) as caught:
        amend(base, patch(**changes))
    return caught.value.report


def told(base: CriteriaSet = TEA, /, **changes: Any) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in refused(base, **changes).problems]


def letters(the_set: CriteriaSet, code: str) -> list[tuple[str, str]]:
    return [(option.letter, option.slug) for option in the_set.criterion(code).options]


def test_what_is_not_named_stays() -> None:
    ours = amended()
    assert evolve(ours, id=TEA.id, cited_as=Label("", ""), base=None) == TEA
    assert compare(TEA, ours).is_empty
    assert (ours.id, ours.number, ours.label) == ("qd26-2026/our-tea", 11, TEA.label)
    assert ours.base == BaseSet("qd26-2026/tea", TEA.digest)
    assert ours.citation == Label(**CITED)
    assert ours.digest != TEA.digest
    assert ocop.lint(ours).ok


def test_name_and_number_may_be_its_own() -> None:
    ours = amended(number=3, label=WORD)
    assert (ours.number, ours.label) == (3, Label("từ", "word"))


def test_a_minimum_is_set_moved_and_taken_away() -> None:
    ours = amended(
        criteria={
            "1.3": {"options": {"b": {"minimum_for": 3}}},
            "3.4": {"options": {"b": {"minimum_for": 5}}},
            "7": {"options": {"c": {"minimum_for": None}}},
        }
    )
    changes = {
        (change.new.code, option.new.letter): [(each.old, each.new) for each in option.differences]
        for change in compare(TEA, ours).changed
        for option in change.changed
    }
    assert changes == {("1.3", "b"): [(None, 3)], ("3.4", "b"): [(4, 5)], ("7", "c"): [(4, None)]}


def test_points_move_where_every_maximum_is_named() -> None:
    ours = amended(
        maxima={"6.2": 12, "6": 16},
        criteria={
            "6.2.3": {"max_points": 6, "options": {"d": {"points": 6}}},
            "11": {"max_points": 2, "remove_options": ["c"]},
        },
    )
    assert [part.max_points for part in ours.parts] == [40, 25, 35]
    assert ours.criterion("6.2.3").max_points == 6
    assert letters(ours, "11") == [("a", "southeast-asia"), ("b", "outside-southeast-asia")]
    assert [change.new.code for change in compare(TEA, ours).changed] == ["6.2.3", "11"]


def test_a_sum_never_follows_in_silence() -> None:
    changes = {"6.2.3": {"options": {"d": {"points": 6}}}}
    assert told(criteria=changes) == [("set-max-wrong", "/criteria/6.2.3/max_points")]
    changes["6.2.3"]["max_points"] = 6  # type: ignore[assignment]
    assert told(criteria=changes) == [("set-sum-wrong", "/maxima/6.2")]
    assert told(criteria=changes, maxima={"6.2": 12}) == [("set-sum-wrong", "/maxima/6")]
    assert told(criteria=changes, maxima={"6.2": 12, "6": 16}) == [("set-sum-wrong", "/maxima/C")]
    (problem,) = refused(criteria=changes, maxima={"6.2": 12, "6": 16}).problems
    assert (problem.expected, problem.got) == ("36", "35")
    # The parts are the edition's, as the bands are.
    found = refused(criteria=changes, maxima={"6.2": 12, "6": 16, "C": 36})
    assert [(problem.code, problem.pointer) for problem in found.problems] == [("set-parts-differ", "/maxima")]


def test_parts_change_with_an_edition_that_has_them() -> None:
    parts = tuple(evolve(part, max_points=part.max_points + (part.code == "C")) for part in TEA.edition.parts)
    edition = evolve(TEA.edition, id="ours", max_points=101, parts=parts)
    ours = amend(
        TEA,
        patch(
            id="ours/tea",
            maxima={"6.2": 12, "6": 16, "C": 36},
            criteria={"6.2.3": {"max_points": 6, "options": {"d": {"points": 6}}}},
        ),
        edition=edition,
    )
    assert (ours.max_points, ours.edition) == (101, edition)
    assert [(code, each.old, each.new) for code, each in compare(TEA, ours).parts] == [("C", 35, 36)]


def test_the_ranks_are_those_of_the_new_edition() -> None:
    bands = tuple(
        evolve(band, star=Grade(int(band.star), f"class-{band.star}", Label("h", "c"))) for band in TEA.edition.bands
    )
    ours = amend(TEA, patch(id="ours/tea"), edition=evolve(TEA.edition, id="ours", bands=bands))
    assert isinstance(ours.criterion("7").option("d").minimum_for, Grade)


def test_options_come_and_go_and_letters_run_anew() -> None:
    ours = amended(
        criteria={
            "2.3": {
                "remove_options": ["b"],
                "add_options": [
                    {"slug": "first", "points": 0, "before": "a", "label": WORD},
                    {"slug": "instead", "points": 2, "before": "b", "label": WORD},
                    {"slug": "last", "points": 3, "minimum_for": 5, "label": WORD},
                ],
                "options": {"a": {"label": WORD}},
                "label": WORD,
            }
        }
    )
    slugs = ["first", "full-correct", "instead", "full-correct-story-traceability", "last"]
    assert letters(ours, "2.3") == list(zip("abcde", slugs, strict=True))
    criterion = ours.criterion("2.3")
    assert criterion.label == criterion.option("b").label == Label("từ", "word")
    assert criterion.option("e").minimum_for is Star.FIVE


def test_a_new_option_may_belong_to_a_case() -> None:
    in_cases = ocop.criteria_set("qd26-2026/community-tourism")
    criterion = next(each for each in in_cases.criteria if each.options[0].case is not None)
    last = criterion.options[-1]
    new = {"slug": "more", "points": last.points, "case": last.case, "label": WORD, "case_label": WORD}
    ours = amend(in_cases, patch(base=in_cases.id, criteria={criterion.code: {"add_options": [new]}}))
    assert ours.criterion(criterion.code).options[-1].case_label == Label("từ", "word")


def test_criteria_and_sections_come_and_go() -> None:
    new: dict[str, Any] = {"code": "1.8", "slug": "log", "max_points": 1, "label": WORD, "options": [
        {"letter": "a", "slug": "kept", "points": 1, "minimum_for": 4, "label": WORD}]}  # fmt: skip
    ours = amended(remove=["1.7"], add=[{"below": "1", "before": "1.2", "item": new}])
    assert [each.code for each in ours.criteria][:8] == ["1.1", "1.8", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1"]
    assert [each.code for each in compare(TEA, ours).added] == ["1.8"]
    assert [each.code for each in compare(TEA, ours).dropped] == ["1.7"]

    section: dict[str, Any] = {"code": "3x", "slug": "one", "max_points": 12, "label": WORD, "items": [
        {**new, "max_points": 12, "options": [{**new["options"][0], "points": 12}]}]}  # fmt: skip
    ours = amended(remove=["3.5", "3"], add=[{"below": "A", "item": section}])
    assert [item.code for item in ours.parts[0].items] == ["1", "2", "3x"]
    assert ours.part_of("1.8").code == "A"


def test_rules_come_and_go() -> None:
    added = {"effect": "disqualified", "cause": "blended", "criterion": "1.1", "label": WORD}
    gone = {"effect": "evidence", "cause": "food-safety-test-report", "criterion": "8"}
    ours = amended(add_rules=[added], remove_rules=[gone])
    assert [rule.cause for rule in TEA.rules if rule not in ours.rules] == ["food-safety-test-report"]
    assert [rule.cause for rule in ours.rules if rule not in TEA.rules] == ["blended"]
    assert ours.rules[-1].label == Label("từ", "word")


def test_notes_on_what_was_touched_are_left_out() -> None:
    assert [(each.criterion, each.option) for each in TEA.errata] == [("1.2", "a"), ("6.1.1", "b")]
    assert amended().errata == TEA.errata
    ours = amended(criteria={"1.2": {"label": WORD}})
    assert [each.criterion for each in ours.errata] == ["6.1.1"]
    assert [each.criterion for each in TEA.remarks] == ["2.4"]
    new = {"code": "2.5", "slug": "log", "max_points": 1, "label": WORD,
           "options": [{"letter": "a", "slug": "kept", "points": 1, "label": WORD}]}  # fmt: skip
    assert amended(remove=["2.4"], add=[{"below": "2", "item": new}]).remarks == ()


def test_what_a_set_is_in_doubt_about_it_stays_in_doubt_about() -> None:
    doubtful = evolve(TEA, complete=False, open_issues=(Remark("lost", None, Label("mất", "lost")),))
    ours = amend(doubtful, patch(criteria={"7": {"options": {"d": {"points": 6}}}}))
    assert (ours.complete, ours.open_issues) == (False, doubtful.open_issues)


def test_a_set_without_rules_or_notes_may_be_amended() -> None:
    bare = evolve(TEA, rules=(), errata=(), remarks=())
    assert amend(bare, patch()).rules == ()


UNKNOWN: list[tuple[dict[str, Any], str, str | None]] = [
    ({"criteria": {"1.33": {}}}, "/criteria/1.33", "1.3"),
    ({"criteria": {"1": {}}}, "/criteria/1", "11"),
    ({"maxima": {"1.1": 3}}, "/maxima/1.1", None),
    ({"maxima": {"Z": 3}}, "/maxima/Z", None),
    ({"remove": ["1.77"]}, "/remove/0", "1.7"),
    ({"remove": ["A"]}, "/remove/0", None),
    ({"remove": ["1.7"], "criteria": {"1.7": {}}}, "/criteria/1.7", None),
    ({"remove": ["6.2"], "maxima": {"6.2": 0}}, "/maxima/6.2", None),
    ({"criteria": {"7": {"options": {"z": {}}}}}, "/criteria/7/options/z", None),
    ({"criteria": {"7": {"remove_options": ["a", "z"]}}}, "/criteria/7/remove_options/1", None),
    (
        {"criteria": {"7": {"add_options": [{"slug": "x", "points": 1, "before": "z"}]}}},
        "/criteria/7/add_options/0/before",
        None,
    ),
    ({"remove_rules": [{"effect": "evidence", "criterion": "8"}]}, "/remove_rules/0", None),
]


@pytest.mark.parametrize(("changes", "pointer", "hint"), UNKNOWN)
def test_what_the_base_set_lacks_is_told(changes: dict[str, Any], pointer: str, hint: str | None) -> None:
    problems = refused(**changes).problems
    assert ("amendment-target-unknown", pointer) in [(each.code, each.pointer) for each in problems]
    found = next(each for each in problems if each.pointer == pointer)
    if hint is not None:
        assert found.hint == hint
    assert found.message.en.startswith("The base set qd26-2026/tea has no ")
    assert found.message.vi.startswith("Bộ gốc qd26-2026/tea không có ")


@pytest.mark.parametrize(
    ("place", "pointer"), [({"below": "Z"}, "/add/0/below"), ({"below": "1", "before": "2.1"}, "/add/0/before")]
)
def test_a_place_that_the_base_set_lacks_is_told(place: dict[str, str], pointer: str) -> None:
    item = {"code": "x", "slug": "x", "max_points": 0, "options": [{"letter": "a", "slug": "a", "points": 0}]}
    assert told(add=[{**place, "item": item}]) == [("amendment-target-unknown", pointer)]


def test_only_the_first_unknown_names_get_a_hint() -> None:
    problems = refused(remove=[f"1.1{number}" for number in range(60)]).problems
    assert [problem.hint is not None for problem in problems] == [True] * 50 + [False] * 10


def test_the_head_is_checked() -> None:
    assert told(base="qd26-2026/flowers") == [("amendment-base-wrong", "/base")]
    assert told(id="qd26-2026/tea") == [("amendment-id-taken", "/id")]
    assert told(base_digest="sha256:0") == [("amendment-digest-differs", "/base_digest")]
    assert amended(base_digest=TEA.digest).base == BaseSet(TEA.id, TEA.digest)
    for wrong in ("elsewhere/tea", "tea", "qd26-2026/", "qd26-2026/../tea"):
        assert told(id=wrong) == [("set-id-wrong", "/id")]
    several = {"id": "x", "base": "y", "base_digest": "z", "remove": ["none"]}
    assert refused(**several).codes == (
        "set-id-wrong",
        "amendment-base-wrong",
        "amendment-digest-differs",
        "amendment-target-unknown",
    )


def test_a_flaw_of_the_new_set_is_told_where_the_amendment_makes_it() -> None:
    item: dict[str, Any] = {"code": "1.1", "slug": "x", "max_points": 0}
    item["options"] = [{"letter": "b", "slug": "a", "points": 0}]
    assert told(add=[{"below": "1", "item": {**item, "label": WORD}}]) == [
        ("set-code-repeated", "/add/0/item/code"),
        ("set-letters-wrong", "/add/0/item/options"),
        *[("label-missing", "/add/0/item/options/0")] * 2,
    ]
    option: dict[str, Any] = {"slug": "average", "points": 0, "before": "b", "label": WORD}
    assert told(criteria={"7": {"add_options": [option]}}) == [
        ("set-option-repeated", "/criteria/7/add_options/0/slug")
    ]
    assert told(criteria={"7": {"options": {"a": {"points": 9}}}})[1:] == [
        ("set-points-fall", "/criteria/7/options/b/points")
    ]
    assert told(criteria={"7": {"minimum_for": 1}}) == [("set-minimum-lowest", "/criteria/7/minimum_for")]
    rule = {"effect": "disqualified", "cause": "x", "criterion": "99", "label": WORD}
    assert told(add_rules=[rule]) == [("set-rule-target", "/add_rules/0/criterion")]
    option = {"letter": "a", "slug": "a", "points": 0, "label": WORD}
    twin = {**item, "code": "1.8", "slug": TEA.criterion("1.1").slug, "label": WORD, "options": [option]}
    assert told(add=[{"below": "1", "item": twin}]) == [("set-slug-repeated", "/add")]
    assert told(cited_as={"vi": "", "en": "x"}) == [("label-missing", "/cited_as")]
    assert told(label={"vi": "", "en": "x"}) == [("label-missing", "")]
    # A rule on a criterion that goes must go as well.
    found = told(remove=["5.1", "5.2"], maxima={"5": 5, "B": 18})
    assert ("set-rule-target", "/remove_rules") in found


def test_more_options_than_letters_are_refused() -> None:
    options = [{"slug": f"more-{number}", "points": 5, "label": WORD} for number in range(23)]
    assert told(criteria={"7": {"add_options": options}}) == [("set-letters-wrong", "/criteria/7/options")]


def test_an_unsound_base_set_gives_no_set() -> None:
    flawed = evolve(TEA, errata=(Erratum("2.4", Field.POINTS, 9, "odd", None, "a", Label("a", "b")),))
    assert told(flawed) == [("set-erratum-wrong", "/errata/0")]


def test_an_amendment_may_be_amended() -> None:
    ours = amended(criteria={"7": {"options": {"b": {"minimum_for": 3}}}})
    theirs = amend(
        ours, patch(id="qd26-2026/their-tea", base=ours.id, criteria={"10": {"options": {"a": {"minimum_for": 3}}}})
    )
    assert theirs.base == BaseSet(ours.id, ours.digest)
    assert [change.new.code for change in compare(TEA, theirs).changed] == ["7", "10"]


def test_words_of_what_is_new_may_come_from_a_catalogue() -> None:
    from ocop.criteria.reading import Labels

    labels = Labels({"options": {"uniqueness/more": "hơn"}}, {"options": {"uniqueness/more": "more"}})
    ours = amend(TEA, patch(criteria={"7": {"add_options": [{"slug": "more", "points": 5}]}}), labels=labels)
    assert ours.criterion("7").options[-1].label == Label("hơn", "more")


FULL = document(
    base_digest="sha256:0",
    number=4,
    label=WORD,
    maxima={"A": 40},
    criteria={
        "7": {
            "max_points": 5,
            "minimum_for": None,
            "options": {"a": {"points": 0, "minimum_for": None, "label": WORD}, "b": {}},
            "add_options": [{"slug": "x", "points": 1, "minimum_for": 4, "case": "c", "before": "a", "label": WORD}],
            "remove_options": ["c"],
            "label": WORD,
        },
        "8": {"minimum_for": 9},
    },
    add=[{"below": "A", "before": "1", "item": {"code": "0", "slug": "s", "max_points": 0, "items": []}}],
    remove=["2.4"],
    add_rules=[{"effect": "disqualified", "cause": "x"}],
    remove_rules=[{"effect": "evidence", "cause": "x", "criterion": "8"}],
)


def test_an_amendment_is_a_document() -> None:
    found = ocop.loads(json.dumps(FULL))
    assert json.loads(ocop.dumps(found)) == FULL
    assert ocop.loads(ocop.dumps(found, canonical=True)) == found == pickle.loads(pickle.dumps(found))  # noqa: S301
    assert hash(found) == hash(ocop.loads(json.dumps(FULL)))
    change = found.criteria["7"]
    assert (change.minimum_for, change.options["a"].minimum_for, change.options["b"].minimum_for) == (
        None,
        None,
        UNCHANGED,
    )
    assert isinstance(found.criteria["8"].minimum_for, Grade)


def test_an_amendment_may_be_written_in_python() -> None:
    made = SetAmendment(
        "qd26-2026/our-tea",
        "qd26-2026/tea",
        Label("a", "b"),
        criteria={
            "7": CriterionChange(
                options={"b": OptionChange(minimum_for=Star.THREE)},
                add_options=(NewOption("more", 5, label=Label("a", "b")),),
            )
        },
        add=(NewItem("1", Criterion("1.8", "x", 0, (Option("a", "a", 0, label=Label("a", "b")),), Label("a", "b"))),),
    )
    ours = amend(TEA, made)
    assert [change.new.code for change in compare(TEA, ours).changed] == ["7"]
    assert hash(made) == hash(ocop.loads(ocop.dumps(made)))


def test_an_amended_set_is_a_document() -> None:
    ours = amended(criteria={"7": {"options": {"b": {"minimum_for": 3}}}})
    written = json.loads(ocop.dumps(ours))
    assert written["base"] == {"id": TEA.id, "digest": TEA.digest}
    assert written["cited_as"] == CITED
    assert ocop.loads(json.dumps(written)) == ours
    assert ocop.validate(written).ok


def test_validate_holds_an_amendment_against_its_base_set() -> None:
    assert ocop.validate(document()).ok
    found = ocop.validate(document(criteria={"7": {"options": {"z": {}}}}), "en")
    assert found.codes == ("amendment-target-unknown",)
    found = ocop.validate(document(base="qd26-2026/tee"), "en")
    assert [(each.code, each.pointer, each.hint) for each in found.problems] == [
        ("set-unknown", "/base", "qd26-2026/tea")
    ]
    assert ocop.validate(document(id="ours/tea")).codes == ("set-id-wrong",)


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"criterai": {}}, "key-unknown", "/criterai"),
        ({"criteria": {"7": {"max": 3}}}, "key-unknown", "/criteria/7/max"),
        ({"criteria": {"7": {"options": {"a": {"points": "3"}}}}}, "value-wrong-type", "/criteria/7/options/a/points"),
        ({"criteria": {"7": {"options": {"a": {"points": -1}}}}}, "value-out-of-range", "/criteria/7/options/a/points"),
        ({"criteria": {"7": {"minimum_for": 0}}}, "value-out-of-range", "/criteria/7/minimum_for"),
        ({"criteria": {"7": {"minimum_for": "unchanged"}}}, "value-wrong-type", "/criteria/7/minimum_for"),
        ({"maxima": {"A": None}}, "value-not-integer", "/maxima/A"),
        ({"maxima": []}, "value-not-object", "/maxima"),
        ({"remove": "1.7"}, "value-not-list", "/remove"),
        ({"remove_rules": [{"effect": "none"}]}, "value-not-allowed", "/remove_rules/0/effect"),
        ({"add": [{"below": "A"}]}, "key-missing", "/add/0/item"),
        ({"cited_as": None}, "value-not-object", "/cited_as"),
    ],
)
def test_the_form_of_an_amendment_is_held_by_schema_and_reader(
    changes: dict[str, Any], code: str, pointer: str
) -> None:
    wrong = document(**changes)
    assert [(each.code, each.pointer) for each in ocop.validate(wrong).problems] == [(code, pointer)]
    with pytest.raises(DocumentError) as caught:
        ocop.loads(json.dumps(wrong))
    assert caught.value.report.codes == (code,)


def test_a_sheet_is_scored_by_an_amended_set() -> None:
    ours = amended(criteria={"1.2": {"options": {"c": {"minimum_for": 4}}}})
    sheet = ocop.ScoreSheet(ours.id, ocop.load("docs/examples/tea.json").choices)
    score = ocop.score(sheet, ours)
    assert (score.star_by_points, score.star) == (4, 3)
    assert CITED["en"] in score.explain("en")


def test_the_comparison_names_stars_and_classes() -> None:
    ours = amended(
        criteria={
            "7": {
                "options": {"b": {"minimum_for": 3}},
                "add_options": [{"slug": "more", "points": 5, "label": WORD}],
            },
            "3.4": {"options": {"b": {"minimum_for": None}}},
            "11": {"max_points": 3, "add_options": [{"slug": "z", "points": 3, "minimum_for": 5, "label": WORD}]},
        }
    )
    text = compare(TEA, ours).text("en")
    assert "minimum for – → 3 stars" in text
    assert "minimum for 4 stars → –" in text
    assert "      + word: 3 points, minimum for 5 stars" in text
    assert "tối thiểu của 4 sao → –" in compare(TEA, ours).text("vi")
