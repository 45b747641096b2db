from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from ocop.model.taxonomy import Group, Ministry, SetEntry, Subgroup
from ocop.text import NO_LABEL

HEALTH = Ministry("health")


def entry(number: int) -> SetEntry:
    return SetEntry(number, f"set-{number}", (HEALTH,), samples=5)


def subgroup(code: str, *numbers: int) -> Subgroup:
    return Subgroup(code, f"subgroup-{code}", tuple(map(entry, numbers)))


def group(*subgroups: Subgroup) -> Group:
    return Group("I", "food", subgroups)


INSTANCES = [HEALTH, entry(1), subgroup("1", 1), group(subgroup("1", 1))]
every_class = pytest.mark.parametrize("instance", INSTANCES, ids=lambda instance: type(instance).__name__)


def test_a_group_has_the_sets_of_all_its_subgroups_in_order() -> None:
    assert group(subgroup("1", 3, 1), subgroup("2", 2)).sets == (entry(3), entry(1), entry(2))


def test_a_group_passes_over_a_subgroup_without_sets() -> None:
    assert group(subgroup("1"), subgroup("2", 7)).sets == (entry(7),)


def test_a_group_without_subgroups_has_no_sets() -> None:
    assert group().sets == ()


@every_class
def test_a_label_is_empty_unless_given(instance: Any) -> None:
    assert instance.label is NO_LABEL


def test_a_set_has_no_division_unless_given() -> None:
    assert entry(1).division is None


@every_class
def test_nothing_in_the_classification_can_be_changed(instance: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        instance.slug = "other"


@every_class
def test_everything_in_the_classification_can_be_hashed(instance: Any) -> None:
    assert instance in {instance}
