"""A decision of the Prime Minister with its dates, bands and classification."""

from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

from attrs import field, frozen
from attrs.validators import min_len

from ocop.display import Shown
from ocop.errors import UnknownIdError, nearest
from ocop.model.stars import Level, Rank
from ocop.model.taxonomy import Group, SetEntry, Subgroup
from ocop.text import NO_LABEL, FrozenDict, Label

OCOP: Final = "ocop"
"""The national programme, to which an edition belongs where it names no other."""


@frozen
class Band:
    """A star's floor: it is reached by a total of `floor` points or more.

    References:
        Decision 26/2026/QĐ-TTg, Article 3 (bands) and Article 4 (who recognises).
    """

    star: Rank
    floor: int
    """The least total, in points; the band reaches to just under the next one's floor."""
    recognised_by: Level | None = None
    """Who recognises and certifies products of this star; None where nobody does."""
    slug: str | None = None
    """The name of a class that is no star; None for stars."""
    label: Label = NO_LABEL
    """The name of such a class in words."""


@frozen
class PartMaximum:
    """A part that every set of the edition has, and its maximum."""

    code: str
    slug: str
    max_points: int
    label: Label = NO_LABEL


@frozen
class Articles:
    """Where the decision says what: the numbers of its articles and annexes; None where they are not known."""

    parts: str | None = None
    bands: str | None = None
    recognition: str | None = None
    groups_annex: str | None = None
    sets_annex: str | None = None


@frozen
class Amendment:
    """A later decision that changed this one while it was in force."""

    decision: str
    in_force_from: date
    slug: str
    """What it changed; `label` says it."""
    recognised_by: FrozenDict[str, Level] = field(factory=lambda: FrozenDict({}))
    """By the number of each star whose recognition it moved: who recognises from that day on."""
    label: Label = NO_LABEL


@frozen
class Source:
    """Where the packaged data was read from, by slug; `label` says it."""

    slug: str
    label: Label = NO_LABEL


@frozen
class Edition(Shown):
    """One decision's rules, in force from a day on.

    >>> import ocop
    >>> edition = ocop.edition("qd26-2026")
    >>> edition.decision, edition.band(ocop.Star.FOUR).floor, len(edition.groups)
    ('26/2026/QĐ-TTg', 70, 6)
    """

    id: str
    decision: str
    """The decision's number and sign."""
    issued: date
    in_force_from: date
    max_points: int
    """The most points a product can have."""
    parts: tuple[PartMaximum, ...]
    bands: tuple[Band, ...] = field(validator=min_len(1))
    """By ascending floor; the first starts at 0."""
    articles: Articles
    source: Source
    groups: tuple[Group, ...]
    in_force_to: date | None = None
    """The last day in force; None while it is open."""
    whole_number_bands: bool = False
    """Whether the print states bands in whole numbers (70 to 89), so that a mean between two has no printed band."""
    amendments: tuple[Amendment, ...] = ()
    """By ascending date."""
    programme: str = OCOP
    """The programme that it belongs to: an award of one's own never takes the place of a national decision."""
    overlaps: tuple[str, ...] = ()
    """The ids of the editions of its programme that are on purpose in force on some of the same days."""

    def band(self, star: Rank) -> Band:
        """Return the band of `star`.

        Raises:
            UnknownIdError: where the edition has no such star.
        """
        for band in self.bands:
            if band.star == star:
                return band
        raise UnknownIdError("band for the star", str(star), None, tuple(str(band.star) for band in self.bands))

    def recognised_by(self, star: Rank, on: date) -> Level | None:
        """Return who recognised products of `star` on a day, by the decision and what amended it until then.

        Raises:
            UnknownIdError: where the edition has no such star.

        >>> import ocop
        >>> from datetime import date
        >>> ocop.edition("qd26-2026").recognised_by(ocop.Star.FIVE, date(2026, 9, 1))
        <Level.MINISTRY: 'ministry'>
        """
        level = self.band(star).recognised_by
        for amendment in self.amendments:
            if amendment.in_force_from <= on:
                level = amendment.recognised_by.get(str(star), level)
        return level

    def star_for(self, total: int | Fraction) -> Rank:
        """Return the star whose band holds `total` points, or the mean of a council's totals.

        >>> import ocop
        >>> ocop.edition("qd26-2026").star_for(89), ocop.edition("qd26-2026").star_for(90)
        (<Star.FOUR: 4>, <Star.FIVE: 5>)
        """
        star = self.bands[0].star
        for band in self.bands:
            if total >= band.floor:
                star = band.star
        return star

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the edition's law: dates, parts, bands and the register of its sets, without a single word.

        >>> import ocop
        >>> ocop.edition("qd26-2026").digest[:14]
        'sha256:...
        """
        from ocop.canonical import digest, plain

        return digest(plain(self, labels=False))

    @cached_property
    def _places(self) -> dict[str, tuple[Group, Subgroup, SetEntry]]:
        return {
            entry.slug: (group, subgroup, entry)
            for group in self.groups
            for subgroup in group.subgroups
            for entry in subgroup.sets
        }

    @property
    def entries(self) -> tuple[SetEntry, ...]:
        """The places of all its sets in the classification, in the printed order."""
        return tuple(entry for _, _, entry in self._places.values())

    def has(self, slug: str) -> bool:
        """Return whether it has a set named `slug`."""
        return slug in self._places

    def place_of(self, slug: str) -> tuple[Group, Subgroup, SetEntry]:
        """Return the group, the subgroup and the entry of the set named `slug`.

        Raises:
            UnknownIdError: where the edition has no such set; it names the nearest.

        >>> import ocop
        >>> group, subgroup, entry = ocop.edition("qd26-2026").place_of("bottled-water")
        >>> group.code, subgroup.code, [ministry.slug for ministry in entry.ministries]
        ('II', '2', ['health'])
        """
        if slug not in self._places:
            raise UnknownIdError("criteria set", slug, nearest(slug, self._places))
        return self._places[slug]
