"""How a decision sorts products: groups, subgroups, and the criteria set for each kind."""

from attrs import frozen

from ocop.text import NO_LABEL, Label


@frozen
class Ministry:
    """A ministry in charge of a kind of product."""

    slug: str
    """Its short name in English, such as ``"health"``."""
    label: Label = NO_LABEL


@frozen
class SetEntry:
    """A criteria set's place in the classification."""

    number: int
    """The set's number in the decision, from 1."""
    slug: str
    """Its name in the set's id: ``"tea"`` in ``"qd26-2026/tea"``."""
    ministries: tuple[Ministry, ...] = ()
    """The ministries in charge; empty where they are not known."""
    samples: int | None = None
    """How many sample products the dossier needs, 0 where none are asked for; None where it is not known."""
    division: str | None = None
    """The letter below the subgroup, where the decision prints one."""
    label: Label = NO_LABEL


@frozen
class Subgroup:
    """A subgroup of products."""

    code: str
    """Its number within the group, such as ``"5"``."""
    slug: str
    sets: tuple[SetEntry, ...]
    label: Label = NO_LABEL


@frozen
class Group:
    """One of the large groups of products."""

    code: str
    """Its Roman number, such as ``"I"``."""
    slug: str
    subgroups: tuple[Subgroup, ...]
    label: Label = NO_LABEL

    @property
    def sets(self) -> tuple[SetEntry, ...]:
        """The criteria sets of all its subgroups, in the printed order."""
        return tuple(entry for subgroup in self.subgroups for entry in subgroup.sets)
