"""The branch's details, officers and standing orders in a real branch file."""

from __future__ import annotations

from datetime import date

import pytest

from branch_desk.branch import records
from branch_desk.branch.records import Branch
from branch_desk.store.errors import Invalid, Missing
from branch_desk.store.links import Ref


def test_a_new_file_knows_no_details(store):
    assert records.details(store) == Branch()


def test_details_change_one_by_one_and_can_be_undone(store):
    records.set_details(store, name=" Highfield ward ", accent="ff0000")
    records.set_details(store, email="us@highfield.example")
    assert records.details(store) == Branch(
        name="Highfield ward", accent="#FF0000", email="us@highfield.example"
    )
    assert store.undo() == "Change the branch's details"
    assert records.details(store).email == ""


@pytest.mark.parametrize(
    ("fields", "error", "said"),
    [
        ({"nam": "x"}, Missing, "no detail “nam”"),
        ({"name": " "}, Invalid, "needs a name"),
        ({"accent": "red"}, Invalid, "not a colour"),
        ({"hq_email": "hq"}, Invalid, "not an e-mail address"),
    ],
)
def test_a_wrong_detail_changes_nothing(store, fields, error, said):
    records.set_details(store, name="Highfield ward")
    with pytest.raises(error, match=said):
        records.set_details(store, address="The Hall", **fields)
    assert records.details(store).address == ""


def test_officers_hold_office_from_day_to_day(store):
    chair = records.add_officer(store, "Chair", "Ann Other", since=date(2024, 3, 1))
    records.add_officer(store, "Secretary", "Bo Nwosu", member=7)
    records.add_officer(store, "Chair", "Cy Pugh", since=date(2022, 3, 1), until=date(2024, 2, 29))
    assert [each.name for each in records.officers(store, date(2024, 2, 29))] == [
        "Bo Nwosu",
        "Cy Pugh",
    ]
    assert [each.name for each in records.officers(store, date(2024, 3, 1))] == [
        "Bo Nwosu",
        "Ann Other",
    ]
    records.end_office(store, chair, date(2025, 3, 1))
    assert records.officer(store, chair).until == date(2025, 3, 1)
    assert [each.name for each in records.officers(store, date(2025, 3, 2))] == ["Bo Nwosu"]
    assert len(records.officers(store)) == 3
    assert store.title(Ref("officer", chair)) == "Chair: Ann Other"


def test_a_term_that_cannot_be_is_refused(store):
    with pytest.raises(Invalid, match="cannot end"):
        records.add_officer(store, "Chair", "A", since=date(2025, 1, 2), until=date(2025, 1, 1))
    with pytest.raises(Invalid, match="an office and a name"):
        records.add_officer(store, "Chair", "  ")
    with pytest.raises(Missing, match="no officer 9"):
        records.end_office(store, 9, date(2025, 1, 1))
    held = records.add_officer(store, "Chair", "A", since=date(2025, 1, 2))
    with pytest.raises(Invalid, match="cannot end"):
        records.end_office(store, held, date(2025, 1, 1))


def test_a_setting_is_the_usual_until_set_and_again_when_unset(store):
    assert records.setting(store, "motion.deadline_days") == 14
    assert records.setting(store, "quorum.rule") is None
    records.set_setting(store, "motion.deadline_days", "10 days", clause=" 12.3 ")
    records.set_setting(store, "quorum.rule", "25 %")
    assert records.setting(store, "motion.deadline_days") == 10
    assert records.settings(store)["quorum.rule"] == "25%"
    assert records.clause(store, "motion.deadline_days") == "12.3"
    records.set_setting(store, "motion.deadline_days", "11")
    assert records.clause(store, "motion.deadline_days") == "12.3"
    records.unset_setting(store, "motion.deadline_days")
    records.unset_setting(store, "vote.freeze_months")
    assert records.setting(store, "motion.deadline_days") == 14
    assert records.clause(store, "motion.deadline_days") == ""


def test_a_usual_value_can_have_a_clause_without_being_set(store):
    records.set_clause(store, "motion.word_limit", "9.1")
    (order,) = [each for each in records.standing_orders(store) if each.key == "motion.word_limit"]
    assert (order.value, order.clause, order.is_set, order.words) == (250, "9.1", False, "250")


def test_a_wrong_setting_changes_nothing(store):
    with pytest.raises(Invalid):
        records.set_setting(store, "motion.deadline_days", "soon")
    with pytest.raises(Missing):
        records.set_setting(store, "motion.deadline", "10")
    with pytest.raises(Missing):
        records.setting(store, "no.such")
    with pytest.raises(Missing):
        records.clause(store, "no.such")
    assert records.setting(store, "motion.deadline_days") == 14


def test_the_log_is_read_newest_first_by_its_ids(store):
    before = records.log_ids(store)
    records.set_details(store, name="Highfield")
    records.add_officer(store, "Chair", "Ada Okafor")
    ids = records.log_ids(store)
    assert ids[2:] == before
    found = records.log(store, [ids[1], 10_000, ids[0]])
    assert [each.title for each in found] == ["Change the branch's details", "Appoint an officer"]
    assert all("Okafor" not in each.title for each in found)
