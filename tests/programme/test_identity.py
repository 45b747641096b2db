from hypothesis import given
from hypothesis import strategies as st

from ocop.programme.identity import Entry, by_id, same
from ocop.programme.records import Fair

NAME = "HTX Hòa Bình"


def groups(*entries: Entry) -> set[frozenset[str]]:
    stands = same(entries)
    return {frozenset(name for name in stands if stands[name] == head) for head in stands.values()}


def test_spellings_of_one_name_in_one_place_are_one() -> None:
    assert groups(Entry("a", NAME, "1"), Entry("b", "htx  HOÀ BÌNH", "1")) == {frozenset("ab")}


def test_one_name_in_two_places_is_two() -> None:
    assert groups(Entry("a", NAME, "1"), Entry("b", NAME, "2")) == {frozenset("a"), frozenset("b")}


def test_a_name_without_a_place_joins_the_only_place() -> None:
    assert groups(Entry("a", NAME, "1"), Entry("b", NAME)) == {frozenset("ab")}


def test_a_name_without_a_place_stands_alone_beside_two() -> None:
    assert len(groups(Entry("a", NAME, "1"), Entry("b", NAME, "2"), Entry("c", NAME))) == 3


def test_different_tax_ids_keep_one_name_apart() -> None:
    assert len(groups(Entry("a", NAME, "1", "0100112437"), Entry("b", NAME, "1", "0100112438"))) == 2


def test_one_tax_id_joins_two_names() -> None:
    assert groups(Entry("a", NAME, "1", "0314409058-002"), Entry("b", "HTX HB", "2", "0314409058002")) == {
        frozenset("ab")
    }


def test_an_entry_without_a_tax_id_joins_the_first_of_its_name() -> None:
    found = same([Entry("c", NAME, "1"), Entry("b", NAME, "1", "0100112438"), Entry("d", NAME, "1", "0100112437")])
    assert found == {"b": "b", "c": "b", "d": "d"}


def test_identity_goes_on_through_others() -> None:
    linked = [Entry("c", NAME, "1", "1"), Entry("b", "Other", "1", "1"), Entry("a", "OTHER", "1")]
    assert groups(*linked) == {frozenset("abc")}
    assert set(same(linked).values()) == {"a"}


ENTRIES = st.lists(
    st.builds(
        Entry,
        st.sampled_from("abcdefgh"),
        st.sampled_from(["An", "AN", "Bình", "Chi"]),
        st.sampled_from([None, "1", "2"]),
        st.sampled_from([None, "7", "8"]),
    ),
    unique_by=lambda each: each.id,
)


@given(ENTRIES, st.randoms())
def test_identity_does_not_depend_on_the_order(entries: list[Entry], random: object) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert same(shuffled) == same(entries)


@given(ENTRIES)
def test_who_stands_for_others_stands_for_itself_and_is_the_smallest(entries: list[Entry]) -> None:
    stands = same(entries)
    assert set(stands) == {each.id for each in entries}
    assert all(stands[head] == head <= name for name, head in stands.items())


def test_of_two_with_one_id_the_same_is_taken_in_any_order() -> None:
    one, two = Fair(id="f", name="A"), Fair(id="f", name="B")
    assert by_id([one, two]) == by_id([two, one]) == {"f": one}
    assert list(by_id([Fair(id="z", name="Z"), one, one])) == ["f", "z"]
