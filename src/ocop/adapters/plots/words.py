"""What is written in the pictures, in Vietnamese and English."""

from fractions import Fraction
from typing import Final, TypeGuard

from ocop.criteria.model import CriteriaSet, Criterion
from ocop.errors import ConversionError, shortened
from ocop.scoring.council import CouncilScore
from ocop.scoring.explain import exactly
from ocop.scoring.result import Score
from ocop.text import Label, Language

Result = Score | CouncilScore

TEXTS: Final = {
    "practice": Label("CHẤM THỬ", "PRACTICE"),
    "unnamed-product": Label("(sản phẩm không tên)", "(unnamed product)"),
    "unnamed": Label("(không tên)", "(unnamed)"),
    "of": Label("{} trên {}", "{} of {}"),
    "points": Label("{} trên {} điểm", "{} of {} points"),
    "mean": Label("trung bình {} trên {} điểm", "mean {} of {} points"),
    "stars": Label("{} sao", "{} stars"),
    "one-star": Label("{} sao", "{} star"),
    "ranked": Label("{} {}", "{} {}"),
    "capped": Label("{} {} (theo điểm: {})", "{} {} (by points: {})"),
    "not-eligible": Label("không xếp sao: không thuộc diện được đánh giá", "no star: not eligible for evaluation"),
    "disqualified": Label("không xếp sao: hồ sơ bị loại", "no star: dossier disqualified"),
    "stopped": Label("không xếp sao: việc đánh giá dừng lại giữa chừng", "no star: evaluation stopped on the way"),
    "not-reached": Label("không xếp sao: không đạt", "no star: not reached"),
    "part": Label("Phần {} – {}", "Part {} – {}"),
    "total": Label("Tổng điểm", "Total"),
    "mean-total": Label("Điểm trung bình", "Mean total"),
    "bands": Label("Vạch dọc: điểm sàn của mỗi hạng sao", "Vertical lines: the least points of each star"),
    # The ladder of minimums
    "floor": Label("Tổng điểm (khung sao)", "Total points (band)"),
    "no-minimums": Label("Bộ tiêu chí này không có yêu cầu tối thiểu.", "This set has no star minimums."),
    "met": Label("✓ đạt", "✓ met"),
    "blocking": Label("✖ chưa đạt, đang chặn hạng sao theo điểm", "✖ not met, blocks the star by points"),
    "open": Label("○ chưa đạt, cần cho hạng cao hơn", "○ not met, needed for a higher star"),
    "now-needs": Label(
        "a → b: đang ở phương án a, cần b hoặc tốt hơn. Mỗi hạng sao cần cả các hạng bên trái.",
        "a → b: now at option a, needs b or better. Each star also needs those to its left.",
    ),
    "votes": Label(
        "b 2/3: cần phương án b hoặc tốt hơn; 2 trên 3 thành viên chấm đạt. Mỗi hạng sao cần cả các hạng bên trái.",
        "b 2/3: needs option b or better; 2 of 3 members are at it. Each star also needs those to its left.",
    ),
    "means": Label(
        "b Ø 1.5: cần điểm của phương án b; trung bình là 1.5. Mỗi hạng sao cần cả các hạng bên trái.",
        "b Ø 1.5: needs the points of option b; the mean is 1.5. Each star also needs those to its left.",
    ),
    "needs": Label(
        "b: cần phương án b hoặc tốt hơn. Mỗi hạng sao cần cả các hạng bên trái.",
        "b: needs option b or better. Each star also needs those to its left.",
    ),
    # A council
    "spread": Label("Chênh", "Spread"),
    "spread-of": Label("tổng điểm chênh nhau {} (cho phép {})", "totals lie {} apart ({} allowed)"),
    "second": Label("phải chấm lại", "second scoring due"),
    "darker": Label(
        "Số: điểm. Màu càng đậm càng gần điểm tối đa; cột cuối: khoảng cách giữa các thành viên.",
        "Numbers: points. Darker is nearer to the maximum; last column: how far members lie apart.",
    ),
    "more-members": Label("Còn {} thành viên không vẽ.", "{} more members are not drawn."),
    # Two rankings
    "slope": Label("Thứ hạng qua hai đợt", "Ranks in two rounds"),
    "before": Label("Đợt trước", "Before"),
    "after": Label("Đợt sau", "After"),
    "none-ranked": Label("Không có sản phẩm nào được xếp thứ hạng.", "No product is ranked."),
    "rose": Label("▲ lên", "▲ up"),
    "fell": Label("▼ xuống", "▼ down"),
    "stayed": Label("= giữ nguyên", "= same"),
    "new": Label("mới", "new"),
    "gone": Label("không còn", "gone"),
    "top": Label(
        "Vẽ {} hạng đầu của mỗi đợt; còn {} sản phẩm không vẽ.",
        "The first {} of each round are drawn; {} more products are not.",
    ),
    # A programme
    "on": Label("Ngày {}: {} trên {} chỉ tiêu đạt", "On {}: {} of {} targets met"),
    "no-targets": Label("Chương trình này không có chỉ tiêu.", "This programme has no targets."),
    "share-of-target": Label(
        "Khung: cả chỉ tiêu. Thanh: phần đã đạt.", "Frame: the whole target. Bar: what is reached."
    ),
    "standing": Label("{} · chỉ tiêu: {}", "{} · target: {}"),
    "due": Label("cần đến ngày này", "due by this day"),
    "between": Label("khoảng có thể, do thiếu số liệu", "possible range, as data are missing"),
    "yes": Label("có", "yes"),
    "no": Label("chưa", "no"),
    "not-known": Label("chưa rõ", "not known"),
}


def say(lang: Language, name: str, *values: object) -> str:
    """Return one of the texts, filled in.

    >>> say("en", "points", 81, 100)
    '81 of 100 points'
    """
    return TEXTS[name].get(lang).format(*values)


def star_name(star: int, lang: Language) -> str:
    """Return the name of a star; a province's own grades may have names of their own.

    >>> import ocop
    >>> star_name(ocop.Star.FOUR, "vi")
    '4 sao'
    """
    label = getattr(star, "label", None)
    if isinstance(label, Label):
        return label.get(lang)
    return say(lang, "one-star" if star == 1 else "stars", int(star))


def is_result(value: object) -> TypeGuard[Result]:
    """Return whether `value` is a score or the result of a council."""
    return isinstance(value, (Score, CouncilScore))


def refused(value: object, expected: str = "a Score or a CouncilScore") -> ConversionError:
    """Return the error about a value that cannot be drawn."""
    return ConversionError(f"expected {expected}; got {shortened(value)}")


def total_of(result: Result) -> int | Fraction:
    """Return the total of a score, the mean of a council."""
    return result.total if isinstance(result, Score) else result.mean


def points_of(result: Result, criterion: Criterion) -> int | Fraction:
    """Return the points in a criterion, in a council their mean."""
    return result.points_of(criterion) if isinstance(result, Score) else result.mean_of(criterion)


def headline(result: Result, lang: Language) -> tuple[str, str]:
    """Return the product's name, and its points and star, for the title of a picture.

    >>> import ocop
    >>> headline(ocop.score(ocop.load("docs/examples/tea-capped.json")), "en")
    ('Chè xanh Đồi Sương (ví dụ)', '77 of 100 points · 3 stars ★★★ (by points: 4 stars)')
    """
    sheet = result.sheet if isinstance(result, Score) else result.record.sheets[0]
    what = "points" if isinstance(result, Score) else "mean"
    points = say(lang, what, exactly(total_of(result)), result.criteria_set.max_points)
    if result.star is None:
        verdict = say(lang, result.outcome.value)
    elif result.star == result.star_by_points:
        verdict = say(lang, "ranked", star_name(result.star, lang), result.star.symbol)
    else:
        by_points = star_name(result.star_by_points, lang)
        verdict = say(lang, "capped", star_name(result.star, lang), result.star.symbol, by_points)
    if result.is_practice:
        verdict = f"{verdict} · {say(lang, 'practice')}"
    return sheet.product or say(lang, "unnamed-product"), f"{points} · {verdict}"


def criterion_name(criterion: Criterion, lang: Language) -> str:
    """Return the code and the label of a criterion."""
    return f"{criterion.code} {criterion.label.get(lang)}"


def set_name(criteria_set: CriteriaSet, lang: Language) -> tuple[str, str]:
    """Return the label and the citation of a set, for the title of a picture."""
    return criteria_set.label.get(lang) or criteria_set.id, criteria_set.citation.get(lang)
