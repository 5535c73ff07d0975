import pytest

from branch_desk.store import links
from branch_desk.store.errors import Missing
from branch_desk.store.links import Link, Ref

from .library import opened


@pytest.fixture
def library(tmp_path):
    with opened(tmp_path) as store:
        with store.change("Add") as change:
            change.insert("author", surname="Wren", forename="Ada")
            change.insert("author", surname="Finch", forename="Bo")
            change.insert("book", title="Nests")
            for target, role in ((Ref("book", 1), "wrote"), (Ref("author", 2), "knows")):
                change.link(Ref("author", 1), target, role)
            change.link(Ref("author", 2), Ref("book", 1), "read")
        yield store


def test_links_are_found_from_either_end_oldest_first(library):
    wrote = Link(Ref("author", 1), Ref("book", 1), "wrote")
    knows = Link(Ref("author", 1), Ref("author", 2), "knows")
    read = Link(Ref("author", 2), Ref("book", 1), "read")
    assert library.links_from(Ref("author", 1)) == [wrote, knows]
    assert library.links_from(Ref("author", 1), "knows") == [knows]
    assert library.links_to(Ref("book", 1)) == [wrote, read]
    assert library.links_to(Ref("book", 1), "read") == [read]
    assert library.links_to(Ref("author", 1)) == []


def test_a_link_is_found_by_all_of_it(library):
    assert links.find(library.database, Ref("author", 2), Ref("book", 1), "read") == 3
    assert links.find(library.database, Ref("author", 2), Ref("book", 1), "wrote") is None


def test_all_links_about_things_are_found_once(library):
    assert links.about(library.database, {"author"}, [1, 2]) == [1, 2, 3]
    assert links.about(library.database, {"book"}, [1]) == [1, 3]
    assert links.about(library.database, {"book"}, [9]) == []


def test_a_thing_is_called_by_its_kinds_title(library):
    assert library.title(Ref("author", 1)) == "Ada Wren"
    with pytest.raises(Missing, match="There is no author 9 any more"):
        library.title(Ref("author", 9))
    with pytest.raises(LookupError, match="no slice registers"):
        library.title(Ref("ghost", 1))


def test_many_titles_come_in_one_go_without_those_that_are_gone(library):
    found = links.titles(library.database, library.registry, "author", [2, 9, 1])
    assert found == {1: "Ada Wren", 2: "Bo Finch"}


def test_links_can_be_sorted_by_what_they_name():
    assert sorted([Ref("b", 1), Ref("a", 2), Ref("a", 1)]) == [
        Ref("a", 1),
        Ref("a", 2),
        Ref("b", 1),
    ]
