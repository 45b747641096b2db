"""Which rights protect a product on a day, in three-valued logic: yes, no, or what would have to be known."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from attrs import frozen

from ocop.model.products import Protection, ProtectionKind


@frozen
class Unknown:
    """Why a fact has no value."""

    missing: tuple[str, ...] = ()
    """What would have to be known for it, by slug."""
    remark: str | None = None
    """By slug, why it has none although nothing is missing."""


Answer = bool | Unknown

MARKS: Final = (ProtectionKind.TRADE_MARK, ProtectionKind.COLLECTIVE_MARK, ProtectionKind.CERTIFICATION_MARK)
"""What is registered as a mark, by the Law on Intellectual Property, Article 4."""
SHARED: Final = (
    ProtectionKind.GEOGRAPHICAL_INDICATION,
    ProtectionKind.COLLECTIVE_MARK,
    ProtectionKind.CERTIFICATION_MARK,
)
"""What several subjects may use, each by a document of its own."""


def any_of(answers: Iterable[Answer]) -> Answer:
    """Return whether one of `answers` is yes; open where one is, and no other is yes.

    >>> any_of([False, Unknown(("as-of",))]), any_of([Unknown(("as-of",)), True]), any_of([])
    (Unknown(missing=('as-of',), remark=None), True, False)
    """
    found = list(answers)
    if any(answer is True for answer in found):
        return True
    missing = [slug for answer in found if isinstance(answer, Unknown) for slug in answer.missing]
    return Unknown(tuple(dict.fromkeys(missing))) if missing else False


def both(one: Answer, other: Answer) -> Answer:
    """Return whether two answers are yes; no where one of them is, however open the other.

    >>> both(True, True), both(Unknown(("as-of",)), False)
    (True, False)
    """
    return no(any_of([no(one), no(other)]))


def no(answer: Answer) -> Answer:
    """Return the contrary of an answer."""
    return answer if isinstance(answer, Unknown) else not answer


def told(value: bool | None, slug: str) -> Answer:
    """Return `value`, or that it is missing under the name `slug`."""
    return Unknown((slug,)) if value is None else value


@frozen
class Rights:
    """The rights on a product's record, as they stand on a day.

    References:
        Decision 26/2026/QĐ-TTg, Annex II, the criterion on intellectual property (3.5 in every set).
    """

    protections: tuple[Protection, ...]
    complete: bool
    """Whether there are no others."""
    as_of: date | None
    """The day; None is unknown."""

    def has(self, kind: ProtectionKind) -> Answer:
        """Return whether a right of this kind is in force; a copyright in a mark is not counted as one."""
        return self._any((kind,), lambda right: both(self.in_force(right), _counts(right)))

    def in_force(self, right: Protection) -> Answer:
        """Return whether a right is in force: from its issue on, to its last day; no last day on record is no end."""
        if self.as_of is not None and right.issued is not None and right.issued > self.as_of:
            return False
        if right.expires is None:
            return True
        return Unknown(("as-of",)) if self.as_of is None else self.as_of <= right.expires

    def marks_registered(self, *, on_packaging: bool) -> Answer:
        """Return whether a registered mark is in use, and no mark that is not registered.

        Args:
            on_packaging: whether only a mark on the packaging is in use; else any registered one is, as with services.
        """
        registered = self._any(
            MARKS, lambda mark: both(self.in_force(mark), _on_packaging(mark) if on_packaging else True)
        )
        unregistered = self._any(
            (*MARKS, ProtectionKind.TRADE_MARK_FILED),
            lambda mark: both(_on_packaging(mark), True if mark.kind not in MARKS else no(self.in_force(mark))),
        )
        return both(registered, no(unregistered))

    def shared_rights_granted(self) -> Answer:
        """Return whether a document grants the use of every right in force that several share; yes if there is none."""
        return no(
            self._any(SHARED, lambda right: both(self.in_force(right), no(told(right.right_of_use, "right-of-use"))))
        )

    def _any(self, kinds: tuple[ProtectionKind, ...], asked: Callable[[Protection], Answer]) -> Answer:
        others: Answer = False if self.complete else Unknown(("protections",))
        return any_of([others, *(asked(right) for right in self.protections if right.kind in kinds)])


def _counts(right: Protection) -> Answer:
    if right.kind is not ProtectionKind.COPYRIGHT:
        return True
    return no(told(right.of_mark, "copyright-of-mark"))


def _on_packaging(mark: Protection) -> Answer:
    return told(mark.on_packaging, "mark-on-packaging")
