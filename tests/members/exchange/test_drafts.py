"""E-mail drafts: nobody sees the others, nobody has it twice, nobody is left out."""

from email import message_from_bytes, policy

from hypothesis import given
from hypothesis import strategies as st

from branch_desk.members.exchange import MOST_HIDDEN, batches, drafts

names = st.text("abcdefgh", min_size=1, max_size=3)


def read(data):
    return message_from_bytes(data, policy=policy.default)


@given(st.lists(names.map("{}@example.org".format)))
def test_every_address_is_in_exactly_one_batch(addresses):
    made = batches(addresses, 5)
    flat = [each for batch in made for each in batch]
    assert sorted(flat) == sorted(set(addresses))
    assert all(0 < len(each) <= 5 for each in made)


def test_an_address_in_other_capitals_is_the_same():
    assert batches(["Ada@example.org", "ada@Example.org"]) == [("Ada@example.org",)]


def test_a_draft_hides_who_else_has_it_and_carries_the_paper():
    people = [f"p{number}@example.org" for number in range(MOST_HIDDEN + 1)]
    made = [
        read(each)
        for each in drafts(
            "Notice\r\nX-Evil: 1", "Dear friends,\nŵ", people,
            sender=("O'Brien & Ŵyn", "us@example.org"), attachment=("Notice.pdf", b"%PDF-1.7"),
        )
    ]  # fmt: skip
    assert [len(each["Bcc"].addresses) for each in made] == [MOST_HIDDEN, 1]
    first = made[0]
    assert (first["To"].addresses[0].addr_spec, first["X-Unsent"]) == ("us@example.org", "1")
    assert first["To"].addresses[0].display_name == "O'Brien & Ŵyn"
    assert (first["Subject"], first["X-Evil"]) == ("Notice X-Evil: 1", None)
    assert first.get_body().get_content().splitlines() == ["Dear friends,", "ŵ"]
    paper = next(first.iter_attachments())
    assert (paper.get_filename(), paper.get_content()) == ("Notice.pdf", b"%PDF-1.7")


def test_a_branch_without_an_address_still_has_drafts():
    mail = read(drafts("Hello", "Hello", ["ŵyn@example.org"])[0])
    assert mail["To"] is None
    assert "ŵyn@example.org" in str(mail["Bcc"])
