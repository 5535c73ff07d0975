from os import urandom

import pytest

from branch_desk.store import attachments
from branch_desk.store.errors import Invalid, Missing
from branch_desk.store.links import Ref

from .library import behind_the_back, opened, verdict


@pytest.fixture
def library(tmp_path):
    with opened(tmp_path) as store:
        yield store


def attach(store, data=b"a letter", name="letter.eml"):
    with store.change("Attach") as change:
        return change.attach(data, name, "message/rfc822")


@pytest.mark.parametrize("data", [b"", b"x", b"ab" * 100_000, urandom(50_000)])
def test_bytes_come_back_as_they_went_in(library, data):
    made = attach(library, data)
    assert library.attachment(made) == data
    assert library.one("SELECT name, media_type, size FROM attachment") == {
        "name": "letter.eml",
        "media_type": "message/rfc822",
        "size": len(data),
    }


def test_bytes_are_kept_once_and_small(library):
    data = b"the same words over and over " * 10_000
    assert attach(library, data) != attach(library, data)
    assert library.value("SELECT count(*) FROM content") == 1
    assert library.value("SELECT length(data) FROM content") < len(data) / 50


def test_fifty_megabytes_are_the_most(library, monkeypatch):
    assert attachments.LIMIT == 50_000_000
    monkeypatch.setattr(attachments, "LIMIT", 10)
    attach(library, b"x" * 10)
    with pytest.raises(Invalid, match=r"“big\.pdf” is .* MB; a branch file keeps files of up to"):
        attach(library, b"x" * 11, "big.pdf")
    assert library.value("SELECT count(*) FROM attachment") == 1


def test_what_is_not_there_is_missing(library):
    with pytest.raises(Missing, match="no attachment 7"):
        library.attachment(7)


@pytest.mark.parametrize("column", ["attachment", "second_attachment", "scan"])
def test_an_attachment_goes_with_the_last_row_that_names_it(library, column):
    made = attach(library)
    with library.change("Add two") as change:
        change.insert("book", title="A", **{column: made})
        change.insert("book", title="B", **{column: made})
    with library.change("Delete one") as change:
        change.delete("book", 1)
    assert library.attachment(made) == b"a letter"
    with library.change("Let go") as change:
        change.update("book", 2, **{column: None})
    with pytest.raises(Missing):
        library.attachment(made)
    assert library.value("SELECT count(*) FROM content") == 1
    library.undo()
    assert library.attachment(made) == b"a letter"
    assert verdict(library).ok


def test_an_attachment_goes_with_the_last_link_from_or_to_it(library):
    made = Ref("attachment", attach(library))
    author = Ref("author", 1)
    with library.change("Link") as change:
        change.link(author, made, "portrait")
        change.link(made, author, "of")
        change.link(author, Ref("author", 2), "friend")
    with library.change("Unlink") as change:
        change.unlink(author, made, "portrait")
        change.unlink(author, Ref("author", 2), "friend")
    assert library.attachment(made.id) == b"a letter"
    with library.change("Unlink") as change:
        change.unlink(made, author, "of")
    with pytest.raises(Missing):
        library.attachment(made.id)


def test_one_that_moves_from_one_row_to_another_in_a_change_stays(library):
    made = attach(library)
    with library.change("Add") as change:
        change.insert("book", title="A", attachment=made)
    with library.change("Move") as change:
        change.delete("book", 1)
        change.insert("book", title="B", attachment=made)
    assert library.attachment(made) == b"a letter"


def test_bytes_go_when_neither_a_row_nor_an_image_names_them(library):
    kept, gone = attach(library, b"kept"), attach(library, b"gone")
    with library.change("Add") as change:
        change.insert("book", title="A", attachment=kept, cover=b"an old cover")
        change.insert("book", title="B", attachment=gone)
    with library.change("Change") as change:
        change.update("book", 1, cover=None)
    assert library.value("SELECT count(*) FROM content") == 3
    with library.change("Forget B") as change:
        change.delete("book", 2)
        change.erase("book", [2])
        change.erase("attachment", [gone])
    assert library.value("SELECT count(*) FROM content") == 2
    with library.change("Forget A") as change:
        change.erase("book", [1])
    assert library.value("SELECT count(*) FROM content") == 1
    assert library.attachment(kept) == b"kept"
    assert verdict(library).ok


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE content SET data = CAST('other' AS BLOB)",
        "UPDATE content SET data = zeroblob(40), packed = 1",
        "DELETE FROM content",
    ],
)
def test_bytes_that_were_altered_are_found(library, damage):
    attach(library)
    assert verdict(library).ok
    behind_the_back(library, damage)
    assert verdict(library).problems == ("the bytes of the attachment “letter.eml” were altered",)
