from random import Random

import pytest

from branch_desk.desk.way_in import strength


@pytest.mark.parametrize(
    ("passphrase", "most", "why"),
    [
        ("password1", 0, "everybody tries first"),
        ("Highfield2026", 1, "name of the branch"),
        ("aaaaaaaaa", 0, "repeats itself"),
        ("12.05.1974", 1, "a date"),
        ("q7#", 0, "short"),
    ],
)
def test_a_weak_passphrase_is_told_why(passphrase, most, why):
    judged = strength.judge(passphrase, ["Highfield"])
    assert judged.score <= most
    assert why in judged.why
    assert "Add a word" in judged.why
    assert passphrase not in judged.why


@pytest.mark.parametrize(
    ("pattern", "source", "why"),
    [
        ("dictionary", "female_names", "names"),
        ("dictionary", "surnames", "names"),
        ("dictionary", "us_tv_and_film", "words"),
        ("dictionary", "passwords", "passwords"),
        ("sequence", None, "sequence"),
        ("spatial", None, "spatial"),
        ("regex", None, "short"),
        ("bruteforce", None, "short"),
    ],
)
def test_each_pattern_has_its_reason(pattern, source, why):
    part = {"pattern": pattern, "token": "abcdef", "dictionary_name": source}
    assert strength._weakness([part]) == why


def test_a_drawn_passphrase_is_strong_and_never_twice_the_same():
    made = [strength.drawn(Random(seed)) for seed in (1, 2)]
    assert made[0] != made[1]
    assert len(strength.words()) == len(set(strength.words())) == 7776
    for each in made:
        judged = strength.judge(each)
        assert (judged.score, judged.word) == (4, "Strong")
        assert "not guess it in a lifetime" in judged.why


def test_a_very_long_passphrase_is_judged_too():
    assert strength.judge("violet cabin monday " * 40).score == 4


def test_how_long_it_takes_grows_with_the_guesses():
    found = [strength._scale(seconds) for seconds in (1, 1000, 10_000, 1e6, 1e7, 1e9, 1e12)]
    assert len({said for _, said in found}) == 7
    assert [score for score, _ in found] == [0, 1, 1, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("passphrase", "word", "when"),
    [
        ("password1", "Very weak", "within a minute"),
        ("horse battery", "Weak", "within an hour"),
        ("Tr0ub4dor&3", "Weak", "within a month"),
        ("grumpy otter 4", "Fair", "within a year"),
        ("violet cabin monday", "Good", "only after many years"),
        ("correct horse battery staple", "Strong", "not guess it in a lifetime"),
    ],
)
def test_the_word_the_bar_and_the_sentence_are_of_one_scale(passphrase, word, when):
    judged = strength.judge(passphrase)
    assert judged.word == word == strength.WORDS[judged.score]
    assert when in judged.why
    assert ("Add a word" in judged.why) is (judged.score < strength.ENOUGH)
