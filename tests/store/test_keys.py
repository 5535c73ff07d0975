"""The key: the one SQLCipher derives itself, and the same again from the printed sheet."""

from __future__ import annotations

import pytest
import sqlcipher3
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.store import keys
from branch_desk.store.errors import BadRecoverySheet, NoPassphrase, NotFound
from branch_desk.store.keys import RawKey

RAW_KEYS = st.builds(
    RawKey, st.binary(min_size=32, max_size=32), st.binary(min_size=16, max_size=16)
)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_any_sqlcipher_tool_opens_our_file_with_the_passphrase(closed):
    connection = sqlcipher3.connect(str(closed))
    connection.execute("PRAGMA key = 'correct horse'")
    assert connection.execute("SELECT surname FROM person").fetchall() == [("Okonkwo",)]
    connection.close()


def test_the_derived_key_opens_what_sqlcipher_made_of_a_passphrase(tmp_path):
    path = tmp_path / "theirs.db"
    theirs = sqlcipher3.connect(str(path))
    theirs.execute("PRAGMA key = 'pa''ss ☂'")
    theirs.execute("CREATE TABLE t (a)")
    theirs.close()
    ours = sqlcipher3.connect(str(path))
    derived = keys.derive(path, "pa'ss ☂")
    ours.execute(f'PRAGMA key = "{derived.pragma()}"')
    assert ours.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]
    ours.close()


def test_a_passphrase_is_the_same_however_its_accents_are_typed():
    assert keys.from_passphrase("caf\u00e9", b"s" * 16) == keys.from_passphrase(
        "cafe\u0301", b"s" * 16
    )


def test_every_new_key_has_a_salt_of_its_own():
    assert keys.new("one").salt != keys.new("one").salt


def test_an_empty_passphrase_is_refused():
    with pytest.raises(NoPassphrase, match="passphrase is empty"):
        keys.new("")


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(NotFound, match=r"no file “gone\.branch”"):
        keys.derive(tmp_path / "gone.branch", "x")


def test_a_key_does_not_show_in_what_is_printed_of_it():
    assert repr(RawKey(b"k" * 32, b"s" * 16)) == "RawKey()"


@given(RAW_KEYS, st.data())
def test_the_sheet_is_read_back_however_it_was_typed(raw, data):
    typed = []
    for letter in raw.sheet():
        like = {"0": "0Oo", "1": "1IiLl", " ": [" ", "", "-", "\n", " \u2013 "]}.get(
            letter, letter + letter.lower()
        )
        typed.append(data.draw(st.sampled_from(like)))
    assert keys.from_sheet("".join(typed)) == raw


@given(RAW_KEYS, st.integers(0, 11), st.integers(0, 7), st.integers(1, 31))
def test_one_wrong_letter_is_always_found_and_its_group_named(raw, group, at, by):
    groups = raw.sheet().split()
    letters = list(groups[group])
    letters[at] = LETTERS[(LETTERS.index(letters[at]) + by) % 32]
    groups[group] = "".join(letters)
    with pytest.raises(BadRecoverySheet, match=f"Group {group + 1} of the recovery key"):
        keys.from_sheet(" ".join(groups))


@given(RAW_KEYS, st.integers(0, 10))
def test_two_groups_in_the_wrong_order_are_found(raw, at):
    groups = raw.sheet().split()
    groups[at], groups[at + 1] = groups[at + 1], groups[at]
    with pytest.raises(BadRecoverySheet, match=f"Group {at + 1} of the recovery key"):
        keys.from_sheet(" ".join(groups))


SHEET = RawKey(bytes(range(32)), bytes(range(16))).sheet()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (SHEET[:-1], "Group 12 .* is too short: it has 7 of 8"),
        (SHEET[:-9], "12 groups of 8 .* 96 in all; 88 were given"),
        ("", "0 were given"),
        (SHEET + " 0000", "100 were given"),
        ("U" + SHEET[1:], "Group 1 .* has a sign in it that no key has: “U”"),
    ],
)
def test_a_sheet_that_cannot_be_right_says_why(typed, said):
    with pytest.raises(BadRecoverySheet, match=said) as raised:
        keys.from_sheet(typed)
    assert str(raised.value).endswith("type it again.")
