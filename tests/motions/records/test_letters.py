"""The letters a motion makes."""

from datetime import date

import pytest

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as letters
from branch_desk.correspondence.rules import Direction
from branch_desk.members import records as members
from branch_desk.motions import records
from branch_desk.store.errors import Conflict, Invalid
from branch_desk.store.links import Ref


@pytest.fixture
def motion(store):
    ada = members.add(store, forename="Ada", surname="Okafor", email="ada@example.org")
    return records.add(
        store,
        title="Mend the clock",
        text="This branch asks the council to mend the clock.\n\n- soon",
        mover="A. Okafor",
        mover_member=ada,
        received_on=date(2026, 5, 1),
    )


def test_the_mover_is_told_at_their_own_address(store, motion):
    letter = records.letter_to_mover(store, motion, date(2026, 5, 28))
    assert (letter.to, letter.address) == ("Ada Okafor", "ada@example.org")
    assert letter.subject == "Your motion 2026/01: Mend the clock"
    assert letter.text.startswith("Dear Ada Okafor,")
    assert "Ada" in letter.text
    assert not letter.wants_answer
    sent = letters.send(store, letter)
    assert Ref("motion", motion) in [
        link.target for link in store.links_from(Ref("letter", sent), letters.ABOUT)
    ]
    assert letters.waiting(store, store.today()) == []


def test_a_mover_who_is_no_member_is_told_by_name(store):
    motion = records.add(store, title="A bench", text="Sit.", mover="Bryn")
    letter = records.letter_to_mover(store, motion, None)
    assert (letter.to, letter.address) == ("Bryn", "")
    assert letter.about == (Ref("motion", motion),)


def test_nobody_can_be_told_where_nobody_moves_it(store):
    motion = records.add(store, title="A bench", text="Sit.")
    with pytest.raises(Invalid, match="Nobody is named"):
        records.letter_to_mover(store, motion, None)


def test_the_result_goes_to_hq_with_its_sum(store, motion):
    branch.set_details(
        store, name="Highfield Branch", hq="National Office", hq_email="hq@example.org"
    )
    with pytest.raises(Conflict, match="not voted on"):
        records.letter_with_result(store, motion)
    records.decide(store, motion, on=date(2026, 5, 14), votes_for=9, votes_against=2)
    letter = records.letter_with_result(store, motion)
    assert (letter.to, letter.address) == ("National Office", "hq@example.org")
    assert "On 14 May 2026 Highfield Branch carried the motion below." in letter.text
    assert "9 for, 2 against" in letter.text
    assert "> This branch asks the council to mend the clock.\n>\n> - soon" in letter.text
    assert "Moved by A. Okafor." in letter.text


def test_the_result_goes_to_whom_it_is_addressed(store, motion):
    letters.add_letter(
        store,
        direction=Direction.OUT,
        on=date(2026, 5, 1),
        subject="Hello",
        body="Hello.",
        recipient="Town Council <clerk@council.example.org>",
        office="Town Council",
    )
    records.change_details(store, motion, addressed_to="town council", seconder="Bryn Howells")
    records.decide_without_count(store, motion, on=date(2026, 5, 14), carried=False)
    letter = records.letter_with_result(store, motion)
    assert (letter.to, letter.address) == ("town council", "clerk@council.example.org")
    assert "the branch rejected the motion below." in letter.text
    assert "seconded by Bryn Howells." in letter.text


def test_a_motion_taken_in_by_mistake_is_deleted_and_comes_back(store, motion):
    sent = letters.send(store, records.letter_to_mover(store, motion, None))
    records.remove(store, motion)
    assert records.ids(store) == []
    assert Ref("motion", motion) not in [
        link.target for link in store.links_from(Ref("letter", sent))
    ]
    store.undo()
    assert records.ids(store) == [motion]


def test_what_was_voted_on_is_not_deleted(store, motion):
    records.decide_without_count(store, motion, on=date(2026, 5, 14), carried=True)
    with pytest.raises(Conflict, match="stays"):
        records.remove(store, motion)


def test_a_ruling_is_kept(store, motion):
    records.set_ruling(store, motion, " It may be taken. ")
    assert records.get(store, motion).ruling == "It may be taken."
