"""HQ's list against our own: who joined, left, changed, conflicts, vanished; applied and undone."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_desk.branch import records as branch
from branch_desk.members import records
from branch_desk.members.exchange import Decisions, Outcome, apply, export_csv, review
from branch_desk.members.records import Channel, Payment
from branch_desk.members.rules import CURRENT, EventKind, Standing
from branch_desk.store.errors import Conflict, Invalid

TODAY = date(2026, 5, 14)
TITLES = ["Membership No", "Surname", "Forename", "Postcode", "Email", "Joined", "Status"]
GWEN = ["0012", "ap Rhys", "Gwen", "SY23 1AB", "gwen@example.org", "01/03/2019", "Active"]
ADA = ["0013", "Okafor", "Ada", "SY23 1AC", "ada@example.org", "02/01/2020", "Active"]
ZOFIA = ["0014", "Baran", "Zofia", "SY23 1AD", "zofia@example.org", "03/05/2021", "Active"]


def table(*rows, titles=TITLES) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([titles, *rows])
    return out.getvalue().encode()


def bring_in(store, *rows, as_of=TODAY, **more):
    made = review(store, table(*rows, **more), "list.csv", as_of=as_of)
    apply(store, made)
    return made


def figures(made) -> dict[str, int]:
    found = {
        outcome.value: len(getattr(made, outcome.value))
        for outcome in Outcome
        if outcome is not Outcome.UNCHANGED
    }
    found["unchanged"] = made.unchanged
    return {name: number for name, number in found.items() if number}


def by_number(store) -> dict[str, records.Member]:
    return {member.number: member for member in records.many(store, records.ids(store))}


def everything(store) -> list[list[dict]]:
    tables = ("member", "member_event", "consent", "hq_list", "link")
    return [store.rows(f"SELECT * FROM {each} ORDER BY id") for each in tables]  # noqa: S608


@pytest.fixture
def two(store):
    """Gwen and Ada, from HQ's list of a month ago."""
    bring_in(store, GWEN, ADA, as_of=date(2026, 4, 14))
    return store


def changed(row, place, value):
    return [*row[:place], value, *row[place + 1 :]]


def test_a_first_list_fills_an_empty_branch(store):
    made = bring_in(store, GWEN, ADA)
    assert figures(made) == {"joined": 2}
    gwen = by_number(store)["0012"]
    assert (gwen.name, gwen.joined_on, gwen.standing) == (
        "Gwen ap Rhys",
        date(2019, 3, 1),
        Standing.MEMBER,
    )
    assert made.columns["Membership No"] == "number"


def test_the_review_itself_changes_nothing(two):
    before = everything(two)
    review(two, table(changed(GWEN, 1, "Jones"), ZOFIA), "list.csv")
    assert everything(two) == before


def test_the_same_list_again_changes_nobody_and_says_so(two):
    made = review(two, table(GWEN, ADA), "list.csv")
    assert figures(made) == {"unchanged": 2}
    assert made.quiet
    assert "was brought in before, as of 2026-04-14" in made.problems[0].message


def test_every_kind_of_change_in_one_list_is_one_undo(two):
    before = everything(two)
    made = bring_in(two, changed(GWEN, 4, "new@example.org"), ZOFIA)
    assert figures(made) == {"joined": 1, "changed": 1, "vanished": 1}
    change = made.changed[0].changes[0]
    assert (change.field, change.before, change.after) == (
        "email",
        "gwen@example.org",
        "new@example.org",
    )
    members = by_number(two)
    assert members["0012"].email == "new@example.org"
    assert (members["0013"].vanished, members["0013"].standing) == (True, Standing.MEMBER)
    assert members["0014"].standing is Standing.MEMBER
    assert re.fullmatch(r"Bring in HQ's list of \d+ \w+ 2026", two.undo())
    assert everything(two) == before
    two.redo()
    assert by_number(two)["0012"].email == "new@example.org"


def test_who_is_missing_has_vanished_once_and_comes_back(two):
    assert figures(bring_in(two, GWEN, as_of=date(2026, 4, 20))) == {"vanished": 1, "unchanged": 1}
    again = bring_in(two, GWEN, as_of=date(2026, 4, 27))
    assert (figures(again), again.still_vanished) == ({"unchanged": 1}, 1)
    back = bring_in(two, GWEN, ADA)
    assert figures(back) == {"changed": 1, "unchanged": 1}
    ada = by_number(two)["0013"]
    kinds = [event.kind for event in records.events(two, ada.id)]
    assert kinds == [EventKind.JOINED, EventKind.VANISHED, EventKind.RETURNED]
    assert not ada.vanished


def test_nobody_vanishes_from_a_list_older_than_their_joining(two):
    made = review(two, table(GWEN), "list.csv", as_of=date(2019, 12, 31))
    assert figures(made) == {"unchanged": 1}


def test_those_who_left_long_ago_do_not_vanish(two):
    ada = by_number(two)["0013"].id
    records.record_event(two, ada, EventKind.LAPSED)
    assert figures(review(two, table(GWEN), "list.csv")) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("word", "standing"),
    [
        ("Resigned", Standing.RESIGNED),
        ("LAPSED", Standing.LAPSED),
        ("Deceased", Standing.DIED),
        ("Transferred out", Standing.TRANSFERRED),
        ("Expelled", Standing.EXPELLED),
        ("Cancelled", Standing.LAPSED),
    ],
)
def test_hqs_list_marks_who_left_with_its_own_date(two, word, standing):
    titles = [*TITLES, "Date left"]
    made = bring_in(two, [*changed(GWEN, 6, word), "01/05/2026"], [*ADA, ""], titles=titles)
    assert figures(made) == {"left": 1, "unchanged": 1}
    gwen = by_number(two)["0012"]
    assert gwen.standing is standing
    event = records.events(two, gwen.id)[-1]
    assert (event.day, event.note) == (date(2026, 5, 1), f"From HQ's list: “{word}”")
    again = [*changed(GWEN, 6, word), "01/05/2026"]
    assert figures(review(two, table(again, [*ADA, ""], titles=titles), "l.csv")) == {
        "unchanged": 2
    }


def test_a_leaving_of_no_said_kind_answers_the_resignation_that_waits(two):
    gwen = by_number(two)["0012"].id
    records.record_event(two, gwen, EventKind.RESIGNATION_SAID, said_on=date(2026, 4, 20))
    bring_in(two, changed(GWEN, 6, "Cancelled"), ADA)
    event = records.events(two, gwen)[-1]
    assert (event.kind, event.hq_recorded_on) == (EventKind.RESIGNATION_RECORDED, TODAY)
    assert records.backlog(two, TODAY).took_longest_days == 24


def test_hq_cannot_have_recorded_a_resignation_before_it_was_told(two):
    gwen = by_number(two)["0012"].id
    said = date(2026, 4, 20)
    records.record_event(two, gwen, EventKind.RESIGNATION_SAID, said_on=said)
    titles = [*TITLES, "Date left"]
    bring_in(two, [*changed(GWEN, 6, "Resigned"), "20/04/2026"], [*ADA, ""], titles=titles)
    event = records.events(two, gwen)[-1]
    assert (event.effective_on, event.hq_recorded_on) == (said, TODAY)
    assert records.backlog(two, TODAY).took_longest_days == 24


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("Resigned by letter", EventKind.RESIGNATION_RECORDED),
        ("In arrears six months", EventKind.LAPSED),
        ("Moved to another branch", EventKind.TRANSFERRED_OUT),
        ("Who knows", EventKind.LAPSED),
    ],
)
def test_a_leaving_date_alone_marks_a_leaving_and_the_reason_says_which(two, reason, kind):
    titles = [*TITLES[:6], "Leaving date", "Reason for leaving"]
    bring_in(two, [*GWEN[:6], "1 May 2026", reason], [*ADA[:6], "", ""], titles=titles)
    assert records.events(two, by_number(two)["0012"].id)[-1].kind is kind


def test_an_end_date_still_to_come_is_no_leaving(two):
    titles = [*TITLES[:6], "End date"]
    made = bring_in(two, [*GWEN[:6], "31/12/2026"], [*ADA[:6], ""], titles=titles)
    assert figures(made) == {"unchanged": 2}


def test_a_leaving_date_before_the_joining_is_taken_for_an_older_one(two):
    titles = [*TITLES, "Date left"]
    row = [*changed(GWEN, 6, "Lapsed"), "01/05/2010"]
    bring_in(two, row, [*ADA, ""], titles=titles)
    gwen = by_number(two)["0012"]
    assert gwen.standing is Standing.LAPSED
    assert records.events(two, gwen.id)[-1].day == TODAY


def test_somebody_who_left_before_we_knew_them_is_kept_as_having_left(store):
    made = bring_in(store, GWEN, changed(ADA, 6, "Resigned"))
    assert figures(made) == {"joined": 1, "left": 1}
    assert by_number(store)["0013"].standing is Standing.RESIGNED


def test_what_hq_leaves_blank_never_wipes_what_we_have(two):
    gwen = by_number(two)["0012"].id
    records.change_details(two, gwen, phone="020 7946 0018", notes="Brings cake")
    made = bring_in(two, ["0012", "ap Rhys", "Gwen", "", "", "", ""], ADA)
    assert figures(made) == {"unchanged": 2}
    kept = records.get(two, gwen)
    assert (kept.email, kept.phone, kept.notes) == (
        "gwen@example.org",
        "020 7946 0018",
        "Brings cake",
    )


@pytest.mark.parametrize(
    "row",
    [
        changed(GWEN, 0, "12"),
        changed(GWEN, 1, "AP RHYS"),
        changed(GWEN, 3, "sy231ab"),
        changed(GWEN, 4, "GWEN@example.org"),
        changed(GWEN, 5, "2019-03-01"),
    ],
)
def test_another_spelling_of_the_same_is_no_change(two, row):
    assert figures(review(two, table(row, ADA), "list.csv")) == {"unchanged": 2}


def test_a_number_regains_the_zeros_a_spreadsheet_took(store):
    bring_in(store, changed(GWEN, 0, "12"))
    made = bring_in(store, GWEN)
    assert figures(made) == {"changed": 1}
    assert list(by_number(store)) == ["0012"]


def test_a_marriage_is_a_change_of_name_but_another_person_is_a_conflict(two):
    made = review(two, table(changed(GWEN, 1, "Jones"), ADA), "list.csv")
    assert figures(made) == {"changed": 1, "unchanged": 1}
    other = ["0012", "Quill", "Tomos", "LL55 2AA", "tomos@example.org", "", ""]
    made = review(two, table(other, ADA), "list.csv")
    assert figures(made) == {"conflicting": 1, "unchanged": 1}
    assert made.conflicting[0].message == (
        "Number 0012 is Gwen ap Rhys with us and Tomos Quill on HQ's list."
    )


def test_two_rows_of_one_number_conflict_and_nobody_is_touched(two):
    before = records.as_stored(two)
    made = bring_in(two, GWEN, changed(GWEN, 2, "Gwenllian"), ADA)
    assert figures(made) == {"conflicting": 2, "unchanged": 1}
    assert made.conflicting[0].message == "Rows 2 and 3 have the same number 0012."
    assert records.as_stored(two) == before


def test_the_same_row_twice_counts_once(two):
    made = review(two, table(GWEN, GWEN, ADA), "list.csv")
    assert figures(made) == {"unchanged": 2}
    assert (made.rows, made.skipped) == (3, 1)
    assert made.problems[0].row == 3
    assert "the same as row 2" in made.problems[0].message


def test_without_a_number_the_name_and_postcode_or_email_find_the_person(store):
    for details in (
        {"surname": "ap Rhys", "forename": "Gwen", "postcode": "SY23 1AB"},
        {"surname": "Okafor", "forename": "Adaeze", "known_as": "Ada", "email": "ADA@example.org"},
    ):
        records.add(store, **details, joined_on=date(2020, 1, 1))
    made = bring_in(store, GWEN, ADA)
    assert figures(made) == {"changed": 2}
    assert set(by_number(store)) == {"0012", "0013"}


def test_a_name_alone_is_a_doubt_and_a_different_address_another_person(store):
    records.add(store, surname="ap Rhys", forename="Gwen")
    records.add(store, surname="Okafor", forename="Ada", postcode="CF10 1AA", number="0999")
    made = review(store, table(GWEN, ADA), "list.csv")
    assert figures(made) == {"conflicting": 1, "joined": 1, "vanished": 1}
    assert "nothing else shows whether it is the same person" in made.conflicting[0].message


def test_two_of_one_name_and_address_are_told_apart_by_birth_or_are_a_doubt(store):
    for born in (date(1960, 1, 1), date(1990, 1, 1)):
        records.add(store, surname="ap Rhys", forename="Gwen", postcode="SY23 1AB", born_on=born)
    assert review(store, table(GWEN), "l.csv").conflicting[0].message == (
        "2 of ours could be Gwen ap Rhys."
    )
    made = bring_in(store, [*GWEN, "1/1/1990"], titles=[*TITLES, "DOB"])
    assert len(made.changed) == 1
    assert by_number(store)["0012"].born_on == date(1990, 1, 1)


def test_two_rows_that_both_seem_to_be_one_of_us_are_a_doubt(store):
    records.add(store, surname="ap Rhys", forename="Gwen", postcode="SY23 1AB")
    made = review(store, table(GWEN, changed(GWEN, 0, "0099")), "list.csv")
    assert figures(made) == {"conflicting": 2}
    assert made.conflicting[0].message == "Rows 2 and 3 both seem to be Gwen ap Rhys."


def test_somebody_who_lapsed_and_is_listed_again_has_rejoined(two):
    gwen = by_number(two)["0012"].id
    records.record_event(two, gwen, EventKind.LAPSED, effective_on=date(2026, 4, 20))
    made = bring_in(two, GWEN, ADA)
    assert figures(made) == {"joined": 1, "unchanged": 1}
    assert records.get(two, gwen).standing is Standing.MEMBER
    assert records.flows(two, date(2026, 5, 1), TODAY).rejoined == 1


def test_somebody_whose_resignation_was_recorded_rejoins_only_by_a_later_date(two):
    gwen = by_number(two)["0012"].id
    records.record_event(
        two, gwen, EventKind.RESIGNATION_RECORDED, hq_recorded_on=date(2026, 4, 20)
    )
    made = review(two, table(GWEN, ADA), "list.csv")
    assert "we have resigned since 2026-04-20" in made.conflicting[0].message
    made = bring_in(two, changed(GWEN, 5, "01/05/2026"), ADA)
    assert figures(made) == {"joined": 1, "unchanged": 1}
    assert records.get(two, gwen).standing is Standing.MEMBER


def test_the_dead_do_not_come_back_by_a_list(two):
    gwen = by_number(two)["0012"].id
    records.record_event(two, gwen, EventKind.DIED)
    made = review(two, table(changed(GWEN, 5, "01/05/2026"), ADA), "list.csv")
    assert figures(made) == {"conflicting": 1, "unchanged": 1}


def test_hq_says_otherwise_how_somebody_left_and_it_is_only_said(two):
    records.record_event(two, by_number(two)["0012"].id, EventKind.LAPSED)
    made = review(two, table(changed(GWEN, 6, "Expelled"), ADA), "list.csv")
    assert figures(made) == {"unchanged": 2}
    assert made.problems[0].message == "HQ's list says expelled; we have Gwen ap Rhys as lapsed."


def test_suspension_probation_and_application_are_taken_from_the_list(store):
    rows = [
        changed(GWEN, 6, "Suspended"),
        changed(ADA, 6, "Probationary"),
        changed(ZOFIA, 6, "Pending"),
    ]
    bring_in(store, *rows, as_of=date(2026, 5, 1))
    members = by_number(store)
    assert [members[number].standing for number in ("0012", "0013", "0014")] == [
        Standing.SUSPENDED,
        Standing.PROBATION,
        Standing.APPLICANT,
    ]
    made = bring_in(store, rows[0], changed(ADA, 6, "Suspended"), ZOFIA)
    assert figures(made) == {"changed": 1, "joined": 1, "unchanged": 1}
    members = by_number(store)
    assert members["0013"].standing is Standing.SUSPENDED
    assert members["0014"].standing is Standing.MEMBER


def test_payments_stop_and_resume_with_the_list(two):
    titles = [*TITLES, "Payment status", "Arrears"]
    bring_in(two, [*GWEN, "DD cancelled", "£12.50"], [*ADA, "Paid", "0"], titles=titles)
    gwen = by_number(two)["0012"]
    assert (gwen.payment_stopped, gwen.payment, gwen.arrears_pence) == (
        True,
        Payment.STOPPED,
        1250,
    )
    bring_in(two, [*GWEN, "Paid", "0.00"], [*ADA, "Paid", "0"], titles=titles)
    gwen = by_number(two)["0012"]
    assert (gwen.payment_stopped, gwen.payment, gwen.arrears_pence) == (False, Payment.PAID, 0)


def test_a_newcomer_who_has_stopped_paying_is_flagged(store):
    bring_in(store, [*GWEN, "Cancelled"], titles=[*TITLES, "Payment status"])
    assert by_number(store)["0012"].payment_stopped


def test_words_nobody_knows_are_kept_and_said(store):
    titles = [*TITLES, "Payment status", "Arrears", "DOB", "OK to email"]
    made = bring_in(store, [*changed(GWEN, 6, "Gold"), "Goat", "many", "soon", "?"], titles=titles)
    said = {problem.column: problem.message for problem in made.problems}
    assert said["Status"].startswith("“Gold” is no standing we know")
    assert said["Payment status"].startswith("“Goat” is no state of payment")
    assert said["Arrears"] == "“many” is not a sum of money; write it as 12.50."
    assert said["DOB"].startswith("“soon” is not a date")
    assert said["OK to email"] == "“?” is neither yes nor no."
    gwen = by_number(store)["0012"]
    assert gwen.extra == {"Status": "Gold", "Payment": "Goat"}


def test_consents_are_kept_with_their_day_and_change_with_the_list(store):
    titles = [*TITLES, "OK to email", "OK to post"]
    bring_in(store, [*GWEN, "yes", ""], titles=titles, as_of=date(2026, 5, 1))
    gwen = by_number(store)["0012"].id
    assert records.may_reach(store, gwen, Channel.EMAIL) is True
    assert records.may_reach(store, gwen, Channel.POST) is None
    again = review(store, table([*GWEN, "yes", ""], titles=titles), "l.csv")
    assert figures(again) == {"unchanged": 1}
    made = bring_in(store, [*GWEN, "no", ""], titles=titles)
    assert made.changed[0].changes[0].field == "consent_email"
    latest = records.consents(store, gwen)[0]
    assert (latest.given, latest.decided_on, latest.wording) == (
        False,
        TODAY,
        "As HQ's list has it",
    )


def test_columns_we_have_no_field_for_are_kept_by_their_title(two):
    titles = [*TITLES, "Region", "Region"]
    made = bring_in(two, [*GWEN, "East", "7"], [*ADA, "", ""], titles=titles)
    assert figures(made) == {"changed": 1, "unchanged": 1}
    assert by_number(two)["0012"].extra == {"Region": "East", "Region (2)": "7"}
    made = bring_in(two, [*GWEN, "West", ""], [*ADA, "", ""], titles=titles)
    assert by_number(two)["0012"].extra == {"Region": "West", "Region (2)": "7"}


def test_a_date_of_joining_hq_corrects_is_corrected_in_the_history(two):
    bring_in(two, changed(GWEN, 5, "01/06/2019"), ADA)
    gwen = by_number(two)["0012"]
    assert gwen.joined_on == date(2019, 6, 1)
    assert records.flows(two, date(2019, 6, 1), date(2019, 6, 1)).joined == 1
    assert records.flows(two, date(2019, 3, 1), date(2019, 3, 1)).joined == 0


def test_without_joining_dates_the_first_lists_people_were_always_members(store):
    titles = ["Number", "Surname"]
    bring_in(store, ["1", "Okafor"], titles=titles, as_of=date(2026, 5, 1))
    bring_in(store, ["1", "Okafor"], ["2", "Baran"], titles=titles)
    found = records.flows(store, date(2026, 5, 1), TODAY)
    assert (found.opening, found.joined, found.closing) == (1, 1, 2)


def test_totals_and_footers_are_no_people_and_nameless_rows_are_said(store):
    made = review(
        store,
        table(GWEN, ["", "", "", "SY1 1AA"], ["Total", "1"], ["Report printed on 1/5/26"]),
        "list.csv",
    )
    assert (made.rows, made.totals, made.skipped) == (2, 2, 1)
    assert made.problems[0].message == "This row names nobody, so it was left out."


def test_somebody_called_total_is_a_person(store):
    row = ["7", "Total", "Jean", "SY23 1AB", "jean@example.org", "", "Active"]
    titles = ["Surname", "Membership No", "Forename", "Postcode", "Email", "Joined", "Status"]
    made = review(store, table([row[1], row[0], *row[2:]], titles=titles), "list.csv")
    assert made.joined[0].name == "Jean Total"


def test_what_is_odd_in_a_row_is_said_with_its_place(store):
    row = ["1", "x" * 200, "Ada", "nowhere", "ada@", "01/01/2030", "Active", "too much"]
    made = review(store, table(row), "list.csv")
    said = {(problem.row, problem.column): problem.message for problem in made.problems}
    assert "is 200 letters long; check that it is a name" in said[2, "Surname"]
    assert said[2, "Postcode"] == "“nowhere” is not a British postcode."
    assert said[2, "Email"] == "“ada@” does not look like an e-mail address."
    assert said[2, "Joined"] == "“01/01/2030” is after the day of the list, 2026-05-14."
    assert "more cells than there are column titles" in said[2, ""]
    assert len(made.joined) == 1


def test_hostile_text_is_only_text(store):
    row = ["=1+1", "<b>Okafor</b>", "=HYPERLINK(1)", "", "", "", ""]
    bring_in(store, row)
    member = by_number(store)["=1+1"]
    assert member.name == "=HYPERLINK(1) <b>Okafor</b>"


def test_addresses_are_put_together_and_a_postcode_found_at_the_end(store):
    titles = ["Number", "Name", "Address 1", "Address 2", "Town", "Address"]
    bring_in(
        store,
        ["1", "Okafor, Ada", "Flat 2", "12 High Street", "Oldtown", ""],
        ["2", "Mr Tomos Quill", "", "", "", "3 Low Road, Oldtown sy231ab"],
        titles=titles,
    )
    members = by_number(store)
    assert members["1"].address == "Flat 2\n12 High Street\nOldtown"
    assert (members["2"].title, members["2"].postcode) == ("Mr", "SY23 1AB")


def test_half_the_branch_missing_is_said_before_anything_is_done(store):
    rows = [[str(place), f"Okafor {place}", "", "", "", "", ""] for place in range(40)]
    bring_in(store, *rows)
    made = review(store, table(*rows[:10]), "half.csv")
    assert "30 of 40 members are not on this list" in made.problems[0].message
    assert "Nothing is noted about them unless you say so" in made.problems[0].message
    left = Decisions.to_begin(made).applied_to(made)
    assert (len(made.vanished), len(left.vanished)) == (30, 0)
    whole = Decisions.to_begin(made)
    whole.accept(made.vanished)
    assert len(whole.applied_to(made).vanished) == 30


def test_a_fifth_of_the_branch_may_go_missing_and_a_small_branch_more(store):
    rows = [[str(place), f"Okafor {place}", "", "", "", "", ""] for place in range(40)]
    bring_in(store, *rows)
    for kept, is_short in ((32, False), (31, True)):
        made = review(store, table(*rows[:kept]), "list.csv")
        assert made.is_short is is_short
        left = Decisions.to_begin(made).applied_to(made)
        assert len(left.vanished) == (0 if is_short else len(made.vanished))


def test_four_of_six_missing_is_no_short_list(store):
    rows = [[str(place), f"Okafor {place}", "", "", "", "", ""] for place in range(6)]
    bring_in(store, *rows)
    assert not review(store, table(*rows[:2]), "list.csv").is_short
    assert review(store, table(*rows[:1]), "list.csv").is_short


def test_nobody_vanishes_who_has_no_number_of_hqs_yet(two):
    records.add(two, forename="Newly", surname="Joined")
    made = review(two, table(GWEN), "list.csv")
    assert [each.name for each in made.vanished] == ["Ada Okafor"]
    by_name = ["", *GWEN[1:]]
    unnumbered = review(two, table(by_name), "list.csv")
    assert "Newly Joined" in [each.name for each in unnumbered.vanished]


def test_an_older_list_after_a_newer_one_is_said(two):
    made = review(two, table(GWEN), "old.csv", as_of=date(2026, 3, 1))
    assert "older than the one of 2026-04-14" in made.problems[0].message


def test_a_review_of_yesterday_is_not_applied_to_members_who_changed_since(two):
    made = review(two, table(GWEN, ADA, ZOFIA), "list.csv")
    records.add(two, surname="Quill")
    with pytest.raises(Conflict, match="changed since this list was looked at"):
        apply(two, made)


def _told_otherwise(store, member):
    records.change_details(store, member, email="told-me@example.org")


def _asked_not_to_be_written_to(store, member):
    records.set_consents(store, [records.Consent(0, member, Channel.EMAIL, False, TODAY, "Said")])


def _under_another_rule(store, _):
    branch.set_setting(store, "joining.probation_months", "3")


@pytest.mark.parametrize(
    "edit", [_told_otherwise, _asked_not_to_be_written_to, _under_another_rule]
)
def test_a_review_is_not_applied_over_an_edit_made_since(two, edit):
    """Neither over a detail, nor over a consent, nor under another standing order."""
    made = review(two, table([*GWEN[:4], "hq@example.org", *GWEN[5:]], ADA), "list.csv")
    gwen = by_number(two)["0012"].id
    edit(two, gwen)
    before = everything(two)
    with pytest.raises(Conflict, match="Look at it afresh, then apply"):
        apply(two, made)
    assert everything(two) == before


def test_a_review_that_is_cancelled_before_it_is_stored_changes_nothing(two):
    made = review(two, table([*GWEN[:4], "hq@example.org", *GWEN[5:]], ADA), "list.csv")
    before = everything(two)

    def told(done, total):
        if done == total:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        apply(two, made, told)
    assert everything(two) == before


def test_a_review_is_applied_after_other_work_that_touched_no_member(two):
    made = review(two, table([*GWEN[:4], "hq@example.org", *GWEN[5:]], ADA), "list.csv")
    branch.set_details(two, name="Highfield Branch")
    apply(two, made)
    assert by_number(two)["0012"].email == "hq@example.org"


def test_the_list_itself_is_kept_with_what_it_changed(two):
    data = table(GWEN, ADA)
    kept = records.hq_lists(two)[0]
    assert (kept.name, kept.as_of, kept.rows, kept.joined) == (
        "list.csv",
        date(2026, 4, 14),
        2,
        2,
    )
    assert two.attachment(kept.attachment) == data
    assert records.hq_list_of(two, kept.digest) == kept


def test_a_list_too_large_to_keep_is_applied_all_the_same(store, monkeypatch):
    monkeypatch.setattr("branch_desk.members.exchange.applying.KEPT_UP_TO", 10)
    bring_in(store, GWEN)
    assert records.hq_lists(store)[0].attachment is None


def test_a_workbook_as_hq_sends_it(store):
    book = openpyxl.Workbook()
    book.active.append(["Members of the branch"])
    book.active.append(["Membership No", "Surname", "Forename", "Joined", "Arrears", "Mobile"])
    book.active.append([12, "Łoś", "Łukasz", date(2020, 1, 2), 12.5, 7700900123])
    book.active.append(["Total", 1])
    out = io.BytesIO()
    book.save(out)
    apply(store, review(store, out.getvalue(), "HQ May.xlsx"))
    member = by_number(store)["12"]
    assert (member.joined_on, member.arrears_pence, member.mobile) == (
        date(2020, 1, 2),
        1250,
        "07700 900123",
    )


def test_the_export_comes_back_unchanged_and_runs_no_formula(two):
    records.add(two, surname="=cmd|' /C calc'!A0", forename="-1+1", address="@SUM(1)\n+44")
    records.add(two, kind=EventKind.APPLIED, surname="'=twice", notes="a\nb", number="9")
    gwen = by_number(two)["0012"].id
    records.record_event(two, gwen, EventKind.PAYMENT_STOPPED)
    records.record_event(two, by_number(two)["0013"].id, EventKind.LAPSED)
    records.change_details(two, gwen, extra={"Region": "=East"}, arrears_pence=5)
    people = records.many(two, records.ids(two))
    data = export_csv(people)
    assert data.startswith(b"\xef\xbb\xbf")
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    made = review(two, data, "export.csv")
    # Nothing but a name shows that the first of them is the same person.
    assert figures(made) == {"conflicting": 1, "unchanged": len(people) - 1}


def test_the_export_fills_another_branch_with_the_same_people(two, tmp_path):
    gwen = by_number(two)["0012"].id
    records.change_details(two, gwen, extra={"Region": "East"}, arrears_pence=1205, ward="Mill")
    data = export_csv(records.many(two, records.ids(two)))
    before = by_number(two)
    while records.ids(two):
        two.undo()
    apply(two, review(two, data, "export.csv"))
    after = by_number(two)
    for number, member in before.items():
        for field in ("name", "postcode", "email", "joined_on", "extra", "arrears_pence", "ward"):
            assert getattr(after[number], field) == getattr(member, field)


words = st.sampled_from(
    ["", "1", "0012", "Okafor", "ap Rhys", "Gwen", "SY23 1AB", "gwen@example.org", "Lapsed", "yes"]
) | st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
TITLES_IN_USE = (
    "Number,Surname,First name,Postcode,Email,DOB,Joined,Status,Payment,Arrears,Date left,"
    "Address,Mobile,Shoe size,,Name,OK to email,Type"
)
titles_in_use = st.sampled_from(TITLES_IN_USE.split(","))


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    titles=st.lists(titles_in_use, min_size=1, max_size=8),
    rows=st.lists(st.lists(words, max_size=9), max_size=8),
)
def test_any_table_is_reviewed_or_refused_and_undo_restores_everything(two, titles, rows):
    before = everything(two)
    try:
        made = review(two, table(*rows, titles=titles), "list.csv")
    except Invalid:
        assert everything(two) == before
        return
    counted = sum(len(getattr(made, each)) for each in ("joined", "left", "changed", "conflicting"))
    assert counted + made.unchanged + made.skipped == made.rows
    apply(two, made)
    current = records.ids(two, standing=CURRENT)
    flows = records.flows(two, TODAY - timedelta(days=400), TODAY)
    assert flows.closing == len(current)
    two.undo()
    assert everything(two) == before
