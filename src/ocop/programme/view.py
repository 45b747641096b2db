"""A portfolio put in order for counting: who is who, and what was recognised when. Made once for many indicators."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, TypeVar

from ocop.model.products import Product
from ocop.model.stars import Star
from ocop.model.subjects import Subject
from ocop.procedure.certificate import Certificate, EventKind
from ocop.procedure.recognition import RecognitionEvent
from ocop.programme.identity import Entry, by_id, same
from ocop.programme.measure import Period
from ocop.programme.portfolio import Portfolio
from ocop.programme.records import Participant, SubjectFacts

T = TypeVar("T")
_day = attrgetter("on")


class Recognition(NamedTuple):
    """One recognition of one product: what is counted."""

    on: date
    product: str
    star: Star
    kind: EventKind
    certificate: str


class View:
    """A portfolio as indicators look at it. Nothing here depends on the order of the portfolio's lists."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self._standing: dict[date, Mapping[str, Star]] = {}
        self._ocop_subjects: dict[date, tuple[str, ...]] = {}
        self._within: dict[Period, list[Recognition]] = {}

    @cached_property
    def products(self) -> Mapping[str, Product] | None:
        """The products by id, in the order of the ids; None where they are not known."""
        return None if self.portfolio.products is None else by_id(self.portfolio.products)

    @cached_property
    def certificates(self) -> Mapping[str, Certificate]:
        """The certificates by id."""
        return by_id(self.portfolio.certificates or ())

    @cached_property
    def _told(self) -> tuple[Mapping[str, Recognition], Mapping[str, date]] | None:
        """By certificate every recognition, and the day of every recall, that is listed or that a certificate tells of.

        What a certificate tells stands where the list says something else of it. None is not known.
        """
        if self.portfolio.certificates is None and self.portfolio.events is None:
            return None
        recognised: dict[str, Recognition] = {}
        recalled: dict[str, date] = {}
        for event in sorted(self.portfolio.events or (), key=_order, reverse=True):
            if event.kind is EventKind.RECALL:
                recalled[event.certificate] = event.on
            else:
                recognised[event.certificate] = Recognition(
                    event.on, event.product, event.star, event.kind, event.certificate
                )
        for name, each in self.certificates.items():
            recognised[name] = Recognition(each.issued, each.product, each.star, each.how, name)
            if each.recall is not None:
                recalled[name] = each.recall.on
        return recognised, recalled

    @cached_property
    def history(self) -> tuple[Recognition, ...] | None:
        """The recognitions, each once, the oldest first; without those of products that the portfolio does not have.

        None is not known.
        """
        if self._told is None:
            return None
        known, found = self.products, self._told[0].values()
        there = [
            each for each in found if each.kind is not EventKind.RECALL and (known is None or each.product in known)
        ]
        return tuple(sorted(there, key=_day))

    @cached_property
    def recalled_on(self) -> Mapping[str, date]:
        """By a certificate's id the day on which it was recalled."""
        return {} if self._told is None else self._told[1]

    def recognitions(
        self, period: Period, star: Star = Star.ONE, kinds: Collection[EventKind] = ()
    ) -> list[Recognition]:
        """Return the recognitions in the period, at `star` or more, that are not recalled by its end."""
        known = self._within.get(period)
        if known is None:
            history, recalled_on = self.history or (), self.recalled_on
            first, last = bisect_left(history, period.start, key=_day), bisect_right(history, period.end, key=_day)
            known = [
                event
                for event in history[first:last]
                if event.certificate not in recalled_on or recalled_on[event.certificate] > period.end
            ]
            self._within[period] = known
        return [event for event in known if event.star >= star and (not kinds or event.kind in kinds)]

    def ever_recognised(self, day: date) -> frozenset[str]:
        """Return the ids of the products with a recognition up to the day that is not recalled by then."""
        return frozenset([event.product for event in self.recognitions(Period(date.min, day))])

    def standing(self, day: date) -> Mapping[str, Star]:
        """Return by product's id the star that it has on the day: of the last recognition, if that stands.

        It does not where it is recalled, or its certificate is there and no longer in force.
        """
        known = self._standing.get(day)
        if known is None:
            history = self.history or ()
            last = {event.product: event for event in history[: bisect_right(history, day, key=_day)]}
            known = {}
            for product, event in last.items():
                recalled, certificate = (
                    self.recalled_on.get(event.certificate),
                    self.certificates.get(event.certificate),
                )
                if (recalled is None or recalled > day) and (certificate is None or certificate.in_force(day)):
                    known[product] = event.star
            self._standing[day] = known
        return known

    @cached_property
    def heads(self) -> Mapping[str, str]:
        """For each subject's id the one that stands for it: one subject may be listed under two spellings."""
        subjects = self.portfolio.subjects or ()
        return same(Entry(each.id, each.name, each.place, each.tax_id) for each in subjects)

    @cached_property
    def subjects(self) -> Mapping[str, Sequence[Subject]]:
        """By the id that stands for it each subject: all its entries, by id."""
        found: dict[str, list[Subject]] = {}
        for name, subject in by_id(self.portfolio.subjects or ()).items():
            found.setdefault(self.heads[name], []).append(subject)
        return found

    def told(self, head: str, fact: Callable[[Subject], T | None]) -> T | None:
        """Return a fact of the subject that `head` stands for, from the first of its entries that knows it."""
        for each in self.subjects.get(head, ()):
            known = fact(each)
            if known is not None:
                return known
        return None

    @cached_property
    def facts(self) -> Mapping[str, SubjectFacts]:
        """The further facts of subjects, by the subject's id."""
        return by_id(self.portfolio.subject_facts or (), "subject")

    def told_besides(self, head: str, fact: Callable[[SubjectFacts], T | None]) -> T | None:
        """Return one of the further facts of the subject that `head` stands for, under whichever of its ids."""
        facts = self.facts
        return self.told(head, lambda subject: fact(facts[subject.id]) if subject.id in facts else None)

    def ocop_subjects(self, day: date) -> tuple[str, ...]:
        """Return the subjects that have a product with a star on the day, by the ids that stand for them."""
        known = self._ocop_subjects.get(day)
        if known is None:
            products, heads = self.products or {}, self.heads
            owners = {products[each].subject for each in self.standing(day)}
            known = self._ocop_subjects[day] = tuple(sorted({heads.get(owner, owner) for owner in owners}))
        return known

    @cached_property
    def participant_heads(self) -> Mapping[str, str]:
        """For each participant's id the one that stands for it."""
        return same(Entry(each.id, each.name, each.place) for each in self.portfolio.participants or ())

    @cached_property
    def participants(self) -> tuple[Participant, ...] | None:
        """The organisations that take part, each once: the entry of the earliest day."""
        if self.portfolio.participants is None:
            return None
        entries, heads = by_id(self.portfolio.participants), self.participant_heads
        first: dict[str, Participant] = {}
        for each in sorted(entries.values(), key=lambda each: (each.joined, each.id)):
            first.setdefault(heads[each.id], each)
        return tuple(sorted(first.values(), key=lambda each: each.id))


def _order(event: RecognitionEvent) -> tuple[date, str, str, str, int, str]:
    return event.on, event.product, event.certificate, event.kind.value, event.star, event.decision
