"""By which way somebody is sent something, from what they agreed to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.members.rules import Reach, Way, way

HOME = "1 Mill Lane"
asked = st.sampled_from([None, True, False])
reaches = st.builds(
    Reach, st.sampled_from(["", "a@example.org", "not an address"]), st.sampled_from(["", HOME]),
    asked, asked,
)  # fmt: skip


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach("a@example.org", HOME, email_agreed=True), Way.EMAIL),
        (Reach("a@example.org", HOME), Way.POST),
        (Reach("a@example.org", HOME, email_agreed=False), Way.POST),
        (Reach("", HOME, email_agreed=True), Way.POST),
        (Reach("nobody at home", HOME, email_agreed=True), Way.POST),
        (Reach("a@example.org", HOME, email_agreed=True, post_agreed=True), Way.EMAIL),
    ],
)
def test_email_where_they_agreed_to_it_else_a_letter(reach, expected):
    assert way(reach) == (expected, "")


@pytest.mark.parametrize(
    ("reach", "why"),
    [
        (Reach(), "No e-mail address, no postal address."),
        (Reach("a@example.org"), "Was never asked about e-mail, no postal address."),
        (
            Reach("a@example.org", HOME, email_agreed=False, post_agreed=False),
            "Does not want e-mail, does not want letters.",
        ),
        (
            Reach("at home", email_agreed=True),
            "The e-mail address cannot be right, no postal address.",
        ),
    ],
)
def test_who_cannot_be_reached_is_told_why(reach, why):
    assert way(reach) == (Way.NONE, why)


def test_those_never_asked_have_an_email_once_that_is_decided():
    reach = Reach("a@example.org", HOME)
    assert way(reach, unasked=True)[0] is Way.EMAIL
    assert way(Reach("a@example.org", HOME, email_agreed=False), unasked=True)[0] is Way.POST


@given(reaches, st.booleans())
def test_what_somebody_refused_is_never_used(reach, unasked):
    found, why = way(reach, unasked=unasked)
    assert not (found is Way.EMAIL and reach.email_agreed is False)
    assert not (found is Way.POST and reach.post_agreed is False)
    assert bool(why) is (found is Way.NONE)
