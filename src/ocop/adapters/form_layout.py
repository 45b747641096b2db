"""The words and the keys of the form that a council member fills in, in a workbook or as CSV.

A form has a key for each of its rows, in its first column. Titles and words may change; by the keys a form is read.
"""

from collections.abc import Iterator
from typing import Final

from ocop.criteria.model import CriteriaSet, Criterion, Effect, Option
from ocop.model.stars import Rank
from ocop.text import LANGUAGES, Label, Language, match_key, nfc

MARK: Final = "ocop/score-sheet/1"
"""Stands in the first cell of a form, and tells that it is one."""
PRODUCT: Final = "product"
PRODUCT_CODE: Final = "product-code"
EVALUATOR: Final = "evaluator"
PURPOSE: Final = "purpose"
"""A row that only practice sheets have."""
SET: Final = "criteria-set"
DIGEST: Final = "digest"
TITLES: Final = "titles"
CRITERION: Final = "criterion:"
"""A criterion's key begins so: its code alone would be taken for a date by some spreadsheets."""
FINDING: Final = "finding:"

NONE: Final = "none"
"""Says that no option is met, where letters are used."""
NONE_WORDS: Final = (NONE, "không")
YES_WORDS: Final = ("x", "có", "yes", "true")
NO_WORDS: Final = ("", "không", "no", "false")

TEXTS: Final = {
    "heading": Label("PHIẾU ĐÁNH GIÁ SẢN PHẨM OCOP", "OCOP SCORE SHEET"),
    PRODUCT: Label("Sản phẩm", "Product"),
    PRODUCT_CODE: Label("Mã sản phẩm", "Product code"),
    EVALUATOR: Label("Người chấm", "Evaluator"),
    PURPOSE: Label("Mục đích (practice: chấm thử)", "Purpose"),
    SET: Label("Bộ tiêu chí", "Criteria set"),
    DIGEST: Label("Mã kiểm chứng của bộ tiêu chí", "Digest of the criteria set"),
    "key": Label("Khóa", "Key"),
    "item": Label("Nội dung", "Item"),
    "sheet": Label("Phiếu {}", "Sheet {}"),
    "help": Label(
        "Ở mỗi tiêu chí, hãy chọn một dòng trong danh sách, hoặc gõ chữ cái của phương án. Để trống là chưa chấm. "
        "Cột điểm và các tổng chỉ để xem, không được đọc lại.",
        "For each criterion, choose a line of the list, or type the option's letter. A blank is not filled in yet. "
        "Points and totals are for the eye; they are not read back.",
    ),
    "minimum": Label("{} yêu cầu tối thiểu của {}", "{} minimum for {}"),
    "minimums": Label(
        "{}. Thiếu một yêu cầu thì không được hạng ấy, dù tổng điểm cao.",
        "{}. Without it there is no such rank, whatever the total.",
    ),
    "code": Label("Mã", "No."),
    "criterion": Label("Tiêu chí", "Criterion"),
    "options": Label("Các phương án", "Options"),
    "choice": Label("Phương án chọn", "Option chosen"),
    "points": Label("Điểm", "Points"),
    "max": Label("Tối đa", "Max"),
    "part": Label("PHẦN {}: {}", "PART {}: {}"),
    "option": Label("{}) {} ({} điểm)", "{}) {} ({} pt)"),
    NONE: Label("Không đáp ứng phương án nào (0 điểm)", "No option is met (0 pt)"),
    "note": Label("Lưu ý: {}", "Note: {}"),
    "several": Label(
        "được chọn nhiều phương án, điểm cộng lại; gõ các chữ cái, cách nhau bằng dấu phẩy, ví dụ: a, c",
        "several options may be chosen, and their points add up; type the letters with commas between them: a, c",
    ),
    "total": Label("TỔNG ĐIỂM", "TOTAL"),
    "unfilled": Label("Số tiêu chí chưa chấm", "Criteria not filled in yet"),
    "findings": Label("KẾT LUẬN KHÁC (ghi “có” nếu đã xác định)", "FINDINGS (say “yes” where established)"),
    "at": Label(" (tiêu chí {})", " (criterion {})"),
    "yes": Label("có", "yes"),
    "signature": Label("Ngày, chữ ký của người chấm:", "Date and signature of the evaluator:"),
    "page": Label("Trang &P/&N", "Page &P of &N"),
    "not-in-list": Label(
        "Hãy chọn một dòng trong danh sách, hoặc gõ chữ cái của phương án (a, b, c…).",
        "Choose a line of the list, or type the option's letter (a, b, c…).",
    ),
}

_NOTES: Final = (Effect.APPLIES_ONLY_IF, Effect.CHOOSE_ONE_CASE, Effect.EVIDENCE)


def is_key(key: str) -> bool:
    """Return whether a row with this key holds an answer."""
    return key in (PRODUCT, PRODUCT_CODE, EVALUATOR, PURPOSE) or key.startswith((CRITERION, FINDING))


def say(name: str, lang: Language, *values: object) -> str:
    """Return a text of the form, filled in."""
    return TEXTS[name].get(lang).format(*values)


def one_line(label: Label, lang: Language) -> str:
    """Return a label without line breaks: in a cell, each option has a line of its own."""
    return " ".join(label.get(lang).split())


def stars_text(star: Rank, lang: Language) -> str:
    """Return a star in words; a place's own grade has a name of its own.

    >>> from ocop.model.stars import Star
    >>> stars_text(Star.THREE, "en"), stars_text(Star.ONE, "vi")
    ('3 stars', '1 sao')
    """
    return star.label.get(lang)


def asterisks(option: Option) -> str:
    """Return the asterisks with which the decision marks an option: as many as the star that needs it."""
    return "" if option.minimum_for is None else "*" * int(option.minimum_for)


def option_line(option: Option, lang: Language) -> str:
    """Return the line of an option: its letter, its label, its points and its asterisks.

    >>> import ocop
    >>> option_line(ocop.criteria_set("qd26-2026/tea").criterion("1.1").option("b"), "vi")
    'b) Nguyên liệu trong tỉnh từ 50% đến dưới 75% (2 điểm) ***'
    """
    line = say("option", lang, option.letter, one_line(option.label, lang), option.points)
    return f"{line} {asterisks(option)}".rstrip()


def option_lines(criterion: Criterion, lang: Language) -> Iterator[str]:
    """Yield the lines of a criterion's options, with a heading for each of its cases."""
    case = None
    for option in criterion.options:
        if option.case != case:
            case = option.case
            yield one_line(option.case_label, lang) + ":"
        yield option_line(option, lang)


def known_words(criterion: Criterion) -> dict[str, str | None]:
    """Return by its match key each text that stands for an option's letter, or for None: no option is met."""
    found: dict[str, str | None] = {match_key(word): None for word in NONE_WORDS}
    for lang in LANGUAGES:
        found[match_key(say(NONE, lang))] = None
        found |= {match_key(option_line(option, lang)): option.letter for option in criterion.options}
    return found


def notes_of(criteria_set: CriteriaSet, criterion: Criterion, lang: Language) -> Iterator[str]:
    """Yield what has to be known beside a criterion: whether ticks add up, and what the decision adds in words."""
    if criterion.additive:
        yield say("note", lang, say("several", lang))
    for rule in criteria_set.rules:
        if rule.criterion == criterion.code and rule.effect in _NOTES and rule.label.get(lang):
            yield say("note", lang, one_line(rule.label, lang))


def findings_of(criteria_set: CriteriaSet, lang: Language) -> Iterator[tuple[str, str]]:
    """Yield each finding that an evaluator may list, with its words."""
    for cause in criteria_set.findings:
        rule = next(rule for rule in criteria_set.rules if rule.is_finding and rule.cause == cause)
        at = "" if rule.criterion is None else say("at", lang, rule.criterion)
        words = one_line(rule.label, lang) or cause
        yield cause, words[:1].upper() + words[1:] + at


def legend_of(criteria_set: CriteriaSet, lang: Language) -> str:
    """Return what the asterisks of a set mean; empty where it has none."""
    stars = sorted({star for criterion in criteria_set.criteria for star in criterion.minimums})
    each = [say("minimum", lang, "*" * int(star), stars_text(star, lang)) for star in stars]
    return say("minimums", lang, "; ".join(each)) if each else ""


def normal(text: str) -> str:
    """Return a cell's text in normal form C, without white space around it."""
    return nfc(text).strip()
