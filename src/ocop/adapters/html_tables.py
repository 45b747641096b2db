"""Rankings, criteria sets, sheets, editions and reports of problems as tables."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from ocop.adapters.html_cards import is_complete
from ocop.adapters.html_words import Say, symbols
from ocop.adapters.markup import Html, Node, Piece, Table, cut, folded, joined, listed, named, tag
from ocop.criteria.catalog import PACKAGED
from ocop.criteria.edition import Edition
from ocop.criteria.model import CriteriaSet, Criterion, Part, Section
from ocop.errors import SHOWN_PER_CODE, Problem, Report, UnknownIdError, shortened
from ocop.scoring.explain import exactly
from ocop.scoring.ranking import Place, Ranking
from ocop.scoring.sheet import UNFILLED, Purpose, ScoreSheet

MAX_ROWS: Final = 100
"""How many rows of a ranking a notebook shows; a report has them all."""
_PART: Final = "part-"


def ranking_table(ranking: Ranking[Any], say: Say, full: bool) -> Piece:
    """Return a ranking: a table with a block for each group, then what is not ranked."""
    scores = [*(place.score for place in ranking), *ranking.unranked]
    several = len({score.criteria_set.id for score in scores}) > 1
    by_set = all(place.group == place.criteria_set for place in ranking)
    coded = any(_code(score) for score in scores)
    parts = [key for key in ranking.by if key.startswith(_PART) and any(key in place.keys for place in ranking)]
    names = [say("product"), *([say("code")] if coded else [])]

    def described(score: Any) -> list[Node]:
        product = _sheets(score)[0].product or say("unnamed")
        if any(sheet.purpose is Purpose.PRACTICE for sheet in _sheets(score)):
            product = say("practice", product)
        name = named(product, say.lang)
        return [name, *([_code(score)] if coded else [])]

    def kind(score: Any, shown: bool) -> list[Node]:
        return [_set_name(score.criteria_set, say)] if shown else []

    heads = [say("part-of", key.removeprefix(_PART)) for key in parts]
    sets = [say("set")] if several and not by_set else []
    first = 2 + len(names) + len(sets)
    rows = Table(
        *(say("rank"), *names, *sets, say("star"), say("points"), *heads),
        numbers=(0, *range(first, first + 1 + len(parts))),
    )
    left = len(ranking) if full else MAX_ROWS
    for group, places in groupby(ranking, key=lambda place: place.group):
        shown = list(places)[:left]
        left -= len(shown)
        if group is not None and shown:
            rows.head(_set_name(shown[0].score.criteria_set, say) if by_set else named(group, say.lang))
        for place in shown:
            score = place.score
            cells = [*described(score), *kind(score, bool(sets)), _star(score.star, score.criteria_set.edition, say)]
            rows.add(place.rank, *cells, *(_points(place, key) for key in ("total", *parts)))
    out = Table(*names, *([say("set")] if several else []), say("why"))
    for score in ranking.unranked if full else ranking.unranked[:MAX_ROWS]:
        out.add(*described(score), *kind(score, several), say(score.outcome.value), mark="no")
    body = joined(
        rows.html() if len(ranking) else tag("p", say("none")),
        *_more(len(ranking), full, say),
        out.html(say("unranked")),
        *_more(len(ranking.unranked), full, say),
    )
    return Piece(say("ranking"), say("ranking"), ((say("products"), str(len(scores))),), body)


def _more(rows: int, full: bool, say: Say) -> Iterator[Html]:
    if rows > MAX_ROWS and not full:
        yield tag("p", say("more-rows", rows - MAX_ROWS), class_="note")


def _set_name(the_set: CriteriaSet, say: Say) -> str:
    return say.of(the_set.label) or the_set.id


def _sheets(score: Any) -> Any:
    sheet = getattr(score, "sheet", None)
    return score.record.sheets if sheet is None else (sheet,)


def _code(score: Any) -> str:
    return str((getattr(score, "sheet", None) or score.record).product_code or "")


def _points(place: Place[Any], key: str) -> str | None:
    value: Any = place.keys.get(key)
    return None if value is None else exactly(value)


def _star(star: Any, edition: Edition, say: Say) -> Html:
    signs = symbols(star, edition.bands[-1].star)
    return joined(say.star(star), " ", tag("span", signs, aria_hidden="true")) if signs else joined(say.star(star))


def set_table(the_set: CriteriaSet, say: Say, full: bool) -> Piece:
    """Return a criteria set: its criteria under their parts and sections, their options, rules and misprints."""
    rows = Table(say("criterion"), say("max"), say("chosen"), numbers=(1,))

    def add(item: Part | Section | Criterion) -> None:
        name = f"{item.code} – {say.of(item.label)}"
        if isinstance(item, Criterion):
            rows.add(name, item.max_points, _options(item, say, full))
            return
        rows.head(f"{name} ({item.max_points})")
        for below in item.items:
            add(below)

    for part in the_set.parts:
        add(part)
    notes: list[tuple[str, list[str]]] = [
        ("rules", [_note(each.criterion, say.of(each.label), say) for each in the_set.rules]),
        ("errata", [_note(each.criterion, say.of(each.label), say) for each in the_set.errata]),
        ("remarks", [_note(each.criterion, say.of(each.label), say) for each in the_set.remarks]),
    ]
    body = joined(
        None if is_complete(the_set) else tag("p", say("incomplete"), class_="warn"),
        rows.html(),
        *(folded(say(name, len(texts)), listed(*texts), full=full) for name, texts in notes if texts),
    )
    facts = (
        (say("id"), the_set.id),
        (say("source"), say.of(the_set.citation)),
        (say("criteria"), str(len(the_set.criteria))),
        (say("max"), str(the_set.max_points)),
    )
    return Piece(say("set"), say.of(the_set.label) or the_set.id, facts, body)


def _note(criterion: str | None, text: str, say: Say) -> str:
    return text if criterion is None else say("at-criterion", criterion, text)


def _options(criterion: Criterion, say: Say, full: bool) -> Html:
    options: list[str] = []
    minimums = {option.letter: star for star, marked in criterion.minimums.items() for option in marked}
    for each in criterion.options:
        text = say("option-points", each.letter, each.points, say.of(each.label))
        star = minimums.get(each.letter)
        options.append(text if star is None else text + say("minimum-for", say.star(star)))
    return folded(say("options", len(options)), listed(*options), full=full)


def sheet_table(sheet: ScoreSheet, say: Say, full: bool) -> Piece:
    """Return a sheet as it is, whether it can be scored or not: each criterion with its choice."""
    try:
        the_set: CriteriaSet | None = PACKAGED.criteria_set(sheet.criteria_set)
    except UnknownIdError:
        the_set = None
    known = {} if the_set is None else {criterion.code: criterion for criterion in the_set.criteria}
    rows = Table(say("criterion"), say("chosen"))
    for code in [*known, *(code for code in sheet.choices if code not in known)]:
        rows.add(*_choice(sheet, code, known.get(code), say))
    filled = sum(choice != UNFILLED for choice in sheet.choices.values())
    shown = sheet.criteria_set if the_set is None else say.of(the_set.label)
    source = "" if the_set is None else say.of(the_set.citation)
    kind = say("practice", say("sheet")) if sheet.purpose is Purpose.PRACTICE else say("sheet")
    facts = (
        (say("code"), "" if sheet.product_code is None else str(sheet.product_code)),
        (say("set"), shown),
        (say("source"), source),
        (say("evaluator"), sheet.evaluator),
        (say("filled"), say("of", filled, max(len(known), len(sheet.choices)))),
        (say("findings"), ", ".join(_finding(str(finding), the_set, say) for finding in sheet.findings)),
    )
    body = joined(tag("p", say("unknown-set"), class_="warn") if the_set is None else None, rows.html())
    return Piece(kind, sheet.product or say("unnamed"), facts, body)


def _choice(sheet: ScoreSheet, code: Any, criterion: Criterion | None, say: Say) -> tuple[Node, Node]:
    """Return the criterion and the choice of one row; a sheet may hold anything."""
    choice: Any = sheet.choices.get(code, UNFILLED)
    if criterion is None:
        return joined(named(str(code), say.lang), " ", say("unknown-code")), _letters(choice, say)
    name = f"{code} – {say.of(criterion.label)}"
    if code not in sheet.choices:
        return name, say("missing")
    labels = {option.letter: say.of(option.label) for option in criterion.options}
    letters = choice if isinstance(choice, tuple) else (choice,)
    if letters and all(isinstance(each, str) and each in labels for each in letters):
        return name, "; ".join(say("option", each, labels[each]) for each in letters)
    return name, _letters(choice, say)


def _letters(choice: Any, say: Say) -> str:
    if choice is None:
        return say("nothing")
    if choice == UNFILLED:
        return say("unfilled")
    letters = choice if isinstance(choice, tuple) else (choice,)
    return ", ".join(each if isinstance(each, str) and len(each) < 20 else shortened(each) for each in letters)


def _finding(cause: str, the_set: CriteriaSet | None, say: Say) -> str:
    rules = () if the_set is None else the_set.rules
    return next((say.of(rule.label) for rule in rules if rule.is_finding and rule.cause == cause), cause)


def edition_table(edition: Edition, say: Say, full: bool) -> Piece:
    """Return an edition: its dates, its bands, its parts, and the sets in their groups."""
    bands = Table(say("star"), say("floor"), say("authority"), numbers=(1,))
    for band in edition.bands:
        star = _star(band.star, edition, say)
        bands.add(star, band.floor, say("nobody") if band.recognised_by is None else say.of(band.recognised_by.label))
    sets = Table(say("number"), say("set"), say("id"), say("ministries"), numbers=(0,))
    for group in edition.groups:
        for subgroup in group.subgroups:
            sets.head(f"{group.code}.{subgroup.code} – {say.of(group.label)}: {say.of(subgroup.label)}")
            for entry in subgroup.sets:
                ministries = ", ".join(say.of(ministry.label) for ministry in entry.ministries)
                sets.add(entry.number, say.of(entry.label), f"{edition.id}/{entry.slug}", ministries or None)
    start, end = edition.in_force_from, edition.in_force_to
    facts = (
        (say("id"), edition.id),
        (say("issued"), str(edition.issued)),
        (say("force"), say("from", start) if end is None else say("from-to", start, end)),
        (say("max"), str(edition.max_points)),
        (say("parts"), "; ".join(f"{part.code} – {say.of(part.label)} ({part.max_points})" for part in edition.parts)),
        (say("sets"), str(len(edition.entries))),
        (say("source"), say.of(edition.source.label)),
    )
    body = joined(bands.html(say("bands")), folded(say("groups", len(edition.entries)), sets.html(), full=full))
    return Piece(say("edition"), edition.decision, facts, body)


def report_table(report: Report, say: Say, full: bool) -> Piece:
    """Return every problem of a report; in a notebook of each kind no more than the report itself prints."""
    headline = report.text(say.lang).partition("\n")[0] if report.subject is None else _headline(report, say)
    facts = ((say("found"), headline),)
    return Piece(say("report"), report.subject or say("report"), facts, problem_table(report.problems, say, full))


def _headline(report: Report, say: Say) -> str:
    """Return the report's own first line without its subject, which may be of several lines."""
    return Report(report.problems).text(say.lang).partition("\n")[0]


def problem_table(problems: tuple[Problem, ...], say: Say, full: bool) -> Html:
    """Return problems as a table, or the sentence that there are none."""
    if not problems:
        return tag("p", say("no-problem"))
    rows = Table(say("where"), say("problem"), say("expected"), say("got"), say("hint"))
    counts: Counter[str] = Counter()
    for each in problems:
        counts[each.code] += 1
        if full or counts[each.code] <= SHOWN_PER_CODE:
            text = cut(say.of(each.message), say.lang)
            message = joined(
                say("note", text) if each.note else text, " ", tag("code", f"[{cut(each.code, say.lang)}]")
            )
            values = (None if value is None else named(value, say.lang) for value in _values(each))
            where = named(each.pointer, say.lang) if each.pointer else None
            rows.add(where, message, *values, mark=None if each.note else "no")
    more = {code: count - SHOWN_PER_CODE for code, count in counts.items() if count > SHOWN_PER_CODE and not full}
    return joined(rows.html(), *(tag("p", say("more-problems", n, code), class_="note") for code, n in more.items()))


def _values(problem: Problem) -> tuple[str | None, ...]:
    return problem.expected, problem.got, problem.hint
