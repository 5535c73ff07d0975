"""The rules held against the real member list and standing orders."""

from __future__ import annotations

from datetime import date

from branch_desk.branch import records as branch
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.motions import records
from branch_desk.motions.rules import Verdict, in_order

MEETING = date(2026, 5, 21)


def member(store, forename, surname, **more) -> int:
    return members.add(
        store, forename=forename, surname=surname, joined_on=date(2020, 1, 1), **more
    )


def verdicts(store, motion) -> dict[str, Verdict]:
    return {each.rule: each.verdict for each in records.findings(store, motion, MEETING)}


def test_a_motion_of_two_members_in_time_is_in_order(store):
    gwen, ben = member(store, "Gwen", "Llewellyn"), member(store, "Ben", "Adeyemi")
    motion = records.add(
        store,
        title="Buses",
        text="Later buses.",
        mover="Gwen Llewellyn",
        mover_member=gwen,
        seconder="",
        seconder_member=ben,
        received_on=date(2026, 5, 1),
    )
    assert in_order(records.findings(store, motion, MEETING)) is True
    assert records.case(store, records.get(store, motion)).seconder.name == "Ben Adeyemi"


def test_a_mover_who_has_left_breaks_a_rule_and_an_unknown_one_is_for_the_chair(store):
    gwen = member(store, "Gwen", "Llewellyn")
    members.record_event(
        store, gwen, EventKind.LAPSED, effective_on=date(2026, 4, 1), note="no answer"
    )
    motion = records.add(
        store,
        title="Buses",
        text="Later buses.",
        mover="Gwen Llewellyn",
        mover_member=gwen,
        seconder="Somebody Else",
        received_on=date(2026, 5, 1),
    )
    found = verdicts(store, motion)
    assert found["mover"] is Verdict.BROKEN
    assert found["seconder"] is Verdict.RULING


def test_the_clause_and_the_branchs_own_number_are_used(store):
    branch.set_setting(store, "motion.deadline_days", "28", clause="12.3")
    motion = records.add(store, title="B", text="x", mover="A", received_on=date(2026, 5, 1))
    (late,) = [each for each in records.findings(store, motion, MEETING) if each.rule == "deadline"]
    assert late.verdict is Verdict.BROKEN
    assert late.clause == "12.3"
    assert "clause 12.3 asks for 28" in late.message


def test_a_name_finds_its_member_only_if_there_is_just_one(store):
    gwen = member(store, "Gwenllian", "Llewellyn", known_as="Gwen")
    member(store, "Ben", "Adeyemi")
    member(store, "Ben", "Adeyemi")
    assert records.matching_name(store, " gwen  llewellyn") == gwen
    assert records.matching_name(store, "Gwenllian Llewellyn") == gwen
    assert records.matching_name(store, "Gw Llewellyn") is None
    assert records.matching_name(store, "Ben Adeyemi") is None
    assert records.matching_name(store, "") is None
