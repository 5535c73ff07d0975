import sys

import pytest
from PySide6.QtCore import Qt

from branch_desk.desk.forms import EmailField, MoneyField, PhoneField, PostcodeField
from branch_desk.store.errors import Invalid


def left(field, text):
    field.edit.setText(text)
    field.leave()
    return field


@pytest.mark.parametrize(
    ("typed", "shown", "pence"),
    [
        ("12", "£12.00", 1200),
        ("£12.50", "£12.50", 1250),
        ("1,200", "£1,200.00", 120_000),
        ("£ 3.5", "£3.50", 350),
        ("50p", "£0.50", 50),
        ("0", "£0.00", 0),
        ("", "", 0),
    ],
)
def test_money_is_read_as_people_write_it(beside, kept, typed, shown, pence):
    field = MoneyField("Fee", kept.append)
    beside(field)
    field.start("£99.00")
    left(field, typed)
    assert field.edit.text() == field.text() == shown
    assert field.pence() == pence
    assert kept == [shown]


@pytest.mark.parametrize("typed", ["12,50", "twelve", "-3", "1.234", "1,20,0", "£", "9" * 40])
def test_what_is_no_amount_is_refused_and_stays(beside, kept, typed):
    field = MoneyField("Fee", kept.append)
    beside(field)
    left(field, typed)
    assert kept == []
    assert field.edit.text() == typed
    assert "Write it in pounds, like 12 or 12.50" in field.complaint()
    with pytest.raises(Invalid):
        field.pence()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("01134960000", "0113 496 0000"),
        ("+44 20 7946 0000", "020 7946 0000"),
        ("07700900123", "07700 900123"),
        ("+33612345678", "+33 6 12 34 56 78"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_put_in_order(beside, kept, typed, shown):
    field = PhoneField("Telephone", kept.append)
    beside(field)
    field.start("x")
    left(field, typed)
    assert field.edit.text() == shown
    assert field.warning() == ""
    assert kept == [shown]


@pytest.mark.parametrize("typed", ["0113", "ring Sam", "0" * 200, "<b>07</b>"])
def test_an_odd_telephone_number_is_kept_with_a_warning(beside, kept, typed):
    field = PhoneField("Telephone", kept.append)
    beside(field)
    left(field, typed)
    assert kept == [typed]
    assert field.edit.text() == typed
    assert "does not look like a telephone number" in field.warning()
    left(field, "01134960000")
    assert field.warning() == ""


@pytest.mark.parametrize(
    "typed", ["sam@example.org", "o'brien@example.org", "ŵyn@exämple.org", "a.b+c@mail.example.org"]
)
def test_an_e_mail_address_is_kept(beside, kept, typed):
    field = EmailField("E-mail", kept.append)
    beside(field)
    left(field, f" mailto:{typed} ")
    assert kept == [typed]
    assert field.edit.text() == typed
    assert field.warning() == ""


@pytest.mark.parametrize(
    "typed", ["sam", "sam@@example.org", "a b@example.org", "x" * 300 + "@example.org"]
)
def test_an_odd_e_mail_address_is_kept_with_a_warning(beside, kept, typed):
    field = EmailField("E-mail", kept.append)
    beside(field)
    left(field, typed)
    assert kept == [typed]
    assert "does not look like an e-mail address" in field.warning()


@pytest.mark.parametrize(
    ("typed", "shown", "odd"),
    [
        ("ls14dy", "LS1 4DY", False),
        ("SW1A  1AA", "SW1A 1AA", False),
        (" m1 1ae ", "M1 1AE", False),
        ("gir0aa", "GIR 0AA", False),
        ("75008 Paris", "75008 Paris", True),
        ("LS1 4CC", "LS1 4CC", True),
        ("", "", False),
    ],
)
def test_a_postcode_is_put_in_order_or_kept_with_a_warning(beside, kept, typed, shown, odd):
    field = PostcodeField("Postcode", kept.append)
    beside(field)
    field.start("x")
    left(field, typed)
    assert kept == [shown]
    assert field.edit.text() == shown
    assert ("not a British postcode" in field.warning()) == odd


def test_another_thing_starts_without_the_warning_of_the_one_before(beside):
    field = PostcodeField("Postcode", lambda _: None)
    beside(field)
    left(field, "nowhere")
    assert field.warning()
    field.start("LS1 4DY")
    assert field.warning() == ""


def test_showing_a_number_loads_nothing_and_typing_one_loads_it_beside(beside, qtbot, monkeypatch):
    from branch_desk.desk.forms import exact

    loaded = []
    monkeypatch.setattr(exact, "warm", loaded.append)
    monkeypatch.delitem(sys.modules, "phonenumbers", raising=False)
    field = PhoneField("Telephone")
    beside(field)
    field.start("07700900123")
    field.show_text("07700 900124")
    assert "phonenumbers" not in sys.modules
    field.edit.setFocus()
    assert loaded == ["phonenumbers"]
    qtbot.keyClick(field.edit, Qt.Key.Key_End)


def test_what_is_heavy_is_loaded_off_the_main_thread():
    import threading

    from branch_desk.desk.forms.exact import warm

    before = threading.active_count()
    warm("this")  # any module does
    for thread in threading.enumerate()[before:]:
        thread.join()
    assert "this" in sys.modules
