"""Files of letters into the branch file."""

from __future__ import annotations

import mailbox
from contextlib import suppress
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.branch import records as branch
from branch_desk.correspondence import exchange, records
from branch_desk.correspondence.records import Direction
from branch_desk.store.errors import Conflict, Invalid, NotFound, ReadOnlyFolder

LETTER = """---
from: Ann Other
to: Membership Office, 1 Long Lane
subject: "The roll: who is on it?"
date: 2026-01-05
office: Membership Office
direction: out
---
Please tell us **who** is on it.

---

Ann
"""


def eml(number: int = 1, **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = headers.pop("sender", "Clerk <clerk@hq.example>")
    message["To"] = headers.pop("to", "Us <us@highfield.example>")
    message["Subject"] = headers.pop("subject", "The roll")
    message["Message-ID"] = f"<{number}@hq.example>"
    for name, value in {"Date": "Tue, 03 Mar 2026 19:12:00 +0000", **headers}.items():
        if value:
            message[name.replace("_", "-")] = value
    message.set_content(f"Letter {number}.\n")
    return message.as_bytes()


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


# Mail into the file


def test_mails_are_filed_in_one_step_and_never_twice(store, tmp_path):
    paths = [put(tmp_path, f"{n}.eml", eml(n)) for n in (1, 2)]
    found = exchange.bring_in(store, [*paths, paths[0]])
    assert (len(found.letters), found.duplicates, found.problems) == (2, 1, [])
    again = exchange.bring_in(store, paths)
    assert (again.letters, again.duplicates) == ([], 2)
    assert store.undo() == "Import letters"
    assert records.ids(store) == []


@pytest.mark.parametrize("last", [1, 2, 3])
def test_an_import_that_is_cancelled_before_it_is_stored_files_nothing(store, tmp_path, last):
    paths = [put(tmp_path, f"{n}.eml", eml(n)) for n in (1, 2)]
    calls = []

    def told(done, total):
        calls.append((done, total))
        if len(calls) == last:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        exchange.bring_in(store, paths, told=told)
    assert records.ids(store) == []


def test_one_bad_file_does_not_keep_the_others_out(store, tmp_path):
    paths = [
        put(tmp_path, "empty.eml", b""),
        tmp_path / "missing.eml",
        put(tmp_path, "good.eml", eml()),
    ]
    found = exchange.bring_in(store, paths)
    assert len(found.letters) == 1
    assert [Path(each.file).name for each in found.problems] == ["empty.eml", "missing.eml"]
    assert found.problems[0].message == "The file is empty."


def test_who_wrote_it_decides_which_way_it_went(store, tmp_path):
    branch.set_details(store, email="us@highfield.example")
    sent = eml(1, sender="Ann <US@highfield.example>", to="Membership <m@hq.example>")
    came = eml(2, sender="Membership <m@hq.example>", subject="Re: The roll")
    found = exchange.bring_in(store, [put(tmp_path, "a", sent), put(tmp_path, "b", came)])
    out, back = records.many(store, found.letters)
    assert (out.direction, back.direction) == (Direction.OUT, Direction.IN)
    assert (out.office, back.office) == ("Membership", "Membership")
    assert out.thread == back.thread


def test_the_way_and_the_office_can_be_said(store, tmp_path):
    path = put(tmp_path, "a.eml", eml(1, to=""))
    found = exchange.bring_in(store, [path], direction=Direction.OUT, office="Regional office")
    letter = records.get(store, found.letters[0])
    assert (letter.direction, letter.office) == (Direction.OUT, "Regional office")
    without = exchange.file_mail(store, exchange.read_mail(eml(2, to="")), direction=Direction.OUT)
    assert records.get(store, without).office == ""


def test_headers_tell_an_automatic_reply(store, tmp_path):
    exchange.bring_in(store, [put(tmp_path, "a.eml", eml(Auto_Submitted="auto-replied"))])
    letter = records.get(store, 1)
    assert (letter.automatic, letter.automatic_guess) == (True, False)


def test_a_mail_without_date_is_filed_today_and_known_again_tomorrow(store, monkeypatch):
    mail = exchange.read_mail(eml(Date=""))
    letter = records.get(store, exchange.file_mail(store, mail))
    assert letter.on == date(2026, 5, 14)
    assert "carries no date" in letter.notes
    monkeypatch.setattr(type(store), "today", lambda _: date(2026, 5, 15))
    with pytest.raises(Conflict):
        exchange.file_mail(store, mail)


def test_a_date_in_the_future_is_not_believed(store):
    mail = exchange.read_mail(eml(Date="Tue, 03 Mar 2099 19:12:00 +0000"))
    letter = records.get(store, exchange.file_mail(store, mail))
    assert (letter.on, letter.at) == (date(2026, 5, 14), None)
    assert "2099-03-03" in letter.notes


def test_a_mail_keeps_its_files(store):
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.set_content("See it.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Roll.pdf")
    letter = exchange.file_mail(store, exchange.read_mail(message.as_bytes()))
    (kept,) = records.enclosures(store, letter)
    assert store.attachment(kept.attachment) == b"%PDF"


# Where mail lies


def test_an_mbox_is_taken_apart(store, tmp_path):
    path = tmp_path / "all.mbox"
    box = mailbox.mbox(path)
    for number in range(3):
        message = mailbox.mboxMessage(eml(number))
        message.set_payload(f"Line {number}\n\nFrom here on it is different.\n")
        box.add(message)
    box.close()
    found = exchange.bring_in(store, [path])
    letters = records.many(store, found.letters)
    assert [each.body for each in letters] == [
        f"Line {number}\n\nFrom here on it is different." for number in range(3)
    ]


def test_a_bad_mail_in_an_mbox_is_named_by_its_number(store, tmp_path):
    path = put(tmp_path, "all.mbox", b"From x\n\nFrom y\n" + eml() + b"\n")
    found = exchange.bring_in(store, [path])
    assert (len(found.letters), found.problems[0].file) == (1, "all.mbox, message 1")


def test_a_maildir_and_a_folder_of_eml_are_read(tmp_path):
    maildir = tmp_path / "Maildir"
    box = mailbox.Maildir(maildir)
    box.add(eml(1))
    box.close()
    assert [data for _, data in exchange.mails_in(maildir)] == [eml(1)]
    folder = tmp_path / "folder"
    folder.mkdir()
    put(folder, "b.EML", eml(2))
    put(folder, "a.eml", eml(1))
    put(folder, "c.txt", b"no mail")
    assert [name for name, _ in exchange.mails_in(folder)] == ["a.eml", "b.EML"]


def test_a_folder_without_mail_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(Invalid, match="no mail"):
        list(exchange.mails_in(tmp_path))
    with pytest.raises(NotFound):
        list(exchange.mails_in(tmp_path / "none.eml"))


def test_a_file_larger_than_any_mail_is_not_even_read(tmp_path, monkeypatch):
    monkeypatch.setattr("branch_desk.correspondence.exchange.sources.MOST_IN_A_MAIL", 10)
    with pytest.raises(Invalid, match="more than any mail"):
        list(exchange.mails_in(put(tmp_path, "a.eml", eml())))


def test_a_file_nobody_may_read_is_refused_in_words(tmp_path, monkeypatch):
    path = put(tmp_path, "a.eml", eml())

    def refuse(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadOnlyFolder):
        list(exchange.mails_in(path))


# Letters in Markdown


def test_a_written_letter_keeps_head_and_text(store):
    letter = records.get(
        store, exchange.file_written(store, exchange.read_written(LETTER.encode()))
    )
    assert letter.subject == "The roll: who is on it?"
    assert (letter.direction, letter.on) == (Direction.OUT, date(2026, 1, 5))
    assert (letter.sender, letter.recipient) == ("Ann Other", "Membership Office, 1 Long Lane")
    assert letter.body == "Please tell us **who** is on it.\n\n---\n\nAnn"


def test_a_written_letter_says_what_its_text_does_not(store):
    head = (
        "---\r\nSubject: x\r\n# a remark\r\n\r\ndirection: IN\r\ndate: 5/1/2026\r\n"
        "promised-by: 1 February 2026\r\nautomatic: no\r\nwants_answer: no\r\n---\r\n"
    )
    written = exchange.read_written(head.encode() + b"We have received your email.")
    assert (written.promised_by, written.wants_answer) == (date(2026, 2, 1), False)
    letter = records.get(store, exchange.file_written(store, written))
    assert not letter.automatic
    said = exchange.read_written(head.replace("automatic: no", "automatic: yes").encode() + b"Hi")
    letter = records.get(store, exchange.file_written(store, said, thread=letter.thread))
    assert (letter.automatic, letter.automatic_because) == (True, "said in the file")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("---\nfrom", "from"), "does not begin with a head"),
        (("subject: ", "# subject: "), "no subject"),
        (("direction: out", "direction: up"), "direction: in"),
        (("direction: out", ""), "direction: in"),
        (("date: 2026-01-05", ""), "no date"),
        (("date: 2026-01-05", "date: 2026-02-30"), "is not a date"),
        (("office:", "offise:"), "is not a line of a letter's head"),
        (("office: Membership Office", "nothing"), "is not a line of a letter's head"),
        (("office: Membership Office", "automatic: perhaps"), "yes or no"),
    ],
)
def test_a_wrong_head_is_named(change, said):
    with pytest.raises(Invalid, match=said):
        exchange.read_written(LETTER.replace(*change).encode())


@given(
    st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"---\n{text}\n---\n".encode())
)
def test_any_bytes_are_a_letter_or_refused(data):
    with suppress(Invalid):
        assert exchange.read_written(data).subject
