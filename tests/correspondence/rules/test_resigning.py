"""Whether somebody says in a letter that they leave: a guess, by its words."""

import pytest

from branch_desk.correspondence.rules.resigning import resigning

LEAVES = (
    "I am resigning from the party.",
    "I'm resigning my membership with immediate effect.",
    "I hereby resign.",
    "I hereby resign as a member of the branch.",
    "Please accept this as my resignation.",
    "Please accept this email as formal notice of my resignation from the party.",
    "I wish to resign my membership.",
    "I would like to cancel my membership, please.",
    "Could you please cancel my membership?",
    "I'd be grateful if you would cancel my membership.",
    "Please cancel my membership from today.",
    "Please end my membership.",
    "I have decided to leave the party.",
    "I've decided, with a heavy heart, to leave the union.",
    "After thirty years I am leaving the party.",
    "I no longer wish to be a member of the branch.",
    "I do not want to be a member any more.",
    "Please take me off the membership list.",
    "Please remove my name from the register of members.",
    "I will not be renewing my membership.",
    "We are both leaving the party.",
    "My wife and I are resigning.",
    "I do not agree with the leadership and I am resigning.",
    "I cannot support this any more, so I resign.",
    "I write to tell you that I am resigning.",
    "This is my letter of resignation.",
    "It is with great regret that I tender my resignation.",
    "I have no choice but to resign.",
    "I quit the party.",
    "I have cut up my membership card.",
    "Consider this my resignation.",
    "I am writing to let you know that I have left the party.",
    "Rwy'n ymddiswyddo.",
    "I\u2019m afraid I am resigning. Let me know if you need anything else.",
    "Enough. I resign!",
    "I want to stop my membership",
    "I resigned from the party last week but still get letters.",
    "I must therefore resign from the association.",
    "Just to say I won't be staying in the party after the vote on Tuesday.",
    "Kindly terminate my membership forthwith.",
    "Effective immediately, I resign from the Party.",
    "With this mail I give notice that I am leaving the union at the end of the month.",
    "I am done. Cancel my membership.",
    "I can't stay in a party like this. I'm off.",
    "Please process the termination of my membership.",
    "This email is to formally resign my membership of the Labour movement society.",
    "Having thought about it for weeks, I'm going to leave the party.",
    "It's time for me to leave the party.",
    "please accept my resignation from the branch",
)

STAYS = (
    "I am not resigning.",
    "I'm not going to resign, whatever the papers say.",
    "I will never leave the party.",
    "I have no intention of resigning.",
    "I am thinking of resigning.",
    "I am considering leaving the party.",
    "If this motion falls I will resign.",
    "I will resign if this is carried.",
    "I might resign.",
    "I may have to leave the party.",
    "He should resign.",
    "I think the chair should resign.",
    "The leader has resigned.",
    "I call on the chair to resign.",
    "I hear that many people are resigning.",
    "How many have resigned?",
    "I am resigning as treasurer.",
    "I resign from the committee.",
    "I resign my post as secretary at the next meeting.",
    "I have resigned from my job and have more time for the branch.",
    "I am resigned to another year of this.",
    "I have to leave the meeting early.",
    "I left the room.",
    "I want to withdraw my resignation.",
    "Please take me off your mailing list.",
    "I had a letter about my membership renewal.",
    "I was surprised that Bryn resigned.",
    "Why are so many leaving the party?",
    "I nearly resigned over this.",
    "I have not resigned, though the list says so.",
    "When I wanted to leave the party you talked me out of it.",
    "How do I cancel my membership?",
    "I would rather stay than leave the party.",
    "My son is leaving the party.",
    "I left the branch meeting at nine.",
    "Thank you for the leaflets.",
    "I almost left the union in 2003.",
    "I resign as a member of the committee.",
    "Should I resign my membership before I move to another branch?",
    "The council leader said he would leave the party.",
    "My neighbour told me that she has cancelled her membership.",
    "Would you please send me the membership form?",
    "I was going to resign but changed my mind.",
    "We must not leave the party to the likes of them.",
    "I joined after I left the other party.",
    "I want the treasurer to resign.",
    "We demand that the minister resign.",
    "I am not asking anyone to resign.",
    "I'd like to know who has resigned.",
)


@pytest.mark.parametrize("words", LEAVES)
def test_who_says_they_leave_is_heard(words):
    assert resigning("Hello", f"Dear secretary,\n\n{words}\n\nYours, Ada")


@pytest.mark.parametrize("words", STAYS)
def test_who_does_not_say_so_is_not(words):
    assert not resigning("Hello", f"Dear secretary,\n\n{words}\n\nYours, Ada")


@pytest.mark.parametrize(
    ("subject", "says"),
    [
        ("Resignation", True),
        ("Re: My resignation", True),
        ("Leaving the party", True),
        ("Cancel my membership", True),
        ("Resignation from the branch", True),
        ("Members who resigned last autumn", False),
        ("Re: Resignations since autumn", False),
        ("Resignation of the treasurer", False),
        ("Resignation from the committee", False),
        ("", False),
    ],
)
def test_a_subject_alone_may_say_it(subject, says):
    assert bool(resigning(subject, "Dear all, see above.")) is says


def test_a_body_that_denies_it_outweighs_the_subject():
    assert not resigning("Resignation", "I am not resigning; somebody else wrote that.")


def test_what_is_quoted_from_another_letter_is_not_theirs():
    body = "What do you say to this?\n\n> I am resigning from the party.\n> Bryn"
    assert not resigning("Fwd: news", body)


def test_the_words_are_given_as_the_reason():
    assert resigning("", "Sadly I\u2019m resigning from the party.") == "i'm resigning"


def test_curly_and_straight_apostrophes_and_capitals_are_the_same():
    for words in ("I\u2019M RESIGNING.", "I'm resigning.", "i `m resigning"):
        assert resigning("", words)


def test_a_long_hostile_letter_is_judged_in_reasonable_time():
    assert not resigning("x" * 1000, "i am to " * 500_000)
