"""Notice, agenda, attendance sheet, order paper and minutes, read back."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from branch_desk.branch import records as branch
from branch_desk.meetings import papers, records
from branch_desk.meetings.records import How, ItemKind, MeetingKind
from branch_desk.meetings.rules import LONDON
from branch_desk.members import records as members
from branch_desk.motions import records as motions

from .conftest import ON, Read


def agenda(store, meeting, on=ON):
    return records.agenda_data(store, meeting, on)


def bare(store, kind=MeetingKind.ORDINARY, **more) -> int:
    starts_at = datetime(2026, 6, 18, 10, 0, tzinfo=LONDON)
    return records.add(store, kind=kind, starts_at=starts_at, **more)


@pytest.mark.parametrize("large", [False, True])
def test_the_notice_says_what_when_where_and_how_to_be_heard(store, meeting, large):
    early = agenda(store, meeting, date(2026, 5, 1))
    assert Read(papers.notice_paper(early), large_print=large).holds_in_order(
        "Notice of meeting: Branch meeting",
        "Notice is given that an ordinary meeting of Highfield branch will be held on "
        "Thursday 21 May 2026 at 7.30 pm.",
        "Highfield Hall, 4 Church Street",
        "https://meet.example/highfield",
        "Nerys Pugh",
        "Motions by Thursday 7 May 2026, in writing",
        "Apologies to desk@highfield.example",
        "Business",
        "Welcome and apologies",
        "6.1 Evening buses 6.2 No confidence in the area chair",
        "such as large print or a place without steps",
        "Tomasz Zieliński",
        "Secretary, Highfield branch",
        "1 May 2026",
    )


def test_a_notice_after_motions_have_closed_does_not_ask_for_them(store, meeting):
    assert "Motions by" not in Read(papers.notice_paper(agenda(store, meeting))).text


def test_the_notice_of_a_special_meeting_binds_its_business(store):
    read = Read(papers.notice_paper(agenda(store, bare(store, MeetingKind.SPECIAL))))
    assert read.holds_in_order(
        "a special meeting of the branch will be held on Thursday 18 June 2026 at 10 am.",
        "to be announced",
        "Apologies to the secretary",
        "Only the business given in this notice can be taken",
        "Secretary",
    )


def test_the_agenda_alone_carries_its_reports(store, meeting):
    read = Read(papers.agenda_paper(agenda(store, meeting)))
    assert read.bookmarks == ["Agenda", "Reports and notes"]
    assert read.holds_in_order(
        "Chair Nerys Pugh",
        "2 members (clause 4.2)",
        "1. Welcome and apologies 7.30 pm 5",
        "The meeting closes at 9.30 pm unless it votes to go on.",
        "4. Officers' and treasurer's reports",
        "The balance is £1,204.50.",
    )


def test_an_agenda_without_times_has_no_column_for_them(store):
    meeting = bare(store, online_at="0800 123")
    records.add_item(store, meeting, "Talk")
    read = Read(papers.agenda_paper(agenda(store, meeting)))
    assert read.holds_in_order("Online 0800 123", "1. Talk", "No times are set for the items.")
    assert "Begins" not in read.text
    assert "Where" not in read.text
    assert read.bookmarks == ["Agenda"]


def test_items_of_unknown_length_leave_the_later_times_open(store):
    meeting = bare(store)
    records.add_item(store, meeting, "First", minutes=65)
    records.add_item(store, meeting, "Open end")
    records.add_item(store, meeting, "Last", minutes=1)
    read = Read(papers.agenda_paper(agenda(store, meeting)))
    assert read.holds_in_order(
        "1. First 10 am 65 min",
        "2. Open end 11.05 am 3. Last 1 min",
        "The items with a time take 1 hour 6 minutes.",
    )


@pytest.mark.parametrize("large", [False, True])
def test_the_attendance_sheet_is_alphabetical_with_room_for_visitors(store, meeting, large):
    people = records.signatories(store)
    read = Read(papers.attendance_sheet(agenda(store, meeting), people), large_print=large)
    assert read.holds_in_order(
        "4 members listed. Please sign beside your name. The quorum is 2.",
        "Adeyemi, Ben",
        "Begum, Farida",
        "Llewellyn, Gwen",
        "O'Brien, Aoife",
        "Visitors and members not listed",
    )
    assert read.bookmarks == ["Attendance", "Visitors and members not listed"]


def test_an_attendance_sheet_of_nobody_is_only_for_visitors(store):
    read = Read(papers.attendance_sheet(agenda(store, bare(store)), []))
    assert read.holds_in_order("0 members listed.", "The branch has not set a quorum.", "Visitors")


def test_the_chair_has_the_words_for_every_vote_and_what_carries(store, meeting):
    branch.set_setting(store, "no_confidence.threshold", "2/3", clause="11")
    branch.set_setting(store, "no_confidence.base", "present")
    branch.set_setting(store, "chair.casting_vote", "no")
    assert Read(papers.order_paper(agenda(store, meeting))).holds_in_order(
        "The meeting closes at 9.30 pm. Going on longer needs a vote.",
        "1. Welcome and apologies",
        "7.30 pm. 5 minutes allowed.",
        "“I open the meeting.",
        "Motion 2026/01: Evening buses",
        "I call Gwen Llewellyn to move it.",
        "I call Ben Adeyemi to second it.",
        "Carries with more than half of those voting for or against.",
        "the chair has no casting vote",
        "For Against Abstentions Present",
        "Motion 2026/02",
        "Somebody else takes the chair",
        "Carries with at least two thirds of those present, abstentions included.",
        "If so many are present Needed for 10 7 20 14",
        "For Against Abstentions Present",
    )


def test_the_chair_is_warned_of_what_is_doubtful_or_not_set(store, meeting):
    item = next(each for each in records.agenda(store, meeting) if each.motions)
    late = motions.add(store, title="Late", text="x", received_on=date(2026, 5, 12))
    records.place_motion(store, item.id, late)
    assert Read(papers.order_paper(agenda(store, meeting))).holds_in_order(
        "Before you take it",
        "Threshold (not set)",
        "What carries this motion is not set. Settle it before the vote.",
        "Motion 2026/03: Late",
        "Before you take it",
        "Mover (broken): Nobody is named as mover.",
        "Deadline (broken, clause 7): Received 12 May 2026, 9 days before the meeting",
        "I call the mover to move it.",
        "Is there a seconder?",
        "The branch has not set whether the chair has a casting vote",
    )


def test_a_share_of_those_voting_is_reckoned_for_those_who_vote(store, meeting):
    branch.set_setting(store, "no_confidence.threshold", "majority")
    branch.set_setting(store, "no_confidence.base", "voting")
    assert (
        "If so many vote Needed for 10 6" in Read(papers.order_paper(agenda(store, meeting))).text
    )


def test_an_order_paper_of_nothing_says_so_and_items_without_a_time_have_none(store):
    meeting = bare(store)
    assert "Nothing is on the agenda yet." in Read(papers.order_paper(agenda(store, meeting))).text
    records.add_item(store, meeting, "Open end")
    records.add_item(store, meeting, "Talk")
    read = Read(papers.order_paper(agenda(store, meeting)))
    assert read.holds_in_order("1. Open end", "10 am.", "2. Talk")
    assert "allowed" not in read.text


def minutes(store, meeting) -> Read:
    return Read(papers.minutes_paper(records.minutes_data(store, meeting, ON)))


def test_minutes_say_who_was_there_what_was_decided_and_what_follows(store, meeting):
    bare(store)
    records.set_minutes(store, meeting, "## 1. Welcome\n\nThe chair **opened** the meeting.")
    for person, how in zip(records_of(store)[:2], How, strict=True):
        records.sign_in(store, meeting, member=person, how=how)
    records.sign_in(store, meeting, name="Jo Guest", how=How.ONLINE)
    records.apologise(store, meeting, member=records_of(store)[2])
    first, second = motions.ids(store, order="-number")
    motions.decide(store, first, on=date(2026, 5, 21), votes_for=2, votes_against=1)
    motions.decide(
        store, second, on=date(2026, 5, 22), votes_for=2, votes_against=1, threshold="majority"
    )
    assert minutes(store, meeting).holds_in_order(
        "Draft",
        "Present 3 people",
        "In the hall",
        "Online",
        "Jo Guest (visitor)",
        "Apologies",
        "2 members present; the quorum is 2 members (clause 4.2). Quorate.",
        "The chair opened the meeting.",
        "Votes",
        "Motion 2026/01: Evening buses",
        "Carried on 21 May 2026. 2 for, 1 against",
        "Next meeting",
        "Thursday 18 June 2026 at 10 am",
        "Signed by the chair",
    )
    assert "2026/02" not in minutes(store, meeting).text


def records_of(store) -> list[int]:
    return members.ids(store)


def test_agreed_minutes_are_not_signed_by_hand_again(store, meeting):
    records.set_minutes(store, meeting, "We met.")
    records.agree_minutes(store, meeting, date(2026, 6, 18))
    read = minutes(store, meeting)
    assert read.holds_in_order(
        "Present not recorded", "We met.", "Agreed on Thursday 18 June 2026."
    )
    assert "Signed" not in read.text
    assert "Draft" not in read.text


def test_minutes_nobody_wrote_say_so(store):
    meeting = bare(store)
    records.sign_in(store, meeting, name="Jo")
    assert minutes(store, meeting).holds_in_order(
        "Present 1 person", "Apologies none", "Nothing is written yet."
    )


def test_every_kind_of_item_has_words_that_are_printed_or_none(store):
    meeting = bare(store)
    for kind in ItemKind:
        records.add_item(store, meeting, kind.value, kind=kind)
    text = Read(papers.order_paper(agenda(store, meeting))).text
    assert text.count("“") == text.count("”") == 5


def test_in_large_print_there_is_room_for_every_count_and_every_visitor(store, meeting):
    order = Read(papers.order_paper(agenda(store, meeting)), large_print=True)
    assert order.holds_in_order("For:", "Against:", "Abstentions:", "Present:")
    sheet = Read(papers.attendance_sheet(agenda(store, meeting), []), large_print=True)
    assert sheet.holds_in_order("1. Name in capitals:", "12. Name in capitals:", "Signature:")


def test_the_minutes_print_what_was_decided_and_who_does_what(store, meeting):
    first, second = records.agenda(store, meeting)[:2]
    write = records.minute
    write(store, meeting, records.EntryKind.DECISION, "Thank the caretaker", item=second.id)
    write(store, meeting, records.EntryKind.DECISION, "Open at seven", item=first.id)
    write(store, meeting, records.EntryKind.DECISION, "Meet again")
    action = records.EntryKind.ACTION
    done = write(store, meeting, action, "Write", owner="Ada", due_on=date(2026, 6, 3))
    write(store, meeting, action, "Sweep")
    records.finish(store, done, date(2026, 6, 2))
    read = Read(papers.minutes_paper(records.minutes_data(store, meeting, ON)))
    assert read.holds_in_order(
        "Decisions",
        "Item 1: Open at seven",
        "Item 2: Thank the caretaker",
        "Meet again",
        "Actions",
        "Ada: Write, by 3 June 2026 (done on 2 June 2026)",
        "Sweep",
    )


def test_the_agenda_names_who_leads_an_item(store, meeting):
    records.change_item(store, records.agenda(store, meeting)[0].id, leads="Nerys Pugh")
    read = Read(papers.agenda_paper(agenda(store, meeting)))
    assert "Led by Nerys Pugh" in read.text


@pytest.mark.parametrize("large", [False, True])
def test_a_notice_by_post_is_a_letter_to_each(store, meeting, large):
    people = [["Ada Okafor", "1 Mill Lane", "HF1 1AA"], ["Bryn O'Neill", "2 Mill Lane"], []]
    read = Read(papers.notice_letters(agenda(store, meeting), people), large_print=large)
    assert read.holds_in_order(
        "1 Mill Lane", "Notice is given", "2 Mill Lane", "Notice is given", "Notice is given"
    )


def test_the_proof_of_a_notice_says_whom_it_went_to_and_how(store, meeting):
    reached = [
        ("Ada Okafor", "by e-mail", "ada@highfield.example"),
        ("Bryn O'Neill", "by post", "2 Mill Lane"),
        ("=HYPERLINK(1)", "not reached", ""),
    ]
    read = Read(papers.proof_of_notice(agenda(store, meeting), reached))
    assert read.holds_in_order(
        "Notice is given",
        "Who the notice went to",
        "Sent on Thursday 14 May 2026 to 3: 1 by e-mail, 1 by post, 1 not reached",
        "ada@highfield.example",
        "=HYPERLINK(1)",
    )
    empty = Read(papers.proof_of_notice(agenda(store, meeting), []))
    assert "nobody" in empty.text
