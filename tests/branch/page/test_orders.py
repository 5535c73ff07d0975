"""The standing orders: what each does, set and cleared, and the clause it comes from."""

from branch_desk.branch import records


def test_every_rule_says_what_it_does(orders, store):
    assert set(orders) == {each.key for each in records.standing_orders(store)}
    assert all(row.does.text() for row in orders.values())
    row = orders["motion.deadline_days"]
    assert row.state.text() == "the usual"
    assert "For a meeting on Thu 11 Jun 2026 that is Thu 28 May 2026" in row.does.text()
    assert orders["quorum.rule"].state.text() == "not set"
    assert "cannot say whether a meeting is quorate" in orders["quorum.rule"].does.text()


def test_a_rule_is_set_and_cleared_with_undo(page, orders, store, settled, qtbot):
    row = orders["quorum.rule"]
    assert row.field.edit.placeholderText() == "not set"
    row.field.edit.setText("greater of 10 and 5%")
    row.field.leave()
    settled()
    assert records.setting(store, "quorum.rule") == "greater of 10 and 5%"
    assert row.state.text() == "set"
    assert row.does.text().endswith("Of 200 members that is 10.")
    with qtbot.waitSignal(page.session.undoable) as said:
        row.clear.click()
    settled()
    assert said.args[0] == "Cleared: Quorum"
    assert records.setting(store, "quorum.rule") is None
    assert row.field.text() == ""
    page.session.undo()
    settled()
    assert row.field.text() == "greater of 10 and 5%"
    row.field.edit.setText("")
    row.field.leave()
    settled()
    assert records.setting(store, "quorum.rule") is None


def test_what_it_would_do_is_said_while_it_is_typed(orders, store):
    row = orders["motion.deadline_days"]
    row.field.typed.emit("21")
    assert "that is Thu 21 May 2026" in row.does.text()
    row.field.typed.emit("21 x")
    assert row.does.text() == ""
    row.field.typed.emit("")
    assert "that is Thu 28 May 2026" in row.does.text()
    assert records.setting(store, "motion.deadline_days") == 14


def test_a_rule_that_makes_no_sense_says_why(orders, store):
    row = orders["motion.deadline_days"]
    field = row.field
    assert "unless set" in field.edit.placeholderText()
    field.edit.setText("a fortnight")
    field.leave()
    assert field.complaint()
    row.show_order(
        next(each for each in records.standing_orders(store) if each.key == row.setting.key)
    )
    assert row.does.text() == ""  # nothing is worked out of what was refused
    assert records.setting(store, "motion.deadline_days") == 14


def test_a_choice_is_picked(orders, store, settled):
    field = orders["chair.casting_vote"].field
    field.combo.setCurrentIndex(field.combo.findData("yes"))
    field.leave()
    settled()
    assert records.setting(store, "chair.casting_vote") == "yes"


def test_the_clause_is_kept_with_the_rule(orders, store, settled):
    clause = orders["motion.word_limit"].clause
    assert clause.edit.accessibleName() == "Clause for Most words in a motion"
    clause.edit.setText("12.3")
    clause.leave()
    settled()
    assert records.clause(store, "motion.word_limit") == "12.3"
    assert orders["motion.word_limit"].state.text() == "the usual"


def test_parts_built_later_show_how_things_stand(page, store, qtbot, settled):
    records.set_setting(store, "letters.chase_days", "10")
    page.show_tab("orders")
    assert "letters.chase_days" not in page.orders.orders
    qtbot.waitUntil(lambda: not page.orders._parts)
    assert page.orders.orders["letters.chase_days"].field.text() == "10"
