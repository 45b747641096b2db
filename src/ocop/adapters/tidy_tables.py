"""Results as plain tables: a row for each thing, a column for each thing known about it, no text within text.

They are drawn from what results say of themselves; nothing is scored or ranked here.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final, Protocol, runtime_checkable

from attrs import field, frozen

from ocop.adapters.form_layout import one_line, stars_text
from ocop.criteria.model import CriteriaSet, Criterion
from ocop.errors import ConversionError, shortened
from ocop.programme.progress import Progress
from ocop.scoring.council import CouncilScore
from ocop.scoring.ranking import Ranking
from ocop.scoring.result import Score
from ocop.scoring.sheet import Purpose, ScoreSheet
from ocop.text import Label, Language

Value = str | int | Fraction | None
"""What stands in a table: None is nothing. A yes or no is a word."""
Row = tuple[Value, ...]
Result = Score | CouncilScore

TEXTS: Final = {
    "results": Label("Kết quả", "Results"),
    "sheets": Label("Từng phiếu", "Sheets"),
    "minimums": Label("Yêu cầu chưa đạt", "Unmet minimums"),
    "criteria": Label("Từng tiêu chí", "Criteria"),
    "digests": Label("Mã kiểm chứng", "Digests"),
    "ranking": Label("Thứ hạng", "Ranking"),
    "targets": Label("Chỉ tiêu", "Targets"),
    "counted": Label("Đã tính", "Counted"),
    "problems": Label("Về số liệu", "About the data"),
    "product": Label("Sản phẩm", "Product"),
    "product-code": Label("Mã sản phẩm", "Product code"),
    "set": Label("Mã bộ tiêu chí", "Criteria set"),
    "set-name": Label("Bộ tiêu chí", "Name of the set"),
    "evaluator": Label("Người chấm", "Evaluator"),
    "members": Label("Số phiếu", "Sheets scored"),
    "total": Label("Tổng điểm", "Total"),
    "exactly": Label("Tổng điểm chính xác", "Exact total"),
    "part": Label("Phần {}", "Part {}"),
    "star-by-points": Label("Sao theo điểm", "Stars by points"),
    "star": Label("Hạng sao", "Stars"),
    "outcome": Label("Kết luận", "Outcome"),
    "causes": Label("Lý do không xếp hạng", "Why not ranked"),
    "blocked": Label("Yêu cầu giữ hạng lại", "Minimums that hold it back"),
    "recognised": Label("Nơi công nhận", "Recognised by"),
    "spread": Label("Độ chênh điểm", "Spread"),
    "second": Label("Cần chấm lại", "Second scoring due"),
    "quorum": Label("Đủ số thành viên", "Quorum met"),
    "set-digest": Label("Mã kiểm chứng bộ tiêu chí", "Digest of the set"),
    "digest": Label("Mã kiểm chứng kết quả", "Digest of the result"),
    "criterion": Label("Mã tiêu chí", "Criterion"),
    "criterion-name": Label("Tiêu chí", "Name of the criterion"),
    "option": Label("Phương án", "Option"),
    "option-name": Label("Nội dung phương án", "Name of the option"),
    "points": Label("Điểm", "Points"),
    "max": Label("Tối đa", "Max"),
    "needed-for": Label("Tối thiểu cho (sao)", "Needed for (stars)"),
    "holds-back": Label("Đang giữ hạng lại", "Holds it back now"),
    "rank": Label("Thứ hạng", "Rank"),
    "group": Label("Nhóm xếp", "Group"),
    "target": Label("Mã chỉ tiêu", "Target"),
    "target-name": Label("Chỉ tiêu", "Name of the target"),
    "status": Label("Tình trạng", "Status"),
    "value": Label("Hiện có", "Value"),
    "exact-value": Label("Hiện có, chính xác", "Exact value"),
    "floor": Label("Cần đạt", "At least"),
    "ceiling": Label("Không quá", "At most"),
    "gap": Label("Còn thiếu", "Gap"),
    "due": Label("Cần đến ngày này", "Due by that day"),
    "unit": Label("Đơn vị", "Unit"),
    "deadline": Label("Đến hết ngày", "By"),
    "on": Label("Ngày xét", "On"),
    "needed": Label("Số liệu còn thiếu", "Data that are missing"),
    "how": Label("Cách tính", "How"),
    "source": Label("Nguồn", "Source"),
    "id": Label("Mã", "Id"),
    "problem": Label("Mã vấn đề", "Code"),
    "where": Label("Ở đâu", "Where"),
    "message": Label("Vấn đề", "Problem"),
    "yes": Label("có", "yes"),
    "no": Label("không", "no"),
    "ranked": Label("được xếp hạng", "ranked"),
    "not-eligible": Label("không thuộc diện được đánh giá", "not eligible"),
    "disqualified": Label("hồ sơ bị loại", "disqualified"),
    "stopped": Label("việc đánh giá dừng lại", "stopped"),
    "not-reached": Label("không đạt", "not reached"),
}


def _rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(rows)


@frozen
class Table:
    """A table with a name, and a title for each column."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[Row, ...] = field(converter=_rows, repr=False)


@runtime_checkable
class Tabular(Protocol):
    """What shows itself as tables."""

    def tables(self, lang: Language) -> Iterable[Table]:
        """Return its tables, the main one first."""
        ...


Results = Score | CouncilScore | Ranking[Any] | Progress | Tabular | Iterable[Score | CouncilScore]
"""What can be shown as tables."""


def tables_of(results: Results, lang: Language) -> tuple[Table, ...]:
    """Return results as tables, the main one first.

    Raises:
        ConversionError: for what is no result.

    >>> import ocop
    >>> score = ocop.score(ocop.load("docs/examples/tea-capped.json"))
    >>> [(table.name, len(table.rows)) for table in tables_of(score, "en")]
    [('Results', 1), ('Unmet minimums', 5), ('Criteria', 32), ('Digests', 1)]
    """
    if isinstance(results, Progress):
        return tuple(_progress(results, lang))
    if isinstance(results, Ranking):
        scores = [*(place.score for place in results), *results.unranked]
        return _ranking(results, lang), *_results(scores, lang)
    if isinstance(results, Tabular):
        return tuple(results.tables(lang))
    given: Any = [results] if isinstance(results, (Score, CouncilScore)) else results
    kept: list[Any] = list(given) if isinstance(given, Iterable) and not isinstance(given, (str, bytes)) else [given]
    for each in kept:
        if not isinstance(each, (Score, CouncilScore)):
            raise ConversionError(f"expected scores, a ranking or the progress of a programme; got {shortened(each)}")
    return _results(kept, lang)


def _table(name: str, titles: Sequence[str], rows: Iterable[Row], lang: Language) -> Table:
    """Return a table whose titles are names of texts, or ``part-A``."""
    shown = [
        TEXTS["part"].get(lang).format(title.removeprefix("part-")) if title.startswith("part-") else _say(title, lang)
        for title in titles
    ]
    return Table(_say(name, lang), tuple(shown), rows)


def _say(name: str, lang: Language) -> str:
    return TEXTS[name].get(lang)


def _yes(value: bool | None, lang: Language) -> str | None:
    return None if value is None else _say("yes" if value else "no", lang)


def _stars(star: int | None) -> int | None:
    return None if star is None else int(star)


def _sheets(result: Any) -> Sequence[ScoreSheet]:
    return result.record.sheets if isinstance(result, CouncilScore) else (result.sheet,)


def _named(result: Any) -> tuple[str, str, str]:
    """Return the product's name and code, and the id of the set."""
    sheets = _sheets(result)
    code = (result.record if isinstance(result, CouncilScore) else result.sheet).product_code
    product = sheets[0].product
    if any(sheet.purpose is Purpose.PRACTICE for sheet in sheets):
        product = f"{product} (chấm thử / practice)"
    return product, "" if code is None else str(code), result.criteria_set.id


_NAMED: Final = ("product", "product-code", "set")


def _points(result: Any) -> tuple[int | Fraction, dict[str, int | Fraction]]:
    """Return the total or the mean, and the points of each part."""
    if isinstance(result, CouncilScore):
        return result.mean, dict(result.part_means)
    return result.total, dict(result.part_totals)


def _results(results: Sequence[Result], lang: Language) -> tuple[Table, ...]:
    members = [score for each in results if isinstance(each, CouncilScore) for score in each.scores]
    sheets = [score for each in results for score in (each.scores if isinstance(each, CouncilScore) else [each])]
    found = [_overview("results", results, lang)]
    if members:
        found.append(_overview("sheets", members, lang))
    found.append(_minimums(results, lang))
    found.append(_criteria(sheets, lang))
    digests = ((*_named(each), each.criteria_set.digest, each.digest) for each in results)
    found.append(_table("digests", (*_NAMED, "set-digest", "digest"), digests, lang))
    return tuple(found)


def _overview(name: str, results: Sequence[Result], lang: Language) -> Table:
    parts = list(dict.fromkeys(part.code for each in results for part in each.criteria_set.parts))
    titles = [
        *(*_NAMED, "set-name", "evaluator", "members", "total", "exactly", *(f"part-{part}" for part in parts)),
        *("star-by-points", "star", "outcome", "causes", "blocked", "recognised"),
        *("spread", "second", "quorum"),
    ]
    return _table(name, titles, (_line(each, parts, lang) for each in results), lang)


def _line(result: Result, parts: Sequence[str], lang: Language) -> Row:
    total, points = _points(result)
    the_set, sheets = result.criteria_set, _sheets(result)
    agreement: Row = (None, None, None)
    if isinstance(result, CouncilScore):
        agreement = result.spread, _yes(result.second_scoring_due, lang), _yes(result.quorum_met, lang)
    blocked = [each for each in result.unmet_minimums if each.star <= result.star_by_points]
    return (
        *_named(result),
        one_line(the_set.label, lang),
        sheets[0].evaluator if isinstance(result, Score) else None,
        len(sheets),
        total,
        str(total),
        *(points.get(part) for part in parts),
        _stars(result.star_by_points),
        _stars(result.star),
        _say(result.outcome.value, lang),
        "; ".join(_cause(the_set, cause, lang) for cause in result.causes),
        "; ".join(f"{each.criterion} {each.option} ({stars_text(each.star, lang)})" for each in blocked),
        None if result.recognised_by is None else result.recognised_by.label.get(lang),
        *agreement,
    )


def _cause(the_set: CriteriaSet, cause: str, lang: Language) -> str:
    return next((one_line(rule.label, lang) for rule in the_set.rules if rule.cause == cause), "") or cause


def _minimums(results: Sequence[Result], lang: Language) -> Table:
    titles = (*_NAMED, "criterion", "criterion-name", "option", "option-name", "needed-for", "holds-back")

    def rows() -> Iterator[Row]:
        for result in results:
            for each in result.unmet_minimums:
                criterion = result.criteria_set.criterion(each.criterion)
                label = one_line(criterion.option(each.option).label, lang)
                holds = _yes(each.star <= result.star_by_points, lang)
                name = one_line(criterion.label, lang)
                yield (*_named(result), criterion.code, name, each.option, label, _stars(each.star), holds)

    return _table("minimums", titles, rows(), lang)


def _criteria(scores: Sequence[Score], lang: Language) -> Table:
    titles = (*_NAMED, "evaluator", "criterion", "criterion-name", "option", "option-name", "points", "max")

    def rows() -> Iterator[Row]:
        for score in scores:
            named, evaluator = _named(score), score.sheet.evaluator
            for criterion in score.criteria_set.criteria:
                letters, label = _chosen(score, criterion, lang)
                name, points = one_line(criterion.label, lang), score.points_of(criterion)
                yield (*named, evaluator, criterion.code, name, letters, label, points, criterion.max_points)

    return _table("criteria", titles, rows(), lang)


def _chosen(score: Score, criterion: Criterion, lang: Language) -> tuple[str | None, str | None]:
    """Return the letter chosen and its words; where ticks add up, all of them."""
    choice = score.sheet.choices[criterion.code]
    letters = (choice,) if isinstance(choice, str) else choice or ()
    if not letters:
        return None, None
    return ", ".join(letters), "; ".join(one_line(criterion.option(letter).label, lang) for letter in letters)


def _ranking(ranking: Ranking[Any], lang: Language) -> Table:
    parts = list(dict.fromkeys(part for place in ranking for part in place.keys if part.startswith("part-")))
    titles = ("rank", "group", *_NAMED, "star", "total", "exactly", *parts, "outcome")

    def row(rank: int | None, group: str | None, result: Any, keys: Any) -> Row:
        total, _ = _points(result)
        points = [keys.get(part) for part in parts]
        outcome = _say(result.outcome.value, lang)
        return rank, group, *_named(result), _stars(result.star), total, str(total), *points, outcome

    rows = [row(place.rank, place.group, place.score, place.keys) for place in ranking]
    rows += [row(None, None, result, {}) for result in ranking.unranked]
    return _table("ranking", titles, rows, lang)


def _progress(progress: Progress, lang: Language) -> Iterator[Table]:
    titles = [
        *("target", "target-name", "status", "value", "exact-value", "floor", "ceiling", "gap", "due", "unit"),
        *("deadline", "on", "needed", "how", "source"),
    ]

    def number(value: Fraction | int | bool | None) -> Value:
        return _yes(value, lang) if isinstance(value, bool) else value

    rows: list[Row] = []
    for each in progress.targets:
        target = each.target
        rows.append(
            (
                each.id,
                one_line(target.label, lang),
                each.status.label.get(lang),
                number(each.value),
                None if each.value is None or isinstance(each.value, bool) else str(each.value),
                number(target.floor),
                number(target.ceiling),
                number(each.gap),
                number(each.due),
                one_line(target.unit, lang),
                target.deadline.isoformat(),
                progress.on.isoformat(),
                "; ".join(missing.label.get(lang) for missing in each.measured.missing),
                "; ".join(one_line(why, lang) for why in each.why),
                target.source,
            )
        )
    yield _table("targets", titles, rows, lang)
    counted = [
        (each.id, one_line(each.target.label, lang), counted) for each in progress.targets for counted in each.counted
    ]
    yield _table("counted", ("target", "target-name", "id"), counted, lang)
    problems = [(each.code, each.pointer, each.message.get(lang)) for each in progress.problems.problems]
    yield _table("problems", ("problem", "where", "message"), problems, lang)
