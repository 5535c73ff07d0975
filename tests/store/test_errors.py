"""Each failure: its code for scripts, its sentence and the next step for people."""

from __future__ import annotations

import errno
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlcipher3

from branch_desk.store import errors
from branch_desk.store.errors import FileError, Invalid, of_sqlite, of_system, translated

PATH = Path("/desk/Highfield.branch")
FACTS = {"found": "text", "why": "a reason"}
EVERY = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, FileError) and each is not FileError
]


def sqlite_error(code):
    error = sqlcipher3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize("failure", EVERY)
def test_every_failure_is_a_sentence_with_the_file_in_it_and_a_next_step(failure):
    said = failure(PATH) if failure is errors.InUse else failure(PATH, **FACTS)
    sentence, step = Exception.__str__(said), failure.next_step
    assert "Highfield.branch" in sentence
    assert sentence[0] in "“TNS" or sentence[0].isupper()
    assert sentence.endswith(".")
    assert step.endswith(".")
    assert str(said) == f"{sentence} {step}"
    assert said.path == PATH


def test_codes_are_the_names_in_kebab_case():
    assert errors.WrongPassphrase(PATH).code == "wrong-passphrase"
    assert errors.InUse(PATH).code == "in-use"
    assert errors.NotABranchFile(PATH, found="text").code == "not-a-branch-file"
    assert Invalid("No.").code == "invalid"


def test_a_failure_without_a_next_step_is_its_sentence():
    assert str(Invalid("Row 3 has no surname.")) == "Row 3 has no surname."


def test_in_use_says_who_and_since_when_if_that_is_known():
    since = datetime(2026, 5, 4, 9, 5, tzinfo=UTC)
    known = errors.InUse(PATH, who="sam on desk-1", since=since)
    assert str(known).startswith(
        "“Highfield.branch” is already open, by sam on desk-1 since 09:05 on 4 May 2026."
    )
    assert str(errors.InUse(PATH)).startswith("“Highfield.branch” is already open elsewhere.")


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (sqlcipher3.SQLITE_FULL, errors.DiskFull),
        (sqlcipher3.SQLITE_CORRUPT, errors.Damaged),
        (sqlcipher3.SQLITE_CORRUPT | 2 << 8, errors.Damaged),
        (sqlcipher3.SQLITE_NOTADB, errors.Damaged),
        (sqlcipher3.SQLITE_READONLY, errors.ReadOnlyFile),
        (sqlcipher3.SQLITE_CANTOPEN, errors.ReadOnlyFolder),
        (sqlcipher3.SQLITE_BUSY, errors.InUse),
        (sqlcipher3.SQLITE_INTERRUPT, errors.Closed),
        (sqlcipher3.SQLITE_IOERR | 3 << 8, errors.Unreadable),
    ],
)
def test_what_sqlite_reports_becomes_what_people_meet(code, failure):
    with pytest.raises(failure), translated(PATH):
        raise sqlite_error(code)


def test_a_bug_stays_a_bug():
    broken = sqlite_error(sqlcipher3.SQLITE_CONSTRAINT)
    assert of_sqlite(broken, PATH) is broken
    with pytest.raises(sqlcipher3.OperationalError), translated(PATH):
        raise broken
    unknown = sqlcipher3.OperationalError("without a code")
    assert of_sqlite(unknown, PATH) is unknown


@pytest.mark.parametrize(
    ("number", "failure"),
    [
        (errno.ENOSPC, errors.DiskFull),
        (errno.EACCES, errors.ReadOnlyFolder),
        (errno.EROFS, errors.ReadOnlyFolder),
        (errno.EEXIST, errors.AlreadyExists),
        (errno.ENOENT, errors.NotFound),
        (errno.EIO, errors.Unreadable),
    ],
)
def test_what_the_system_reports_becomes_what_people_meet(number, failure):
    assert isinstance(of_system(OSError(number, "as the system says it"), PATH), failure)


def test_what_may_not_be_read_is_not_taken_for_what_may_not_be_written():
    said = of_system(OSError(errno.EACCES, "as the system says it"), PATH, reading=True)
    assert isinstance(said, errors.Unreadable)
    assert "this user may not read it" in str(said)


def test_a_system_error_without_words_is_named():
    assert "cannot be read: OSError" in str(of_system(OSError(), PATH))
