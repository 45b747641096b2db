from typing import Any

import pytest
from hypothesis import given

import ocop
from ocop.criteria.edition import Band, Edition
from ocop.criteria.model import CriteriaSet, Criterion, Option, Part
from ocop.testing import score_sheets

TEA = ocop.criteria_set("qd26-2026/tea")
CAPPED = ocop.score(ocop.load("docs/examples/tea-capped.json"))


def explained(lang: Any, **changes: str | None) -> str:
    choices = {c.code: c.options[-1].letter for c in TEA.criteria}
    return ocop.score(
        ocop.ScoreSheet(TEA.id, choices).with_choices({code.replace("_", "."): to for code, to in changes.items()})
    ).explain(lang)


def test_the_capped_example_in_english() -> None:
    text = CAPPED.explain("en")
    for sentence in (
        "Result: 3 stars ★★★",
        "Total: 77 of 100 points.",
        "Part A – Product and community strength: 34 of 40",
        "By points: 4 stars, from 70 to under 90 points (Decision 26/2026/QĐ-TTg, Article 3).",
        "The total alone does not make it 4 stars",
        "What keeps it from 4 stars:\n  - Criterion 3.4 Business growth: now at option a (",
        "; needs option b (",
        "Criterion 5.1 Product story: now at option d (",
        "Still needed for 5 stars, later on:\n  - Criterion 1.5",
        "13 more points would reach the band of 5 stars.",
        "The province recognises and certifies it (Decision 26/2026/QĐ-TTg, Article 4).",
    ):
        assert sentence in text


def test_the_capped_example_in_vietnamese() -> None:
    text = CAPPED.explain("vi")
    for sentence in (
        "Sản phẩm: Chè xanh Đồi Sương (ví dụ)",
        "Người chấm: Thành viên hội đồng số 3",
        "Kết quả: 3 sao ★★★",
        "Tổng điểm: 77/100.",
        "Xếp theo điểm: 4 sao, từ 70 đến dưới 90 điểm (Quyết định 26/2026/QĐ-TTg, Điều 3).",
        "Chưa được 4 sao vì:\n  - Tiêu chí 3.4",
        "Muốn lên 5 sao sau này còn cần:\n  - Tiêu chí 1.5",
        "Còn thiếu 13 điểm để tới khung 5 sao.",
        "Cấp tỉnh công nhận và cấp giấy chứng nhận (Quyết định 26/2026/QĐ-TTg, Điều 4).",
    ):
        assert sentence in text


def test_vietnamese_is_the_default() -> None:
    assert CAPPED.explain() == CAPPED.explain("vi")


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="lang must be one of 'vi', 'en'; got 'fr'"):
        CAPPED.explain("fr")  # type: ignore[arg-type]


def test_five_stars_are_potential() -> None:
    text = explained("en")
    assert "Every minimum for 5 stars is met." in text
    assert "The total is in the highest band." in text
    assert "potential 5 stars; the ministry decides" in text
    assert "tiềm năng 5 sao" in explained("vi")


def test_no_option_met_is_said_in_words_and_a_better_option_is_offered() -> None:
    text = explained("en", **{"1_5": None})
    assert "Criterion 1.5 Production linkage: now at no option; needs option c (" in text
    assert ") or better." in text


def test_one_point_is_singular_and_one_star_too() -> None:
    low = {c.code.replace(".", "_"): None for c in TEA.criteria}
    text = explained("en", **low)
    assert "Result: 1 star ★" in text
    assert "By points: 1 star, under 30 points" in text
    assert "30 more points would reach the band of 2 stars." in text
    assert "No authority recognises or certifies this star" in text
    nearly = explained(
        "en", **{**low, "1_1": "c", "1_3": "d", "1_4": "c", "4_1": "d", "4_3": "e", "6_2_3": "d", "3_1": "c", "10": "b"}
    )
    assert "1 more point would reach the band of 2 stars." in nearly


def test_two_stars_have_no_minimums_to_praise() -> None:
    text = explained("en", **{"1_1": "a"})
    assert "Every minimum" not in text
    assert "What keeps it from 3 stars:" in text


@pytest.mark.parametrize(
    ("finding", "vi", "en"),
    [
        ("forged-dossier", "hồ sơ bị loại", "the dossier is disqualified"),
        ("unsafe-impurities", "đánh giá dừng lại", "the evaluation stopped"),
    ],
)
def test_a_product_without_a_star_says_why_and_by_which_rule(finding: str, vi: str, en: str) -> None:
    sheet = ocop.ScoreSheet(TEA.id, {c.code: c.options[-1].letter for c in TEA.criteria}, [finding])
    score = ocop.score(sheet)
    assert vi in score.explain("vi")
    text = score.explain("en")
    assert en in text
    assert "Points on the sheet, for the record only:" in text
    assert "Annex II, set 11" in text
    assert "Result: 5 stars" not in text
    assert "By points" not in text


def test_a_product_that_is_not_eligible() -> None:
    produce = ocop.criteria_set("qd26-2026/fresh-produce")
    sheet = ocop.ScoreSheet(produce.id, {c.code: None for c in produce.criteria}, ["product-not-wholly-from-province"])
    assert "not eligible" in ocop.score(sheet).explain("en")
    assert "không thuộc diện được đánh giá" in ocop.score(sheet).explain("vi")


@given(score_sheets())
def test_every_sheet_is_explained_in_both_languages_to_the_last_placeholder(sheet: ocop.ScoreSheet) -> None:
    score = ocop.score(sheet)
    without_names = ocop.score(ocop.ScoreSheet(sheet.criteria_set, sheet.choices, sheet.findings))
    for lang in ("vi", "en"):
        text = without_names.explain(lang)
        assert "{" not in text
        assert "None" not in text
        assert str(score.total) in text
        for unmet in score.unmet_minimums:
            if score.star is not None:
                assert f" {unmet.criterion} " in text


def test_a_set_without_minimums_and_with_one_band() -> None:
    base = ocop.edition("qd26-2026")
    edition = Edition(
        "x", "1/QĐ", base.issued, base.issued, 2, (), (Band(ocop.Star.ONE, 0),), base.articles, base.source, ()
    )
    options = (Option("a", "a", 0), Option("b", "b", 2))
    the_set = CriteriaSet("x/y", edition, 1, (Part("A", "a", 2, (Criterion("1", "one", 2, options),)),))
    text = ocop.score(ocop.ScoreSheet("x/y", {"1": "b"}), the_set).explain("en")
    assert "By points: 1 star, 0 points or more" in text
    assert "minimum" not in text
