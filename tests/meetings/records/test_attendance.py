"""Who came, whether they were enough, and which notice went out."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from branch_desk.branch import records as branch
from branch_desk.meetings import records
from branch_desk.meetings.records import Channel, How, MeetingKind, Presence
from branch_desk.meetings.rules import LONDON
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.store.errors import Conflict, Invalid, Missing


@pytest.fixture
def meeting(store) -> int:
    return records.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=datetime(2026, 5, 21, 19, 30, tzinfo=LONDON),
    )


def member(store, forename, **more) -> int:
    return members.add(
        store, forename=forename, surname="Adeyemi", joined_on=date(2020, 1, 1), **more
    )


def test_members_and_visitors_sign_in_by_name(store, meeting):
    maya = member(store, "Maya")
    records.sign_in(store, meeting, member=maya, how=How.ONLINE)
    records.sign_in(store, meeting, name=" Ben Visitor ")
    records.apologise(store, meeting, name="Zoë Friend")
    found = [
        (each.name, each.member, each.presence, each.how)
        for each in records.attendance(store, meeting)
    ]
    assert found == [
        ("Ben Visitor", None, Presence.PRESENT, How.HALL),
        ("Maya Adeyemi", maya, Presence.PRESENT, How.ONLINE),
        ("Zoë Friend", None, Presence.APOLOGIES, None),
    ]


def test_whoever_sent_apologies_and_came_is_present_once(store, meeting):
    maya = member(store, "Maya")
    sent = records.apologise(store, meeting, member=maya)
    assert records.sign_in(store, meeting, member=maya) == sent
    (entry,) = records.attendance(store, meeting)
    assert (entry.presence, entry.how) == (Presence.PRESENT, How.HALL)
    store.undo()
    (entry,) = records.attendance(store, meeting)
    assert entry.presence is Presence.APOLOGIES


def test_two_visitors_of_one_name_are_two(store, meeting):
    records.sign_in(store, meeting, name="Jo")
    records.sign_in(store, meeting, name="Jo")
    assert len(records.attendance(store, meeting)) == 2


def test_an_entry_made_by_mistake_is_struck(store, meeting):
    entry = records.sign_in(store, meeting, name="Jo")
    records.strike(store, entry)
    assert records.attendance(store, meeting) == []
    with pytest.raises(Missing):
        records.strike(store, entry)


def test_somebody_must_be_named_and_known(store, meeting):
    with pytest.raises(Invalid):
        records.sign_in(store, meeting, name=" ")
    with pytest.raises(Missing):
        records.sign_in(store, meeting, member=99)
    with pytest.raises(Missing):
        records.sign_in(store, 99, name="Jo")


def test_a_quorum_not_set_is_said_and_visitors_never_count(store, meeting):
    maya, ben = member(store, "Maya"), member(store, "Ben")
    records.sign_in(store, meeting, member=maya)
    records.sign_in(store, meeting, name="Visitor")
    records.apologise(store, meeting, member=ben)
    found = records.quorum(store, meeting)
    assert (found.needed, found.reached, found.present) == (None, None, 1)
    branch.set_setting(store, "quorum.rule", "greater of 2 and 10%", clause="4")
    found = records.quorum(store, meeting)
    assert (found.needed, found.reached) == (2, False)
    assert "(clause 4)" in found.message
    records.sign_in(store, meeting, member=ben)
    assert records.quorum(store, meeting).reached is True


def test_good_standing_leaves_out_probation_suspension_and_arrears(store, meeting):
    branch.set_setting(store, "quorum.rule", "100%")
    everyone = [member(store, "Ann"), member(store, "Bo", payment="arrears"), member(store, "Cy")]
    members.record_event(store, everyone[2], EventKind.SUSPENDED, effective_on=date(2026, 4, 1))
    for each in everyone:
        records.sign_in(store, meeting, member=each)
    all_members = records.quorum(store, meeting)
    assert (all_members.needed, all_members.present) == (3, 3)
    branch.set_setting(store, "quorum.base", "good-standing")
    standing = records.quorum(store, meeting)
    assert (standing.needed, standing.present, standing.reached) == (1, 1, True)


def test_notices_are_kept_first_one_first(store, meeting):
    late = records.record_notice(
        store, meeting, sent_on=date(2026, 5, 15), channel=Channel.POST, recipients=12
    )
    early = records.record_notice(store, meeting, sent_on=date(2026, 5, 13), note="list")
    found = records.notices(store, meeting)
    assert [each.id for each in found] == [early, late]
    assert (found[0].channel, found[0].recipients, found[0].note) == (Channel.EMAIL, None, "list")
    assert (found[1].channel, found[1].recipients) == (Channel.POST, 12)


def test_a_notice_that_cannot_be_is_refused(store, meeting):
    with pytest.raises(Conflict):
        records.record_notice(store, meeting, sent_on=date(2026, 5, 22))
    with pytest.raises(Invalid):
        records.record_notice(store, meeting, sent_on=date(2026, 5, 1), recipients=-1)
