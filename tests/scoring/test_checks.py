import ocop
from ocop.scoring.checks import MAX_HINTS, check

TEA = ocop.criteria_set("qd26-2026/tea")


def test_a_right_sheet_has_no_problem() -> None:
    assert list(check({c.code: None for c in TEA.criteria}, (), TEA)) == []


def test_a_wrong_letter_says_which_letters_there_are_and_the_nearest() -> None:
    (problem,) = check({**{c.code: None for c in TEA.criteria}, "1.1": "C"}, (), TEA)
    assert (problem.code, problem.expected, problem.got, problem.hint) == (
        "option-unknown",
        "a, b, c, null",
        '"C"',
        "c",
    )
    assert problem.message.vi.startswith("Tiêu chí 1.1")
    assert problem.message.en.startswith("Criterion 1.1")


def test_a_blank_after_a_letter_is_not_the_letter_but_a_hint() -> None:
    (problem,) = check({**{c.code: None for c in TEA.criteria}, "1.1": "c "}, (), TEA)
    assert (problem.code, problem.hint) == ("option-unknown", "c")


def test_the_needed_criterion_is_missing_or_wrong_only_that_is_told() -> None:
    choices = {c.code: None for c in TEA.criteria} | {"5.2": "c"}
    wrong = {**choices, "5.1": "z"}
    assert [p.code for p in check(wrong, (), TEA)] == ["option-unknown"]
    del choices["5.1"]
    assert [p.code for p in check(choices, (), TEA)] == ["criterion-missing"]


def test_ten_thousand_unknown_criteria_are_all_told_quickly_with_few_hints() -> None:
    choices = {c.code: None for c in TEA.criteria} | {f"1.1{number}": "a" for number in range(10_000)}
    found = list(check(choices, (), TEA))
    assert len(found) == 10_000
    assert sum(problem.hint is not None for problem in found) <= MAX_HINTS


def test_odd_findings_are_told_not_raised() -> None:
    found = list(check({c.code: None for c in TEA.criteria}, [None, 3, ["x"], {"a": 1}, *["y"] * 60], TEA))
    assert [p.code for p in found[:5]] == ["finding-unknown"] * 5
    assert {p.code for p in found[5:]} == {"finding-repeated"}


def test_a_set_without_findings_expects_none() -> None:
    tourism = ocop.criteria_set("qd26-2026/community-tourism")
    (problem,) = check({c.code: None for c in tourism.criteria}, ["forged-dossier"], tourism)
    assert (problem.code, problem.expected) == ("finding-unknown", None)
