"""Indicators of who takes part: the subjects, those who head them, those who work there, and who was trained.

An OCOP subject is one with a product that has a star on the last day of the period. What a subject's own record does
not date (its form, its workers) is taken as the portfolio has it. A subject under two spellings counts once.
"""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Final

from ocop.model.subjects import Sex
from ocop.programme.identity import by_id
from ocop.programme.measure import (
    EMPTY_BASE,
    Measurement,
    Missing,
    Period,
    counting,
    flag,
    hidden,
    sharing,
    unknown,
)
from ocop.programme.options import Options
from ocop.programme.records import Audience, Participant, Training
from ocop.programme.view import View
from ocop.text import Label

_TOO_MANY: Final = Label(
    "số đã đào tạo lớn hơn số cần đào tạo", "more people were trained than there are to be trained"
)
_SEX: Final = Label(
    "chỉ cho số lượng, không liệt kê chủ thể, vì sẽ lộ giới tính của cá nhân",
    "numbers only: a list of subjects would tell people's sex",
)
_ETHNICITY: Final = Label(
    "chỉ cho kết quả, không liệt kê chủ thể, vì sẽ lộ dân tộc của cá nhân",
    "the answer only: a list of subjects would tell people's ethnicity",
)


def share_of_form(view: View, period: Period, options: Options) -> Measurement:
    """Measure which share of the OCOP subjects is of one of the legal forms."""

    def is_of_form(head: str) -> bool | None:
        form = view.told(head, lambda subject: subject.legal_form)
        return None if form is None else form in options.forms

    return _share(view, period.end, is_of_form, "subject-records")


def share_circular(view: View, period: Period, _: Options) -> Measurement:
    """Measure which share of the OCOP subjects has a circular or green value chain."""
    return _share(
        view,
        period.end,
        lambda head: view.told_besides(head, lambda facts: facts.circular_chain),
        "circular-chains",
    )


def share_modern_channel(view: View, period: Period, _: Options) -> Measurement:
    """Measure which share of the OCOP subjects sells in modern sales channels."""
    return _share(
        view,
        period.end,
        lambda head: view.told_besides(head, lambda facts: facts.modern_channel),
        "modern-channels",
    )


def share_headed_by_women(view: View, period: Period, _: Options) -> Measurement:
    """Measure which share of the OCOP subjects is headed by a woman; who, is not told."""

    def is_headed_by_woman(head: str) -> bool | None:
        sex = view.told(head, lambda subject: subject.representative.sex if subject.representative else None)
        return None if sex is None else sex is Sex.FEMALE

    return hidden(_share(view, period.end, is_headed_by_woman, "heads-sex"), _SEX)


def any_run_by_ethnic_minority(view: View, period: Period, _: Options) -> Measurement:
    """Tell whether an OCOP subject is run by people of an ethnic minority; which, is not told."""

    def is_run_by_minority(head: str) -> bool | None:
        return view.told(
            head, lambda subject: subject.representative.ethnic_minority if subject.representative else None
        )

    absent = _absent(view)
    if absent:
        return unknown(*absent, why=[_ETHNICITY])
    counted, unsure = _split(view.ocop_subjects(period.end), is_run_by_minority)
    missing = [Missing("heads-ethnicity")] if unsure else []
    return hidden(flag(counting(counted, unsure, missing)), _ETHNICITY)


def share_of_workers_trained(view: View, period: Period, _: Options) -> Measurement:
    """Measure which share of the workers of OCOP subjects is trained; counted are the subjects that tell both."""
    absent = _absent(view)
    if absent:
        return unknown(*absent)
    total, trained, open_places = 0, 0, 0
    told: list[str] = []
    untold: list[str] = []
    workers_known = True
    for head in view.ocop_subjects(period.end):
        workers = view.told(head, lambda subject: subject.workforce.total if subject.workforce else None)
        having = view.told(head, lambda subject: subject.workforce.trained if subject.workforce else None)
        (told if workers is not None and having is not None else untold).append(head)
        workers_known = workers_known and workers is not None
        total += workers or 0
        trained += having or 0
        open_places += 0 if having is not None else workers or 0
    missing = (Missing("workforces", tuple(untold)),) if untold else ()
    if not workers_known:
        return Measurement(counted=tuple(told), missing=missing)
    if not total:
        return Measurement(base=0, counted=tuple(told), missing=missing, why=(EMPTY_BASE,))
    least, most = Fraction(trained, total), Fraction(trained + open_places, total)
    return Measurement(
        value=least if least == most else None,
        least=least,
        most=most,
        base=total,
        counted=tuple(told),
        missing=missing,
    )


def participants(view: View, period: Period, options: Options) -> Measurement:
    """Count the organisations that take part on the last day of the period, whenever they joined."""
    return _participants(
        view,
        options,
        lambda each: each.joined <= period.end and (each.left is None or each.left > period.end),
    )


def organisations_joined(view: View, period: Period, options: Options) -> Measurement:
    """Count the organisations that joined in the period, each once."""
    return _participants(view, options, lambda each: period.holds(each.joined))


def share_trained(view: View, period: Period, options: Options) -> Measurement:
    """Measure which share of the audiences is trained by the last day of the period; counted are the trainings.

    It is not known where more people were trained than there are: somebody was counted twice, or the total is old.
    """
    if view.portfolio.trainings is None:
        return unknown("trainings")
    held = [each for each in by_id(view.portfolio.trainings).values() if each.held <= period.end]
    ids = tuple(each.id for each in held if each.audience in options.audiences)
    found = {audience: coverage(held, audience) for audience in options.audiences}
    wrong = tuple(each.value for each, (trained, total) in found.items() if total is None or trained > total)
    if wrong:
        why = (_TOO_MANY,) if any(total is not None and trained > total for trained, total in found.values()) else ()
        return Measurement(counted=ids, missing=(Missing("audience-totals", wrong),), why=why)
    base = sum(total or 0 for _, total in found.values())
    if not base:
        return Measurement(base=0, counted=ids, why=(EMPTY_BASE,))
    value = Fraction(sum(trained for trained, _ in found.values()), base)
    return Measurement(value=value, least=value, most=value, base=base, counted=ids)


def coverage(courses: Iterable[Training], audience: Audience) -> tuple[int, int | None]:
    """Return how many of an audience were trained, and how many it is by the last course that states it, or None."""
    of_audience = sorted((each for each in courses if each.audience is audience), key=lambda each: (each.held, each.id))
    stated = [each.total for each in of_audience if each.total is not None]
    return sum(each.trained for each in of_audience), stated[-1] if stated else None


def _participants(view: View, options: Options, keep: Callable[[Participant], bool]) -> Measurement:
    if view.participants is None:
        return unknown("participants")
    return counting(
        each.id for each in view.participants if keep(each) and (not options.forms or each.legal_form in options.forms)
    )


def _absent(view: View) -> list[str]:
    """Return what is missing to tell which subjects are OCOP subjects."""
    known = {
        "products": view.products is not None,
        "subjects": view.portfolio.subjects is not None,
        "recognitions": view.history is not None,
    }
    return [data for data, there in known.items() if not there]


def _split(heads: tuple[str, ...], fact: Callable[[str], bool | None]) -> tuple[list[str], list[str]]:
    """Return the subjects of which the fact holds, and those of which it is not known."""
    answers = [(head, fact(head)) for head in heads]
    return [head for head, answer in answers if answer], [head for head, answer in answers if answer is None]


def _share(view: View, day: date, fact: Callable[[str], bool | None], data: str) -> Measurement:
    absent = _absent(view)
    if absent:
        return unknown(*absent)
    heads = view.ocop_subjects(day)
    counted, unsure = _split(heads, fact)
    return sharing(counted, len(heads), unsure, [Missing(data, tuple(unsure))] if unsure else [])
