"""What happens to members, and that their standing keeps up with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_desk.members import records, rules
from branch_desk.members.records import Channel, NewEvent, dated
from branch_desk.members.rules import EventKind, Standing
from branch_desk.slices import SLICES
from branch_desk.store import audit
from branch_desk.store.errors import Conflict, DeskError, Invalid, Missing
from branch_desk.store.links import Ref
from branch_desk.store.store import Store

TODAY = date(2026, 5, 14)
JOINED = date(2020, 1, 2)
KINDS = [kind for kind in EventKind if kind is not EventKind.STRUCK_OUT]


@pytest.fixture
def gwen(store):
    return records.add(store, surname="ap Rhys", forename="Gwen", joined_on=JOINED)


def test_an_event_keeps_its_dates_its_note_and_its_evidence(store, gwen):
    letter = Ref("hq_list", 1)
    made = records.record_event(
        store,
        gwen,
        EventKind.RESIGNATION_SAID,
        said_on=date(2026, 5, 1),
        effective_on=date(2026, 6, 1),
        note=" By e-mail ",
        evidence=letter,
    )
    event = records.events(store, gwen)[-1]
    assert (event.id, event.said_on, event.note) == (made, date(2026, 5, 1), "By e-mail")
    assert (event.evidence, event.effective_on) == ((letter,), date(2026, 6, 1))
    assert event.entered_at == datetime(2026, 5, 14, 12, tzinfo=UTC)
    assert records.get(store, gwen).resignation_said
    assert store.title(Ref("member_event", made)) == "Gwen ap Rhys: resignation said"


@pytest.mark.parametrize(
    ("kind", "dates"),
    [
        (EventKind.RESIGNATION_SAID, (TODAY, None, None)),
        (EventKind.LAPSED, (None, TODAY, None)),
        (EventKind.RESIGNATION_RECORDED, (None, TODAY, TODAY)),
    ],
)
def test_without_a_date_it_happened_today_and_the_day_stands_where_the_kind_keeps_it(
    store, gwen, kind, dates
):
    records.record_event(store, gwen, kind)
    event = records.events(store, gwen)[-1]
    assert (event.said_on, event.effective_on, event.hq_recorded_on) == dates


def test_a_contradiction_is_refused_with_the_name_and_nothing_is_kept(store, gwen):
    records.record_event(store, gwen, EventKind.LAPSED, effective_on=date(2026, 1, 1))
    with pytest.raises(Conflict, match="Gwen ap Rhys has left already"):
        records.record_event(store, gwen, EventKind.RESIGNATION_SAID)
    with pytest.raises(Missing):
        records.record_event(store, 999, EventKind.LAPSED)
    assert len(records.events(store, gwen)) == 2


def test_an_event_that_lies_before_what_is_recorded_is_taken(store, gwen):
    records.record_event(store, gwen, EventKind.RESIGNATION_RECORDED, hq_recorded_on=TODAY)
    records.record_event(store, gwen, EventKind.RESIGNATION_SAID, said_on=date(2026, 3, 5))
    found = records.backlog(store, TODAY)
    assert (found.waiting, found.recorded, found.took_longest_days) == (0, 1, 70)
    assert records.get(store, gwen).standing is Standing.RESIGNED


def test_stopping_to_pay_and_paying_again_show_in_the_payment(store, gwen):
    records.record_event(store, gwen, EventKind.PAYMENT_STOPPED)
    stopped = records.get(store, gwen)
    assert (stopped.payment_stopped, stopped.payment.value) == (True, "stopped")
    records.record_event(store, gwen, EventKind.PAYMENT_RESUMED)
    resumed = records.get(store, gwen)
    assert (resumed.payment_stopped, resumed.payment.value) == (False, "paid")


def test_one_undo_takes_back_the_event_and_what_followed_from_it(store, gwen):
    before = records.as_stored(store)
    records.record_event(store, gwen, EventKind.EXPELLED)
    assert records.get(store, gwen).standing is Standing.EXPELLED
    assert store.undo() == "Record an event: expelled"
    assert records.as_stored(store) == before
    assert [event.kind for event in records.events(store, gwen)] == [EventKind.JOINED]


def test_a_wrong_event_is_corrected_once_and_stays_to_be_seen(store, gwen):
    wrong = records.record_event(store, gwen, EventKind.LAPSED, effective_on=date(2026, 1, 1))
    right = NewEvent(EventKind.SUSPENDED, effective_on=date(2026, 1, 1), corrects=wrong)
    made = records.record(store, gwen, right)
    assert records.get(store, gwen).standing is Standing.SUSPENDED
    assert {event.id for event in records.events(store, gwen)} >= {wrong, made}
    with pytest.raises(Conflict, match="corrected before"):
        records.record(store, gwen, right)


def test_an_event_is_struck_out(store, gwen):
    wrong = records.record_event(store, gwen, EventKind.DIED)
    with pytest.raises(Invalid, match="which event"):
        records.record_event(store, gwen, EventKind.STRUCK_OUT)
    with pytest.raises(Missing, match="no event with the id 999"):
        records.record(store, gwen, NewEvent(EventKind.STRUCK_OUT, corrects=999))
    struck = records.record(store, gwen, NewEvent(EventKind.STRUCK_OUT, corrects=wrong))
    assert records.get(store, gwen).standing is Standing.MEMBER
    with pytest.raises(Conflict, match="not corrected itself"):
        records.record(store, gwen, NewEvent(EventKind.LAPSED, corrects=struck))


def test_evidence_can_be_added_later(store, gwen):
    made = records.record_event(store, gwen, EventKind.LAPSED)
    records.add_evidence(store, made, Ref("hq_list", 3))
    assert records.events(store, gwen)[-1].evidence == (Ref("hq_list", 3),)
    with pytest.raises(Missing):
        records.add_evidence(store, 999, Ref("hq_list", 3))


def test_somebody_is_added_with_what_shows_it(store):
    made = records.add(store, surname="Okafor", evidence=Ref("hq_list", 4), note="At the stall")
    event = records.events(store, made)[0]
    assert (event.evidence, event.note) == ((Ref("hq_list", 4),), "At the stall")


@pytest.fixture
def opened(branch_file, template):
    """Open the branch on a day."""

    def at(day: date, **more) -> Store:
        now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        hands = {"clock": lambda: now, "random": Random(1), "actor": "tester"}
        return Store.open(branch_file, template[1], SLICES, **hands, **more)

    return at


def test_what_lies_ahead_counts_when_its_day_comes(opened):
    day = date(2026, 6, 1)
    with opened(TODAY) as store:
        gwen = records.add(store, surname="ap Rhys", joined_on=JOINED)
        records.record_event(store, gwen, EventKind.LAPSED, effective_on=day)
        assert records.get(store, gwen).standing is Standing.MEMBER
        assert records.due(store) == records.keep_up(store) == 0
    with opened(TODAY, today=day) as store:
        assert records.get(store, gwen).standing is Standing.MEMBER
        assert records.many_on(store, [gwen], day)[0].standing is Standing.LAPSED
        assert records.due(store) == records.keep_up(store) == 0
    with opened(day) as store:
        assert records.due(store) == 0
        assert records.get(store, gwen).standing is Standing.LAPSED
        assert records.keep_up(store) == 0


def test_what_is_done_as_on_a_day_ahead_counts_when_that_day_comes(opened):
    day = date(2030, 1, 1)
    with opened(TODAY, today=day) as store:
        gwen = records.add(store, surname="ap Rhys", on=day)
        zofia = records.add(store, surname="Nowak", joined_on=JOINED)
        records.record_event(store, zofia, EventKind.LAPSED)
        assert records.get(store, gwen).standing is not Standing.MEMBER
        assert records.get(store, zofia).standing is Standing.MEMBER
        assert records.events(store, zofia)[-1].day == day
        entered = store.column("SELECT substr(entered_at, 1, 10) FROM member_event")
        assert set(entered) == {TODAY.isoformat()}
        assert {entry.at.date() for entry in audit.entries(store.database, 3)} == {TODAY}
    with opened(day) as store:
        assert records.get(store, gwen).standing is Standing.MEMBER
        assert records.get(store, zofia).standing is Standing.LAPSED


def test_what_came_by_itself_is_no_step_of_undo_and_in_no_one_s_way(opened):
    day = date(2026, 6, 1)
    with opened(TODAY) as store:
        gwen = records.add(store, surname="ap Rhys", joined_on=JOINED)
        zofia = records.add(store, surname="Nowak", joined_on=JOINED)
        records.record_event(store, zofia, EventKind.LAPSED, effective_on=day)
        records.record_event(store, gwen, EventKind.EXPELLED, effective_on=day)
    with opened(day) as store:

        def standings():
            return [each.standing for each in records.many(store, [gwen, zofia])]

        assert standings() == [Standing.EXPELLED, Standing.LAPSED]
        assert store.undo() == "Record an event: expelled"
        assert standings() == [Standing.MEMBER, Standing.LAPSED]
        assert store.undo() == "Record an event: lapsed"
        assert standings() == [Standing.MEMBER, Standing.MEMBER]
        assert store.redo() == "Record an event: lapsed"
        assert standings() == [Standing.MEMBER, Standing.LAPSED]
        assert store.redo() == "Record an event: expelled"
        assert standings() == [Standing.EXPELLED, Standing.LAPSED]
        with pytest.raises(Conflict, match="nothing to redo"):
            store.redo()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    entries=st.lists(
        st.tuples(st.sampled_from(KINDS), st.integers(0, 60), st.booleans()), max_size=12
    )
)
def test_what_is_kept_of_a_member_is_what_the_rules_say(store, entries):
    member = records.add(store, surname="Okafor", joined_on=date(2026, 4, 1))
    for kind, days, bulk in entries:
        new = dated(kind, date(2026, 4, 1) + timedelta(days=days))
        if bulk:
            records.record_events(store, [(member, new)])
            continue
        try:
            records.record(store, member, new)
        except DeskError:
            continue
    kept = records.get(store, member)
    standing, flags = rules.standing_on(records.histories(store, [member])[member], TODAY)
    assert (kept.standing, kept.resignation_said, kept.payment_stopped, kept.vanished) == (
        standing,
        flags.resignation_said,
        flags.payment_stopped,
        flags.vanished,
    )
    assert records.standing_of(store, [member], TODAY) == {member: (standing, flags)}


def test_flows_of_the_whole_branch(store, gwen):
    other = records.add(store, surname="Baran", joined_on=date(2026, 2, 1))
    records.record_event(store, gwen, EventKind.RESIGNATION_SAID, said_on=date(2026, 3, 1))
    records.record_event(store, other, EventKind.LAPSED, effective_on=date(2026, 4, 1))
    found = records.flows(store, date(2026, 1, 1), TODAY)
    assert (found.opening, found.joined, found.closing, found.backlog) == (1, 1, 1, 1)
    assert found.left[Standing.LAPSED] == 1
    with pytest.raises(Invalid, match="before it starts"):
        records.flows(store, TODAY, date(2026, 1, 1))


def test_a_branch_with_nobody_has_flows_of_nothing(store):
    found = records.flows(store, date(2026, 1, 1), TODAY)
    assert (found.opening, found.closing) == (0, 0)


def test_the_latest_decision_on_a_channel_holds(store, gwen):
    assert records.may_reach(store, gwen, Channel.EMAIL) is None
    records.set_consent(
        store, gwen, Channel.EMAIL, given=True, on=date(2025, 1, 1), wording=" Yes "
    )
    assert records.may_reach(store, gwen, Channel.EMAIL) is True
    assert records.reachable(store, Channel.EMAIL) == [gwen]
    records.set_consent(store, gwen, Channel.EMAIL, given=False)
    assert records.may_reach(store, gwen, Channel.EMAIL) is False
    assert records.reachable(store, Channel.EMAIL) == []
    latest, first = records.consents(store, gwen)
    assert (latest.decided_on, latest.given, first.wording) == (TODAY, False, "Yes")
    assert records.latest_consents(store) == {(gwen, "email"): False}
    with pytest.raises(Missing):
        records.set_consent(store, 999, Channel.POST, given=True)
