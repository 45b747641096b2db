"""Every result as HTML and as text, in both languages, with whatever texts are in it."""

import hashlib
import re
import subprocess
import sys
from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import ocop
from html_page import Page
from ocop.adapters import html_cards
from ocop.adapters.html import RENDERERS, bundle_of, html_of, piece_of, text_of
from ocop.adapters.html_words import TEXTS, Say, symbols
from ocop.criteria.model import Rule
from ocop.display import set_display_language
from ocop.errors import ConversionError, Problem, SheetError
from ocop.model.products import ProductCode
from ocop.programme.judge import Status
from ocop.programme.measure import Measurement
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import programme
from ocop.programme.progress import Progress
from ocop.programme.records import SalesPoint
from ocop.scoring.council import Agreement, CouncilRules, MissedMinimum
from ocop.scoring.result import Outcome
from ocop.text import Label

EXAMPLES = {
    name: ocop.load(f"docs/examples/{name}.json")
    for name in ("tea", "tea-capped", "bottled-water-stopped", "community-tourism", "fresh-produce")
}
SHEET: ocop.ScoreSheet = EXAMPLES["tea-capped"]
SCORE = ocop.score(SHEET)
TEA = SCORE.criteria_set
BEST = ocop.ScoreSheet(TEA.id, {criterion.code: criterion.letters[-1] for criterion in TEA.criteria})
COUNCIL = ocop.score_council(ocop.load("docs/examples/tea-council.json"))
SCORES = [ocop.score(sheet) for sheet in EXAMPLES.values()]
PLAN = ocop.plan_upgrade(SHEET, ocop.Star.FIVE)
POINTS = Portfolio(name="Bình Dương", sales_points=[SalesPoint(id="p1", name="Điểm 1", opened=date(2022, 5, 1))])
PROGRESS = programme("binh-duong-2021-2025").progress(POINTS, on=date(2023, 6, 30))
EARLIER = programme("binh-duong-2021-2025").progress(POINTS, on=date(2022, 6, 30))
EVIL = "<img src=x onerror=alert(1)>]]></style></script>\u202e=1+1 '\" -->"

RESULTS: dict[str, Any] = {
    "score": SCORE,
    "stopped": SCORES[2],
    "council": COUNCIL,
    "ranking": ocop.rank(SCORES),
    "plan": PLAN,
    "set": TEA,
    "edition": TEA.edition,
    "sheet": SHEET,
    "report": ocop.validate({"kind": "score-sheet", "choices": {}}),
    "progress": PROGRESS,
    "comparison": PROGRESS.compare(EARLIER),
}
every_result = pytest.mark.parametrize("name", RESULTS)


def page_of(result: Any, lang: str = "en") -> Page:
    return Page(html_of(result, lang))


@every_result
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_result_is_well_formed_and_the_same_twice(name: str, lang: str) -> None:
    result = RESULTS[name]
    html = html_of(result, lang)
    assert Page(html).tags[:2] == ["div", "style"]
    assert html == html_of(result, lang)
    assert html.startswith(f'<div class="ocop-show" lang="{lang}">')
    assert not any(word in html for word in ("<script", "url(", "http:", "https:", "@import"))
    assert text_of(result, lang) != text_of(result, "en" if lang == "vi" else "vi")


@every_result
def test_all_at_once_folds_nothing_away(name: str) -> None:
    body = piece_of(RESULTS[name], Say("vi"), full=True).body
    assert "<details>" not in body
    Page(body)


def test_the_same_bytes_under_another_hash_seed() -> None:
    code = (
        "import ocop, hashlib; from ocop.adapters.html import html_of; "
        "print(hashlib.sha256(html_of(ocop.score(ocop.load('docs/examples/tea-capped.json'))).encode()).hexdigest())"
    )
    found = {
        subprocess.check_output([sys.executable, "-c", code], text=True, env={"PYTHONHASHSEED": seed, **_path()})
        for seed in ("1", "2")
    }
    assert found == {hashlib.sha256(html_of(SCORE).encode()).hexdigest() + "\n"}


def _path() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8"}


def test_the_language() -> None:
    report = ocop.validate({}, "en")
    assert "Check of data" in html_of(report)
    assert "Kiểm tra dữ liệu" in html_of(ocop.validate({}))
    set_display_language("en")
    try:
        assert "Check of data" in html_of(ocop.validate({}))
        assert "Kiểm tra dữ liệu" in html_of(report, "vi")
        assert bundle_of(SCORE)["text/plain"] == SCORE.explain("en")
    finally:
        set_display_language(None)
    with pytest.raises(ValueError, match="lang must be one of"):
        html_of(SCORE, "fr")


def test_every_word_takes_the_same_values_in_both_languages() -> None:
    assert all(label.vi.count("{}") == label.en.count("{}") for label in TEXTS.values())


def test_what_is_no_result_is_refused() -> None:
    with pytest.raises(ConversionError, match=r"^expected one of Comparison, .*, UpgradePlan; got builtins.int$"):
        html_of(3)
    with pytest.raises(ConversionError, match=r"got builtins\.dict$"):
        text_of({})


def test_another_kind_can_be_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RENDERERS, f"{__name__}.Own", "ocop.adapters.html:text_piece")
    assert page_of(Own()).text == "ComparisonOwn & seconda line"
    assert text_of(Own(), "vi") == "Own & second\na line"


class Own:
    def text(self, lang: str) -> str:
        return "Own & second\na line"


# --- what people typed -----------------------------------------------------------------------------------------------


def with_texts(text: str) -> dict[str, Any]:
    """Return results in which `text` stands wherever somebody may type."""
    sheet = evolve(SHEET, product=text, evaluator=text)
    second = evolve(sheet, evaluator="x" + text).with_choices({"1.1": "a"})
    score = ocop.score(sheet)
    problem = Problem(text, text, Label(text, text), text, text, text)
    return {
        "score": score,
        "council": ocop.score_council([sheet, second]),
        "ranking": ocop.rank([score, SCORES[2]], group=lambda _: text),
        "plan": ocop.plan_upgrade(sheet),
        "sheet": ocop.ScoreSheet(text, {text: text, "1.1": text}, product=text, evaluator=text, findings=(text,)),
        "report": ocop.Report([problem, evolve(problem, note=True)], subject=text),
        "progress": evolve(PROGRESS, portfolio=text, problems=ocop.Report([problem])),
    }


HARMLESS = {name: page_of(result) for name, result in with_texts("x").items()}


def same_elements(text: str) -> None:
    for name, result in with_texts(text).items():
        page = page_of(result)
        assert page.tags == HARMLESS[name].tags, name
        assert all(ord(character) >= 32 or character in "\t\r\n" for character in text_of(result, "en"))


@pytest.mark.parametrize("text", [EVIL, "W" * 10_000, "=1+1", "@SUM(A1)", "\t+1", "\x1b[31m", "&lt;", "a\n  - b\n\nc"])
def test_texts_are_only_text(text: str) -> None:
    same_elements(text)


@settings(max_examples=30)
@given(st.text(st.characters(), min_size=1, max_size=20).filter(str.strip))
def test_any_text_is_only_text(text: str) -> None:
    same_elements(text)


def test_the_text_itself_is_shown() -> None:
    shown = EVIL.replace("\u202e", "[U+202E]")
    for result in with_texts(EVIL).values():
        assert shown in page_of(result).text


def test_a_name_of_ten_thousand_characters_is_cut() -> None:
    for name, result in with_texts("W" * 10_000).items():
        page = page_of(result)
        assert "more characters)" in page.text, name
        assert all(len(text) < 600 for text in page.texts), name
        assert "W" * 2001 not in text_of(result, "en")


# --- cards -----------------------------------------------------------------------------------------------------------


def test_a_score_at_a_glance() -> None:
    text = page_of(SCORE).text
    for words in (
        "★★★☆☆ 3 stars",
        "77 of 100 points",
        "By points: 4 stars. Still 13 points below the band of 5 stars.",
        "Recognised by the province.",
        "✗ What keeps it from 4 stars",
        "3.4 – Business growth",
        "Still needed for 5 stars, later on (3)",
        "↑ The way to 4 stars with the least effort",
        "Changes: 2; effort in all: 2. Then: 80 points, 4 stars.",
        "Criterion by criterion (32)",
    ):
        assert words in text
    assert "77 trên 100 điểm" in page_of(SCORE, "vi").text


def test_nothing_blocks() -> None:
    text = page_of(SCORES[0]).text
    assert "✓ No minimum holds the product back." in text
    assert "What keeps it" not in text


def test_the_highest_star_has_no_way_up() -> None:
    text = page_of(ocop.score(BEST)).text
    assert "★★★★★ 5 stars" in text
    assert "Potential; the ministry decides." in text
    assert "The points are in the highest band." in text
    assert "↑" not in text
    assert "(unnamed)" in text


def test_no_points_at_all() -> None:
    score = ocop.score(ocop.ScoreSheet(TEA.id, dict.fromkeys(BEST.choices)))
    text = page_of(score).text
    assert "No authority certifies this." in text
    assert "no option" in text


def test_stopped() -> None:
    text = page_of(SCORES[2]).text
    for words in ("Evaluation stopped", "no star", "The points are for the record only.", "Why", "The way to 1 star"):
        assert words in text
    assert "What keeps it" not in text


def test_disqualified() -> None:
    text = page_of(ocop.score(evolve(SHEET, findings=("forged-dossier",)))).text
    assert "Dossier disqualified" in text
    assert "↑ 1 star cannot be reached" in text
    assert "This is a finding; no choice changes it." in text


def test_no_plan_where_the_planner_refuses_or_would_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_cards, "MAX_NEEDS", -1)
    assert "↑" not in page_of(SCORE).text
    monkeypatch.undo()

    def refuse(*_: object, **__: object) -> None:
        raise SheetError(ocop.Report())

    monkeypatch.setattr(html_cards, "plan_upgrade", refuse)
    assert "↑" not in page_of(SCORE).text


def test_a_set_that_is_not_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    assert html_cards.is_complete(TEA)
    assert not html_cards.is_complete(SimpleNamespace(complete=False))
    monkeypatch.setattr(html_cards, "is_complete", lambda _: False)
    assert "This set is not complete" in page_of(SCORE).text
    monkeypatch.setattr("ocop.adapters.html_tables.is_complete", lambda _: False)
    assert "This set is not complete" in page_of(TEA).text


def test_a_set_of_ones_own() -> None:
    own = evolve(TEA, id="own/tea", label=Label(EVIL, EVIL))
    score = ocop.score(evolve(SHEET, criteria_set="own/tea"), own)
    assert "↑ The way to 4 stars" in page_of(score).text
    assert EVIL.replace("\u202e", "[U+202E]") in page_of(own).text
    assert "own/tea" in page_of(evolve(own, label=Label("", ""))).text


def test_classes_that_are_no_stars() -> None:
    class Grade(int):
        label = Label("Vàng", "Gold")
        symbol = ""

    assert (Say("vi").star(Grade(2)), Say("en").star(Grade(2)), symbols(Grade(2), Grade(3))) == ("Vàng", "Gold", "")
    assert (Say("en").star(1), Say("vi").star(4)) == ("1 star", "4 sao")


def test_a_class_has_its_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("html_cards", "html_tables"):
        monkeypatch.setattr(f"ocop.adapters.{module}.symbols", lambda *_: "")
    assert "★" not in page_of(SCORE).text
    assert "★" not in page_of(ocop.rank([SCORE])).text


def test_a_council() -> None:
    text = page_of(COUNCIL).text
    for words in (
        "Mean 78 2/3 of 100 points",
        "1 of 3 members at it",
        "The totals lie 4 apart (10 are allowed).",
        "Criteria in which members differ (6)",
        "Members",
    ):
        assert words in text
    assert "discuss" not in text


def test_a_council_of_one() -> None:
    text = page_of(ocop.score_council([SHEET])).text
    assert "Mean 77 of 100 points" in text
    assert "Criteria in which" not in text


def test_a_council_that_has_to_score_again() -> None:
    sheets = [evolve(BEST, evaluator="An"), evolve(SHEET, product="", evaluator="")]
    council = ocop.score_council(
        [sheets[0], evolve(sheets[1], evaluator="Bình")],
        members=["An", "Bình", "Chi", "Dung"],
    )
    text = page_of(council).text
    assert "They must discuss and score again." in text
    assert "The quorum is missed." in text


def test_a_council_by_the_mean_of_points() -> None:
    rules = CouncilRules(minimum_by=Agreement.MEAN_POINTS, missed_minimum=MissedMinimum.NOT_REACHED)
    council = ocop.score_council([SHEET], rules)
    text = page_of(council).text
    assert council.outcome is Outcome.NOT_REACHED
    assert "Not reached" in text
    assert "a mean of 1 points" in text
    assert "✗ What keeps it from 4 stars" in text


def test_a_council_whose_members_found_something() -> None:
    sheets = [evolve(SHEET, evaluator=name, findings=("forged-dossier",)) for name in ("An", "Bình")]
    council = ocop.score_council([evolve(sheets[0], product_code=ProductCode.parse("68-24781-3-2026")), sheets[1]])
    page = page_of(council)
    assert page.text.count("Dossier disqualified") == 3
    assert "68-24781-3-2026" in page.text


def test_plans() -> None:
    text = page_of(PLAN).text
    for words in (
        "Now: 77 of 100 points, 3 stars.",
        "a minimum",
        "points that are missing",
        "Then: 90 points, 5 stars.",
    ):
        assert words in text
    assert "It has 3 stars already; nothing needs to change." in page_of(ocop.plan_upgrade(SHEET, ocop.Star.THREE)).text
    stuck = ocop.plan_upgrade(SHEET, ocop.Star.FOUR, locked=["3.4"])
    text = page_of(stuck).text
    assert "Criteria kept as they are: 3.4." in text
    assert "↑ 4 stars cannot be reached" in text
    assert "criterion 3.4 stays at option a" in text
    water = page_of(ocop.plan_upgrade(EXAMPLES["bottled-water-stopped"], ocop.Star.ONE)).text
    assert "Now: 8" in water or "no star" in water
    assert "a rule of the set" in water


def test_a_plan_from_nothing() -> None:
    nothing = ocop.ScoreSheet(TEA.id, dict.fromkeys(BEST.choices))
    assert "no option" in page_of(ocop.plan_upgrade(nothing, ocop.Star.TWO)).text


def test_a_plan_whose_result_has_no_star() -> None:
    after = evolve(ocop.score(BEST), star=None)
    assert "Then: 100 points, no star." in page_of(evolve(PLAN, after=after)).text


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_ranking() -> None:
    text = page_of(ocop.rank(SCORES)).text
    for words in ("4 stars ★★★★☆", "Part C", "Not ranked", "Evaluation stopped", "Fresh and processed tea"):
        assert words in text


def test_a_ranking_by_set_names_the_sets_once() -> None:
    text = page_of(ocop.rank(SCORES, group="criteria-set")).text
    assert text.count("Fresh and processed tea") == 1
    coded = [evolve(sheet, product_code=code) for sheet, code in zip(EXAMPLES.values(), _codes(), strict=False)]
    text = page_of(ocop.rank([ocop.score(each) for each in coded], group=lambda score: score.total % 2)).text
    assert "Product code" in text
    assert "68-24781-3-2026" in text


def _codes() -> list[ProductCode | None]:
    return [ProductCode.parse("68-24781-3-2026"), None, None, None, None]


def test_a_ranking_in_which_some_have_no_such_part() -> None:
    places = ocop.rank(SCORES).places
    keys = type(places[0].keys)({"star": places[0].keys["star"], "total": places[0].keys["total"]})
    ranking = evolve(ocop.rank(SCORES), places=(evolve(places[0], keys=keys), *places[1:]))
    assert page_of(ranking).tags.count("td") == page_of(ocop.rank(SCORES)).tags.count("td")


def test_an_empty_ranking() -> None:
    assert "No product is ranked." in page_of(ocop.rank([])).text
    assert "Products0" in page_of(ocop.rank([])).text


def test_a_ranking_of_councils() -> None:
    assert "78 2/3" in page_of(ocop.rank([COUNCIL])).text


def test_many_products() -> None:
    scores = [ocop.score(evolve(SHEET, product=f"Chè {n}")) for n in range(250)]
    scores += [ocop.score(evolve(SHEET, product=f"Hỏng {n}", findings=("forged-dossier",))) for n in range(130)]
    ranking = ocop.rank(scores, group=lambda score: score.sheet.product[-1])
    page = page_of(ranking)
    assert "… and 150 more rows." in page.text
    assert "… and 30 more rows." in page.text
    assert page.text.count("Hỏng ") == 100
    full = piece_of(ranking, Say("en"), full=True).body
    assert "more rows" not in full
    assert full.count("Hỏng ") == 130
    assert sum(f">Chè {n}<" in full for n in range(250)) == 250


def test_a_set() -> None:
    page = page_of(TEA)
    for words in (
        "Fresh and processed tea",
        "Rules (",
        "Options (3)",
        "; minimum for 3 stars",
        "1.1 – Origin of inputs",
    ):
        assert words in page.text
    odd = {the_set.id for the_set in ocop.PACKAGED.sets() if the_set.errata and the_set.remarks}
    for set_id in odd:
        text = page_of(ocop.criteria_set(set_id)).text
        assert "Misprints (" in text
        assert "Remarks (" in text


def test_a_set_without_notes() -> None:
    text = page_of(evolve(TEA, rules=(), errata=(), remarks=())).text
    assert "Rules (" not in text
    assert TEA.rules
    assert isinstance(TEA.rules[0], Rule)


def test_sheets() -> None:
    text = page_of(SHEET).text
    assert "Filled in32 of 32" in text
    blank = ocop.ScoreSheet.blank(TEA, "Chè")
    assert page_of(blank).text.count("not filled in") == 32
    found = evolve(SHEET, findings=("forged-dossier",), product_code=ProductCode.parse("68-24781-3-2026"))
    assert "68-24781-3-2026" in page_of(found).text
    assert "forged-dossier" not in page_of(found).text


def test_a_sheet_that_cannot_be_scored() -> None:
    choices: Any = {
        "1.1": "z",
        "1.2": None,
        "1.3": ["a", 3],
        "1.4": 5,
        "1.5": "w" * 40,
        "1.6": ["a", "b"],
        "99": "a",
        7: "b",
    }
    sheet = ocop.ScoreSheet(TEA.id, choices, findings=("nobody-knows",))
    text = page_of(sheet).text
    for words in ("z", "no option", "a, 3", "99 (not in the set)", "7 (not in the set)", "missing on the sheet"):
        assert words in text
    assert re.search("a – [^;]+; b – ", text)
    assert "nobody-knows" in text
    text = page_of(evolve(sheet, criteria_set="own/tea")).text
    assert "There is no such criteria set here." in text
    assert "nobody-knows" in text


def test_an_edition() -> None:
    text = page_of(TEA.edition).text
    for words in ("from 2026-05-22", "5 stars ★★★★★", "the ministry", "nobody", "qd26-2026/tea", "Classification (26)"):
        assert words in text
    text = page_of(evolve(TEA.edition, in_force_to=date(2030, 1, 1))).text
    assert "from 2026-05-22 to 2030-01-01" in text


def test_a_report() -> None:
    assert "✓ No problem found." in page_of(ocop.Report()).text
    problem = Problem.of("json-empty", expected="{}")
    many = ocop.Report([problem] * 60 + [evolve(problem, note=True, code="other")], subject="a.json")
    text = page_of(many).text
    assert "60 problems, 1 note" in text
    assert "… and 10 more of [json-empty]." in text
    assert "Note: The input is empty [other]" in text
    assert piece_of(many, Say("en"), full=True).body.count("<tr") == 62


# --- progress --------------------------------------------------------------------------------------------------------


def test_progress() -> None:
    text = page_of(PROGRESS).text
    for words in ("Bình Dương", "1 of 16 targets met", "✓ met", "? unknown", "at least 40 %", "2025-12-31", "Needed: "):
        assert words in text


def changed(place: int, source: Progress = PROGRESS, **changes: Any) -> str:
    """Return the page of a progress in which a target stands otherwise."""
    targets = [*source.targets]
    targets[place] = evolve(targets[place], **changes)
    return page_of(evolve(source, targets=tuple(targets))).text


def test_values() -> None:
    share = Measurement(value=Fraction(1, 3), least=Fraction(1, 3), most=Fraction(1, 3), base=6)
    places = {each.id: place for place, each in enumerate(PROGRESS.targets)}
    assert "33.3 % (2 of 6)" in changed(places["cooperatives"], measured=share, status=Status.MISSED)
    bounds = Measurement(least=Fraction(1, 4), most=Fraction(1, 2), base=4)
    assert "25 % to 50 %" in changed(places["cooperatives"], measured=bounds)
    assert "33.3 %" in changed(places["cooperatives"], measured=evolve(share, base=None))
    assert "yes" in changed(places["run-by-ethnic-minorities"], measured=Measurement(value=True))
    assert "12" in changed(places["recognition-events"], measured=Measurement(value=12), status=Status.BEHIND)
    years = type(PROGRESS.targets[0].years)({"2021": 3, "2022": None})
    assert "By year: 2021: 3, 2022: ?" in changed(0, years=years)
    assert "not counted yet" in changed(0, measured=Measurement(), status=Status.ON_COURSE)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("hai-duong-2018-2030", "each year 3 to 5"),
        ("binh-duong-2018-2020", "about 500, within 10 % or more"),
        ("binh-duong-2021-2025", "there is one"),
        ("huong-tra-2019-2020", "Scope: "),
    ],
)
def test_what_is_wanted(name: str, wanted: str) -> None:
    found = programme(name)
    assert wanted in page_of(found.progress(Portfolio(), on=found.start)).text


def test_a_target_of_which_nothing_is_to_be_said() -> None:
    no = Label("", "")
    target = evolve(PROGRESS.targets[0].target, scope=no, remark=no)
    first = evolve(PROGRESS.targets[0], target=target, measured=Measurement(value=400), why=())
    page = page_of(evolve(PROGRESS, targets=(first,)))
    assert "details" not in page.tags
    assert "About the data" not in page.text


def test_two_days_compared() -> None:
    text = page_of(PROGRESS.compare(EARLIER)).text
    assert "From 2022-06-30 to 2023-06-30." in text
