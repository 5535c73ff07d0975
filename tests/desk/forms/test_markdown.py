import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QFont, QKeySequence, QShortcut, QTextCursor

from branch_desk.desk.forms import MarkdownField
from branch_desk.desk.forms.markup import DEEPEST, MOST_TAGS, from_html, to_html

CTRL = Qt.KeyboardModifier.ControlModifier
BOTH = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def field(beside, kept):
    made = MarkdownField("Text", kept.append)
    made.other = beside(made)
    made.start("")
    made.edit.setFocus()
    return made


def select(field, start, end):
    cursor = field.edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    field.edit.setTextCursor(cursor)


def press(field, name):
    next(each for each in field.tools if each.accessibleName() == name).click()


@pytest.mark.parametrize(
    ("button", "keys", "made"),
    [
        ("Bold", ("b", CTRL), "cut the **bus**"),
        ("Italic", ("i", CTRL), "cut the *bus*"),
        ("Heading", ("h", BOTH), "## cut the bus"),
        ("Bulleted list", ("8", BOTH), "- cut the bus"),
        ("Numbered list", ("7", BOTH), "1. cut the bus"),
        ("Link", ("l", BOTH), "cut the [bus](https://)"),
    ],
)
def test_each_button_and_its_keys_do_the_same(field, qtbot, button, keys, made):
    for does in (lambda: press(field, button), lambda: qtbot.keyClick(field.edit, *keys)):
        field.start("cut the bus")
        select(field, 8, 11)
        does()
        assert field.text() == made
        assert field.edit.hasFocus()


@pytest.mark.parametrize("button", ["Bold", "Italic", "Heading", "Bulleted list", "Numbered list"])
def test_pressing_again_takes_it_away(field, button):
    field.start("bus")
    select(field, 0, 3)
    press(field, button)
    select(field, 0, len(field.text()))
    press(field, button)
    assert field.text() == "bus"


def test_marks_do_not_reach_over_paragraphs(field):
    field.start("one\n\ntwo")
    select(field, 0, 8)
    press(field, "Bold")
    assert field.text() == "**one**\n\n**two**"


def test_without_words_one_types_between_the_marks(field, qtbot):
    press(field, "Bold")
    qtbot.keyClicks(field.edit, "now")
    assert field.text() == "**now**"
    field.start("")
    press(field, "Link")
    qtbot.keyClicks(field.edit, "here")
    assert field.text() == "[here](https://)"


def test_several_lines_become_a_list_and_change_its_kind(field):
    field.start("one\ntwo\nthree")
    select(field, 0, 13)
    press(field, "Numbered list")
    assert field.text() == "1. one\n2. two\n3. three"
    select(field, 0, 5)
    press(field, "Bulleted list")
    assert field.text() == "- one\n2. two\n3. three"


def test_enter_goes_on_with_a_list_and_ends_it(field, qtbot):
    field.start("")
    qtbot.keyClicks(field.edit, "1. one")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(field.edit, "two")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(field.edit, "- a")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(field.edit, "b")
    assert field.text() == "1. one\n2. two\n- a\n- b"


def test_its_keys_are_its_own_only_while_the_cursor_is_in_it(field, qtbot):
    backed_up = []
    shortcut = QShortcut(QKeySequence("Ctrl+B"), field.window())
    shortcut.activated.connect(lambda: backed_up.append(1))
    field.start("bus")
    select(field, 0, 3)
    qtbot.keyClick(field.edit, "b", CTRL)
    assert (field.text(), backed_up) == ("**bus**", [])
    field.other.setFocus()
    qtbot.keyClick(field.other, "b", CTRL)
    assert (field.text(), backed_up) == ("**bus**", [1])


def test_undo_takes_back_one_press_and_then_reaches_the_desk(field, qtbot):
    field.start("one\ntwo")
    assert not field.tools[-1].isEnabled()
    select(field, 0, 7)
    press(field, "Numbered list")
    press(field, "Undo typing")
    assert field.text() == "one\ntwo"


def test_tab_leaves_it_and_stores(field, qtbot, kept):
    qtbot.keyClicks(field.edit, "now")
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert kept == ["now"]
    assert not field.edit.hasFocus()


def looks(field, number):
    """The start, weight, slant, line and colour of each piece of a line that has its own look."""
    found = field.edit.document().findBlockByNumber(number).layout().formats()
    return [
        (
            each.start,
            each.format.fontWeight(),
            each.format.fontItalic(),
            each.format.fontUnderline(),
            each.format.foreground().color().name(),
        )
        for each in found
    ]


def test_what_is_bold_looks_bold_while_its_marks_stay(field):
    field.start("## Head\n**34 bus** *cut* [why](https://example.org)\n- item")
    head, text, item = (looks(field, number) for number in range(3))
    assert all(weight == QFont.Weight.Bold for _, weight, *_ in head)
    assert [start for start, weight, *_ in text if weight == QFont.Weight.Bold] == [2]
    assert [start for start, _, slanted, _, _ in text if slanted] == [12]
    assert any(underlined for *_, underlined, _ in text)
    assert [start for start, *_ in item] == [0]


def test_formatted_text_is_pasted_as_markdown(field):
    data = QMimeData()
    data.setHtml(
        "<style>p{}</style><h2>Notes</h2><p>that the <b>34 bus</b> was <i>cut</i> "
        "<script>x()</script>"
        "</p><ul><li>one</li><li>two</li></ul><p><a href='https://example.org'>why</a>"
        "<img src='https://example.org/spy.png'></p>"
    )
    data.setText("plain")
    assert field.edit.canInsertFromMimeData(data)
    field.edit.insertFromMimeData(data)
    assert field.text() == (
        "## Notes\n\nthat the **34 bus** was *cut*\n\n- one\n- two\n\n[why](https://example.org)"
    )
    field.edit.undo()
    assert field.text() == ""


def test_plain_text_is_pasted_as_it_is(field):
    data = QMimeData()
    data.setText("1 < 2 & **x**")
    field.edit.insertFromMimeData(data)
    assert field.text() == "1 < 2 & **x**"


def test_a_word_processors_bold_round_everything_is_no_bold():
    assert from_html('<b style="font-weight:normal"><p>one <b>two</b></p></b>') == "one **two**"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * (DEEPEST * 50) + "the words",
        "<b>x</b>" * (MOST_TAGS + 1) + "the words",
        "<p>the words" + "<" * 50_000,
        "<!-- " + "x" * 100 + " --><script>evil()</script>the words",
    ],
)
def test_of_what_is_beyond_reason_the_words_are_left(html):
    import time

    start = time.perf_counter()
    text = from_html(html)
    assert "the words" in text
    assert "evil" not in text
    assert time.perf_counter() - start < 5


def test_what_is_copied_is_formatted_for_others_and_markdown_for_us(field):
    field.start("a **bold** <b>word</b>\n\n- one")
    field.edit.selectAll()
    data = field.edit.createMimeDataFromSelection()
    assert data.text() == "a **bold** <b>word</b>\n\n- one"
    assert "<strong>bold</strong> &lt;b&gt;word" in data.html()
    assert "<li>one</li>" in data.html()


def test_no_link_of_a_text_runs_anything():
    assert "javascript" not in to_html("[x](javascript:alert(1))").split("href")[-1] or (
        "href" not in to_html("[x](javascript:alert(1))")
    )


def test_a_text_file_that_is_dropped_becomes_text(field, tmp_path):
    path = tmp_path / "motion.md"
    path.write_bytes("\ufeff# Motion\r\n\r\nŴyn".encode())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert field.edit.canInsertFromMimeData(data)
    field.edit.insertFromMimeData(data)
    assert field.text() == "# Motion\n\nŴyn"
    path.unlink()
    field.edit.insertFromMimeData(data)
    assert field.text() == "# Motion\n\nŴyn"


def test_only_read_it_shows_no_buttons_and_changes_nothing(field, qtbot):
    field.start("bus")
    field.set_read_only(on=True)
    assert not field.bar.isVisible()
    select(field, 0, 3)
    qtbot.keyClick(field.edit, "b", CTRL)
    assert field.text() == "bus"


def test_its_marks_follow_the_theme(field, look):
    field.start("**bus**")

    before = looks(field, 0)[0][-1]
    look.set_mode("dark")
    assert looks(field, 0)[0][-1] != before
