import json

from PySide6.QtWidgets import QMenu, QMenuBar

from branch_desk.desk import actions, kit
from branch_desk.resources import resource


def command(title, where="Members", enabled=True):
    return actions.Command(title, where, "", "", lambda: None, enabled)


def found(text, *every):
    return [each.title for _, each in actions.matching(every, text)]


def test_words_match_by_their_beginnings_whatever_their_order_and_marks():
    add, cafe = command("Add a member…"), command("Book the Café")
    assert found("mem add", add, cafe) == ["Add a member…"]
    assert found("cafe", add, cafe) == ["Book the Café"]
    assert found("ember", add, cafe) == []


def test_the_page_helps_out_and_names_come_first():
    first, second = command("New leaflet…", "Leaflets"), command("Delete the leaflet", "Leaflets")
    other = command("Leaf through", "View")
    assert found("leaf", first, second, other) == [
        "Leaf through",
        "New leaflet…",
        "Delete the leaflet",
    ]
    assert found("leaflets new", first, second) == ["New leaflet…"]


def test_what_cannot_be_done_comes_last():
    assert found("und", command("Undo", enabled=False), command("Under")) == ["Under", "Undo"]


def test_menus_and_what_lies_below_them_are_commands(qtbot):
    bar, done = QMenuBar(), []
    qtbot.addWidget(bar)
    menu, below, left_out = QMenu("&File"), QMenu("Open &recent"), QMenu("&Page")
    act = kit.action("Save && &close", lambda: done.append(1), keys="Ctrl+W")
    act.setData("check")
    menu.addAction(act)
    menu.addSeparator()
    inner = kit.action("&One", lambda: None)
    below.addAction(inner)
    menu.addMenu(below)
    hidden = kit.action("Hidden", lambda: None)
    left_out.addAction(hidden)
    bar.addMenu(menu)
    bar.addMenu(left_out)
    made = list(actions.of_menus(bar, [left_out]))
    assert [(each.title, each.where, each.keys, each.icon) for each in made] == [
        ("Save & close", "File", "Ctrl+W", "check"),
        ("One", "Open recent", "", ""),
    ]
    made[0].does()
    assert done == [1]


def test_a_page_that_was_not_built_tells_its_commands_from_the_list():
    listed = json.loads(resource(actions.FILE).read_text("utf-8"))
    asked = []
    made = actions.of_unbuilt("Members", "users", lambda page, name: asked.append((page, name)))
    assert [each.title for each in made] == [name for name, _ in listed["Members"]]
    assert {each.where for each in made} == {"Members"}
    made[0].does()
    assert asked == [("Members", made[0].title)]
    assert actions.of_unbuilt("Nowhere", "users", asked.append) == []
