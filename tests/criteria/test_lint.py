"""Lint finds each flaw that can be planted, where it was planted, and nothing in what is sound."""

import inspect
import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import attrs
import pytest
from hypothesis import given

from ocop.criteria.catalog import PACKAGED
from ocop.criteria.edition import Amendment, Band, Edition
from ocop.criteria.lint import MAX_LABEL, flaws, lint, lint_edition
from ocop.criteria.model import (
    CriteriaSet,
    Criterion,
    Effect,
    Erratum,
    Field,
    Option,
    Part,
    Remark,
    Rule,
    Section,
)
from ocop.errors import Report
from ocop.messages import MESSAGES
from ocop.model.stars import Star
from ocop.model.taxonomy import SetEntry, Subgroup
from ocop.testing import criteria_sets
from ocop.text import LANGUAGES, NO_LABEL, Label, Language
from packaged import COMPLETE_IDS, INCOMPLETE

EDITION = PACKAGED.edition("qd26-2026")
WORD = Label("từ", "word")
TOO_LONG = "x" * (MAX_LABEL + 1)

DECLARED = {
    "qd1048-2019/functional-food-traditional-medicine": [("set-sum-wrong", "/parts/2/max_points")],
    "qd148-2023/processed-fruit-vegetables-seeds": [("set-max-wrong", "/parts/2/items/0/items/3/max_points")],
    "qd148-2023/tea": [("set-sum-wrong", "/parts/2/max_points")],
    "qd148-2023/herbal-infusions": [("set-sum-wrong", "/parts/2/max_points")],
    "qd148-2023/coffee-cocoa": [("set-sum-wrong", "/parts/2/max_points")],
}
"""What does not add up in the sets that are declared incomplete."""

SetChange = Callable[[CriteriaSet], CriteriaSet]
EditionChange = Callable[[Edition], Edition]


def option(letter: str, points: int, minimum_for: Star | None = None, case: str | None = None) -> Option:
    return Option(letter, f"option-{letter}", points, minimum_for, case, WORD, NO_LABEL if case is None else WORD)


def sound() -> CriteriaSet:
    in_cases = Criterion(
        "1.2",
        "in-cases",
        10,
        (
            option("a", 5, Star.THREE, "own"),
            option("b", 10, Star.FOUR, "own"),
            option("c", 6, Star.THREE, "hired"),
            option("d", 9, None, "hired"),
        ),
        WORD,
    )
    plain = Criterion("1.1", "plain", 30, (option("a", 0), option("b", 30, Star.THREE)), WORD)
    needed = Criterion("2", "needed", 25, (option("a", 0), option("b", 12, Star.TWO), option("c", 25)), WORD)
    needy = Criterion("3", "needy", 35, (option("a", 10, Star.THREE), option("b", 10), option("c", 35)), WORD)
    return CriteriaSet(
        "qd26-2026/made",
        EDITION,
        99,
        (
            Part("A", "a", 40, (Section("1", "one", 40, (plain, in_cases), WORD),), WORD),
            Part("B", "b", 25, (needed,), WORD),
            Part("C", "c", 35, (needy,), WORD),
        ),
        (
            Rule(Effect.DISQUALIFIED, "forged", label=WORD),
            Rule(Effect.REQUIRED, "local", "1.1", label=WORD),
            Rule(Effect.NOT_EVALUATED, "common", label=WORD),
            Rule(Effect.EVALUATION_STOPS, "zero", "3", criteria=("2", "3"), label=WORD),
            Rule(Effect.APPLIES_ONLY_IF, "story", "3", "2", label=WORD),
            Rule(Effect.CHOOSE_ONE_CASE, criterion="1.2"),
            Rule(Effect.EVIDENCE, "contracts", "2", label=WORD),
        ),
        (Erratum("1.1", Field.POINTS, 0, "blank", None, "a", WORD),),
        (Remark("odd", "2", WORD), Remark("whole", None, WORD)),
        WORD,
    )


PLAIN, CASES, NEEDED, NEEDY = (
    "/parts/0/items/0/items/0",
    "/parts/0/items/0/items/1",
    "/parts/1/items/0",
    "/parts/2/items/0",
)


def changed(node: Any, path: str, **changes: Any) -> Any:
    """Return `node` with the object that the JSON Pointer `path` leads to evolved; attrs.evolve at any depth."""
    if not path:
        return attrs.evolve(node, **changes)
    step, _, rest = path[1:].partition("/")
    rest = "/" + rest if rest else ""
    if isinstance(node, tuple):
        place = int(step)
        return (*node[:place], changed(node[place], rest, **changes), *node[place + 1 :])
    return attrs.evolve(node, **{step: changed(getattr(node, step), rest, **changes)})


def change(path: str, **changes: Any) -> SetChange:
    return lambda the_set: changed(the_set, path, **changes)


def change_edition(path: str, **changes: Any) -> EditionChange:
    return lambda edition: changed(edition, path, **changes)


def add_rule(rule: Rule) -> SetChange:
    return lambda the_set: attrs.evolve(the_set, rules=(*the_set.rules, rule))


def add_case_rule(criterion: str) -> SetChange:
    return add_rule(Rule(Effect.CHOOSE_ONE_CASE, criterion=criterion))


def both(*changes: SetChange) -> SetChange:
    def apply(the_set: CriteriaSet) -> CriteriaSet:
        for each in changes:
            the_set = each(the_set)
        return the_set

    return apply


def found(report: Report) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in report.problems]


SET_FLAWS: list[tuple[str, str, str, SetChange]] = [
    ("other part code", "set-parts-differ", "/parts", change("/parts/0", code="X")),
    (
        "other part maximum",
        "set-parts-differ",
        "/parts",
        both(
            change("/parts/1", max_points=24),
            change(NEEDED, max_points=24),
            change(NEEDED + "/options/2", points=24),
        ),
    ),
    ("parts in another order", "set-parts-differ", "/parts", lambda s: attrs.evolve(s, edition=turned(s.edition))),
    (
        "part that is not its sum",
        "set-sum-wrong",
        "/parts/1/max_points",
        both(change(NEEDED, max_points=24), change(NEEDED + "/options/2", points=24)),
    ),
    (
        "section that is not its sum",
        "set-sum-wrong",
        "/parts/0/items/0/max_points",
        both(change(PLAIN, max_points=31), change(PLAIN + "/options/1", points=31)),
    ),
    ("best option below the maximum", "set-max-wrong", NEEDY + "/max_points", change(NEEDY + "/options/2", points=34)),
    ("best option above the maximum", "set-max-wrong", NEEDY + "/max_points", change(NEEDY + "/options/2", points=36)),
    (
        "criterion code twice",
        "set-code-repeated",
        NEEDED + "/code",
        both(change(PLAIN, code="2"), change("/rules/1", criterion="2"), change("/errata/0", criterion="2")),
    ),
    ("section code as its part's", "set-code-repeated", "/parts/0/items/0/code", change("/parts/0/items/0", code="A")),
    ("letter skipped", "set-letters-wrong", NEEDY + "/options", change(NEEDY + "/options/2", letter="d")),
    ("capital letter", "set-letters-wrong", NEEDY + "/options", change(NEEDY + "/options/0", letter="A")),
    ("letter twice", "set-letters-wrong", NEEDY + "/options", change(NEEDY + "/options/1", letter="a")),
    ("criterion slug twice", "set-slug-repeated", "/parts", change(NEEDY, slug="needed")),
    (
        "option slug twice",
        "set-option-repeated",
        NEEDY + "/options/2/slug",
        change(NEEDY + "/options/2", slug="option-a"),
    ),
    ("points fall", "set-points-fall", NEEDY + "/options/1/points", change(NEEDY + "/options/1", points=9)),
    (
        "points fall within a case",
        "set-points-fall",
        CASES + "/options/3/points",
        change(CASES + "/options/3", points=5),
    ),
    (
        "minimums fall",
        "set-minimums-fall",
        NEEDY + "/options/1/minimum_for",
        change(NEEDY + "/options/1", minimum_for=Star.TWO),
    ),
    (
        "the same minimum twice",
        "set-minimums-fall",
        NEEDY + "/options/2/minimum_for",
        change(NEEDY + "/options/2", minimum_for=Star.THREE),
    ),
    (
        "the same minimum twice within a case",
        "set-minimums-fall",
        CASES + "/options/3/minimum_for",
        change(CASES + "/options/3", minimum_for=Star.THREE),
    ),
    (
        "minimum for the lowest star",
        "set-minimum-lowest",
        NEEDED + "/options/1/minimum_for",
        change(NEEDED + "/options/1", minimum_for=Star.ONE),
    ),
    (
        "minimum for a star without a band",
        "set-minimum-lowest",
        CASES + "/options/1/minimum_for",
        lambda s: attrs.evolve(s, edition=attrs.evolve(s.edition, bands=s.edition.bands[:3])),
    ),
    (
        "option outside the cases",
        "set-case-alone",
        CASES + "/options",
        both(change(CASES + "/options/0", case=None), change(CASES + "/options/1", case=None)),
    ),
    (
        "a single case",
        "set-case-alone",
        NEEDED + "/options",
        both(
            *(change(f"{NEEDED}/options/{place}", case="only", case_label=WORD) for place in range(3)),
            add_rule(Rule(Effect.CHOOSE_ONE_CASE, criterion="2")),
        ),
    ),
    (
        "cases without a rule",
        "set-case-rule-missing",
        CASES,
        change("/rules/5", effect=Effect.EVIDENCE, cause="x", label=WORD),
    ),
    ("a rule of cases without any", "set-case-alone", "/rules/7/criterion", add_case_rule("1.1")),
    ("a criterion that needs itself", "set-rule-circle", "/rules/4/depends_on", change("/rules/4", depends_on="3")),
    ("an erratum of other points", "set-erratum-wrong", "/errata/0", change("/errata/0", adopted=1)),
    ("an erratum of no option", "set-erratum-wrong", "/errata/0", change("/errata/0", option="z")),
    (
        "an erratum of another maximum",
        "set-erratum-wrong",
        "/errata/0",
        change("/errata/0", field=Field.MAX_POINTS, adopted=29, option=None),
    ),
    ("rule beside an unknown criterion", "set-rule-target", "/rules/1/criterion", change("/rules/1", criterion="9")),
    ("rule beside a section", "set-rule-target", "/rules/1/criterion", change("/rules/1", criterion="1")),
    ("rule on an unknown other", "set-rule-target", "/rules/4/depends_on", change("/rules/4", depends_on="9")),
    ("stop on an unknown criterion", "set-rule-target", "/rules/3/criteria/1", change("/rules/3", criteria=("2", "9"))),
    ("disqualified without a cause", "set-rule-incomplete", "/rules/0", change("/rules/0", cause=None)),
    ("required without a cause", "set-rule-incomplete", "/rules/1", change("/rules/1", cause="")),
    ("needs without a cause", "set-rule-incomplete", "/rules/4", change("/rules/4", cause=None)),
    ("needs beside no criterion", "set-rule-incomplete", "/rules/4", change("/rules/4", criterion=None)),
    ("needs nothing", "set-rule-incomplete", "/rules/4", change("/rules/4", depends_on=None)),
    ("needs with a list", "set-rule-incomplete", "/rules/4", change("/rules/4", criteria=("2",))),
    ("case rule with a cause", "set-rule-incomplete", "/rules/5", change("/rules/5", cause="why", label=WORD)),
    ("case rule that depends", "set-rule-incomplete", "/rules/5", change("/rules/5", depends_on="2")),
    ("evidence that depends", "set-rule-incomplete", "/rules/6", change("/rules/6", depends_on="2")),
    ("disqualified with a list", "set-rule-incomplete", "/rules/0", change("/rules/0", criteria=("2",))),
    ("stop that depends", "set-rule-incomplete", "/rules/3", change("/rules/3", depends_on="2")),
    (
        "rule twice",
        "set-rule-repeated",
        "/rules/7",
        add_rule(Rule(Effect.REQUIRED, "local", "1.1", label=WORD)),
    ),
    ("erratum of no criterion", "set-note-target", "/errata/0/criterion", change("/errata/0", criterion="1")),
    ("remark on no criterion", "set-note-target", "/remarks/0/criterion", change("/remarks/0", criterion="2.1")),
    ("label missing", "label-missing", NEEDED, change(NEEDED, label=Label("", "word"))),
    ("citation in one language", "label-missing", "/cited_as", change("", cited_as=Label("từ", ""))),
    ("label too long", "label-too-long", NEEDED, change(NEEDED, label=Label("từ", TOO_LONG))),
]


def turned(edition: Edition) -> Edition:
    return attrs.evolve(edition, parts=(edition.parts[1], edition.parts[0], edition.parts[2]))


EDITION_FLAWS: list[tuple[str, str, str, EditionChange]] = [
    ("floors fall", "edition-bands-wrong", "/bands", change_edition("/bands/2", floor=20)),
    ("the same floor twice", "edition-bands-wrong", "/bands", change_edition("/bands/2", floor=30)),
    ("stars fall", "edition-bands-wrong", "/bands", change_edition("/bands/2", star=Star.ONE)),
    ("the same star twice", "edition-bands-wrong", "/bands", change_edition("/bands/2", star=Star.TWO)),
    ("first floor above 0", "edition-bands-wrong", "/bands", change_edition("/bands/0", floor=1)),
    ("last floor out of reach", "edition-bands-wrong", "/bands", change_edition("/bands/4", floor=101)),
    ("parts below the maximum", "edition-parts-wrong", "/parts", change_edition("/parts/1", max_points=24)),
    ("maximum above the parts", "edition-parts-wrong", "/parts", change_edition("", max_points=101)),
    (
        "ends before it begins",
        "edition-dates-wrong",
        "/in_force_to",
        change_edition("", in_force_to=date(2026, 5, 21)),
    ),
    *(
        (f"an id such as {name[:9]}", "edition-name-unsafe", "/id", change_edition("", id=name))
        for name in ("", "..", "a/b", "/a", "Qd", "a_b", "a-", "a--b", "tỉnh", "a\n", "x" * 65)
    ),
    (
        "a set's name that leads elsewhere",
        "edition-name-unsafe",
        "/groups/1/subgroups/0/sets/1/slug",
        change_edition("/groups/1/subgroups/0/sets/1", slug="../../etc/tea"),
    ),
    *(
        (
            f"amended at the wrong time {place}",
            "edition-amendments-wrong",
            f"/amendments/{place}/in_force_from",
            change_edition(
                "", in_force_to=date(2030, 1, 1), amendments=tuple(Amendment("1", d, "x", label=WORD) for d in days)
            ),
        )
        for place, days in enumerate(
            (
                (date(2026, 5, 21),),
                (date(2028, 1, 1), date(2027, 12, 31)),
                (date(2026, 5, 22), date(2026, 5, 22), date(2030, 1, 2)),
            )
        )
    ),
    (
        "set slug twice",
        "edition-set-repeated",
        "/groups/1/subgroups/0/sets/1",
        change_edition("/groups/1/subgroups/0/sets/1", slug="tea"),
    ),
    (
        "set number twice",
        "edition-set-repeated",
        "/groups/1/subgroups/0/sets/1",
        change_edition("/groups/1/subgroups/0/sets/1", number=11),
    ),
    ("label missing", "label-missing", "/source", change_edition("/source", label=Label("từ", " \t"))),
    ("label too long", "label-too-long", "/parts/2", change_edition("/parts/2", label=Label(TOO_LONG, "word"))),
]


@pytest.mark.parametrize(
    ("code", "pointer", "flaw"), [pytest.param(*row[1:], id=row[0].replace(" ", "-")) for row in SET_FLAWS]
)
def test_a_planted_flaw_of_a_set_is_found_alone(code: str, pointer: str, flaw: SetChange) -> None:
    assert found(lint(flaw(sound()))) == [(code, pointer)]


@pytest.mark.parametrize(
    ("code", "pointer", "flaw"), [pytest.param(*row[1:], id=row[0].replace(" ", "-")) for row in EDITION_FLAWS]
)
def test_a_planted_flaw_of_an_edition_is_found_alone(code: str, pointer: str, flaw: EditionChange) -> None:
    assert found(lint_edition(flaw(EDITION))) == [(code, pointer)]


def test_every_code_that_lint_can_report_is_planted_above() -> None:
    source = inspect.getsource(import_module("ocop.criteria.lint"))
    reported = set(re.findall(r'"((?:set|label|edition)-[a-z-]+)"', source))
    assert {row[1] for row in (*SET_FLAWS, *EDITION_FLAWS)} == reported
    known = {code for code in MESSAGES if code.startswith(("set-", "label-", "edition-"))}
    about_ids = {"set-unknown", "set-id-wrong", "set-incomplete"}
    about_folders = {
        "edition-id-taken",
        "edition-dates-overlap",
        "edition-set-file-missing",
        "edition-set-file-extra",
        "set-number-differs",
    }
    assert known - reported == about_ids | about_folders


SET_LABELS = [
    ("", "qd26-2026/made", "label"),
    ("/parts/1", "b", "label"),
    ("/parts/0/items/0", "one", "label"),
    (PLAIN, "plain", "label"),
    (NEEDED + "/options/1", "needed/option-b", "label"),
    (CASES + "/options/3", "in-cases/option-d", "label"),
    (CASES + "/options/3", "in-cases/hired", "case_label"),
    ("/rules/4", "story", "label"),
    ("/errata/0", "blank", "label"),
    ("/remarks/1", "whole", "label"),
]
EDITION_LABELS = [
    ("/groups/3", "handicrafts"),
    ("/groups/0/subgroups/5", "coffee-and-cocoa"),
    ("/groups/0/subgroups/4/sets/0", "tea"),
    ("/parts/0", "product-and-community"),
    ("/source", "full-transcript"),
]


def in_one_language(lang: Language, text: str) -> Label:
    return Label(text, "word") if lang == "vi" else Label("từ", text)


def assert_label_problem(report: Report, code: str, pointer: str, key: str, lang: Language) -> None:
    assert found(report) == [(code, pointer)]
    (problem,) = report.problems
    assert f"{lang} label of {key} " in problem.message.en
    assert problem.got == ("161" if code == "label-too-long" else None)


@pytest.mark.parametrize(
    ("text", "code"), [("", "label-missing"), ("  ", "label-missing"), (TOO_LONG, "label-too-long")]
)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("pointer", "key", "name"), SET_LABELS)
def test_every_label_of_a_set_is_looked_at(
    pointer: str, key: str, name: str, lang: Language, text: str, code: str
) -> None:
    report = lint(changed(sound(), pointer, **{name: in_one_language(lang, text)}))
    assert_label_problem(report, code, pointer, key, lang)


@pytest.mark.parametrize(
    ("text", "code"), [("", "label-missing"), ("  ", "label-missing"), (TOO_LONG, "label-too-long")]
)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("pointer", "key"), EDITION_LABELS)
def test_every_label_of_an_edition_is_looked_at(pointer: str, key: str, lang: Language, text: str, code: str) -> None:
    report = lint_edition(changed(EDITION, pointer, label=in_one_language(lang, text)))
    assert_label_problem(report, code, pointer, key, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_label_of_a_ministry_is_looked_at(lang: Language) -> None:
    where = "/groups/5/subgroups/0/sets/0"
    report = lint_edition(changed(EDITION, where + "/ministries/1", label=in_one_language(lang, "")))
    assert_label_problem(report, "label-missing", where, "agriculture-and-environment", lang)


def test_a_missing_label_is_missing_in_both_languages() -> None:
    report = lint(changed(sound(), NEEDED, label=NO_LABEL))
    assert found(report) == [("label-missing", NEEDED)] * 2
    assert [problem.message.en[4:6] for problem in report.problems] == ["vi", "en"]


def test_a_label_may_have_160_characters() -> None:
    assert MAX_LABEL == 160
    longest = "ă" * MAX_LABEL
    assert lint(changed(sound(), NEEDED, label=Label(longest, longest))).ok


@pytest.mark.parametrize(
    "allowed",
    [
        change(NEEDY + "/options/0", minimum_for=None),
        change("/rules/0", criterion="2"),
        change("/rules/3", criteria=()),
        change("/remarks/0", criterion=None),
        add_rule(Rule(Effect.DISQUALIFIED, "forged", "1.1", label=WORD)),
        add_rule(Rule(Effect.REQUIRED, "forged", label=WORD)),
        lambda s: attrs.evolve(s, errata=(), remarks=()),
    ],
)
def test_what_is_allowed_stays_sound(allowed: SetChange) -> None:
    assert found(lint(allowed(sound()))) == []


@pytest.mark.parametrize(
    "allowed",
    [
        change_edition("", in_force_to=date(2026, 5, 22)),
        change_edition("/bands/4", floor=100),
        lambda edition: attrs.evolve(edition, bands=(Band(Star.THREE, 0),)),
        lambda edition: attrs.evolve(edition, groups=()),
    ],
)
def test_what_is_allowed_in_an_edition_stays_sound(allowed: EditionChange) -> None:
    assert found(lint_edition(allowed(EDITION))) == []


def test_all_problems_are_reported_at_once_in_the_order_of_the_document() -> None:
    flawed = both(
        change("", label=Label("", "made")),
        change("/parts/0", code="X"),
        change("/parts/0/items/0", max_points=39),
        change(PLAIN + "/options/1", slug="option-a", minimum_for=Star.ONE),
        change(CASES + "/options/3", points=5, minimum_for=Star.THREE),
        change(NEEDED, code="1.1"),
        change(NEEDED + "/options/0", letter="b", label=Label("từ", TOO_LONG)),
        change(NEEDY + "/options/2", points=30),
        change("/rules/0", cause=None),
        change("/rules/3", criteria=("3", "4")),
        change("/rules/4", depends_on="3"),
        change("/rules/5", criterion="3"),
        change("/rules/6", criterion=None),
        add_rule(Rule(Effect.EVIDENCE, "contracts", label=WORD)),
        change("/errata/0", criterion="0"),
        change("/remarks/0", criterion="0"),
    )(sound())
    report = lint(flawed)
    assert report.subject == "qd26-2026/made"
    assert found(report) == [
        ("label-missing", ""),
        ("set-parts-differ", "/parts"),
        ("set-sum-wrong", "/parts/0/max_points"),
        ("set-sum-wrong", "/parts/0/items/0/max_points"),
        ("set-option-repeated", PLAIN + "/options/1/slug"),
        ("set-minimum-lowest", PLAIN + "/options/1/minimum_for"),
        ("set-points-fall", CASES + "/options/3/points"),
        ("set-minimums-fall", CASES + "/options/3/minimum_for"),
        ("set-case-rule-missing", CASES),
        ("set-code-repeated", NEEDED + "/code"),
        ("set-letters-wrong", NEEDED + "/options"),
        ("label-too-long", NEEDED + "/options/0"),
        ("set-max-wrong", NEEDY + "/max_points"),
        ("set-rule-incomplete", "/rules/0"),
        ("set-rule-target", "/rules/3/criteria/1"),
        ("set-case-alone", "/rules/5/criterion"),
        ("set-rule-repeated", "/rules/7"),
        ("set-rule-circle", "/rules/4/depends_on"),
        ("set-note-target", "/errata/0/criterion"),
        ("set-note-target", "/remarks/0/criterion"),
    ]


def test_all_problems_of_an_edition_are_reported_at_once() -> None:
    flawed = EDITION
    for path, changes in (
        ("/bands/0", {"floor": 5}),
        ("", {"max_points": 99, "in_force_to": date(2020, 1, 1)}),
        ("/groups/0", {"label": Label("", "Food")}),
        ("/groups/0/subgroups/0/sets/1", {"slug": "fresh-produce", "number": 1}),
        ("/source", {"label": Label("Nguồn", TOO_LONG)}),
    ):
        flawed = changed(flawed, path, **changes)
    report = lint_edition(flawed)
    assert report.subject == "qd26-2026"
    assert found(report) == [
        ("edition-bands-wrong", "/bands"),
        ("edition-parts-wrong", "/parts"),
        ("edition-dates-wrong", "/in_force_to"),
        ("label-missing", "/groups/0"),
        ("edition-set-repeated", "/groups/0/subgroups/0/sets/1"),
        ("edition-set-repeated", "/groups/0/subgroups/0/sets/1"),
        ("label-too-long", "/source"),
    ]


def test_problems_say_what_was_expected_and_what_came() -> None:
    flawed = both(
        change("/parts/0", code="X"),
        change("/parts/0/items/0", max_points=39),
        change(CASES + "/options/3", points=5, minimum_for=Star.THREE),
        change(NEEDED + "/options/0", letter="b", minimum_for=Star.ONE),
        change(NEEDY + "/options/2", points=30),
    )(sound())
    told = {problem.pointer: (problem.expected, problem.got) for problem in lint(flawed).problems}
    assert told == {
        "/parts": ("A 40, B 25, C 35", "X 40, B 25, C 35"),
        "/parts/0/max_points": ("39", "40"),
        "/parts/0/items/0/max_points": ("40", "39"),
        CASES + "/options/3/points": (None, "6, 5"),
        CASES + "/options/3/minimum_for": (None, "3, 3"),
        NEEDED + "/options": (None, "b, b, c"),
        NEEDED + "/options/0/minimum_for": (None, "1"),
        NEEDY + "/max_points": ("30", "35"),
    }


def test_problems_of_an_edition_say_what_was_expected_and_what_came() -> None:
    flawed = attrs.evolve(EDITION, bands=EDITION.bands[1:], max_points=90, in_force_to=date(2026, 1, 2))
    assert {problem.pointer: (problem.expected, problem.got) for problem in lint_edition(flawed).problems} == {
        "/bands": (None, "2★ 30, 3★ 50, 4★ 70, 5★ 90"),
        "/parts": ("90", "100"),
        "/in_force_to": (None, "2026-01-02"),
    }


def test_every_key_that_a_rule_lacks_or_must_not_have_is_told() -> None:
    flawed = changed(sound(), "/rules/4", cause=None, criterion=None, depends_on=None, criteria=("2",))
    report = lint(flawed)
    assert found(report) == [("set-rule-incomplete", "/rules/4")] * 4
    keys = [problem.message.en.split("the key ")[1].split(",")[0] for problem in report.problems]
    assert keys == ["cause", "criterion", "depends_on", "criteria"]


def test_the_set_made_by_hand_is_sound() -> None:
    assert found(lint(sound())) == []


@pytest.mark.parametrize("set_id", COMPLETE_IDS)
def test_packaged_sets_are_sound(set_id: str) -> None:
    report = lint(PACKAGED.criteria_set(set_id))
    assert found(report) == []
    assert report.subject == set_id


@pytest.mark.parametrize("the_set", INCOMPLETE, ids=lambda each: each.id)
def test_incomplete_sets_have_the_flaws_that_they_declare_and_no_other(the_set: CriteriaSet) -> None:
    assert found(lint(the_set)) == DECLARED[the_set.id]
    assert flaws(the_set) == []
    claims_too_much = attrs.evolve(the_set, complete=True)
    assert [(problem.code, problem.pointer) for problem in flaws(claims_too_much)] == DECLARED[the_set.id]
    other = attrs.evolve(
        the_set,
        rules=(
            *the_set.rules,
            Rule(Effect.REQUIRED, "x", "99", label=Label("x (vi)", "x")),
        ),
    )
    assert [problem.code for problem in flaws(other)] == ["set-rule-target"]


@pytest.mark.parametrize("edition", PACKAGED.editions(), ids=lambda edition: edition.id)
def test_packaged_editions_are_sound(edition: Edition) -> None:
    assert found(lint_edition(edition)) == []


@given(criteria_sets())
def test_made_up_sets_are_sound(criteria_set: CriteriaSet) -> None:
    assert found(lint(criteria_set)) == []


@pytest.mark.parametrize("letters", [("ab", ""), ("", "ab")])
def test_letters_of_another_length_are_found(letters: tuple[str, str]) -> None:
    flawed = both(
        change(PLAIN + "/options/0", letter=letters[0]),
        change(PLAIN + "/options/1", letter=letters[1]),
    )(sound())
    assert ("set-letters-wrong", PLAIN + "/options") in found(lint(flawed))


def test_two_criteria_that_need_each_other_are_a_circle() -> None:
    rule = Rule(Effect.APPLIES_ONLY_IF, "back", "2", "3", label=WORD)
    assert found(lint(add_rule(rule)(sound()))) == [
        ("set-rule-circle", "/rules/4/depends_on"),
        ("set-rule-circle", "/rules/7/depends_on"),
    ]


def test_an_erratum_of_the_right_maximum_is_fine() -> None:
    erratum = Erratum("1.1", Field.MAX_POINTS, 30, "blank", label=WORD)
    assert lint(attrs.evolve(sound(), errata=(erratum,))).ok


def test_a_slug_of_digits_is_no_number() -> None:
    entries = tuple(SetEntry(number, slug, (), 5, None, WORD) for number, slug in ((1, "2"), (2, "one")))
    group = attrs.evolve(EDITION.groups[0], subgroups=(Subgroup("1", "only", entries, WORD),))
    assert found(lint_edition(attrs.evolve(EDITION, groups=(group,)))) == []
