"""The words of letters the desk drafts."""

from datetime import date, timedelta

from branch_desk.correspondence.rules import (
    Direction,
    Exchange,
    Leaver,
    answer_subject,
    chaser,
    clock,
    confirmation,
)

MAY = date(2026, 5, 1)


def test_an_answer_has_one_re():
    assert answer_subject("The list") == "Re: The list"
    assert answer_subject("RE: The list") == "RE: The list"


def test_a_chaser_tells_what_went_before():
    letters = [
        Exchange(Direction.IN, date(2026, 3, 1)),
        Exchange(Direction.OUT, MAY),
        Exchange(Direction.IN, MAY, automatic=True),
        Exchange(Direction.OUT, date(2026, 5, 8)),
        Exchange(Direction.IN, date(2026, 5, 9), promised_by=date(2026, 5, 12)),
    ]
    waits = clock(letters, date(2026, 5, 14), 14)
    assert waits is not None
    words = chaser("The list", letters, waits)
    assert words.subject == "Re: The list"
    assert "We wrote to you on 1 May 2026 about “The list”" in words.text
    assert "That was 13 days ago." in words.text
    assert "An answer was promised by 12 May 2026." in words.text
    assert words.text.count("\n- ") == 4
    for line in (
        "- 1 May 2026: we wrote to you.",
        "- 1 May 2026: an automatic reply came.",
        "- 8 May 2026: we reminded you.",
        "- 9 May 2026: you promised an answer by 12 May 2026.",
    ):
        assert line in words.text


def test_a_first_chaser_has_no_list_and_says_one_day():
    letters = [Exchange(Direction.OUT, MAY)]
    waits = clock(letters, date(2026, 5, 2), 14)
    assert waits is not None
    words = chaser("The list", letters, waits)
    assert "So far" not in words.text
    assert "That was 1 day ago." in words.text


def test_what_they_wrote_without_answering_is_told():
    letters = [
        Exchange(Direction.OUT, MAY, wants_answer=True),
        Exchange(Direction.IN, MAY, asks=False),
        Exchange(Direction.OUT, date(2026, 5, 3)),
    ]
    waits = clock([letters[0], letters[2]], date(2026, 5, 14), 14)
    assert waits is not None
    assert "- 1 May 2026: you wrote to us." in chaser("The list", letters, waits).text


def test_a_long_history_is_cut_in_the_middle():
    letters = [Exchange(Direction.OUT, MAY + timedelta(days=at)) for at in range(40)]
    waits = clock(letters, date(2026, 7, 1), 14)
    assert waits is not None
    text = chaser("The list", letters, waits).text
    assert "- 28 further letters." in text
    assert "- 1 May 2026: we wrote to you." in text
    assert "- 9 June 2026: we reminded you." in text
    assert text.count("\n- ") == 13


def test_one_resignation_is_asked_about_by_name_number_and_day():
    words = confirmation([Leaver("Ada Okafor", "1234", MAY)])
    assert words.subject == "Resignation of Ada Okafor: please confirm"
    assert "Ada Okafor (membership number 1234) told us on 1 May 2026" in words.text


def test_several_are_asked_about_in_one_letter():
    words = confirmation([Leaver("Ada Okafor", "1234", MAY), Leaver("Bryn Howells", "", MAY)])
    assert words.subject == "2 resignations: please confirm"
    assert "- Ada Okafor (membership number 1234): 1 May 2026" in words.text
    assert "- Bryn Howells: 1 May 2026" in words.text
