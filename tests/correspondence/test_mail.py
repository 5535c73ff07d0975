"""E-mail as it really comes, and as nobody should send it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.message import EmailMessage, Message
from email.policy import SMTP

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_desk.correspondence.exchange import read_mail
from branch_desk.correspondence.exchange.headers import decoded
from branch_desk.correspondence.exchange.mail import safe_name
from branch_desk.correspondence.exchange.text import text_of, text_of_html
from branch_desk.store.errors import Invalid


def mail(body: str = "Dear all,\n\nPlease see below.\n", **headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = headers.pop("sender", "Rhiannon Pryce <rhiannon@members.example>")
    message["To"] = "Highfield ward <secretary@highfield.example>"
    message["Subject"] = headers.pop("subject", "The roll")
    message["Date"] = headers.pop("date", "Tue, 03 Mar 2026 19:12:00 +0000")
    message["Message-ID"] = headers.pop("message_id", "<one@members.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def raw(head: str, body: bytes = b"Hello.\r\n") -> bytes:
    return head.replace("\n", "\r\n").encode("utf-8") + b"\r\n\r\n" + body


def test_a_plain_mail_keeps_who_when_and_what():
    read = read_mail(mail().as_bytes())
    assert (read.sender.name, read.sender.address) == ("Rhiannon Pryce", "rhiannon@members.example")
    assert [each.address for each in read.recipients] == ["secretary@highfield.example"]
    assert read.subject == "The roll"
    assert read.at == datetime(2026, 3, 3, 19, 12, tzinfo=UTC)
    assert read.body == "Dear all,\n\nPlease see below."
    assert read.message_id == "<one@members.example>"
    assert read.notes == ()


def test_names_and_subjects_in_any_script_are_read():
    sender = "Siân Ó Dálaigh <sian@members.example>"
    read = read_mail(mail(sender=sender, subject="Cyfarfod: পরিষদ, Łódź").as_bytes())
    assert read.sender.name == "Siân Ó Dálaigh"
    assert read.subject == "Cyfarfod: পরিষদ, Łódź"


def test_a_letter_cut_between_two_encoded_words_is_whole_again():
    assert decoded("=?utf-8?b?xYE=?= =?utf-8?b?w7PFgg==?=") == "Łół"
    assert decoded("=?utf-8?b?xQ==?=\r\n =?utf-8?b?gQ==?= next") == "Ł next"


@pytest.mark.parametrize(
    "subject",
    ["=?no-such-charset?q?x?=", "=?utf-8?b?!!!!?=", "=?utf-8?q?=ZZ?=", "=?utf-8?b?a?=", "=?="],
)
def test_broken_encoded_words_leave_something_readable(subject):
    assert isinstance(read_mail(raw(f"From: a@b.example\nSubject: {subject}")).subject, str)


def test_eight_bit_headers_are_read_as_utf8_or_guessed():
    data = b"From: a@b.example\r\nSubject: Caf\xe9 meeting\r\n\r\nx"
    assert read_mail(data).subject == "Café meeting"
    data = "From: a@b.example\r\nSubject: Café meeting\r\n\r\nx".encode()
    assert read_mail(data).subject == "Café meeting"


@pytest.mark.parametrize(
    ("charset", "encoded"),
    [
        ("utf-8", "Zażółć"),
        ("iso-8859-2", "Zażółć"),
        ("windows-1250", "Zażółć"),
        ("utf-16", "Zażółć"),
        ("koi8-r", "Привет"),
    ],
)
def test_declared_character_sets_are_read(charset, encoded):
    head = f"From: a@b.example\nContent-Type: text/plain; charset={charset}"
    assert read_mail(raw(head, encoded.encode(charset))).body == encoded


def test_a_false_declaration_does_not_lose_the_text():
    head = "From: a@b.example\nContent-Type: text/plain; charset=us-ascii"
    assert read_mail(raw(head, "Zażółć".encode())).body == "Zażółć"


@pytest.mark.parametrize("charset", ["punycode", "idna", "rot13", "zlib", "nonsense", "'", "a\0b"])
def test_character_sets_that_are_none_are_passed_over(charset):
    assert text_of(b"Hello", charset) == "Hello"


def test_windows_quotes_under_a_latin_1_label_stay_quotes():
    assert text_of(b"It\x92s \x93so\x94", "iso-8859-1") == "It\N{RIGHT SINGLE QUOTATION MARK}s “so”"


def test_the_text_is_taken_and_not_its_twin_in_html():
    message = mail("The plain words.\n")
    message.add_alternative("<p>The <b>HTML</b> words.</p>", subtype="html")
    assert read_mail(message.as_bytes()).body == "The plain words."


def test_html_alone_becomes_text_and_fetches_nothing():
    html = (
        "<html><head><title>t</title><style>p{}</style></head><body><p>Dear <b>all</b>,</p>"
        "<script>alert(1)</script><img src='https://tracker.example/x.png'>"
        "<ul><li>one_two</li></ul><a href='https://hq.example'>here</a></body></html>"
    )
    message = mail()
    message.set_content(html, subtype="html")
    body = read_mail(message.as_bytes()).body
    assert body.startswith("Dear **all**,")
    assert "one_two" in body
    assert "[here](https://hq.example)" in body
    assert "alert" not in body
    assert "tracker" not in body


def test_an_empty_plain_twin_does_not_hide_the_html():
    message = mail(" \n")
    message.add_alternative("<p>What was meant.</p>", subtype="html")
    assert read_mail(message.as_bytes()).body == "What was meant."


def test_html_nested_beyond_reason_still_gives_its_words():
    assert "deep" in text_of_html("<div>" * 5000 + "deep" + "</div>" * 5000)


@pytest.mark.parametrize(
    "html", ["x", "http://a.example", "<?xml version='1.0'?><p>x</p>", "<!x", ""]
)
def test_html_that_is_hardly_any_gives_no_warning(html):
    assert isinstance(text_of_html(html), str)


def test_attached_files_are_kept_whole():
    message = mail()
    message.add_attachment(
        b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="Roll.pdf"
    )
    message.add_attachment("a,b\n", subtype="csv", filename="../../etc/Łist.csv")
    read = read_mail(message.as_bytes())
    assert [(each.name, each.media_type) for each in read.enclosed] == [
        ("Roll.pdf", "application/pdf"),
        ("Łist.csv", "text/csv"),
    ]
    assert read.enclosed[0].data == b"%PDF-1.7 x"
    assert read.body == "Dear all,\n\nPlease see below."


def test_a_file_over_the_limit_is_left_out_and_said(monkeypatch):
    monkeypatch.setattr("branch_desk.correspondence.exchange.mail.MOST_IN_AN_ENCLOSURE", 10)
    message = mail()
    message.add_attachment(b"x" * 11, maintype="application", subtype="pdf", filename="Big.pdf")
    read = read_mail(message.as_bytes())
    assert read.enclosed == ()
    assert read.notes == ("“Big.pdf” is over 50 MB and was left out.",)


def test_a_mail_of_sixty_megabytes_is_read():
    message = mail()
    data = bytes(44_000_000)
    message.add_attachment(data, maintype="application", subtype="zip", filename="All.zip")
    read = read_mail(message.as_bytes())
    assert [len(each.data) for each in read.enclosed] == [44_000_000]


def test_winmail_is_named_and_not_kept():
    message = mail()
    message.add_attachment(b"x", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    read = read_mail(message.as_bytes())
    assert read.enclosed == ()
    assert "winmail.dat" in read.notes[0]


def test_a_forwarded_message_is_kept_as_a_mail_of_its_own():
    inner = mail(subject="Complaint: the hall", message_id="<inner@members.example>")
    message = mail(subject="Fwd: Complaint")
    message.add_attachment(inner)
    read = read_mail(message.as_bytes())
    assert [(each.name, each.media_type) for each in read.enclosed] == [
        ("Complaint- the hall.eml", "message/rfc822")
    ]
    assert read_mail(read.enclosed[0].data).subject == "Complaint: the hall"
    assert read.message_id == "<one@members.example>"


def test_pictures_in_the_text_and_signatures_are_left_out():
    message = mail("See the picture.\n")
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo@x>")
    message.add_attachment(
        b"sig", maintype="application", subtype="pkcs7-signature", filename="smime.p7s"
    )
    read = read_mail(message.as_bytes())
    assert read.enclosed == ()
    assert read.notes == ("Pictures inside the text were left out.",)


def test_a_bounce_keeps_its_report():
    head = (
        "From: mailer-daemon@hq.example\nSubject: Undeliverable: Roll\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
    )
    body = (
        b"--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; hq.example\r\n\r\nFinal-Recipient: rfc822; x@hq.example\r\n\r\n--b--"
    )
    read = read_mail(raw(head, body))
    assert read.body == "It did not arrive."
    assert [each.name for each in read.enclosed] == ["message-delivery-status.txt"]


def test_encrypted_mail_says_so():
    head = 'From: a@b.example\nContent-Type: multipart/encrypted; boundary="b"'
    body = b"--b\r\nContent-Type: application/octet-stream; name=m.asc\r\n\r\nxyz\r\n--b--"
    assert read_mail(raw(head, body)).notes == ("It is encrypted and cannot be read here.",)


def test_flowed_lines_are_joined_again():
    head = "From: a@b.example\nContent-Type: text/plain; format=flowed"
    read = read_mail(raw(head, b"One line that \r\ngoes on.\r\nAnother.\r\n-- \r\nAnn"))
    assert read.body == "One line that goes on.\nAnother.\n-- \nAnn"


def test_without_a_date_the_time_of_arrival_counts():
    head = "From: a@b.example\nReceived: by mx.example; Wed, 4 Mar 2026 08:00:00 +0000"
    assert read_mail(raw(head)).at.date() == date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "Tue, 99 Foo 2026 99:99:99 +9999", "1 Jan 1801 00:00 +0000", "9" * 5000],
)
def test_a_date_that_is_none_is_none(text):
    assert read_mail(raw(f"From: a@b.example\nDate: {text}")).at is None


def test_what_it_answers_comes_first_of_its_references():
    read = read_mail(
        raw("From: a@b.example\nReferences: <1@x> <2@x>\n\t<3@x>\nIn-Reply-To: Yours <3@x>")
    )
    assert read.references == ("<3@x>", "<2@x>", "<1@x>")


def test_a_header_cannot_bring_a_second_line():
    read = read_mail(raw("From: a@b.example\nSubject: =?utf-8?q?Hello=0D=0ABcc:_x?="))
    assert read.subject == "Hello Bcc: x"


def test_sender_may_be_missing():
    read = read_mail(raw("Subject: Roll\nTo: undisclosed-recipients:;"))
    assert read.sender is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "not an e-mail"),
        (b"just a note", "not an e-mail"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "Save the message as .eml"),
    ],
)
def test_what_is_no_mail_is_refused_in_words(data, said):
    with pytest.raises(Invalid, match=said):
        read_mail(data)


def test_a_mail_larger_than_any_is_refused(monkeypatch):
    monkeypatch.setattr("branch_desk.correspondence.exchange.mail.MOST_IN_A_MAIL", 10)
    with pytest.raises(Invalid, match="more than any mail"):
        read_mail(mail().as_bytes())


def nested(depth: int) -> bytes:
    out = b""
    for each in range(depth):
        out += f'Content-Type: multipart/mixed; boundary="b{each}"\r\n\r\n--b{each}\r\n'.encode()
    return b"From: a@b.example\r\n" + out + b"\r\ninside"


def test_boxes_in_boxes_do_not_end_the_program():
    assert "too many parts" in read_mail(nested(60)).notes[0]
    with pytest.raises(Invalid, match="inside each other"):
        read_mail(nested(5000))


def test_a_thousand_parts_are_cut_short():
    parts = b"".join(b"--b\r\n\r\nx\r\n" for _ in range(1000))
    read = read_mail(raw('From: a@b.example\nContent-Type: multipart/mixed; boundary="b"', parts))
    assert read.notes == ("It has too many parts; the last ones were left out.",)


def test_a_text_of_a_million_characters_is_cut_and_said():
    read = read_mail(raw("From: a@b.example", b"x" * 1_200_000))
    assert len(read.body) == 1_000_000
    assert "left out" in read.notes[0]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x.pdf", "x.pdf"),
        ("C:\\tmp\\x.pdf", "x.pdf"),
        ("a\0b\n.txt", "ab .txt"),
        ("", "attachment"),
        ("...", "attachment"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("con<>|?.txt", "con----.txt"),
    ],
)
def test_a_file_name_is_only_a_name(name, safe):
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: text/plain; charset*0*=x; charset*99999999999=y",
        "Content-Type: text/plain; charset*=''%ZZ",
        "Content-Type: multipart/mixed",
        "Content-Type: multipart/mixed; boundary=",
        "Content-Type: message/rfc822",
        "Content-Type: ///;;;===",
        "Content-Disposition: attachment; filename*0=a; filename*2=b",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: uuencode",
        "Content-Transfer-Encoding: ñ",
        "Content-Type: text/plain; name*" + "9" * 5000 + "=x",
        "To: " + "(" * 5000,
        "To: " + "<a@b>," * 5000,
        "Message-ID: " + "<" * 5000,
        "Content-Type: application/x; name==?utf-8?b?w6k=?=",
    ],
)
def test_hostile_headers_do_no_harm(head):
    read = read_mail(raw(f"From: a@b.example\n{head}"))
    assert read.sender.address == "a@b.example"


HEADS = st.sampled_from(
    [
        *(b"From: ", b"Subject: ", b"Date: ", b"--b\r\n", b"\r\n\r\n", b"--b--", b"\r\n ", b"?="),
        *(b"=?utf-8?b?", b"<a@b>", b"Received: ;", b"From: a@b.example\r\n"),
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b"Content-Type: text/html; charset=",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Disposition: attachment; filename=",
    ]
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), st.lists(HEADS | st.binary(max_size=12)).map(b"".join)))
def test_any_bytes_are_a_mail_or_refused(data):
    try:
        read = read_mail(data)
    except Invalid:
        return
    for text in (read.subject, read.body, *read.notes, *(each.name for each in read.enclosed)):
        text.encode("utf-8")
        assert "\0" not in text
    assert "\n" not in read.subject


@given(st.text())
def test_decoding_a_header_gives_one_line(text):
    assert "\n" not in decoded(text)


@pytest.mark.parametrize("broken", ["get_param", "get_filename"])
def test_a_part_whose_headers_cannot_be_read_does_not_lose_the_mail(monkeypatch, broken):
    def fail(*_, **__):
        raise ValueError(broken)

    monkeypatch.setattr(Message, broken, fail)
    found = read_mail(raw("From: a@b.example\nSubject: The roll"))
    assert found.subject == "The roll"
    kept = found.body + "".join(each.data.decode() for each in found.enclosed)
    assert "Hello." in kept


def test_a_message_inside_that_cannot_be_put_together_is_left_out_and_said(monkeypatch):
    outer = mail()
    outer.add_attachment(mail("Inner words"))
    data = outer.as_bytes(policy=SMTP)

    def fail(*_, **__):
        raise ValueError

    monkeypatch.setattr(Message, "as_bytes", fail)
    found = read_mail(data)
    assert "Please see below" in found.body
    assert found.enclosed == ()
    assert "could not be read and was left out" in str(found)
