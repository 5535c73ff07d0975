"""The batches of an e-mail to many: nobody has it twice, nobody is left out."""

from hypothesis import given
from hypothesis import strategies as st

from branch_desk.members.exchange import batches

names = st.text("abcdefgh", min_size=1, max_size=3)


@given(st.lists(names.map("{}@example.org".format)))
def test_every_address_is_in_exactly_one_batch(addresses):
    made = batches(addresses, 5)
    flat = [each for batch in made for each in batch]
    assert sorted(flat) == sorted(set(addresses))
    assert all(0 < len(each) <= 5 for each in made)


def test_an_address_in_other_capitals_is_the_same():
    assert batches(["Ada@example.org", "ada@Example.org"]) == [("Ada@example.org",)]
