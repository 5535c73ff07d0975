from __future__ import annotations

import contextlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.leaflets import exchange, records
from branch_desk.store.errors import DeskError, Invalid, Missing

WHOLE = """\
title = "Save our library"
layout = "event-flyer-a5"
election_material = true
copies = 600
lang = "en-GB"
accent = "#0B5394"

[texts]
headline = "Save our library"
points = ["Hear the figures", "Put your questions"]
when = "Thu 12 March\\n7.30pm"

[picture]
file = "pictures/library.jpg"
alt = "A library"
credit = "A. Painter"
focus = [0.25, 1]

[imprint]
promoter = "A. Jones, 12 High Street"
"""


@pytest.fixture
def folder(tmp_path, picture):
    (tmp_path / "in" / "pictures").mkdir(parents=True)
    (tmp_path / "in" / "pictures" / "library.jpg").write_bytes(picture(300, 200))
    (tmp_path / "secret.jpg").write_bytes(picture(300, 200))
    return tmp_path / "in"


@pytest.fixture
def written(folder):
    def write(text):
        path = folder / "leaflet.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_a_description_becomes_a_leaflet_in_one_step(store, written):
    made = exchange.add(store, exchange.read(written(WHOLE)))
    found = records.get(store, made)
    assert (found.title, found.copies, found.election_material) == ("Save our library", 600, True)
    assert found.texts == {
        "headline": "Save our library",
        "points": "Hear the figures\nPut your questions",
        "when": "Thu 12 March\n7.30pm",
    }
    assert (found.picture.name, found.picture.focus) == ("library.jpg", (0.25, 1.0))
    assert (found.accent, found.promoter) == ("#0B5394", "A. Jones, 12 High Street")
    assert store.undo() == "Add leaflet"
    assert records.ids(store) == []


def test_only_title_layout_and_texts_are_needed(store, written):
    text = 'title = "A"\nlayout = "event-flyer-a5"\n[texts]\nheadline = "B"\n'
    for variant in (text, "\ufeff" + text, text.replace("\n", "\r\n")):
        found = records.get(store, exchange.add(store, exchange.read(written(variant))))
        assert found.election_material is None
        assert (found.copies, found.picture, found.lang) == (0, None, "en-GB")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('title = "Save our library"', "", "leaflet.toml has no “title”"),
        ('title = "Save our library"', "title = 3", "“title” must be text"),
        ("copies = 600", "copies = -1", "“copies” must lie between 0"),
        ("copies = 600", 'copies = "many"', "“copies” must be a number"),
        ("election_material = true", 'election_material = "no"', "true or false"),
        ("election_material", "election", "Is “election_material” meant?"),
        ('points = ["Hear the figures"', "points = [1", "“Points” must be text"),
        ("headline =", "heading =", "Is “headline” meant?"),
        ("[texts]", "[[texts]]", "“texts” must be a table"),
        ("[picture]", "[picture.x]", "“picture” has a key “x”"),
        ("focus = [0.25, 1]", "focus = [0.25]", "2 to 2 parts"),
        ("focus = [0.25, 1]", "focus = [0.25, 1.5]", "“focus” 2 must lie between 0 and 1"),
        ("pictures/library.jpg", "library.jpg", "There is no file “library.jpg”"),
        ("pictures/library.jpg", "../secret.jpg", "is outside the folder of leaflet.toml"),
        ("pictures/library.jpg", "/etc/passwd", "is outside the folder"),
        ("pictures/library.jpg", "pictures", "There is no file “pictures”"),
        ("pictures/library.jpg", "a\\u0000b", "is no file's name"),
        ("promoter", "promotor", "Is “promoter” meant?"),
        ("copies = 600", "copies = ", "not a TOML file"),
        ("copies = 600", "data = 3", "“data”: a picture is named in [picture]"),
    ],
)
def test_what_is_wrong_in_a_description_is_said_in_a_sentence(written, old, new, sentence):
    assert old in WHOLE
    with pytest.raises(Invalid) as raised:
        exchange.read(written(WHOLE.replace(old, new, 1)))
    assert sentence in str(raised.value)


def test_a_layout_that_is_not_there_is_missing(written):
    with pytest.raises(Missing, match="no layout “poster”"):
        exchange.read(written(WHOLE.replace("event-flyer-a5", "poster")))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xff\xfet\x00", "not text in UTF-8"),
        (b"title = " + b"[" * 5000, "not a TOML file"),
        (b"#" * (exchange.LARGEST + 1), "larger than 1 MB"),
        (b"", "has no “title”"),
    ],
)
def test_a_file_that_is_no_description_is_refused(written, data, sentence):
    with pytest.raises(Invalid, match=sentence):
        exchange.read(written(data))


def test_a_file_that_is_not_there_is_said(folder):
    with pytest.raises(Invalid, match=r"There is no file “none\.toml”"):
        exchange.read(folder / "none.toml")


def test_a_link_out_of_the_folder_is_not_followed(written, folder):
    (folder / "link.jpg").symlink_to(folder.parent / "secret.jpg")
    with pytest.raises(Invalid, match="outside the folder"):
        exchange.read(written(WHOLE.replace("pictures/library.jpg", "link.jpg")))


def test_a_file_that_may_not_be_read_is_said(written, monkeypatch):
    path = written(WHOLE)

    def refused(*_args, **_kwargs):
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr("pathlib.Path.open", refused)
    with pytest.raises(Invalid, match="cannot be read: Permission denied"):
        exchange.read(path)


def test_a_picture_that_is_none_adds_no_leaflet(store, written, folder):
    (folder / "pictures" / "library.jpg").write_bytes(b"GIF89a")
    description = exchange.read(written(WHOLE))
    with pytest.raises(Invalid, match="neither a JPEG nor a PNG"):
        exchange.add(store, description)
    assert records.ids(store) == []


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_file_is_read_or_refused(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    with pytest.raises(DeskError, match=r"any\.toml"):
        exchange.read(path)


@given(st.data())
def test_a_description_with_lines_lost_or_doubled_is_read_or_refused(tmp_path_factory, data):
    lines = WHOLE.splitlines()
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=len(lines)))
    path = tmp_path_factory.getbasetemp() / "some.toml"
    path.write_text("\n".join(kept), encoding="utf-8")
    with contextlib.suppress(DeskError):
        assert exchange.read(path).title == "Save our library"
