"""An amendment of a criteria set: a short list of what changes, to be read beside the set that it changes."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from attrs import field, frozen

from ocop.canonical import Points
from ocop.criteria.model import Criterion, Effect, Rule, Section
from ocop.model.stars import Rank
from ocop.text import NO_LABEL, FrozenDict, Label


class Unchanged(Enum):
    """Stands where an amendment leaves a minimum as it is: None takes the asterisk away."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED
Mark = Rank | Unchanged | None
"""The new star of a minimum; None for none any more; `UNCHANGED` for the old one."""


@frozen
class OptionChange:
    """What changes in an option; what is not named stays."""

    points: Points | None = None
    minimum_for: Mark = UNCHANGED
    label: Label = NO_LABEL


@frozen
class NewOption:
    """An option that a criterion has in addition; its letter comes from its place."""

    slug: str
    points: Points
    minimum_for: Rank | None = None
    case: str | None = None
    before: str | None = None
    """The letter, in the base set, of the option before which it stands; None for the last place."""
    label: Label = NO_LABEL
    case_label: Label = NO_LABEL


def _options(given: Mapping[str, OptionChange]) -> FrozenDict[str, OptionChange]:
    return FrozenDict(given)


@frozen
class CriterionChange:
    """What changes in a criterion; what is not named stays.

    Letters are places: where options come or go, the letters run a, b, c … anew. The letters here are those of the
    base set.
    """

    max_points: int | None = None
    minimum_for: Mark = UNCHANGED
    options: FrozenDict[str, OptionChange] = field(default=FrozenDict({}), converter=_options)
    """By letter, the options that change."""
    add_options: tuple[NewOption, ...] = ()
    remove_options: tuple[str, ...] = ()
    """By letter."""
    label: Label = NO_LABEL


@frozen
class NewItem:
    """A criterion, or a section with criteria, that the set has in addition."""

    below: str
    """The code of the part or section where it stands."""
    item: Section | Criterion
    before: str | None = None
    """The code of what it stands before; None for the last place."""


@frozen
class RuleKey:
    """The rule that has these three; no two rules of a set share them."""

    effect: Effect
    cause: str | None = None
    criterion: str | None = None


def _maxima(given: Mapping[str, int]) -> FrozenDict[str, int]:
    return FrozenDict(given)


def _criteria(given: Mapping[str, CriterionChange]) -> FrozenDict[str, CriterionChange]:
    return FrozenDict(given)


@frozen
class SetAmendment:
    """What a set of one's own changes in another; `ocop.criteria.amend` applies it.

    A maximum never follows from what is below it: a change that moves the sum of a criterion, section or part is
    refused until the amendment names the new maximum as well. The bands are the edition's, and no amendment's.

    >>> from ocop.text import Label
    >>> SetAmendment("qd26-2026/our-tea", "qd26-2026/tea", Label("Bộ chè của tỉnh", "Our tea"), remove=("2.4",)).remove
    ('2.4',)
    """

    id: str
    """The new set's id: its edition's, a slash, a name."""
    base: str
    """The id of the set that it changes."""
    cited_as: Label
    """Where the amendment is printed."""
    base_digest: str | None = None
    """The digest that the base set must have; None where any will do."""
    number: int | None = None
    """The new set's number; None for the base set's."""
    label: Label = NO_LABEL
    """The new set's name; empty for the base set's."""
    maxima: FrozenDict[str, int] = field(default=FrozenDict({}), converter=_maxima)
    """By code, the new maxima of parts and sections."""
    criteria: FrozenDict[str, CriterionChange] = field(default=FrozenDict({}), converter=_criteria)
    """By code, the criteria that change."""
    add: tuple[NewItem, ...] = ()
    remove: tuple[str, ...] = ()
    """The codes of criteria and sections that the new set lacks."""
    add_rules: tuple[Rule, ...] = ()
    """They come after the base set's."""
    remove_rules: tuple[RuleKey, ...] = ()
