import json
import random
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any

import attrs
import pytest

from ocop.errors import DocumentError, UnknownIdError
from ocop.model.products import Product
from ocop.model.stars import Level, Star
from ocop.model.subjects import LegalForm, Representative, Sex, Subject, Workforce
from ocop.procedure.certificate import Certificate
from ocop.programme.judge import Status
from ocop.programme.portfolio import LISTS, Portfolio, read_portfolio
from ocop.programme.programmes import programme, programmes
from ocop.programme.progress import Progress
from ocop.programme.progress_text import SHOWN, percent
from ocop.programme.records import DossierRecord, Fair, SubjectFacts
from ocop.text import LANGUAGES, Language
from portfolio_makers import full, headed_by, joining, portfolio, recognised, run_by

BINH_DUONG = programme("binh-duong-2021-2025")
EXAMPLE = read_portfolio(Path("docs/examples/binh-duong-2023/portfolio.json").read_bytes())
END_2023 = date(2023, 12, 31)


def example(on: date = END_2023) -> Progress:
    return BINH_DUONG.progress(EXAMPLE, on)


def test_every_target_of_the_example_has_something_to_read() -> None:
    result = example()
    assert len(result.targets) == 16
    assert len(EXAMPLE.products or ()) == 60
    assert len(EXAMPLE.subjects or ()) == 35
    for each in result.targets:
        assert each.measured.least is not None
        assert each.status is not Status.UNKNOWN
    assert {each.status for each in result.targets} == {Status.MET, Status.ON_COURSE, Status.BEHIND}


def test_the_example_counted_by_hand() -> None:
    result = example()
    values = {each.id: each.value for each in result.targets}
    assert values["recognition-events"] == 67
    assert values["recognised-products"] == 58
    assert values["share-4-star"] == Fraction(11, 58)
    assert values["cooperatives"] == Fraction(13, 34)
    assert values["small-enterprises"] == Fraction(10, 34)
    assert values["craft-villages"] == Fraction(3, 5)
    assert values["sales-points"] == 2
    assert values["database"] is False
    assert values["run-by-ethnic-minorities"] is True
    assert values["digital-dossiers"] == Fraction(41, 59)
    assert result.target("headed-by-women").measured.least == Fraction(12, 34)


def test_the_example_tells_of_its_two_spellings_and_its_later_event() -> None:
    report = example().problems
    assert report.ok
    assert report.codes == ("subject-twice", "dated-after-day")
    assert report.problems[1].pointer == "/certificates"
    assert report.problems[1].message.en == "1 of these are dated after 2023-12-31 and not counted"


def test_a_day_before_the_programme_is_an_error() -> None:
    with pytest.raises(DocumentError) as caught:
        BINH_DUONG.progress(Portfolio(), date(2020, 12, 31))
    [problem] = caught.value.report.problems
    assert (problem.code, problem.expected, problem.got) == ("programme-not-begun", "≥ 2021-01-01", "2020-12-31")
    assert BINH_DUONG.progress(Portfolio(), date(2021, 1, 1)).targets


def test_what_is_later_than_the_day_is_counted_in_the_report_only() -> None:
    day = full().fairs[0].held  # type: ignore[index]
    assert day is not None
    before = programme("hai-duong-2018-2030").progress(full(), day - timedelta(1))
    told = [each.pointer for each in before.problems.problems if each.code == "dated-after-day"]
    undated = {"subjects", "products", "craft_villages", "subject_facts"}
    assert told == [f"/{name}" for name in LISTS if name not in undated]
    assert before.problems.ok
    assert programme("hai-duong-2018-2030").progress(full(), day).problems.problems == ()


def test_of_what_is_later_three_are_named_and_all_counted() -> None:
    fairs = [Fair(id=f"f{number}", name="Hội chợ", held=date(2024, 1, 1 + number)) for number in range(5)]
    [problem] = BINH_DUONG.progress(Portfolio(fairs=fairs), END_2023).problems.problems
    assert problem.got == "/fairs/0: 2024-01-01, /fairs/1: 2024-01-02, /fairs/2: 2024-01-03, …"
    assert "5 of these" in problem.message.en


def test_an_unknown_target_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'database'"):
        example().target("databas")


def test_progress_does_not_depend_on_the_order_of_lists() -> None:
    for seed in range(3):
        shuffled: dict[str, Any] = {
            name: list(getattr(EXAMPLE, name) or ()) for name in LISTS if getattr(EXAMPLE, name) is not None
        }
        for items in shuffled.values():
            random.Random(seed).shuffle(items)  # noqa: S311
        again = BINH_DUONG.progress(attrs.evolve(EXAMPLE, **shuffled), END_2023)
        assert again.targets == example().targets


def test_progress_is_the_same_every_time_and_can_be_hashed() -> None:
    assert example() == example()
    assert hash(example()) == hash(example())
    assert example().explain() == example().explain("vi")


def test_of_two_records_with_one_id_the_same_counts_in_any_order() -> None:
    one, two = Fair(id="f", name="A", held=date(2020, 8, 8)), Fair(id="f", name="B")
    found = programme("binh-duong-2018-2020")
    results = [found.progress(Portfolio(fairs=fairs), date(2021, 1, 1)) for fairs in ([one, two], [two, one])]
    assert results[0].targets == results[1].targets
    assert results[0].problems.codes == ("portfolio-id-repeated",)


# What it says


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_target_is_explained(lang: Language) -> None:
    for each in programmes():
        for on in (each.start, each.end, date(2035, 1, 1)):
            for made in (Portfolio(), EXAMPLE, full()):
                result = each.progress(made, on)
                text = result.explain(lang)
                for found in result.targets:
                    assert found.target.label.get(lang) in text
                    assert found.target.remark.get(lang) in text
                assert "{" not in text
                assert "None" not in text


def test_an_explanation_in_english() -> None:
    lines = example().explain("en").splitlines()
    assert lines[:3] == [
        "OCOP programme of Bình Dương province 2021–2025",
        "Bình Dương, cuối năm 2023 (ví dụ)",
        "On 2023-12-31: 5 of 16 targets met; 7 on course; 4 behind.",
    ]
    headline = "[behind] Products recognised at 3 stars or more (products: about 240 (from 216); by 2025-12-31)"
    place = lines.index(headline)
    assert lines[place + 1] == "    So far: 58. Lacking: 158. Due by that day: 129."
    assert lines[place + 2].startswith("    Counted: p01, p02, ")
    assert lines[place + 2].endswith(" and 38 more.")


def test_an_explanation_in_vietnamese() -> None:
    text = example().explain("vi")
    assert "[đúng tiến độ] Chủ thể là hợp tác xã (ít nhất 40 %; đến hết ngày 2025-12-31)" in text
    assert "    Hiện có: 38.2 % (13 trên 34 chủ thể có sản phẩm OCOP). Còn thiếu: 1.7 %." in text
    assert " Đến ngày này cần: 23.9 %." in text
    assert "    Cần biết: kênh bán hàng hiện đại của chủ thể (s31)." in text


def one_line(programme_id: str, target_id: str, made: Portfolio, on: date) -> list[str]:
    found = programme(programme_id)
    result = found.progress(made, on)
    alone = attrs.evolve(result, targets=(result.target(target_id),))
    return alone.explain("en").split("\n\n")[1].splitlines()


def test_years_are_listed() -> None:
    made = joining(date(2021, 1, 1), date(2021, 2, 1), date(2021, 3, 1), date(2022, 1, 1))
    lines = one_line("hai-duong-2018-2030", "organisations-yearly", made, date(2023, 6, 1))
    assert lines[0].startswith("[behind] More enterprises and cooperatives a year (")
    assert "(organisations a year: each year 3 to 5, or more; by 2030-12-31)" in lines[0]
    assert lines[1:3] == ["    So far: 1. Lacking: 2.", "    By year: 2021: 3, 2022: 1."]
    unknown = one_line("hai-duong-2018-2030", "organisations-yearly", Portfolio(), date(2023, 6, 1))
    assert unknown[1:3] == ["    Not known.", "    By year: 2021: ?, 2022: ?."]


def test_a_mean_is_told_exactly() -> None:
    made = portfolio(recognised(1, date(2021, 5, 5), 5))
    lines = one_line("hai-duong-2018-2030", "five-star-yearly", made, date(2024, 6, 1))
    assert lines[1] == "    So far: 1/3. Lacking: 2/3."


def test_too_many_is_told() -> None:
    wanted = attrs.evolve(programme("hai-duong-2018-2030").target("projects-2020"), or_more=False, value=0)
    found = attrs.evolve(programme("hai-duong-2018-2030"), targets=[wanted])
    text = found.progress(full().adding(projects=()), date(2019, 1, 1)).explain("en")
    assert "(projects: equal to 0;" in text
    late = attrs.evolve(found, targets=[attrs.evolve(wanted, deadline=date(2023, 12, 31))])
    assert "So far: 1. Too many: 1." in late.progress(full(), date(2024, 1, 1)).explain("en")


def test_about_tells_its_bounds() -> None:
    wanted = attrs.evolve(BINH_DUONG.target("recognised-products"), or_more=False)
    found = attrs.evolve(BINH_DUONG, targets=[wanted])
    assert "(products: about 240 (from 216 to 264); by" in found.progress(Portfolio(), END_2023).explain("en")
    share = attrs.evolve(BINH_DUONG.target("cooperatives"), comparator=wanted.comparator, tolerance=Fraction(1, 8))
    text = attrs.evolve(BINH_DUONG, targets=[share]).progress(Portfolio(), END_2023).explain("en")
    assert "(about 40 % (from 35 % to 45 %); by" in text


def test_a_share_is_cut_and_not_rounded() -> None:
    assert percent(Fraction(3999, 10000)) == "39.9 %"
    assert percent(Fraction(0)) == "0 %"


def test_a_list_of_what_was_counted_is_cut() -> None:
    exactly, more = (
        one_line("binh-duong-2021-2025", "recognition-events", portfolio(recognised(count, END_2023)), END_2023)
        for count in (SHOWN, SHOWN + 1)
    )
    assert exactly[2].count("c-p") == more[2].count("c-p") == SHOWN
    assert "more" not in exactly[2]
    assert more[2].endswith(" and 1 more.")


# JSON


def test_the_json_form_has_everything() -> None:
    data = json.loads(json.dumps(example().to_json()))
    assert (data["programme"], data["on"], data["portfolio"]) == (
        "binh-duong-2021-2025",
        "2023-12-31",
        "Bình Dương, cuối năm 2023 (ví dụ)",
    )
    assert data["counts"] == {"met": 5, "on-course": 7, "behind": 4, "missed": 0, "unknown": 0}
    rows = {row["id"]: row for row in data["targets"]}
    shares = rows["cooperatives"]
    assert (shares["value"], shares["target"], shares["gap"]) == ("13/34", "2/5", "3/170")
    assert shares["base"] == {
        "label": {"vi": "chủ thể có sản phẩm OCOP", "en": "subjects with a recognised product"},
        "size": 34,
    }
    assert len(shares["counted"]) == 13
    assert rows["modern-channels"]["between"] == ["11/34", "6/17"]
    assert rows["modern-channels"]["missing"][0]["of"] == ["s31"]
    assert rows["database"]["value"] is False
    assert rows["recognised-products"]["target"] == 216
    assert "most" not in rows["recognised-products"]
    assert rows["advanced-communes-2023"]["scope"]["en"]
    assert data["problems"][0]["code"] == "subject-twice"
    assert programme("huong-tra-2019-2020").progress(Portfolio(), date(2020, 1, 1)).to_json()["problems"] == []


def test_the_json_form_tells_years_and_upper_ends() -> None:
    wanted = attrs.evolve(programme("hai-duong-2018-2030").target("organisations-yearly"), or_more=False, source="")
    found = attrs.evolve(programme("hai-duong-2018-2030"), targets=[wanted])
    [row] = found.progress(joining(date(2021, 1, 1)), date(2022, 6, 1)).to_json()["targets"]
    assert (row["years"], row["most"], row["due"]) == ({"2021": 1}, 5, None)
    assert "source" not in row


# Nobody's sex or ethnicity


SENSITIVE = ["headed-by-women", "run-by-ethnic-minorities"]


@pytest.mark.parametrize("made", [headed_by(3, 2, 1), run_by(True, False, None), run_by(False, None)])
def test_the_ids_of_subjects_are_not_told_where_they_would_tell_a_personal_fact(made: Portfolio) -> None:
    result = BINH_DUONG.progress(made, date(2024, 6, 1))
    ids = {each.id for each in made.subjects or ()} | {each.name for each in made.subjects or ()}
    rows = {row["id"]: row for row in result.to_json()["targets"]}
    for target_id in SENSITIVE:
        alone = attrs.evolve(result, targets=(result.target(target_id),))
        texts = [json.dumps(rows[target_id]), repr(result.target(target_id))]
        texts += [alone.explain(lang) for lang in LANGUAGES]
        earlier = BINH_DUONG.progress(made, date(2024, 5, 1))
        texts += [json.dumps(result.compare(earlier).changes[index].added) for index in range(16)][9:12]
        for text in texts:
            assert not any(f'"{name}"' in text or f" {name}" in text for name in ids)
        assert rows[target_id]["counted"] == []
        assert all(each["of"] == [] for each in rows[target_id]["missing"])


def test_two_portfolios_that_differ_in_who_is_a_woman_say_the_same() -> None:
    one, two = headed_by(2, 3), headed_by(2, 3)
    subjects = list(two.subjects or ())
    heads = [each.representative for each in subjects]
    swapped = [attrs.evolve(each, representative=head) for each, head in zip(subjects, reversed(heads), strict=True)]
    other = attrs.evolve(two, subjects=swapped)
    day = date(2024, 6, 1)
    assert BINH_DUONG.progress(one, day).to_json() == BINH_DUONG.progress(other, day).to_json()
    assert BINH_DUONG.progress(one, day).explain() == BINH_DUONG.progress(other, day).explain()


# A yearly report


def test_two_years_are_compared_target_by_target() -> None:
    comparison = example().compare(example(date(2022, 12, 31)))
    changes = {each.id: each for each in comparison.changes}
    events = changes["recognition-events"]
    assert (events.before.value, events.after.value, events.difference) == (25, 67, 42)
    assert len(events.added) == 42 + len(events.dropped)
    assert changes["database"].difference is None
    assert changes["modern-channels"].difference is None
    assert changes["sales-points"].added == ("trung-bay",)
    assert changes["sales-points"].dropped == ("diem-2",)
    text = comparison.explain("en")
    assert "From 2022-12-31 to 2023-12-31." in text
    assert "Recognition events at 3 stars or more: behind → behind\n    25 → 67 (+42)\n    Added: " in text
    assert "    No longer: diem-2." in text
    assert "The province's OCOP database: on course → on course\n    no → no\n" in text
    assert "Không còn: diem-2." in comparison.explain()
    data = json.loads(json.dumps(comparison.to_json()))
    assert (data["programme"], data["from"], data["to"]) == ("binh-duong-2021-2025", "2022-12-31", "2023-12-31")
    assert data["targets"][0]["before"] == {"status": "behind", "value": 25}
    assert data["targets"][0]["difference"] == 42


def test_what_fell_is_told_as_less() -> None:
    made = portfolio(recognised(4, date(2022, 1, 1), 4), recognised(4, date(2024, 1, 1), prefix="q"))
    later, earlier = (BINH_DUONG.progress(made, date(year, 6, 1)) for year in (2024, 2023))
    change = {each.id: each for each in later.compare(earlier).changes}["share-4-star"]
    assert change.difference == Fraction(-1, 2)
    assert "100 % → 50 % (-50 %)" in later.compare(earlier).explain("en")
    assert "Not known. → Not known." in later.compare(earlier).explain("en")


def test_the_same_day_may_be_compared() -> None:
    comparison = example().compare(example())
    assert all(each.added == each.dropped == () for each in comparison.changes)


def test_other_programmes_and_later_days_cannot_be_compared() -> None:
    with pytest.raises(DocumentError) as caught:
        example(date(2022, 12, 31)).compare(example())
    assert caught.value.report.codes == ("progress-not-earlier",)
    other = programme("huong-tra-2019-2020").progress(Portfolio(), date(2025, 1, 1))
    with pytest.raises(DocumentError) as caught:
        example().compare(other)
    assert caught.value.report.codes == ("progress-other-programme", "progress-not-earlier")


# Size


def large(count: int) -> Portfolio:
    """So many products of half as many subjects, each with a certificate and a dossier."""
    forms = list(LegalForm)
    head = Representative("A", sex=Sex.FEMALE, ethnic_minority=False)
    return Portfolio(
        subjects=[
            Subject(
                f"s{n}",
                f"Hợp tác xã Hòa Bình {n}",
                forms[n % 10],
                f"{n % 99:05}",
                representative=head,
                workforce=Workforce(9, trained=3),
            )
            for n in range(count // 2)
        ],
        products=[Product(f"p{n}", f"Chè {n}", f"s{n // 2}", f"{n % 99:05}") for n in range(count)],
        certificates=[
            Certificate(
                id=f"c{n}",
                product=f"p{n}",
                star=Star.THREE,
                decision="1",
                level=Level.PROVINCE,
                authority="UBND tỉnh",
                issued=date(2021, 1, 1) + timedelta(n % 1400),
                ends=date(2027, 1, 1),
                edition="qd148-2023",
            )
            for n in range(count)
        ],
        dossiers=[DossierRecord(id=f"d{n}", product=f"p{n}", digital=True) for n in range(count)],
        communes=[],
        craft_villages=[],
        subject_facts=[
            SubjectFacts(subject=f"s{n}", circular_chain=True, modern_channel=False) for n in range(count // 2)
        ],
    )


def best(count: int) -> float:
    made = large(count)
    times = []
    for _ in range(3):
        start = perf_counter()
        result = BINH_DUONG.progress(made, date(2025, 1, 1))
        times.append(perf_counter() - start)
    assert result.target("recognised-products").value == count
    return min(times)


def test_the_time_grows_as_the_size() -> None:
    """With 8 times the products it takes 8 times as long, and not 64 times."""
    assert best(16_000) < 30 * best(2_000)
