"""The standing that follows from a history, whatever order it was entered in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.members.rules import (
    CURRENT,
    NO_FLAGS,
    Event,
    EventKind,
    ResignedCounts,
    Standing,
    changes_on,
    objection,
    standing_on,
    state_on,
    under_18,
)

DAY = date(2026, 5, 14)
START = date(2026, 1, 1)
KINDS = [kind for kind in EventKind if kind is not EventKind.STRUCK_OUT]
events = st.builds(
    Event,
    st.sampled_from(KINDS),
    effective_on=st.none() | st.integers(0, 40).map(lambda days: START + timedelta(days=days)),
)
histories = st.lists(events, max_size=12)


def at(kind: EventKind, day: int, **more) -> Event:
    return Event(kind, effective_on=START + timedelta(days=day), **more)


def after(*happened: Event, on: date = DAY, **more) -> tuple[Standing, set[str]]:
    standing, flags = standing_on(happened, on, **more)
    shown = ("resignation_said", "payment_stopped", "vanished")
    return standing, {flag for flag in shown if getattr(flags, flag)}


JOINED = at(EventKind.JOINED, 0)


@pytest.mark.parametrize(
    ("kind", "standing"),
    [
        (EventKind.RESIGNATION_RECORDED, Standing.RESIGNED),
        (EventKind.LAPSED, Standing.LAPSED),
        (EventKind.SUSPENDED, Standing.SUSPENDED),
        (EventKind.TRANSFERRED_OUT, Standing.TRANSFERRED),
        (EventKind.EXPELLED, Standing.EXPELLED),
        (EventKind.DIED, Standing.DIED),
        (EventKind.PROBATION_STARTED, Standing.PROBATION),
    ],
)
def test_each_leaving_has_its_own_standing(kind, standing):
    assert after(JOINED, at(kind, 5)) == (standing, set())


def test_saying_one_resigns_is_a_flag_until_hq_records_it():
    said = Event(EventKind.RESIGNATION_SAID, said_on=date(2026, 3, 1))
    assert after(JOINED, said) == (Standing.MEMBER, {"resignation_said"})
    recorded = Event(EventKind.RESIGNATION_RECORDED, hq_recorded_on=date(2026, 4, 1))
    assert after(JOINED, said, recorded) == (Standing.RESIGNED, set())
    assert after(JOINED, said, recorded, on=date(2026, 3, 31)) == (
        Standing.MEMBER,
        {"resignation_said"},
    )


def test_where_the_branch_counts_what_is_said_the_day_it_is_said_ends_the_membership():
    said = Event(EventKind.RESIGNATION_SAID, said_on=date(2026, 3, 1))
    counts = ResignedCounts.SAID
    assert after(JOINED, said, counts=counts) == (Standing.RESIGNED, {"resignation_said"})
    assert after(JOINED, said, counts=counts, on=date(2026, 2, 28)) == (Standing.MEMBER, set())
    withdrawn = at(EventKind.RESIGNATION_WITHDRAWN, 90)
    assert after(JOINED, said, withdrawn, counts=counts) == (Standing.MEMBER, set())


def test_hq_records_from_the_day_it_did_so_not_from_the_day_it_takes_effect():
    recorded = Event(
        EventKind.RESIGNATION_RECORDED, effective_on=START, hq_recorded_on=date(2026, 4, 1)
    )
    assert after(JOINED, recorded, on=date(2026, 3, 31))[0] is Standing.MEMBER


def test_a_stopped_payment_never_counts_as_a_resignation():
    stopped = at(EventKind.PAYMENT_STOPPED, 5)
    for counts in ResignedCounts:
        assert after(JOINED, stopped, counts=counts) == (Standing.MEMBER, {"payment_stopped"})


@pytest.mark.parametrize(
    ("flag", "up", "down"),
    [
        ("payment_stopped", EventKind.PAYMENT_STOPPED, EventKind.PAYMENT_RESUMED),
        ("resignation_said", EventKind.RESIGNATION_SAID, EventKind.RESIGNATION_WITHDRAWN),
        ("vanished", EventKind.VANISHED, EventKind.RETURNED),
    ],
)
def test_what_takes_a_flag_back_takes_only_that_flag(flag, up, down):
    flags = (EventKind.PAYMENT_STOPPED, EventKind.RESIGNATION_SAID, EventKind.VANISHED)
    raised = [at(kind, 5) for kind in flags]
    everything = {"payment_stopped", "resignation_said", "vanished"}
    assert after(JOINED, *raised) == (Standing.MEMBER, everything)
    assert after(JOINED, *raised, at(down, 6)) == (Standing.MEMBER, everything - {flag})
    assert after(JOINED, *raised, at(down, 6), at(up, 7))[1] == everything


def test_rejoining_clears_everything_from_before():
    for kind in (EventKind.LAPSED, EventKind.RESIGNATION_RECORDED, EventKind.EXPELLED):
        stopped = at(EventKind.PAYMENT_STOPPED, 2)
        assert after(JOINED, stopped, at(kind, 5), at(EventKind.REJOINED, 9)) == (
            Standing.MEMBER,
            set(),
        )
    flagged = [at(EventKind.RESIGNATION_SAID, 5), at(EventKind.PAYMENT_STOPPED, 6)]
    assert after(JOINED, *flagged, at(EventKind.REJOINED, 9)) == (Standing.MEMBER, set())


def test_rejoining_does_not_end_a_suspension():
    suspended = [JOINED, at(EventKind.PAYMENT_STOPPED, 1), at(EventKind.SUSPENDED, 2)]
    assert after(*suspended, at(EventKind.REJOINED, 3)) == (Standing.SUSPENDED, set())


def test_reinstatement_gives_back_what_there_was_before():
    started = at(EventKind.PROBATION_STARTED, 0)
    suspended, back = at(EventKind.SUSPENDED, 3), at(EventKind.REINSTATED, 8)
    assert after(started, suspended, back)[0] is Standing.PROBATION
    assert after(JOINED, suspended, back)[0] is Standing.MEMBER
    assert after(JOINED, at(EventKind.EXPELLED, 3), back)[0] is Standing.MEMBER
    assert after(JOINED, at(EventKind.DIED, 3), back)[0] is Standing.DIED


def test_from_application_through_probation_to_membership():
    applied, probation = at(EventKind.APPLIED, 0), at(EventKind.PROBATION_STARTED, 10)
    admitted = at(EventKind.ADMITTED, 30)
    assert after(applied)[0] is Standing.APPLICANT
    assert after(applied, probation)[0] is Standing.PROBATION
    assert after(applied, probation, admitted)[0] is Standing.MEMBER
    assert after(applied, at(EventKind.PAYMENT_STOPPED, 1), admitted) == (
        Standing.MEMBER,
        {"payment_stopped"},
    )


def test_what_lies_ahead_does_not_count_yet_and_says_when_it_will():
    ahead = Event(EventKind.LAPSED, effective_on=DAY + timedelta(days=1))
    assert after(JOINED, ahead)[0] is Standing.MEMBER
    assert changes_on([JOINED, ahead], DAY) == DAY + timedelta(days=1)
    assert after(JOINED, ahead, on=DAY + timedelta(days=1))[0] is Standing.LAPSED
    assert changes_on([JOINED, ahead], DAY + timedelta(days=1)) is None


def test_nobody_has_a_standing_before_their_first_event_but_as_an_applicant():
    assert standing_on([], DAY) == (Standing.APPLICANT, NO_FLAGS)
    assert after(JOINED, on=date(2025, 12, 31))[0] is Standing.APPLICANT


def test_an_event_of_unknown_date_has_always_counted():
    assert after(Event(EventKind.JOINED), on=date(1900, 1, 1))[0] is Standing.MEMBER


def test_a_corrected_event_no_longer_counts_and_the_one_in_its_place_does():
    wrong = Event(EventKind.LAPSED, effective_on=START, id=7)
    right = Event(EventKind.SUSPENDED, effective_on=START, id=8, corrects=7)
    assert after(JOINED, wrong, right)[0] is Standing.SUSPENDED
    struck = Event(EventKind.STRUCK_OUT, effective_on=DAY + timedelta(days=9), id=9, corrects=7)
    assert after(JOINED, wrong, struck)[0] is Standing.MEMBER


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(history, chance):
    shuffled = list(history)
    chance.shuffle(shuffled)
    for day in (0, 10, 25, 40):
        on = START + timedelta(days=day)
        assert standing_on(shuffled, on) == standing_on(history, on)


@given(histories)
def test_flags_are_only_of_those_who_have_not_left(history):
    standing, flags = standing_on(history, DAY)
    if standing not in CURRENT and standing is not Standing.APPLICANT:
        assert flags == NO_FLAGS


@given(histories)
def test_a_stopped_payment_changes_no_standing_at_all(history):
    payments = {EventKind.PAYMENT_STOPPED, EventKind.PAYMENT_RESUMED, EventKind.VANISHED}
    without = [event for event in history if event.kind not in payments]
    assert standing_on(history, DAY)[0] is standing_on(without, DAY)[0]


@given(histories, events)
def test_what_is_not_objected_to_makes_the_difference_it_says(history, event):
    day = event.day if event.day > date.min else DAY
    if objection(history, event.kind, day):
        return
    before = state_on(history, day)
    then = state_on([*history, Event(event.kind, effective_on=day)], day)
    later = [each for each in history if each.day >= day]
    assert then != before or later


@pytest.mark.parametrize(
    ("history", "kind", "words"),
    [
        ([JOINED, at(EventKind.LAPSED, 3)], EventKind.RESIGNATION_SAID, "has left already (lapsed"),
        ([JOINED, at(EventKind.LAPSED, 3)], EventKind.JOINED, "record “rejoined” instead"),
        ([JOINED], EventKind.JOINED, "is a member already"),
        ([JOINED], EventKind.TRANSFERRED_IN, "is a member already"),
        ([JOINED], EventKind.ADMITTED, "is a member already"),
        ([JOINED], EventKind.REJOINED, "has not left"),
        ([at(EventKind.APPLIED, 0)], EventKind.APPLIED, "has applied already"),
        ([at(EventKind.PROBATION_STARTED, 0)], EventKind.PROBATION_STARTED, "on probation already"),
        ([JOINED, at(EventKind.SUSPENDED, 2)], EventKind.PROBATION_STARTED, "is suspended"),
        ([JOINED, at(EventKind.SUSPENDED, 2)], EventKind.SUSPENDED, "cannot be suspended"),
        ([], EventKind.SUSPENDED, "is not yet a member, so cannot be suspended"),
        ([], EventKind.LAPSED, "was not yet a member on that day"),
        ([JOINED], EventKind.REINSTATED, "nothing to reinstate"),
        ([JOINED], EventKind.PAYMENT_RESUMED, "not down as having stopped paying"),
        ([JOINED], EventKind.RESIGNATION_WITHDRAWN, "no resignation waiting"),
        ([JOINED], EventKind.RETURNED, "not down as vanished"),
        (
            [JOINED, at(EventKind.RESIGNATION_SAID, 2)],
            EventKind.RESIGNATION_SAID,
            "said they resign already on 3 January 2026",
        ),
        (
            [JOINED, at(EventKind.PAYMENT_STOPPED, 2)],
            EventKind.PAYMENT_STOPPED,
            "stopped paying already",
        ),
        ([JOINED, at(EventKind.VANISHED, 2)], EventKind.VANISHED, "vanished from HQ's list"),
        ([JOINED, at(EventKind.DIED, 2)], EventKind.LAPSED, "died on 3 January 2026"),
    ],
)
def test_a_contradiction_is_said_in_words(history, kind, words):
    assert words in objection(history, kind, DAY)


@pytest.mark.parametrize(
    ("history", "kind"),
    [
        ([JOINED], EventKind.RESIGNATION_SAID),
        ([JOINED], EventKind.SUSPENDED),
        ([JOINED, at(EventKind.SUSPENDED, 2)], EventKind.REINSTATED),
        ([JOINED, at(EventKind.LAPSED, 2)], EventKind.REJOINED),
        ([JOINED, at(EventKind.LAPSED, 2)], EventKind.TRANSFERRED_IN),
        ([JOINED, at(EventKind.LAPSED, 2)], EventKind.DIED),
        ([JOINED, at(EventKind.PAYMENT_STOPPED, 2)], EventKind.REJOINED),
        ([], EventKind.JOINED),
        ([at(EventKind.APPLIED, 0)], EventKind.ADMITTED),
    ],
)
def test_what_can_be_is_not_objected_to(history, kind):
    assert objection(history, kind, DAY) == ""


@pytest.mark.parametrize(
    ("born_on", "on", "young"),
    [
        (date(2008, 5, 15), DAY, True),
        (date(2008, 5, 14), DAY, False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
        (None, DAY, False),
    ],
)
def test_under_18_to_the_day(born_on, on, young):
    assert under_18(born_on, on) is young
