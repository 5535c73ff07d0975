"""Is a motion in order: each rule, met, broken, for the chair to rule on, or not set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.members.rules import Standing
from branch_desk.motions.rules import (
    Case,
    Finding,
    MotionKind,
    MotionState,
    Order,
    Person,
    Verdict,
    check,
    deadline,
    in_order,
    words,
)

MEETING = date(2026, 5, 12)
ORDERS = {
    "motion.deadline_days": Order(14, "7"),
    "motion.word_limit": Order(250, "8.1"),
    "motion.seconder": Order("meeting", "Rule 9"),
    "vote.arrears_months": Order(),
    "no_confidence.threshold": Order(),
    "no_confidence.base": Order(),
    "no_confidence.secret": Order(),
}
MOVER = Person("Gwen Llewellyn", Standing.MEMBER, member=1)
SECONDER = Person("Ben Adeyemi", Standing.MEMBER, member=2)
CASE = Case(
    title="Evening buses",
    text="This branch asks for later buses.",
    kind=MotionKind.ORDINARY,
    mover=MOVER,
    seconder=SECONDER,
    received_on=date(2026, 4, 20),
    arose_on=None,
)


def found(rule: str, case: Case = CASE, orders=ORDERS, meeting: date | None = MEETING) -> Finding:
    (only,) = [each for each in check(case, meeting, orders) if each.rule == rule]
    return only


def test_a_motion_that_keeps_every_rule_is_in_order():
    findings = check(CASE, MEETING, ORDERS)
    assert {each.verdict for each in findings} == {Verdict.MET}
    assert in_order(findings) is True
    assert [each.rule for each in findings] == [
        "in writing",
        "mover",
        "seconder",
        "deadline",
        "word limit",
    ]


def test_a_motion_without_text_is_not_in_writing():
    assert found("in writing", replace(CASE, text=" \n ")).verdict is Verdict.BROKEN


def test_lateness_is_explained_by_fact_date_and_clause():
    late = found("deadline", replace(CASE, received_on=date(2026, 5, 3)))
    assert late.verdict is Verdict.BROKEN
    assert late.clause == "7"
    assert late.message == (
        "Received 3 May 2026, 9 days before the meeting; clause 7 asks for 14. "
        "An emergency if it arose after 28 April: the chair rules."
    )


@pytest.mark.parametrize(
    ("received", "words_"),
    [
        (date(2026, 5, 12), "on the day of the meeting"),
        (date(2026, 5, 11), "1 day before the meeting"),
        (date(2026, 5, 13), "after the meeting of 12 May 2026"),
    ],
)
def test_the_last_days_are_said_as_people_say_them(received, words_):
    late = found("deadline", replace(CASE, received_on=received))
    assert late.verdict is Verdict.BROKEN
    assert words_ in late.message


@pytest.mark.parametrize(
    ("order", "source"),
    [
        (Order(14, "7"), "clause 7 asks"),
        (Order(14, "Rule 4"), "Rule 4 asks"),
        (Order(14), "the branch's rule asks"),
        (Order(14, is_set=False), "the usual rule (the branch set none) asks"),
    ],
)
def test_a_rule_is_named_by_where_it_stands(order, source):
    message = found("deadline", orders={**ORDERS, "motion.deadline_days": order}).message
    assert source in message


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 365), st.integers(-30, 400))
def test_a_motion_is_in_time_exactly_up_to_the_deadline(meeting, days, before):
    received = meeting - timedelta(days=before)
    orders = {**ORDERS, "motion.deadline_days": Order(days, "7")}
    verdict = found("deadline", replace(CASE, received_on=received), orders, meeting).verdict
    assert (verdict is Verdict.MET) == (before >= days)
    assert (verdict is Verdict.MET) == (received <= deadline(meeting, days))


@pytest.mark.parametrize(
    ("case", "orders", "meeting", "says"),
    [
        (replace(CASE, received_on=None), ORDERS, MEETING, "Say when it was received"),
        (CASE, ORDERS, None, "No meeting is chosen"),
        (CASE, {}, MEETING, "has not set how long"),
    ],
)
def test_what_cannot_be_measured_is_not_set_and_not_guessed(case, orders, meeting, says):
    unknown = found("deadline", case, orders, meeting)
    assert unknown.verdict is Verdict.NOT_SET
    assert says in unknown.message
    assert in_order([unknown]) is None


def test_a_procedural_motion_needs_no_notice():
    moved = replace(CASE, kind=MotionKind.PROCEDURAL, received_on=None)
    assert found("deadline", moved).verdict is Verdict.MET


def emergency(received: date, arose: date | None) -> Case:
    return replace(CASE, kind=MotionKind.EMERGENCY, received_on=received, arose_on=arose)


def test_an_emergency_that_arose_after_the_deadline_is_for_the_chair():
    ruling = found("emergency", emergency(date(2026, 5, 10), date(2026, 4, 29)))
    assert ruling.verdict is Verdict.RULING
    assert "Arose 29 April 2026, and motions closed on 28 April 2026" in ruling.message


def test_an_emergency_that_arose_by_the_deadline_could_have_come_in_time():
    late = found("emergency", emergency(date(2026, 5, 10), date(2026, 4, 28)))
    assert late.verdict is Verdict.BROKEN
    assert "could have come in time" in late.message


def test_an_emergency_of_unknown_day_is_for_the_chair():
    ruling = found("emergency", emergency(date(2026, 5, 10), None))
    assert ruling.verdict is Verdict.RULING
    assert ruling.message.startswith("Say when it arose")


def test_an_emergency_that_came_in_time_is_taken_as_any_other_motion():
    assert found("deadline", emergency(date(2026, 4, 28), None)).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one", 1),
        ("- **to ask**, at once;", 4),
        ("1. £40 & 5 · so\n 12) In 2026.", 5),
        ("— … *", 0),
    ],
)
def test_words_are_counted_without_marks(text, count):
    assert words(text) == count


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_word_limit_is_kept_exactly(count, limit):
    case = replace(CASE, text=" ".join(["word"] * count))
    orders = {**ORDERS, "motion.word_limit": Order(limit, "8.1")}
    finding = found("word limit", case, orders)
    assert (finding.verdict is Verdict.MET) == (count <= limit)
    assert (f"Take out {count - limit}." in finding.message) == (count > limit)


def test_without_a_limit_the_words_are_counted_and_the_limit_is_not_set():
    unset = found("word limit", orders={})
    assert unset.verdict is Verdict.NOT_SET
    assert unset.message == "It has 6 words; the branch has not set a limit."


def test_a_motion_needs_a_mover():
    assert found("mover", replace(CASE, mover=None)).verdict is Verdict.BROKEN


@pytest.mark.parametrize(
    ("standing", "verdict"),
    [
        (Standing.MEMBER, Verdict.MET),
        (Standing.PROBATION, Verdict.RULING),
        (None, Verdict.RULING),
        *(
            (each, Verdict.BROKEN)
            for each in Standing
            if each not in (Standing.MEMBER, Standing.PROBATION)
        ),
    ],
)
def test_mover_and_seconder_are_members_in_good_standing(standing, verdict):
    person = Person("Siân Pugh", standing, member=9)
    for rule, case in (
        ("mover", replace(CASE, mover=person)),
        ("seconder", replace(CASE, seconder=person)),
    ):
        finding = found(rule, case)
        assert finding.verdict is verdict
        assert "Siân Pugh" in finding.message


ARREARS = {**ORDERS, "vote.arrears_months": Order(3, "3.2")}


@pytest.mark.parametrize(
    ("since", "verdict", "says"),
    [
        (date(2026, 2, 12), Verdict.BROKEN, "owes £12.05 for 3 months; clause 3.2 stops at 3"),
        (date(2026, 2, 13), Verdict.MET, "owing £12.05 for 2 months; clause 3.2 allows that"),
        (date(2026, 6, 1), Verdict.MET, "0 months"),
        (None, Verdict.RULING, "since when is not known"),
    ],
)
def test_arrears_count_by_whole_months_up_to_the_meeting(since, verdict, says):
    owing = replace(MOVER, arrears_pence=1205, arrears_since=since)
    finding = found("mover", replace(CASE, mover=owing), ARREARS)
    assert finding.verdict is verdict
    assert says in finding.message


def test_arrears_without_a_rule_or_a_meeting_are_not_judged():
    owing = replace(MOVER, arrears_pence=5, arrears_since=date(2020, 1, 1))
    assert found("mover", replace(CASE, mover=owing)).verdict is Verdict.MET
    unmeasured = found("mover", replace(CASE, mover=owing), ARREARS, None)
    assert unmeasured.verdict is Verdict.RULING


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("meeting", Verdict.MET),
        ("writing", Verdict.BROKEN),
        ("none", Verdict.MET),
        (None, Verdict.NOT_SET),
    ],
)
def test_a_motion_nobody_seconds_yet_goes_by_the_branchs_rule(value, verdict):
    orders = {**ORDERS, "motion.seconder": Order(value, "9")}
    assert found("seconder", replace(CASE, seconder=None), orders).verdict is verdict


@pytest.mark.parametrize(
    ("seconder", "same"),
    [
        (replace(MOVER, name="G. Llewellyn"), True),
        (Person("gwen  LLEWELLYN"), True),
        (replace(MOVER, member=3), False),
    ],
)
def test_nobody_seconds_their_own_motion(seconder, same):
    verdict = found("seconder", replace(CASE, seconder=seconder)).verdict
    assert (verdict is Verdict.BROKEN) == same


NO_CONFIDENCE = replace(CASE, kind=MotionKind.NO_CONFIDENCE)


@pytest.mark.parametrize(
    ("set_", "missing"),
    [
        ({}, "what share carries it and what it is a share of"),
        ({"no_confidence.threshold": Order("2/3", "11")}, "not set what it is a share of"),
        ({"no_confidence.base": Order("voting")}, "not set what share carries it"),
    ],
)
def test_no_confidence_without_a_threshold_is_not_set_and_says_what_is_missing(set_, missing):
    finding = found("threshold", NO_CONFIDENCE, {**ORDERS, **set_})
    assert finding.verdict is Verdict.NOT_SET
    assert missing in finding.message


def test_no_confidence_names_its_threshold_and_what_that_is_a_share_of():
    orders = {
        **ORDERS,
        "no_confidence.threshold": Order("2/3", "11"),
        "no_confidence.base": Order("present"),
        "no_confidence.secret": Order("yes"),
    }
    finding = found("threshold", NO_CONFIDENCE, orders)
    assert finding == Finding(
        "threshold",
        "11",
        Verdict.MET,
        "Carries with at least two thirds of those present, abstentions included. "
        "The vote is a secret ballot.",
    )
    open_vote = {**orders, "no_confidence.secret": Order("no")}
    assert "secret" not in found("threshold", NO_CONFIDENCE, open_vote).message


@given(st.lists(st.sampled_from(Verdict)))
def test_broken_decides_then_what_is_open_then_all_is_well(verdicts):
    answer = in_order([Finding("rule", "", each, "") for each in verdicts])
    if Verdict.BROKEN in verdicts:
        assert answer is False
    elif Verdict.RULING in verdicts or Verdict.NOT_SET in verdicts:
        assert answer is None
    else:
        assert answer is True


def test_kinds_and_states_are_said_in_words():
    assert MotionKind.NO_CONFIDENCE.words == "motion of no confidence"
    assert MotionState.RULED_OUT.words == "ruled out of order"
    assert MotionState.CARRIED.words == "carried"
