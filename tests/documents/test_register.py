"""A folder becomes an edition of a catalog, or all that is wrong with any of its files is told at once."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ocop
from ocop.criteria import register
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.documents import folder as folder_module
from ocop.documents.register import register as register_itself
from ocop.errors import DocumentError, NoEditionError, Report, UnknownIdError

EXAMPLES = Path("docs/examples/own")
DATA = Path(ocop.__file__).parent / "data" / "editions"
WORD = {"vi": "từ", "en": "word"}
Change = Callable[[Any], object]


@pytest.fixture
def nothing(tmp_path: Path) -> Catalog:
    empty = tmp_path / "nothing"
    empty.mkdir()
    return Catalog(str(empty))


@pytest.fixture
def craft(tmp_path: Path) -> Path:
    """A copy of the folder of the craft award, to be spoilt."""
    return Path(shutil.copytree(EXAMPLES / "craft-award", tmp_path / "craft-award"))


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """A copy of the folder of the province's tea, to be spoilt."""
    return Path(shutil.copytree(EXAMPLES / "lam-dong-tea", tmp_path / "lam-dong-tea"))


def edit(path: Path, change: Change) -> None:
    data = json.loads(path.read_text("utf-8"))
    change(data)
    path.write_text(json.dumps(data), "utf-8")


def refused(path: Path, catalog: Catalog = PACKAGED) -> Report:
    with pytest.raises(DocumentError) as caught:
        register(path, catalog)
    assert caught.value.report.subject == str(path)
    return caught.value.report


def told(path: Path, catalog: Catalog = PACKAGED) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in refused(path, catalog).problems]


class TestCatalog:
    def test_a_new_catalog_has_one_edition_more(self, craft: Path) -> None:
        before = PACKAGED.edition_ids
        own = register(craft)
        assert own.edition_ids == tuple(sorted([*before, "craft-award"]))
        assert PACKAGED.edition_ids == before
        assert own.set_ids("craft-award") == ("craft-award/basketry",)
        assert own.criteria_set("craft-award/basketry").edition is own.edition("craft-award")
        assert own.criteria_set("qd26-2026/tea") is PACKAGED.criteria_set("qd26-2026/tea")
        assert own.edition("craft-award").bands[2].label.en == "Gold"
        assert own.labels("craft-award").tables["bands"]["gold"].en == "Gold"
        assert own.json("craft-award", "edition.json")["id"] == "craft-award"
        assert repr(own) == f"{PACKAGED!r} with craft-award"
        with pytest.raises(UnknownIdError, match="did you mean 'craft-award/basketry'"):
            own.criteria_set("craft-award/basket")
        with pytest.raises(UnknownIdError, match="did you mean 'craft-award'"):
            own.json("craft-awards", "edition.json")

    def test_folders_add_up(self, craft: Path, tea: Path) -> None:
        own = register(tea, register(craft))
        assert {"craft-award", "lam-dong-tea"} <= {*own.edition_ids}
        assert repr(own).endswith(" with craft-award with lam-dong-tea")

    def test_it_takes_a_path_or_text(self, craft: Path) -> None:
        assert register(str(craft)).edition("craft-award") == register_itself(craft).edition("craft-award")

    def test_another_programme_never_takes_the_place_of_the_national_one(self, craft: Path) -> None:
        own = register(craft)
        day = date(2026, 9, 1)
        assert own.edition_in_force(day).id == "qd26-2026"
        assert own.edition_in_force(day, "craft-award").id == "craft-award"
        with pytest.raises(NoEditionError, match="craft-award ended on 2028-12-31"):
            own.edition_in_force(date(2029, 1, 1), "craft-award")


class TestPackaged:
    @pytest.mark.parametrize("edition_id", PACKAGED.edition_ids)
    def test_the_files_of_every_packaged_edition_agree_with_its_register(
        self, edition_id: str, nothing: Catalog
    ) -> None:
        """An edition whose files, register, words and sums disagree fails here, whichever decision it is."""
        found = register(DATA / edition_id, nothing)
        assert found.set_ids() == PACKAGED.set_ids(edition_id)
        assert [each.digest for each in found.sets()] == [each.digest for each in PACKAGED.sets(edition_id)]

    def test_a_set_that_nobody_registered_would_be_found(self, tmp_path: Path, nothing: Catalog) -> None:
        copy = Path(shutil.copytree(DATA / "qd26-2026", tmp_path / "qd26-2026"))
        shutil.copy(copy / "sets" / "tea.json", copy / "sets" / "teas.json")
        (copy / "sets" / "flowers.json").unlink()
        found = refused(copy, nothing)
        assert [(each.code, each.pointer, each.hint) for each in found.problems] == [
            ("edition-set-file-extra", "sets/teas.json", "tea"),
            ("edition-set-file-missing", "edition.json#/groups/4/subgroups/0/sets/0/slug", None),
        ]


class TestFiles:
    def test_no_folder(self, tmp_path: Path) -> None:
        for path in (tmp_path / "none", tmp_path / "a\0b"):
            assert told(path) == [("folder-not-found", "")]
        (tmp_path / "file").write_text("{}")
        assert told(tmp_path / "file") == [("folder-not-found", "")]

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        assert told(tmp_path) == [("file-not-found", "edition.json"), ("folder-not-found", "sets")]

    def test_every_file_is_read_strictly(self, craft: Path) -> None:
        (craft / "edition.json").write_text('{"kind": "edition", "kind": "edition"}')
        (craft / "sets" / "basketry.json").write_text("{")
        (craft / "labels" / "vi.json").write_bytes("{}".encode("utf-16"))
        assert told(craft) == [
            ("json-duplicate-key", "edition.json#/kind"),
            ("json-syntax", "sets/basketry.json"),
            ("json-utf16", "labels/vi.json"),
        ]

    def test_an_unreadable_set_is_not_called_missing(self, craft: Path) -> None:
        (craft / "sets" / "basketry.json").write_text("{")
        assert told(craft) == [("json-syntax", "sets/basketry.json")]

    def test_the_form_of_every_file_is_told_at_once(self, craft: Path) -> None:
        edit(craft / "edition.json", lambda data: data.update(max_points="50"))
        edit(craft / "sets" / "basketry.json", lambda data: data.update(number=1.0, colour="red"))
        edit(craft / "labels" / "en.json", lambda data: data.update(criterai={}, parts=[], sets={"basketry": 3}))
        assert told(craft) == [
            ("value-not-text", "labels/en.json#/sets/basketry"),
            ("value-not-object", "labels/en.json#/parts"),
            ("key-unknown", "labels/en.json#/criterai"),
            ("label-missing", "labels/en.json#/sets/basketry"),
            ("label-missing", "labels/en.json#/parts/workmanship"),
            ("label-missing", "labels/en.json#/parts/tradition-and-community"),
            ("value-not-integer", "edition.json#/max_points"),
            ("value-not-integer", "sets/basketry.json#/number"),
            ("key-unknown", "sets/basketry.json#/colour"),
        ]

    def test_files_beside_those_are_let_alone(self, craft: Path) -> None:
        (craft / "README.md").write_text("hello")
        (craft / "sets" / ".DS_Store").write_bytes(b"\0")
        (craft / "labels" / "th.json").write_text("{")
        assert register(craft).edition("craft-award").id == "craft-award"

    @pytest.mark.parametrize("name", ["edition.json", "sets/basketry.json", "labels/vi.json"])
    def test_a_link_is_refused_even_to_the_same_content(self, craft: Path, tmp_path: Path, name: str) -> None:
        outside = tmp_path / "outside.json"
        (craft / name).rename(outside)
        (craft / name).symlink_to(outside)
        assert ("file-is-link", name) in told(craft)

    @pytest.mark.parametrize("name", ["sets", "labels"])
    def test_a_linked_folder_is_refused(self, craft: Path, tmp_path: Path, name: str) -> None:
        (craft / name).rename(tmp_path / "outside")
        (craft / name).symlink_to(tmp_path / "outside")
        assert ("file-is-link", name) in told(craft)

    def test_a_pipe_is_refused_and_not_waited_for(self, craft: Path) -> None:
        (craft / "sets" / "basketry.json").unlink()
        os.mkfifo(craft / "sets" / "basketry.json")
        assert told(craft) == [("file-unreadable", "sets/basketry.json")]

    def test_what_may_not_be_read_is_told(self, craft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def forbidden(_: str) -> Any:
            raise PermissionError(13, "Permission denied")

        with monkeypatch.context() as patched:
            patched.setattr(os, "listdir", forbidden)
            assert ("file-unreadable", "sets") in told(craft)
        lstat = os.lstat
        with monkeypatch.context() as patched:
            patched.setattr(
                os, "lstat", lambda path, **more: forbidden(path) if "sets/" in str(path) else lstat(path, **more)
            )
            assert told(craft) == [("file-unreadable", "sets/basketry.json")]

    def test_a_name_of_odd_bytes_can_be_printed(self, craft: Path) -> None:
        try:
            Path(os.fsdecode(os.fsencode(craft / "sets") + b"/\xff.json")).write_text("{}")
        except OSError:
            pytest.skip("this file system takes no such name")
        report = refused(craft)
        assert [(each.code, each.pointer) for each in report.problems] == [
            ("edition-set-file-extra", "sets/\\xff.json")
        ]
        report.text("vi").encode("utf-8")

    def test_a_large_file_is_refused(self, craft: Path) -> None:
        (craft / "sets" / "basketry.json").write_bytes(b" " * 10_000_001)
        assert told(craft) == [("json-too-large", "sets/basketry.json")]

    def test_a_large_folder_is_refused(self, craft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folder_module, "MAX_TOTAL", 1000)
        assert told(craft) == [("folder-too-large", "")]


class TestEdition:
    @pytest.mark.parametrize("slug", ["../../outside", "/etc/passwd", "a/b", "..", "C:tea", "Tea"])
    def test_a_set_outside_the_folder(self, craft: Path, slug: str) -> None:
        (craft.parent / "outside.json").write_text((craft / "sets" / "basketry.json").read_text("utf-8"), "utf-8")
        edit(
            craft / "edition.json",
            lambda data: data["groups"][0]["subgroups"][0]["sets"][0].update(slug=slug, label=WORD),
        )
        where = "edition.json#/groups/0/subgroups/0/sets/0/slug"
        assert told(craft) == [
            ("edition-name-unsafe", where),
            ("edition-set-file-extra", "sets/basketry.json"),
            ("edition-set-file-missing", where),
        ]

    def test_another_document_in_its_place(self, craft: Path) -> None:
        shutil.copy(craft / "sheet.json", craft / "edition.json")
        shutil.copy(craft / "sheet.json", craft / "sets" / "basketry.json")
        assert told(craft)[0] == ("value-not-allowed", "edition.json#/kind")
        for text in ("[]", '"x"', "{}"):
            (craft / "edition.json").write_text(text)
            assert told(craft)[0][1].startswith("edition.json")

    def test_an_id_that_is_taken(self, craft: Path) -> None:
        assert told(craft, register(craft)) == [("edition-id-taken", "edition.json#/id")]
        edit(craft / "edition.json", lambda data: data.update(id="qd26-2026"))
        assert ("edition-id-taken", "edition.json#/id") in told(craft)

    def test_bands_out_of_order_or_not_from_the_bottom(self, craft: Path) -> None:
        where = ("edition-bands-wrong", "edition.json#/bands")
        edit(craft / "edition.json", lambda data: data["bands"].reverse())
        assert where in told(craft)
        edit(craft / "edition.json", lambda data: (data["bands"].reverse(), data["bands"][0].update(floor=5)))
        assert told(craft) == [where]
        edit(craft / "edition.json", lambda data: data.update(bands=[]))
        assert told(craft) == [("list-too-short", "edition.json#/bands")]

    def test_reversed_dates(self, craft: Path) -> None:
        edit(craft / "edition.json", lambda data: data.update(in_force_to="2025-12-31"))
        assert told(craft) == [("edition-dates-wrong", "edition.json#/in_force_to")]

    def test_overlapping_dates(self, craft: Path, tmp_path: Path) -> None:
        edit(craft / "edition.json", lambda data: data.pop("programme"))
        overlaps = [pointer for code, pointer in told(craft) if code == "edition-dates-overlap"]
        assert set(overlaps) == {"edition.json#/in_force_from"}
        assert "qd26-2026, of the same programme ocop, is in force" in refused(craft).text("en")

        edit(craft / "edition.json", lambda data: data.update(programme="craft-award"))
        first = register(craft)
        second = Path(shutil.copytree(craft, tmp_path / "second"))
        edit(second / "sets" / "basketry.json", lambda data: data.update(id="craft-2/basketry"))

        def dated(begins: str, ends: str | None, *overlaps: str) -> Change:
            return lambda data: data.update(
                id="craft-2", in_force_from=begins, in_force_to=ends, overlaps=list(overlaps)
            )

        overlap = [("edition-dates-overlap", "edition.json#/in_force_from")]
        for begins, ends in (("2028-12-31", None), ("2020-01-01", None), ("2020-01-01", "2026-02-01")):
            edit(second / "edition.json", dated(begins, ends))
            assert told(second, first) == overlap
            edit(second / "edition.json", dated(begins, ends, "craft-award"))
            assert register(second, first).edition("craft-2").overlaps == ("craft-award",)
        for begins, ends in (("2029-01-01", None), ("2020-01-01", "2026-01-31")):
            edit(second / "edition.json", dated(begins, ends))
            assert "craft-2" in register(second, first).edition_ids

    def test_words_missing_in_one_language(self, craft: Path) -> None:
        edit(craft / "labels" / "en.json", lambda data: data["criteria"].pop("finish"))
        assert told(craft) == [("label-missing", "labels/en.json#/criteria/finish")]
        edit(craft / "labels" / "vi.json", lambda data: data.pop("options"))
        assert {pointer.partition("#")[0] for _, pointer in told(craft)} == {"labels/vi.json", "labels/en.json"}

    def test_a_language_missing(self, craft: Path) -> None:
        (craft / "labels" / "en.json").unlink()
        assert told(craft) == [("file-not-found", "labels/en.json")]
        (craft / "labels" / "en.json").write_text("[]")
        found = told(craft)
        assert found[0] == ("value-not-object", "labels/en.json")
        assert {code for code, _ in found[1:]} == {"label-missing"}

    def test_no_words_at_all(self, craft: Path) -> None:
        shutil.rmtree(craft / "labels")
        found = told(craft)
        assert {code for code, _ in found} == {"label-missing"}
        assert ("label-missing", "sets/basketry.json#/parts/0/items/0") in found


class TestSets:
    def test_a_set_of_another_name_or_number(self, craft: Path) -> None:
        edit(craft / "sets" / "basketry.json", lambda data: data.update(number=2))
        assert told(craft) == [("set-number-differs", "sets/basketry.json#/number")]
        for set_id in ("craft-award/baskets", "qd26-2026/tea", "basketry"):
            (craft / "sets" / "basketry.json").write_text(
                json.dumps({**json.loads((craft / "sets" / "basketry.json").read_text("utf-8")), "id": set_id})
            )
            assert told(craft) == [("set-id-wrong", "sets/basketry.json#/id")]

    def test_sums_codes_and_rules(self, craft: Path) -> None:
        def spoil(data: Any) -> None:
            data["parts"][0]["items"][2]["max_points"] = 9
            data["parts"][1]["items"][0]["code"] = "1"
            data["rules"].append({"effect": "evidence", "cause": "machine-made", "criterion": "99"})

        edit(craft / "sets" / "basketry.json", spoil)
        assert told(craft) == [
            ("set-sum-wrong", "sets/basketry.json#/parts/0/max_points"),
            ("set-max-wrong", "sets/basketry.json#/parts/0/items/2/max_points"),
            ("set-code-repeated", "sets/basketry.json#/parts/1/items/0/code"),
            ("set-rule-target", "sets/basketry.json#/rules/1/criterion"),
        ]

    def test_a_set_that_says_it_is_not_complete_may_not_add_up(self, craft: Path) -> None:
        def spoil(data: Any) -> None:
            data["parts"][0]["items"][2]["max_points"] = 9
            data["complete"] = False
            data["open_issues"] = [{"remark": "lost", "label": WORD}]

        edit(craft / "sets" / "basketry.json", spoil)
        assert register(craft).criteria_set("craft-award/basketry").complete is False

    def test_another_kind_of_document(self, craft: Path) -> None:
        shutil.copy(craft / "sheet.json", craft / "sets" / "basketry.json")
        assert told(craft) == [("value-not-allowed", "sets/basketry.json#/kind")]

    def test_only_the_first_extra_files_get_a_hint(self, craft: Path) -> None:
        for number in range(60):
            (craft / "sets" / f"basketry{number}.json").write_text("{}")
        hints = [problem.hint is not None for problem in refused(craft).problems]
        assert hints == [True] * 50 + [False] * 10

    def test_a_hundred_thousand_criteria(self, craft: Path) -> None:
        """Reading, checking and looking up take time in proportion: this takes seconds, and its square would hours."""
        count = 100_000
        option = [{"letter": "a", "slug": "a", "points": 1}]
        items = [{"code": str(i), "slug": f"s{i}", "max_points": 1, "options": option} for i in range(count)]
        heads = [{"code": "A", "slug": "workmanship", "max_points": count}]
        edit(craft / "edition.json", lambda data: data.update(max_points=count, parts=heads))
        path = craft / "sets" / "basketry.json"
        basketry = {**json.loads(path.read_text("utf-8")), "parts": [{**heads[0], "items": items}], "rules": []}
        path.write_text(json.dumps(basketry, separators=(",", ":")), "utf-8")  # a file has at most 10,000,000 bytes
        words = {"criteria": {f"s{i}": "x" for i in range(count)}, "options": {f"s{i}/a": "x" for i in range(count)}}
        for lang in ("vi", "en"):
            edit(craft / "labels" / f"{lang}.json", lambda data: data.update(words))
        found = register(craft).criteria_set("craft-award/basketry")
        assert len(found.criteria) == count
        assert [found.part_of(str(place)).code for place in range(0, count, 10)] == ["A"] * (count // 10)


class TestAmendments:
    def amendments(self, tea: Path, **bases: str) -> None:
        """Fill the folder with amendments, each of another set."""
        entries = [{"number": place, "slug": slug, "label": WORD} for place, slug in enumerate(bases, 1)]
        edit(tea / "edition.json", lambda data: data["groups"][0]["subgroups"][0].update(sets=entries))
        (tea / "sets" / "tea.json").unlink()
        for place, (slug, base) in enumerate(bases.items(), 1):
            patch = {
                "kind": "set-amendment", "version": 1, "id": f"lam-dong-tea/{slug}", "base": base,
                "number": place, "cited_as": WORD,
            }  # fmt: skip
            (tea / "sets" / f"{slug}.json").write_text(json.dumps(patch), "utf-8")

    def test_an_amendment_of_a_packaged_set(self, tea: Path) -> None:
        own = register(tea).criteria_set("lam-dong-tea/tea")
        assert own.base is not None
        assert own.base.id == "qd26-2026/tea"
        assert own.edition.id == "lam-dong-tea"
        assert ocop.criteria.compare(PACKAGED.criteria_set("qd26-2026/tea"), own).added[0].code == "1.8"

    def test_an_amendment_of_one_in_the_same_folder(self, tea: Path) -> None:
        self.amendments(tea, a="lam-dong-tea/b", b="lam-dong-tea/c", c="qd26-2026/tea", d="lam-dong-tea/b")
        own = register(tea)
        bases = {each.slug: each.base.id for each in own.sets("lam-dong-tea") if each.base is not None}
        assert bases == {
            "a": "lam-dong-tea/b",
            "b": "lam-dong-tea/c",
            "c": "qd26-2026/tea",
            "d": "lam-dong-tea/b",
        }

    def test_a_long_chain(self, tea: Path) -> None:
        bases = {f"s{i}": f"lam-dong-tea/s{i + 1}" for i in range(150)} | {"s150": "qd26-2026/tea"}
        self.amendments(tea, **bases)
        assert len(register(tea).set_ids("lam-dong-tea")) == 151

    def test_a_circle_is_named(self, tea: Path) -> None:
        self.amendments(
            tea, a="lam-dong-tea/b", b="lam-dong-tea/c", c="lam-dong-tea/b", d="lam-dong-tea/d", e="qd26-2026/tea"
        )
        report = refused(tea)
        assert [(each.code, each.pointer) for each in report.problems] == [
            ("amendment-circle", "sets/b.json#/base"),
            ("amendment-circle", "sets/c.json#/base"),
            ("amendment-circle", "sets/d.json#/base"),
        ]
        assert "Sets amend one another in a circle: lam-dong-tea/b → lam-dong-tea/c → lam-dong-tea/b." in report.text(
            "en"
        )
        assert "thành vòng: lam-dong-tea/d → lam-dong-tea/d." in report.text("vi")

    def test_a_base_set_that_is_not_there(self, tea: Path) -> None:
        self.amendments(tea, a="qd26-2026/tee", b="lam-dong-tea/aa", c="elsewhere/tea")
        report = refused(tea)
        assert [(each.code, each.pointer, each.hint) for each in report.problems] == [
            ("set-unknown", "sets/a.json#/base", "qd26-2026/tea"),
            ("set-unknown", "sets/b.json#/base", "lam-dong-tea/a"),
            ("set-unknown", "sets/c.json#/base", None),
        ]

    def test_a_base_set_with_problems_of_its_own_is_not_told_twice(self, tea: Path) -> None:
        self.amendments(tea, a="qd26-2026/tea", b="lam-dong-tea/a")
        edit(tea / "sets" / "a.json", lambda data: data.update(number=7))
        assert told(tea) == [("set-number-differs", "sets/a.json#/number")]

    def test_a_base_set_that_has_changed(self, tea: Path) -> None:
        edit(tea / "sets" / "tea.json", lambda data: data.update(base_digest="sha256:0"))
        assert told(tea) == [("amendment-digest-differs", "sets/tea.json#/base_digest")]

    def test_flaws_are_told_in_the_file(self, tea: Path) -> None:
        edit(tea / "sets" / "tea.json", lambda data: data.pop("maxima"))
        found = told(tea)
        assert ("set-sum-wrong", "sets/tea.json#/maxima/6.2") in found
        edit(tea / "sets" / "tea.json", lambda data: data.update(maxima="6.2"))
        assert told(tea) == [("value-not-object", "sets/tea.json#/maxima")]


def test_a_report_of_a_folder_is_a_document(craft: Path) -> None:
    edit(craft / "edition.json", lambda data: data.update(max_points=51))
    report = refused(craft)
    assert ocop.loads(ocop.dumps(report)) == report
