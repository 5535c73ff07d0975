import pytest

from branch_desk.desk.forms import EmailField, Line, MoneyField
from branch_desk.desk.forms.field import breakable
from branch_desk.desk.putoff import PutOff
from branch_desk.store.errors import Invalid


@pytest.fixture
def waiting(beside):
    """A field whose changes all have to wait, and what each waits for."""
    waits = []

    def put_off(text):
        waits.append(PutOff())
        raise waits[-1]

    field = Line("Surname", put_off)
    beside(field)
    field.start("Okafor")
    return field, waits


def test_what_waits_says_so_and_is_asked_for_once(waiting):
    field, waits = waiting
    field.edit.setText("Byrne")
    field.leave()
    field.leave()
    assert len(waits) == 1
    assert field._tick.text() == "waits"
    field.show_text("Okafor")
    assert field.text() == "Byrne"
    assert waits[0].tell(None)
    assert field._tick.text() == "✓ stored"


def test_what_waited_and_is_refused_says_why(waiting):
    field, waits = waiting
    field.edit.setText("Byrne")
    field.leave()
    assert waits[0].tell(Invalid("No."))
    assert field.complaint() == "No."
    assert field._tick.text() == "not stored"


def test_an_answer_about_another_thing_is_not_shown_here(waiting):
    field, waits = waiting
    field.edit.setText("Byrne")
    field.leave()
    field.start("Somebody else")
    assert not waits[0].tell(Invalid("No."))
    assert field.complaint() == ""


def test_the_newest_of_two_that_wait_is_the_one_that_counts(waiting):
    field, waits = waiting
    for text in ("Byrne", "Clarke"):
        field.edit.setText(text)
        field.leave()
    assert not waits[0].tell(Invalid("No."))
    assert waits[1].tell(None)
    assert field.complaint() == ""


def test_a_field_without_a_place_to_store_says_nothing_was_stored(beside, qtbot):
    field = MoneyField("Fee")
    beside(field)
    with qtbot.assertNotEmitted(field.stored):
        field.edit.setText("12")
        field.leave()
    assert field.text() == "£12.00"
    assert field._tick.text() == ""


def test_what_cannot_be_read_does_not_stand_even_where_it_was_shown(beside):
    field = MoneyField("Fee")
    beside(field)
    field.start("twelve")
    field.leave()
    assert field.complaint() == ""
    assert not field.stands()
    assert "not an amount" in field.complaint()
    field.start("12")
    assert field.stands()


def test_a_warning_stays_while_the_hint_does(beside):
    field = EmailField("E-mail", lambda _: None, hint="For the notice")
    beside(field)
    assert field.edit.accessibleDescription() == "For the notice"
    field.edit.setText("sam@@x")
    field.leave()
    assert field._hint.isVisible()
    field.set_hint("")
    assert not field._hint.isVisible()
    field.start("")
    assert field.edit.accessibleDescription() == ""


def test_an_endless_word_is_no_wider_than_its_line(beside):
    def refuse(text):
        raise Invalid(f"“{text}” is spoken for.")

    field = Line("Surname", refuse)
    beside(field)
    before = field.minimumSizeHint().width()
    field.edit.setText("y" * 300)
    field.leave()
    assert field.minimumSizeHint().width() < before + 250
    assert field.complaint() == f"“{'y' * 300}” is spoken for."
    assert breakable("short words stay") == "short words stay"
