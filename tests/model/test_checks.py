import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.model.checks import commune_problems, empty_texts
from ocop.model.places import communes
from ocop.text import Label


@pytest.mark.parametrize(
    ("label", "pointers"),
    [
        (Label("Chè", "Tea"), []),
        (Label("", "Tea"), ["/vi"]),
        (Label(" \t\n", "\u00a0"), ["/vi", "/en"]),
    ],
)
def test_a_text_of_nothing_but_spaces_is_empty(label: Label, pointers: list[str]) -> None:
    problems = list(empty_texts(label, "vi", "en"))
    assert [problem.pointer for problem in problems] == pointers
    assert {problem.code for problem in problems} <= {"text-empty"}


def test_every_commune_of_today_is_known() -> None:
    assert not any(commune_problems(commune.code, "/place") for commune in communes())


@given(st.text(max_size=6).filter(lambda code: code not in {commune.code for commune in communes()}))
def test_any_other_code_is_told(code: str) -> None:
    [problem] = commune_problems(code, "/place")
    assert (problem.code, problem.pointer) == ("commune-unknown", "/place")
    assert problem.got is not None


def test_the_nearest_code_is_the_hint() -> None:
    assert commune_problems("2478", "/place")[0].hint is not None
