"""README, CONTRIBUTING and the manual: their links lead somewhere, what they say to type runs."""

from __future__ import annotations

import re
import shlex
import shutil
import struct
import unicodedata
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from branch_desk import app, cli, console
from branch_desk.demo import story
from branch_desk.paper.blocks import Brand, Document, Section, Text
from branch_desk.paper.render import render
from branch_desk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "resources" / "manual"
PAGES = sorted(MANUAL.glob("*.md"))
BOOKS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES]
INDEX = (MANUAL / "index.md").read_text("utf-8")
PICTURES = sorted((MANUAL / "pictures").glob("*.png"))
LARGEST = 250_000
ALL_OF_THEM = 1_500_000
SCREEN = (1280, 800)
PAPERS = {"pack-cover", "pack-motion", "notice", "recovery-sheet", "flyer", "card"}
JOBS = sorted(MANUAL.glob("job-*.md"))

named = pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)


def tokens(book: Path):
    """Every block and inline piece of a page, as Markdown is read."""
    for block in MarkdownIt().enable("table").parse(book.read_text("utf-8")):
        yield block
        yield from block.children or ()


def targets(book: Path) -> Iterator[tuple[str, str]]:
    """Everything a page links to or shows: file and heading."""
    for token in tokens(book):
        found = token.attrGet("href") or token.attrGet("src")
        if found and "://" not in found:
            file, _, heading = str(found).partition("#")
            yield file, heading


def headings(book: Path) -> set[str]:
    """The headings of a page as they are linked to: "Letters and labels" is letters-and-labels."""
    lines = re.findall(r"^#+ (.+)$", book.read_text("utf-8"), re.MULTILINE)
    plain = (unicodedata.normalize("NFC", line).lower() for line in lines)
    return {re.sub(r"[^\w\- ]", "", line).replace(" ", "-") for line in plain}


def fences(book: Path) -> list[str]:
    return [each.content for each in tokens(book) if each.type == "fence"]


def commands(book: Path) -> list[list[str]]:
    """The lines of a page that say to type `branch-desk …`, as a shell takes them apart."""
    lines = "\n".join(fences(book)).splitlines()
    found = (shlex.split(line, comments=True) for line in lines if "branch-desk " in line)
    return [words[1:] for words in found if Path(words[0]).name == "branch-desk"]


def found(words: list[str]) -> tuple[click.Command, list[str], list[str]]:
    """The command that words lead to, its path and what is left for it."""
    command: click.Command = cli.main
    path: list[str] = []
    while isinstance(command, click.Group):
        with click.Context(command) as context:
            name, chosen, words = command.resolve_command(context, words)
        assert chosen is not None, f"there is no command {' '.join([*path, str(name)])}"
        command, path = chosen, [*path, str(name)]
    return command, path, words


def every_command(group: click.Group, *path: str) -> Iterator[str]:
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if isinstance(command, click.Group):
                yield from every_command(command, *path, name)
            else:
                yield " ".join([*path, name])


@named
def test_every_link_and_picture_is_there(book):
    for file, heading in targets(book):
        target = (book.parent / file).resolve() if file else book
        assert target.exists(), f"{book.name} links to {file}"
        assert not heading or heading in headings(target), f"{book.name}: no heading #{heading}"


@named
def test_every_command_and_option_exists(book, monkeypatch):
    """click reads each line as it would on the command line; only the file itself is not opened."""
    monkeypatch.chdir(ROOT)
    for words in commands(book):
        if words == ["--help"] or words[:1] == ["My.branch"] or not words:
            continue
        command, path, rest = found(words)
        with command.make_context(" ".join(path), list(rest), resilient_parsing=False) as context:
            assert not context.args, words


def test_the_manual_and_the_readme_show_commands():
    assert len(commands(ROOT / "README.md")) >= 15
    assert sum(len(commands(page)) for page in PAGES) >= 60


def test_the_commands_page_has_an_example_of_every_command_and_paper():
    shown = [found(words)[1:] for words in commands(MANUAL / "command-line.md") if len(words) > 1]
    assert {" ".join(path) for path, _ in shown} == set(every_command(cli.main))
    assert {rest[0] for path, rest in shown if path == ["papers"]} == set(cli.all_papers())


def test_every_page_is_reached_from_the_first():
    known, to_read = set(), [MANUAL / "index.md"]
    while to_read:
        page = to_read.pop()
        if page not in known:
            known.add(page)
            linked = ((page.parent / file).resolve() for file, _ in targets(page) if file)
            to_read += [each for each in linked if each.suffix == ".md" and each.parent == MANUAL]
    assert known == set(PAGES)


def test_every_picture_is_shown_somewhere():
    shown = {(book.parent / file).resolve() for book in BOOKS for file, _ in targets(book) if file}
    assert set(PICTURES) <= shown


@named
def test_every_picture_is_told_in_words_too(book):
    for token in tokens(book):
        if token.type == "image":
            assert len(token.content) > 4, f"{book.name} shows {token.attrGet('src')} without words"


def test_the_pictures_together_are_small():
    assert sum(picture.stat().st_size for picture in PICTURES) <= ALL_OF_THEM


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.stem)
def test_a_picture_is_small_and_of_its_size(picture):
    data = picture.read_bytes()
    assert len(data) <= LARGEST
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    size = struct.unpack(">II", data[16:24])
    if picture.stem in PAPERS:
        assert 500 <= size[0] <= 800
    else:
        assert size == SCREEN


@named
def test_nobody_reads_of_a_machine_it_was_made_on(book):
    assert not re.search(r"/(?:work|home|root|tmp)/", book.read_text("utf-8"))


# The words of the window

WINDOW = "\n".join(
    path.read_text("utf-8").replace("&", "")
    for path in sorted((ROOT / "branch_desk").rglob("*.py"))
    if {"desk", "page", "first_run"} & set(path.parts) or path.name == "page.py"
)
KEYS = re.compile(r"(?:Ctrl|Alt)\+(?:Shift\+\w+|(?!Shift\+)\w+)")


@named
def test_every_button_that_is_named_stands_in_the_window(book):
    text = book.read_text("utf-8")
    pressed = re.findall(r"\b[Pp]ress (?:\*\*|\*)([^*]+)\*", text)
    pressed += re.findall(r"(?:\*[A-Z]\w+\*, |then )\*\*([^*]+)\*\*", text)
    for name in pressed:
        known = f'"{name}"' in WINDOW or f'"{name}…"' in WINDOW
        assert known, f"{book.name} says to press “{name}”"


@named
def test_every_entry_of_a_menu_that_is_named_stands_in_the_window(book):
    for name in re.findall(r"\*\*([A-Z][^*]+…)\*\*", book.read_text("utf-8")):
        assert f'"{name}"' in WINDOW, f"{book.name} speaks of “{name}”"


def test_there_are_buttons_to_look_for():
    assert sum(page.read_text("utf-8").count("ress **") for page in PAGES) >= 30


def test_the_page_of_keys_names_every_key_of_the_window_and_no_other():
    said = set(KEYS.findall((MANUAL / "keyboard.md").read_text("utf-8")))
    made = {key for key in KEYS.findall(WINDOW) if f'"{key}"' in WINDOW}
    rail = {f"Ctrl+{number}" for number, _ in enumerate(app.PAGES, 1)}
    assert made | rail <= said | {f"Ctrl+{number}" for number in range(2, 7)}
    assert said <= made | rail | {"Ctrl+A", "Ctrl+C"}


@named
def test_every_key_that_is_named_is_one_of_the_page_of_keys(book):
    known = set(KEYS.findall((MANUAL / "keyboard.md").read_text("utf-8")))
    known |= {f"Ctrl+{number}" for number, _ in enumerate(app.PAGES, 1)}
    said = set(KEYS.findall(book.read_text("utf-8"))) - {"Ctrl+click"}
    assert {each.replace("Enter", "Return") for each in said} <= known | {
        f"{key}+Return" for key in ("Ctrl", "Alt")
    }


# The ten jobs


def test_each_of_the_ten_jobs_has_a_page_in_their_order():
    listed = re.findall(r"^\| (\d+) \| \[[^]]+\]\((job-[a-z-]+)\.md\)", INDEX, re.MULTILINE)
    assert [int(number) for number, _ in listed] == [*range(1, 11)]
    assert sorted(name for _, name in listed) == [page.stem for page in JOBS]
    for number, name in listed:
        title = (MANUAL / f"{name}.md").read_text("utf-8").partition("\n")[0]
        assert title.startswith(f"# {number}. ")


@pytest.mark.parametrize("page", JOBS, ids=lambda page: page.stem)
def test_a_job_is_told_in_steps_with_a_picture_and_without_a_mouse(page):
    text = page.read_text("utf-8")
    assert len(re.findall(r"^\d\. ", text, re.MULTILINE)) >= 4
    assert "](pictures/" in text
    assert text.partition("\n## Without a mouse\n")[2].strip()


# The page of commands, run from top to bottom

MOTION, LETTER, LEAFLET = "---\ntitle: Keep", "---\nsubject: Members", 'title = "Save'
MAIL = """From: Regional office <office@region.example.org>
To: Secretary <secretary@example.org>
Subject: Re: Training evening
Date: Mon, 18 May 2026 10:00:00 +0100
Message-ID: <77@region.example.org>

There is a place for two.
"""
NEW = "correct horse battery"
LIST = """Membership No,First Name,Last Name,Post Code,Date Joined,Status
0909001,Ada,Okafor,HF1 2AB,01/05/2026,Active
"""


def example(beginning: str) -> str:
    """The file that a page shows, by how it begins."""
    (shown,) = {each for page in PAGES for each in fences(page) if each.startswith(beginning)}
    return shown


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    return story.build(folder, members=120, seed=1, on=date(2026, 5, 14), progress=lambda _: None)


class SomeEvening(datetime):
    """The machine's clock, stopped four days after the demo's story ends."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 5, 18, 20, 0, tzinfo=tz)


@pytest.fixture
def desk(demo, tmp_path, monkeypatch) -> CliRunner:
    """A folder with a branch file and every file that the page names."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(console, "datetime", SomeEvening)
    for name in ("My.branch", "backup.branch"):
        shutil.copy(demo, name)
    Path("stick").mkdir()
    for name, text in (
        ("motion.md", example(MOTION)),
        ("letter.md", example(LETTER)),
        ("leaflet.toml", example(LEAFLET)),
        ("answer.eml", MAIL),
        ("hq-list.csv", LIST),
        ("minutes.md", "The meeting was opened at 19:30.\n"),
    ):
        Path(name).write_text(text, encoding="utf-8")
    shutil.copy(resource("demo", "library.jpg"), "library.jpg")
    accounts = (Section("Accounts", (Text("All in order."),)),)
    Path("accounts.pdf").write_bytes(render(Document("Accounts", Brand("Highfield"), accounts)))
    return CliRunner(env={"BRANCH_DESK_PASSPHRASE": story.PASSPHRASE})


def answers(words: list[str]) -> list[str]:
    """What a person is asked for at a terminal, given as a script gives it."""
    if words[0] == "demo":
        return ["--members", "60"]
    if words[0] == "passphrase":
        Path("new.txt").write_text(NEW, encoding="utf-8")
        return ["--new-passphrase-file", "new.txt"]
    if words[0] == "recover":
        with console.open_store(Path(words[1]), key=NEW) as store:
            Path("sheet.txt").write_text(store.key.sheet(), encoding="utf-8")
        Path("old.txt").write_text(story.PASSPHRASE, encoding="utf-8")
        return ["--sheet", "sheet.txt", "--new-passphrase-file", "old.txt"]
    return []


def typed(desk: CliRunner, words: list[str]) -> str:
    """Run a line of the page."""
    done = desk.invoke(cli.main, [*words, *answers(words)])
    assert done.exit_code == 0, f"{shlex.join(words)}\n{done.output}"
    return done.output


def test_every_line_of_the_commands_page_runs_and_writes_what_it_names(desk):
    written = set()
    for words in commands(MANUAL / "command-line.md"):
        if words == ["My.branch"]:
            continue  # the window
        assert typed(desk, words), words
        written |= {word for word in words if re.search(r"\.(pdf|csv|ics)$", word)}
    assert all(Path(each).stat().st_size > 100 for each in written - {"hq-list.csv"})
    assert list(Path("stick").glob("My *.branch"))


def test_the_motion_that_is_shown_is_read_as_the_page_says(desk):
    typed(desk, ["motions", "add", "My.branch", "motion.md"])
    shown = typed(desk, ["motions", "show", "My.branch", "13"])
    for words in ("Keep Highfield library open on Saturdays", "Siân Wynn", "Rahim Uddin"):
        assert words in shown


def test_the_leaflet_that_is_shown_is_fit_to_print(desk):
    typed(desk, ["leaflets", "add", "My.branch", "leaflet.toml"])
    assert "can be printed" in typed(desk, ["leaflets", "check", "My.branch", "3"])


def test_the_letter_that_is_shown_waits_for_an_answer(desk):
    typed(desk, ["letters", "add", "My.branch", "letter.md"])
    assert "Membership Office" in typed(desk, ["letters", "waiting", "My.branch"])


def test_the_events_that_are_explained_are_those_of_the_window():
    from branch_desk.members.page.words import EVENTS

    page = (MANUAL / "members.md").read_text("utf-8").casefold()
    table = page[page.index("| event |") : page.index("if your rule book")]
    for kind in ("said they resign", "resignation recorded by hq", "no longer on hq's list"):
        assert kind in {each.casefold() for each in EVENTS.values()}
    explained = {each.casefold() for each in EVENTS.values() if each.casefold() in table}
    assert len(explained) >= 10
