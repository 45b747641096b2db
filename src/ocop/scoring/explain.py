"""A score in plain sentences, in Vietnamese and English, drawn from its steps."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from ocop.criteria.model import Criterion
from ocop.model.stars import Rank
from ocop.scoring.result import Outcome, Score
from ocop.scoring.sheet import ScoreSheet
from ocop.scoring.steps import Step, StepKind, at_article, labels_of
from ocop.text import Label, Language, checked_language, lines_text

if TYPE_CHECKING:
    from ocop.scoring.council import CouncilScore

TEXTS: Final = {
    "product": Label("Sản phẩm: {}", "Product: {}"),
    "evaluator": Label("Người chấm: {}", "Evaluator: {}"),
    "set": Label("Bộ tiêu chí: {} ({})", "Criteria set: {} ({})"),
    "practice": Label(
        "CHẤM THỬ: kết quả này không phải là đánh giá sản phẩm.", "PRACTICE: this result evaluates no product."
    ),
    "incomplete": Label(
        "Bộ tiêu chí này không đầy đủ, kết quả chỉ để tham khảo: {}.",
        "This set is not complete, so that the result is for reference only: {}.",
    ),
    "ranked": Label("Kết quả: {} {}", "Result: {} {}"),
    "not-eligible": Label(
        "Kết quả: không xếp sao, vì sản phẩm không thuộc diện được đánh giá.",
        "Result: no star; the product is not eligible for evaluation.",
    ),
    "disqualified": Label("Kết quả: không xếp sao, vì hồ sơ bị loại.", "Result: no star; the dossier is disqualified."),
    "stopped": Label(
        "Kết quả: không xếp sao, vì việc đánh giá dừng lại giữa chừng.",
        "Result: no star; the evaluation stopped on the way.",
    ),
    "cause": Label("  - {} ({})", "  - {} ({})"),
    "for-the-record": Label("Điểm ghi trên phiếu, chỉ để lưu:", "Points on the sheet, for the record only:"),
    "total": Label("Tổng điểm: {}/{}.", "Total: {} of {} points."),
    "part": Label("  Phần {} – {}: {}/{}", "  Part {} – {}: {} of {}"),
    "by-points": Label("Xếp theo điểm: {}, {} ({}).", "By points: {}, {} ({})."),
    "band": Label("từ {} đến dưới {} điểm", "from {} to under {} points"),
    "top-band": Label("từ {} điểm trở lên", "{} points or more"),
    "low-band": Label("dưới {} điểm", "under {} points"),
    "gap": Label(
        "Khung điểm in bằng số nguyên ({} và {}), {} nằm ở giữa; ở đây chỉ từ {} điểm mới thuộc khung trên.",
        "The bands are printed in whole numbers ({} and {}), and {} lies between; here the higher begins at {} points.",
    ),
    "capped": Label(
        "Tổng điểm chưa đủ để được {}: còn yêu cầu tối thiểu chưa đạt ({}).",
        "The total alone does not make it {}: star minimums are not met ({}).",
    ),
    "blocks": Label("Chưa được {} vì:", "What keeps it from {}:"),
    "further": Label("Muốn lên {} sau này còn cần:", "Still needed for {}, later on:"),
    "unmet": Label(
        "  - Tiêu chí {0} {1}: đang {2}; cần phương án {3} ({4}){5}.",
        "  - Criterion {0} {1}: now {2}; needs option {3} ({4}){5}.",
    ),
    "or-better": Label(" hoặc tốt hơn", " or better"),
    "chosen": Label("ở phương án {} ({})", "at option {} ({})"),
    "nothing": Label("không đáp ứng phương án nào", "at no option"),
    "all-met": Label("Mọi yêu cầu tối thiểu của {} đều đạt.", "Every minimum for {} is met."),
    "next": Label("Còn thiếu {} điểm để tới khung {}.", "{} more points would reach the band of {}."),
    "not-reached": Label(
        "Kết quả: không đạt, không xếp sao; còn yêu cầu tối thiểu chưa đạt.",
        "Result: not reached, no star; star minimums are not met.",
    ),
    "next-one": Label("Còn thiếu {} điểm để tới khung {}.", "{} more point would reach the band of {}."),
    "top": Label("Tổng điểm đã ở khung cao nhất.", "The total is in the highest band."),
    "unrecognised": Label(
        "Hạng này không được cấp quyết định công nhận hay giấy chứng nhận ({}).",
        "No authority recognises or certifies this star ({}).",
    ),
    "recognised": Label("{} công nhận và cấp giấy chứng nhận ({}).", "{} recognises and certifies it ({})."),
    "amended": Label("Từ {}, theo Quyết định {}: {}.", "From {} on, by Decision {}: {}."),
    "potential": Label(
        "Khi tỉnh chấm, sản phẩm mới là tiềm năng {}; {} quyết định ({}).",
        "Scored by the province it is potential {}; {} decides ({}).",
    ),
}


def explain(score: Score, lang: Language) -> str:
    """Return `score` in sentences: the result, the points, what blocks a higher star, how far the next band is."""
    return lines_text(Explanation(score, checked_language(lang)).lines())


def exactly(number: int | Fraction) -> str:
    """Return a number of points as a decimal where it has a short one, else as a whole number and a fraction.

    Nothing is rounded, so that no printed number stands in another band than the exact one.

    >>> exactly(80), exactly(Fraction(1601, 20)), exactly(Fraction(239, 3)), exactly(Fraction(2, 3))
    ('80', '80.05', '79 2/3', '2/3')
    """
    whole, rest = divmod(Fraction(number), 1)
    if 100 % rest.denominator == 0:
        return f"{whole}.{int(rest * 100):02}".rstrip("0").rstrip(".") if rest else f"{whole}"
    return f"{whole} {rest}" if whole else f"{rest}"


class Explanation:
    """The sentences of one score, of a sheet or of a council, in one language."""

    def __init__(self, score: "Score | CouncilScore", lang: Language) -> None:
        self.score = score
        self.lang: Language = lang
        self.edition = score.criteria_set.edition

    def say(self, name: str, *values: object) -> str:
        """Return a sentence, filled in."""
        return TEXTS[name].get(self.lang).format(*values)

    def stars(self, star: Rank) -> str:
        """Return a number of stars in words, or the name of a class."""
        return star.label.get(self.lang)

    def lines(self) -> Iterator[str]:
        """Yield the explanation, line by line."""
        yield from self.head()
        yield ""
        if self.score.star is None:
            yield from self._not_ranked()
        else:
            yield self.say("ranked", self.stars(self.score.star), self.score.star.symbol).rstrip()
            yield from self._points()
            yield from self._minimums(self.score.star)
            yield self._next_band()
            yield self._recognition(self.score.star)
            yield from self._amendments(self.score.star)

    def head(self) -> Iterator[str]:
        """Yield what was scored, by which set and by whom."""
        sheet = self.sheet
        if self.score.is_practice:
            yield self.say("practice")
        if sheet.product:
            yield self.say("product", sheet.product)
        yield from self.set_lines()
        if sheet.evaluator:
            yield self.say("evaluator", sheet.evaluator)

    def set_lines(self) -> Iterator[str]:
        """Yield by which set was scored, and what is not known of it."""
        the_set = self.score.criteria_set
        yield self.say("set", the_set.label.get(self.lang), the_set.citation.get(self.lang))
        if not the_set.complete:
            yield self.say("incomplete", "; ".join(issue.label.get(self.lang) for issue in the_set.open_issues))

    @property
    def sheet(self) -> ScoreSheet:
        """The sheet that was scored; a council's is the first."""
        return self.score.sheet if isinstance(self.score, Score) else self.score.record.sheets[0]

    def total(self) -> str:
        """Return the sentence on the total."""
        return self.say("total", self.score.steps.points, self.score.criteria_set.max_points)

    def part(self, step: Step) -> str:
        """Return the line on a part's points."""
        return self.say("part", step.code, step.label.get(self.lang), step.points, step.max_points)

    def now(self, step: Step, criterion: Criterion) -> str:
        """Return where the product stands in a criterion with an unmet minimum."""
        chosen = criterion.chosen(self.sheet.choices[step.code])
        if not chosen:
            return self.say("nothing")
        return self.say("chosen", ", ".join(each.letter for each in chosen), labels_of(chosen).get(self.lang))

    def _not_ranked(self) -> Iterator[str]:
        yield self.say(self.score.outcome.value)
        for step in self.score.steps.children:
            if step.kind is StepKind.RULE:
                label = step.label.get(self.lang)
                yield self.say("cause", label[:1].upper() + label[1:], step.source.get(self.lang))
        yield self.say("for-the-record")
        yield from self._points()

    def _points(self) -> Iterator[str]:
        score = self.score
        yield self.total()
        for step in score.steps.children:
            if step.kind is StepKind.PART:
                yield self.part(step)
        source = at_article(score.criteria_set, self.edition.articles.bands).get(self.lang)
        if score.outcome is Outcome.RANKED:
            yield self.say("by-points", self.stars(score.star_by_points), self._band(score.star_by_points), source)
            yield from self._gap(Fraction(score.steps.points or 0))

    def _gap(self, points: Fraction) -> Iterator[str]:
        """Yield a remark where whole-number bands leave a mean between two of them."""
        above = next((band.floor for band in self.edition.bands if band.floor > points), None)
        if self.edition.whole_number_bands and above is not None and points > above - 1:
            yield self.say("gap", above - 1, above, exactly(points), above)

    def _band(self, star: Rank) -> str:
        floor = self.edition.band(star).floor
        above = [band.floor for band in self.edition.bands if band.floor > floor]
        if not above:
            return self.say("top-band", floor)
        return self.say("band", floor, above[0]) if floor else self.say("low-band", above[0])

    def _minimums(self, star: Rank) -> Iterator[str]:
        unmet = [step for step in self.score.steps.walk() if step.kind is StepKind.MINIMUM and not step.met]
        if self.score.star_by_points > star:
            citation = self.score.criteria_set.citation.get(self.lang)
            yield self.say("capped", self.stars(self.score.star_by_points), citation)
        elif not any(step.star is not None and step.star <= star for step in unmet) and self._has_minimums(star):
            yield self.say("all-met", self.stars(star))
        for level in sorted({step.star for step in unmet if step.star is not None}):
            blocks = level <= self.score.star_by_points
            yield self.say("blocks" if blocks else "further", self.stars(level))
            for step in unmet:
                if step.star == level:
                    yield self._unmet(step)

    def _has_minimums(self, star: Rank) -> bool:
        return any(
            step.kind is StepKind.MINIMUM and step.star is not None and step.star <= star
            for step in self.score.steps.walk()
        )

    def _unmet(self, step: Step) -> str:
        criterion = self.score.criteria_set.criterion(step.code)
        now = self.now(step, criterion)
        better = "" if criterion.additive or step.option == criterion.letters[-1] else self.say("or-better")
        label = criterion.label.get(self.lang)
        return self.say("unmet", step.code, label, now, step.option, step.label.get(self.lang), better)

    def _next_band(self) -> str:
        missing = self.score.points_to_next_band
        if missing is None:
            return self.say("top")
        star = next(band.star for band in self.edition.bands if band.floor > (self.score.steps.points or 0))
        return self.say("next-one" if missing == 1 else "next", exactly(missing), self.stars(star))

    def _recognition(self, star: Rank) -> str:
        source = at_article(self.score.criteria_set, self.edition.articles.recognition).get(self.lang)
        level = self.score.recognised_by
        if level is None:
            return self.say("unrecognised", source)
        name = level.label.get(self.lang)
        if self.score.potential_five_stars:
            return self.say("potential", self.stars(star), name, source)
        return self.say("recognised", name[:1].upper() + name[1:], source)

    def _amendments(self, star: Rank) -> Iterator[str]:
        """Yield which later decisions moved the recognition of a star, and from when on."""
        for amendment in self.edition.amendments:
            if str(star) in amendment.recognised_by:
                day = amendment.in_force_from.isoformat()
                yield self.say("amended", day, amendment.decision, amendment.label.get(self.lang))
