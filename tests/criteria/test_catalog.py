"""A catalog finds editions and sets by id or by date, says what is near where it finds none, and opens nothing else."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ocop.criteria import catalog as catalog_module
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import NoEditionError, UnknownIdError

MakeEdition = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "editions"
    folder.mkdir()
    return folder


@pytest.fixture
def make_edition(root: Path) -> MakeEdition:
    """Write a tiny edition with one set, ``honey``, whose words all begin with the edition's id."""

    def make(edition_id: str, begins: str, ends: str | None = None) -> Path:
        edition: dict[str, Any] = {
            "id": edition_id,
            "decision": f"{edition_id}/QĐ-TTg",
            "issued": begins,
            "in_force_from": begins,
            "max_points": 2,
            "parts": [{"code": "A", "slug": "all", "max_points": 2}],
            "bands": [{"star": 1, "floor": 0}, {"star": 3, "floor": 2}],
            "articles": {"parts": "1", "bands": "1", "recognition": "1", "groups_annex": "I", "sets_annex": "II"},
            "source": {"slug": "made"},
            "groups": [
                {
                    "code": "I",
                    "slug": "food",
                    "subgroups": [
                        {
                            "code": "1",
                            "slug": "sweet",
                            "sets": [{"number": 1, "slug": "honey", "ministries": [], "samples": 5}],
                        }
                    ],
                }
            ],
        }
        if ends is not None:
            edition["in_force_to"] = ends
        options = [{"letter": "a", "slug": "met", "points": 2, "minimum_for": 3}]
        criterion = {"code": "1", "slug": "taste", "max_points": 2, "options": options}
        honey = {
            "id": f"{edition_id}/honey",
            "number": 1,
            "parts": [{"code": "A", "slug": "all", "max_points": 2, "items": [criterion]}],
        }
        words = {"criteria": {"taste": f"{edition_id} taste"}, "options": {"taste/met": f"{edition_id} met"}}
        folder = root / edition_id
        for path, content in (
            ("edition.json", edition),
            ("sets/honey.json", honey),
            ("labels/vi.json", words),
            ("labels/en.json", words),
        ):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(content), "utf-8")
        return folder

    return make


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the paths that catalogs open from now on."""
    paths: list[str] = []

    def spy(path: str, *args: Any) -> Any:
        paths.append(path)
        return open(path, *args)

    monkeypatch.setattr(catalog_module, "open", spy, raising=False)
    return paths


class TestEditions:
    def test_the_packaged_ones(self) -> None:
        assert PACKAGED.edition_ids == ("qd1048-2019", "qd148-2023", "qd26-2026")
        assert [edition.id for edition in PACKAGED.editions()] == ["qd1048-2019", "qd148-2023", "qd26-2026"]

    def test_files_beside_the_editions_are_left_out(self, root: Path, make_edition: MakeEdition) -> None:
        make_edition("b-2020", "2020-01-01")
        (root / "README").write_text("no edition")
        assert Catalog(str(root)).edition_ids == ("b-2020",)

    def test_they_come_oldest_first_then_by_id(self, root: Path, make_edition: MakeEdition) -> None:
        make_edition("a-2030", "2030-01-01")
        make_edition("c-2020", "2020-01-01")
        make_edition("b-2020", "2020-01-01")
        made = Catalog(str(root))
        assert made.edition_ids == ("a-2030", "b-2020", "c-2020")
        assert [edition.id for edition in made.editions()] == ["b-2020", "c-2020", "a-2030"]

    def test_the_same_object_comes_twice(self) -> None:
        assert PACKAGED.edition("qd26-2026") is PACKAGED.edition("qd26-2026") is PACKAGED.editions()[-1]
        assert PACKAGED.labels("qd26-2026") is PACKAGED.labels("qd26-2026")

    @pytest.mark.parametrize(
        ("edition_id", "hint"),
        [
            ("qd26-2025", "qd26-2026"),
            ("QD26-2026", "qd26-2026"),
            (" qd26-2026 ", "qd26-2026"),
            ("qd26-2026/", "qd26-2026"),
            ("tea", None),
            ("", None),
            ("..", None),
            (".", None),
        ],
    )
    def test_an_unknown_one_names_the_nearest_and_all(self, edition_id: str, hint: str | None) -> None:
        with pytest.raises(UnknownIdError) as caught:
            PACKAGED.edition(edition_id)
        assert (caught.value.what, caught.value.wanted, caught.value.hint) == ("edition", edition_id, hint)
        assert caught.value.known == PACKAGED.edition_ids

    def test_the_message(self) -> None:
        with pytest.raises(UnknownIdError) as caught:
            PACKAGED.edition("xyz")
        assert str(caught.value) == "there is no edition 'xyz'; known: qd1048-2019, qd148-2023, qd26-2026"

    def test_its_printed_form_names_the_folder(self, root: Path) -> None:
        assert repr(Catalog("/data")) == "Catalog('/data')"

    def test_the_short_names_of_the_module_are_those_of_the_packaged_catalog(self) -> None:
        assert catalog_module.editions() == PACKAGED.editions()
        assert catalog_module.edition("qd26-2026") is PACKAGED.edition("qd26-2026")
        assert catalog_module.edition_in_force(date(2026, 6, 1)) is PACKAGED.edition("qd26-2026")
        assert catalog_module.criteria_set("qd26-2026/tea") is PACKAGED.criteria_set("qd26-2026/tea")


class TestInForce:
    @pytest.mark.parametrize(
        ("day", "in_force"),
        [
            (date(2019, 8, 21), ["qd1048-2019"]),
            (date(2020, 6, 7), ["qd1048-2019"]),
            (date(2020, 6, 8), ["qd1048-2019"]),
            (date(2023, 2, 23), ["qd1048-2019"]),
            (date(2023, 2, 24), ["qd148-2023"]),
            (date(2025, 7, 6), ["qd148-2023"]),
            (date(2026, 5, 21), ["qd148-2023"]),
            (date(2026, 5, 22), ["qd148-2023", "qd26-2026"]),
            (date(2026, 7, 21), ["qd148-2023", "qd26-2026"]),
            (date(2026, 7, 22), ["qd26-2026"]),
            (date.max, ["qd26-2026"]),
        ],
    )
    def test_the_packaged_ones_day_by_day(self, day: date, in_force: list[str]) -> None:
        assert [edition.id for edition in PACKAGED.editions_in_force(day)] == in_force
        assert PACKAGED.edition_in_force(day).id == in_force[-1]

    @pytest.mark.parametrize("day", [date(2019, 8, 20), date.min])
    def test_before_the_first_the_error_names_it(self, day: date) -> None:
        assert PACKAGED.editions_in_force(day) == ()
        with pytest.raises(NoEditionError) as caught:
            PACKAGED.edition_in_force(day)
        expected = f"no edition is in force on {day.isoformat()}: qd1048-2019 begins on 2019-08-21"
        assert str(caught.value) == expected

    def test_the_packaged_ones_overlap_only_where_they_say_so(self) -> None:
        """No day between the first and today without an edition, and two on a day only where one names the other."""
        editions = PACKAGED.editions()
        assert {edition.id: edition.overlaps for edition in editions if edition.overlaps} == {
            "qd26-2026": ("qd148-2023",)
        }
        for one, two in pairwise(editions):
            assert one.in_force_to is not None
            gap = (two.in_force_from - one.in_force_to).days - 1
            assert gap == 0 or (gap < 0 and one.id in two.overlaps)
        assert editions[-1].in_force_to is None

    def test_of_another_programme_none_is_in_force(self) -> None:
        assert PACKAGED.editions_in_force(date(2026, 9, 1), "otop") == ()

    def test_first_and_last_day_belong_to_it(self, root: Path, make_edition: MakeEdition) -> None:
        make_edition("old", "2020-01-01", "2024-12-31")
        make_edition("new", "2026-05-22")
        made = Catalog(str(root))
        in_force = {day: made.edition_in_force(day).id for day in (date(2020, 1, 1), date(2024, 12, 31))}
        assert set(in_force.values()) == {"old"}
        assert made.edition_in_force(date(2026, 5, 22)).id == "new"

    @pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 8, 8), date(2026, 5, 21)])
    def test_in_a_gap_the_error_names_both_neighbours(self, root: Path, make_edition: MakeEdition, day: date) -> None:
        make_edition("oldest", "2010-01-01", "2019-12-31")
        make_edition("old", "2020-01-01", "2024-12-31")
        make_edition("new", "2026-05-22")
        make_edition("newest", "2030-01-01")
        with pytest.raises(NoEditionError) as caught:
            Catalog(str(root)).edition_in_force(day)
        assert str(caught.value) == (
            f"no edition is in force on {day.isoformat()}: old ended on 2024-12-31 and new begins on 2026-05-22"
        )

    def test_after_the_last_the_error_names_it(self, root: Path, make_edition: MakeEdition) -> None:
        make_edition("old", "2020-01-01", "2024-12-31")
        with pytest.raises(NoEditionError) as caught:
            Catalog(str(root)).edition_in_force(date(2025, 1, 1))
        assert str(caught.value) == "no edition is in force on 2025-01-01: old ended on 2024-12-31"

    def test_of_several_the_one_that_came_last(self, root: Path, make_edition: MakeEdition) -> None:
        make_edition("a-open", "2020-01-01")
        make_edition("b-short", "2022-01-01", "2022-12-31")
        made = Catalog(str(root))
        start = date(2022, 1, 1)
        days = (start - timedelta(1), start, date(2022, 12, 31), date(2023, 1, 1))
        assert [made.edition_in_force(day).id for day in days] == ["a-open", "b-short", "b-short", "a-open"]
        assert [[each.id for each in made.editions_in_force(day)] for day in days] == [
            ["a-open"], ["a-open", "b-short"], ["a-open", "b-short"], ["a-open"],
        ]  # fmt: skip


class TestSets:
    def test_ids_come_in_the_printed_order(self) -> None:
        ids = PACKAGED.set_ids("qd26-2026")
        assert PACKAGED.set_ids() == PACKAGED.set_ids("qd1048-2019") + PACKAGED.set_ids("qd148-2023") + ids
        assert (len(ids), ids[0], ids[10], ids[-1]) == (
            26,
            "qd26-2026/fresh-produce",
            "qd26-2026/tea",
            "qd26-2026/community-tourism",
        )

    def test_ids_of_several_editions(self, root: Path, make_edition: MakeEdition) -> None:
        make_edition("a-new", "2026-05-22")
        make_edition("b-old", "2020-01-01")
        made = Catalog(str(root))
        assert made.set_ids() == ("b-old/honey", "a-new/honey")
        assert made.set_ids("a-new") == ("a-new/honey",)
        assert [each.id for each in made.sets()] == ["b-old/honey", "a-new/honey"]
        assert [each.edition.id for each in made.sets("b-old")] == ["b-old"]

    def test_ids_of_an_unknown_edition(self) -> None:
        with pytest.raises(UnknownIdError, match="qd26-2026"):
            PACKAGED.set_ids("qd26-2027")
        with pytest.raises(UnknownIdError):
            next(PACKAGED.sets("qd26-2027"))

    def test_sets_are_those_of_the_ids(self) -> None:
        assert tuple(each.id for each in PACKAGED.sets()) == PACKAGED.set_ids()

    def test_the_same_object_comes_twice(self) -> None:
        for set_id in PACKAGED.set_ids():
            assert PACKAGED.criteria_set(set_id) is PACKAGED.criteria_set(set_id)

    def test_a_set_belongs_to_the_edition_of_the_catalog(self) -> None:
        for edition in PACKAGED.editions():
            assert all(each.edition is edition for each in PACKAGED.sets(edition.id))

    def test_every_file_is_opened_once_and_only_when_needed(
        self, root: Path, make_edition: MakeEdition, opened: list[str]
    ) -> None:
        folder = make_edition("one", "2020-01-01")
        make_edition("two", "2021-01-01")
        made = Catalog(str(root))
        assert opened == []
        for _ in range(2):
            made.edition("one")
        names = [Path(path).relative_to(folder).as_posix() for path in opened]
        assert sorted(names) == ["edition.json", "labels/en.json", "labels/vi.json"]
        opened.clear()
        for _ in range(2):
            made.criteria_set("one/honey")
        assert opened == [str(folder / "sets" / "honey.json")]

    @pytest.mark.parametrize(
        ("set_id", "hint"),
        [
            ("qd26-2026/tee", "qd26-2026/tea"),
            ("qd26-2026/Tea", "qd26-2026/tea"),
            ("qd26-2025/tea", "qd26-2026/tea"),
            ("QD26-2026/FLOWERS", "qd26-2026/flowers"),
            ("qd26-2026/tea/", "qd26-2026/tea"),
            ("tee", "qd26-2026/tea"),
            ("tea", "qd26-2026/tea"),
            ("handicraft", "qd26-2026/handicrafts"),
            ("../x", None),
            ("/", None),
        ],
    )
    def test_an_unknown_one_names_the_nearest(self, set_id: str, hint: str | None) -> None:
        for _ in range(2):
            with pytest.raises(UnknownIdError) as caught:
                PACKAGED.criteria_set(set_id)
            assert (caught.value.what, caught.value.wanted, caught.value.hint) == ("criteria set", set_id, hint)

    def test_a_bare_name_is_looked_for_in_the_newest_edition(self, root: Path, make_edition: MakeEdition) -> None:
        make_edition("a-new", "2026-05-22")
        make_edition("b-old", "2020-01-01")
        with pytest.raises(UnknownIdError) as caught:
            Catalog(str(root)).criteria_set("hony")
        assert caught.value.hint == "a-new/honey"

    @pytest.mark.parametrize("set_id", ["", "qd26-2026", "qd26-2026/", "/tea", "qd26-2026//tea", "tea/qd26-2026"])
    def test_what_is_no_id_is_unknown(self, set_id: str) -> None:
        with pytest.raises(UnknownIdError):
            PACKAGED.criteria_set(set_id)


class TestPathTricks:
    @pytest.fixture
    def with_secret(self, root: Path, make_edition: MakeEdition) -> Catalog:
        folder = make_edition("one", "2020-01-01")
        honey = (folder / "sets" / "honey.json").read_text("utf-8")
        for place in (folder / "secret.json", root / "secret.json", root.parent / "secret.json"):
            place.write_text(honey, "utf-8")
        return Catalog(str(root))

    @pytest.mark.parametrize(
        "set_id",
        [
            "../x",
            "../secret",
            "one/../secret",
            "one/../../secret",
            "one/../../../secret",
            "one/../sets/honey",
            "one/./honey",
            "one/honey.json",
            "one/honey\x00",
            "one/sets/honey",
            "one/../one/honey",
            "one\\honey",
            "../editions/one/honey",
            "./one/honey",
            "{root}/secret",
            "one/{root}/secret",
            "~/secret",
            "//one/honey",
        ],
    )
    def test_a_set_id_is_never_a_path(self, with_secret: Catalog, root: Path, opened: list[str], set_id: str) -> None:
        with pytest.raises(UnknownIdError):
            with_secret.criteria_set(set_id.replace("{root}", str(root)))
        allowed = {str(root / "one" / path) for path in ("edition.json", "labels/vi.json", "labels/en.json")}
        assert set(opened) <= allowed

    @pytest.mark.parametrize("edition_id", ["..", ".", "one/", "one/.", "../editions/one", "one/../one", "{root}/one"])
    def test_an_edition_id_is_never_a_path(
        self, with_secret: Catalog, root: Path, opened: list[str], edition_id: str
    ) -> None:
        with pytest.raises(UnknownIdError):
            with_secret.edition(edition_id.replace("{root}", str(root)))
        assert opened == []


@pytest.mark.parametrize("edition_id", ["nope", "../editions/one", "one/../one"])
def test_labels_of_an_unknown_edition(
    root: Path, make_edition: MakeEdition, opened: list[str], edition_id: str
) -> None:
    make_edition("one", "2020-01-01")
    with pytest.raises(UnknownIdError):
        Catalog(str(root)).labels(edition_id)
    assert opened == []


def test_each_edition_has_its_own_words(root: Path, make_edition: MakeEdition) -> None:
    make_edition("one", "2020-01-01")
    make_edition("two", "2021-01-01")
    made = Catalog(str(root))
    words = {each.edition.id: each.criteria[0].label.en for each in made.sets()}
    assert words == {"one": "one taste", "two": "two taste"}


def test_a_bare_name_in_an_empty_catalog_is_unknown(root: Path) -> None:
    with pytest.raises(UnknownIdError):
        Catalog(str(root)).criteria_set("tea")


def test_an_empty_catalog(root: Path) -> None:
    empty = Catalog(str(root))
    assert (empty.editions(), empty.set_ids(), list(empty.sets())) == ((), (), [])
    with pytest.raises(UnknownIdError):
        empty.criteria_set("one/honey")
    with pytest.raises(NoEditionError):
        empty.edition_in_force(date(2026, 6, 1))
