"""A criteria set as the decision prints it: parts, sections, criteria, options, and the rules beside them."""

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen
from attrs.validators import min_len

from ocop.canonical import NOT_IN_JSON, Points
from ocop.criteria.edition import Edition, Source
from ocop.display import Shown
from ocop.errors import UnknownIdError, nearest
from ocop.model.stars import Rank
from ocop.text import NO_LABEL, Label

if TYPE_CHECKING:
    from ocop.criteria.table import ScoringTable


class Effect(Enum):
    """What a printed note does to the evaluation."""

    DISQUALIFIED = "disqualified"
    """The dossier is rejected when the cause is found."""
    NOT_EVALUATED = "not-evaluated"
    """A product of this kind is not evaluated at all."""
    REQUIRED = "required"
    """The product is evaluated only where a requirement holds; the cause is that it does not."""
    EVALUATION_STOPS = "evaluation-stops"
    """The evaluation goes no further when the cause is found."""
    APPLIES_ONLY_IF = "applies-only-if"
    """The criterion earns points only when the one it depends on does."""
    CHOOSE_ONE_CASE = "choose-one-case"
    """One of the printed cases is chosen, and one option within it."""
    EVIDENCE = "evidence"
    """What the evaluator is to judge by; it changes no points."""


Choice = str | tuple[str, ...] | None
"""An option's letter; None where no option is met; the letters of all ticks where they add up."""


@frozen
class Option:
    """One of the answers that a criterion prints.

    >>> import ocop
    >>> option = ocop.criteria_set("qd26-2026/tea").criterion("1.5").option("c")
    >>> option.points, option.minimum_for, option.slug
    (2, <Star.FOUR: 4>, 'over-75')
    """

    letter: str
    """``"a"``, ``"b"``, … in the printed order; the form itself prints only boxes."""
    slug: str
    """What it says, in a few English words; the same thing has the same slug in every set."""
    points: Points
    minimum_for: Rank | None = None
    """The star that needs this option or a better one, whatever the total is; None where there is no asterisk."""
    case: str | None = None
    """The printed case it belongs to, where the criterion has cases."""
    label: Label = NO_LABEL
    case_label: Label = NO_LABEL


@frozen
class Criterion:
    """A scored criterion: one option is chosen, or none.

    >>> import ocop
    >>> criterion = ocop.criteria_set("qd26-2026/tea").criteria[0]
    >>> criterion.code, criterion.max_points, criterion.label.en
    ('1.1', 3, 'Origin of inputs')
    """

    code: str
    """Its printed number, such as ``"1.1"`` or ``"7"``."""
    slug: str
    max_points: int
    options: tuple[Option, ...] = field(validator=min_len(1))
    """In the printed order."""
    label: Label = NO_LABEL
    minimum_for: Rank | None = None
    """The star that needs any of its options, where the asterisks stand on the criterion itself."""
    additive: bool = False
    """Whether any number of its options may be ticked and their points add up."""

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of its options."""
        return tuple(option.letter for option in self.options)

    @property
    def minimums(self) -> dict[Rank, tuple[Option, ...]]:
        """For each star that needs something here, by ascending star: the options marked for it, one in each case.

        Where the criterion itself is marked, any of its options will do, so that the first of each case stands for it.
        """
        marked: dict[Rank, tuple[Option, ...]] = {}
        for option in self.options:
            if option.minimum_for is not None:
                marked[option.minimum_for] = (*marked.get(option.minimum_for, ()), option)
        if self.minimum_for is not None:
            firsts = {option.case: option for option in reversed(self.options)}
            marked.setdefault(self.minimum_for, self.options if self.additive else tuple(reversed(firsts.values())))
        return dict(sorted(marked.items()))

    @property
    def best(self) -> int:
        """The most points that its options give."""
        points = [option.points for option in self.options]
        return sum(points) if self.additive else max(points)

    def points_of(self, choice: Choice) -> int:
        """Return the points of a choice.

        Raises:
            UnknownIdError: for a letter that is no option.
        """
        return sum(option.points for option in self.chosen(choice))

    def chosen(self, choice: Choice) -> tuple[Option, ...]:
        """Return the options that a choice names: one, none, or where ticks add up all that are ticked.

        Raises:
            UnknownIdError: for a letter that is none of them.
        """
        return tuple(self.option(letter) for letter in ((choice,) if isinstance(choice, str) else choice or ()))

    def option(self, letter: str) -> Option:
        """Return the option with `letter`.

        Raises:
            UnknownIdError: where there is none.
        """
        for option in self.options:
            if option.letter == letter:
                return option
        raise UnknownIdError("option", letter, None, self.letters)

    def more(self, choice: Choice, letters: Iterable[str]) -> Choice:
        """Return the choice after `letters` are taken: the last of them, or where ticks add up all of them as well."""
        taken = tuple(letters)
        if not self.additive:
            return taken[-1]
        ticked = {*(option.letter for option in self.chosen(choice)), *taken}
        return tuple(letter for letter in self.letters if letter in ticked)

    def reaches(self, choice: Choice, minimum: Option) -> bool:
        """Return whether choosing `choice` is as good as `minimum`, or better.

        Better is later in the printed order within the same case, or at least as many points in another case. Where
        ticks add up, the option itself must be ticked.
        """
        if self.additive or not choice:
            return minimum in self.chosen(choice)
        chosen = self.chosen(choice)[0]
        if chosen.case == minimum.case:
            return self.options.index(chosen) >= self.options.index(minimum)
        return chosen.points >= minimum.points

    def unmet(self, choice: Choice) -> dict[Rank, Option]:
        """Return the option that each unmet star minimum asks for, by ascending star.

        Where a star is marked on options of two cases, either will do; the one of the chosen case is returned.

        >>> import ocop
        >>> labelling = ocop.criteria_set("qd26-2026/tea").criterion("2.3")
        >>> {int(star): option.letter for star, option in labelling.unmet("a").items()}
        {4: 'c'}
        """
        case = next((option.case for option in self.chosen(choice)), None)
        return {
            star: next((option for option in options if option.case == case), options[0])
            for star, options in self.minimums.items()
            if not any(self.reaches(choice, option) for option in options)
        }


@frozen
class Section:
    """A heading with criteria, or further sections, below it."""

    code: str
    slug: str
    max_points: int
    items: "tuple[Section | Criterion, ...]"
    label: Label = NO_LABEL


@frozen
class Part:
    """One of the large parts of a set: A, B and C in today's decision."""

    code: str
    slug: str
    max_points: int
    items: tuple[Section | Criterion, ...]
    label: Label = NO_LABEL


@frozen
class Rule:
    """A printed note that acts on the evaluation.

    >>> import ocop
    >>> [rule.cause for rule in ocop.criteria_set("qd26-2026/tea").rules if rule.is_finding][-1]
    'unsafe-impurities'
    """

    effect: Effect
    cause: str | None = None
    """Its reason, by slug; what an evaluator lists as a finding."""
    criterion: str | None = None
    """The code of the criterion beside which it is printed; None where it stands at the head of the set."""
    depends_on: str | None = None
    """With `Effect.APPLIES_ONLY_IF`: the code of the criterion that must have points."""
    criteria: tuple[str, ...] = ()
    """With a stop derived from the choices: the codes of the criteria of which none may have 0 points."""
    label: Label = NO_LABEL

    @property
    def is_finding(self) -> bool:
        """Whether an evaluator establishes its cause, rather than the choices showing it."""
        return self.ends_evaluation and not self.criteria

    @property
    def ends_evaluation(self) -> bool:
        """Whether its cause leaves the product without a star."""
        return self.effect in (Effect.DISQUALIFIED, Effect.NOT_EVALUATED, Effect.REQUIRED, Effect.EVALUATION_STOPS)


class Field(Enum):
    """What a printed error is about."""

    POINTS = "points"
    MAX_POINTS = "max_points"


@frozen
class Erratum:
    """A place where the print contradicts itself: what stands there, what was adopted, and why."""

    criterion: str
    field: Field
    adopted: int
    why: str
    """The reason, by slug; `label` says it."""
    printed: int | None = None
    """The printed number; None where the place is blank."""
    option: str | None = None
    """The option's letter, where the error is in its points."""
    label: Label = NO_LABEL


@frozen
class Remark:
    """Something doubtful that was kept as printed."""

    remark: str
    """What, by slug; `label` says it."""
    criterion: str | None = None
    label: Label = NO_LABEL


def walk(items: tuple[Section | Criterion, ...]) -> Iterator[Criterion]:
    """Yield the scored criteria below `items`, in the printed order."""
    for item in items:
        if isinstance(item, Criterion):
            yield item
        else:
            yield from walk(item.items)


@frozen
class BaseSet:
    """The set that another was derived from, see `ocop.criteria.amend`."""

    id: str
    digest: str
    """The digest that it had."""


@frozen
class CriteriaSet(Shown):
    """The criteria by which one kind of product is scored.

    Two sets with the same content are equal.

    References:
        Decision 26/2026/QĐ-TTg, Annex II, for the sets of ``qd26-2026``.

    >>> import ocop
    >>> tea = ocop.criteria_set("qd26-2026/tea")
    >>> tea.number, len(tea.criteria), sum(part.max_points for part in tea.parts)
    (11, 32, 100)
    """

    id: str
    """The edition's id, a slash, and the set's slug."""
    edition: Edition = field(repr=False, metadata=NOT_IN_JSON)
    """The decision that it belongs to, with the bands of the stars."""
    number: int
    """Its number in the decision."""
    parts: tuple[Part, ...] = field(repr=False, validator=min_len(1))
    rules: tuple[Rule, ...] = field(default=(), repr=False)
    errata: tuple[Erratum, ...] = field(default=(), repr=False)
    remarks: tuple[Remark, ...] = field(default=(), repr=False)
    label: Label = NO_LABEL
    complete: bool = field(default=True, repr=False)
    """Whether all of it is known; a set that is not can be shown, and scored only where that is allowed on purpose."""
    open_issues: tuple[Remark, ...] = field(default=(), repr=False)
    """What is not known of a set that is not complete."""
    provenance: Source | None = field(default=None, repr=False)
    """Where this set was read from, where that is another source than the edition's."""
    cited_as: Label = field(default=NO_LABEL, repr=False)
    """Where it is printed, where that is not its edition's decision."""
    base: BaseSet | None = field(default=None, repr=False)
    """What it was derived from; None where it stands on its own."""

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The scored criteria of all parts, in the printed order."""
        return tuple(criterion for part in self.parts for criterion in walk(part.items))

    @property
    def slug(self) -> str:
        """Its name within the edition."""
        return self.id.partition("/")[2]

    @property
    def max_points(self) -> int:
        """The most points a product can have."""
        return sum(part.max_points for part in self.parts)

    @cached_property
    def _by_code(self) -> dict[str, Criterion]:
        return {criterion.code: criterion for criterion in self.criteria}

    @cached_property
    def _part_by_code(self) -> dict[str, Part]:
        return {criterion.code: part for part in self.parts for criterion in walk(part.items)}

    def criterion(self, code: str) -> Criterion:
        """Return the criterion with the printed number `code`.

        Raises:
            UnknownIdError: where there is none; it names the nearest.
        """
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownIdError("criterion", code, nearest(code, self._by_code), ()) from None

    def part_of(self, code: str) -> Part:
        """Return the part in which the criterion with the printed number `code` stands.

        Raises:
            UnknownIdError: where there is no such criterion.
        """
        return self._part_by_code[self.criterion(code).code]

    @property
    def citation(self) -> Label:
        """Where it is printed: what it is cited as, else its place in the edition's decision.

        >>> import ocop
        >>> ocop.criteria_set("qd26-2026/tea").citation.en
        'Decision 26/2026/QĐ-TTg, Annex II, set 11'
        """
        if self.cited_as != NO_LABEL:
            return self.cited_as
        decision, annex = self.edition.decision, self.edition.articles.sets_annex
        vi, en = (f", Phụ lục {annex}", f", Annex {annex}") if annex else ("", "")
        return Label(
            f"Quyết định {decision}{vi}, bộ số {self.number}",
            f"Decision {decision}{en}, set {self.number}",
        )

    @property
    def findings(self) -> tuple[str, ...]:
        """The causes that an evaluator may list, each once, in the order of the rules."""
        return tuple(dict.fromkeys(rule.cause for rule in self.rules if rule.is_finding and rule.cause))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the set's law: all of it but the labels, so that words can be improved.

        >>> import ocop
        >>> ocop.criteria_set("qd26-2026/tea").digest[:14]
        'sha256:...
        """
        from ocop.canonical import digest
        from ocop.criteria.reading import law_of

        return digest(law_of(self))

    @cached_property
    def table(self) -> "ScoringTable":
        """What each answer is worth, laid out for the engine."""
        from ocop.criteria.table import ScoringTable

        return ScoringTable.of(self)
