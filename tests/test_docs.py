"""What the documents name exists, and what exists is documented."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import get_args

import click
import pytest
import reference
from jinja2 import Environment, nodes
from jinja2.defaults import DEFAULT_FILTERS
from reference import IN_SENTENCES, TABLES, models
from ruamel.yaml import YAML

from campaign.authoring.new_campaign import OF_THE_STORY
from campaign.cli import main
from campaign.core.reading.campaign import Campaign
from campaign.core.reading.campaign_file import parse_campaign
from campaign.core.reading.fields import Fields
from campaign.core.reading.front_matter import parse_update_file, parse_yaml_file
from campaign.core.reading.problems import CampaignError
from campaign.core.reading.story import read_story
from campaign.core.reading.update import (
    EventFields,
    PageFields,
    UpdateFields,
    parse_event,
    parse_page,
    parse_update,
)
from campaign.loading.load import load_campaign
from editors import underlined
from photo import photo

ROOT = Path(__file__).parents[1]
DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")))
}
ERRORS = DOCUMENTS["docs/errors.md"]
POSTING = DOCUMENTS["docs/posting-updates.md"]
SETTING_UP = DOCUMENTS["docs/setting-up.md"]
EVERYTHING = "\n".join(DOCUMENTS.values())
TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "plugins").rglob("*.py"))]
SOURCES = "\n".join(TEXTS)
CONFIGURATION = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("*conf.py")))
FENCED = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")


def sections(text: str) -> dict[str, str]:
    """What stands below each heading, up to the next one of any level; without blocks of code."""
    parts = re.split(r"^#+ (.+)$", FENCED.sub("", text), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def blocks(text: str, language: str) -> list[str]:
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for block in found]


# -- fields --------------------------------------------------------------------------------------------


def keys(model: type[Fields]) -> dict[str, bool]:
    """The names of a model's fields as they stand in a file, and whether each is needed."""
    return {field.alias or name: field.is_required() for name, field in model.model_fields.items()}


def test_every_kind_of_field_is_documented():
    roots = (Campaign, UpdateFields, EventFields, PageFields)
    assert {m for root in roots for m in models(root)} == {*TABLES.values(), *IN_SENTENCES}


def test_what_is_made_of_the_code_is_as_the_code_has_it():
    """After a change of the fields, of the view or of a filter: make reference."""
    written = reference.written()
    assert written
    for path, text in written.items():
        assert path.read_text(encoding="utf-8") == text, path.name


@pytest.mark.parametrize("heading", TABLES)
def test_a_table_lists_exactly_the_fields_there_are_and_says_which_are_needed(heading):
    rows = re.findall(r"^\| `(\w+)` \| (.*?)(?: \||$)", sections(POSTING)[heading], re.MULTILINE)
    assert {key: says.rstrip(" |").endswith("; needed") for key, says in rows} == keys(TABLES[heading])


def test_an_editor_underlines_nothing_in_what_is_shown_here_and_whatever_is_no_field():
    assert underlined("campaign", YAML(typ="safe").load(documented_campaign())) == []
    for text in blocks(POSTING, "markdown"):
        if text.startswith("---\n"):
            kind = "event" if "\nplace:" in text else "update" if "\ndate:" in text else "page"
            fields = YAML(typ="safe").load(text.split("---\n")[1])
            assert underlined(kind, fields) == []
            assert len(underlined(kind, fields | {"tilte": "x"})) == 1
    assert len(underlined("campaign", {"name": "x", "currency": "GBP", "goal": 1, "give": [{"lable": "x"}]})) == 2


@pytest.mark.parametrize(("model", "heading"), IN_SENTENCES.items())
def test_fields_without_a_table_are_in_sentences_or_examples(model, heading):
    text = re.split(rf"^### {heading}$", POSTING, flags=re.MULTILINE)[1].partition("\n#")[0]
    for key in keys(model):
        assert re.search(rf"`{key}`|[{{, ]{key}: ", text), f"{heading}: {key}"


def documented_campaign() -> str:
    (text,) = [block for block in blocks(POSTING, "yaml") if "\ncurrency:" in block]
    return text


def test_the_campaign_that_shows_everything_is_right_and_shows_every_key():
    document = parse_yaml_file("content/campaign.yaml", documented_campaign().encode())
    assert parse_campaign(document)
    shown = {part for path in document.lines for part in path if isinstance(part, str)}
    assert shown == {key for model in models(Campaign) for key in keys(model)}


def test_the_updates_that_are_shown_make_a_right_site(tmp_path):
    content = tmp_path / "content"
    written = [block for block in blocks(POSTING, "markdown") if block.startswith("---\n") and "\nends:" not in block]
    for folder in ("updates", "events", "pages"):
        (content / folder).mkdir(parents=True)
    (content / "images").mkdir()
    for name in ("walk.jpg", "walk-at-night.jpg"):
        (content / "images" / name).write_bytes(photo())
    (content / "campaign.yaml").write_text(documented_campaign(), encoding="utf-8")
    for number, text in enumerate(written):
        day = re.search(r"^date: (\S+)$", text, re.MULTILINE)
        name = "events/buggy-walk" if "\nplace:" in text else f"updates/{day[1]}-{number}" if day else "pages/about"
        (content / f"{name}.md").write_text(text, encoding="utf-8")
    loaded = load_campaign(tmp_path, content, now=datetime(2016, 2, 1, tzinfo=UTC))
    assert len(written) == len(loaded.documents) == 5


def test_the_three_lines_that_end_an_appeal_are_enough_for_a_quiet_site(tmp_path):
    content = tmp_path / "content"
    (content / "updates").mkdir(parents=True)
    (content / "images").mkdir()
    for name in ("walk.jpg", "walk-at-night.jpg"):
        (content / "images" / name).write_bytes(photo())
    appeal = documented_campaign().replace("closed: 2016-04-30\n", "")
    (content / "campaign.yaml").write_text(appeal, encoding="utf-8")
    (update,) = [block for block in blocks(POSTING, "markdown") if "\nends:" in block]
    assert len(update.splitlines()) == 5
    (content / "updates/2016-01-20-robin.md").write_text(update, encoding="utf-8")
    view = load_campaign(tmp_path, content, now=datetime(2016, 2, 1, tzinfo=UTC), public=True).view
    assert view.now.ending and view.now.ending.promise == "It helps another child who needs the operation."
    assert view.headline == "Robin has died" and not view.asks


@pytest.mark.parametrize("fields", [block for block in blocks(POSTING, "yaml") if "\ncurrency:" not in block])
def test_a_part_of_an_update_that_is_shown_can_be_copied(fields):
    campaign = parse_campaign(parse_yaml_file("content/campaign.yaml", documented_campaign().encode()))
    source = f"---\ntitle: Copied\ndate: 2015-08-26\n{fields}---\n"
    assert parse_update(parse_update_file("content/updates/2015-08-26-copied.md", source.encode()), campaign)


@pytest.mark.parametrize("heading", ["Everything an update can say", "Events", "Pages"])
def test_an_example_in_a_table_can_be_copied(heading):
    campaign = parse_campaign(parse_yaml_file("content/campaign.yaml", documented_campaign().encode()))
    lines = re.findall(r"\| `(\w+: [^`]+)` \|$", sections(POSTING)[heading], re.MULTILINE)
    source = "---\n" + "\n".join(lines) + "\n---\n"
    parse, path = {
        "Events": (parse_event, "events/walk.md"),
        "Pages": (parse_page, "pages/about.md"),
    }.get(heading, (parse_update, "updates/2015-08-26-half-way-there.md"))
    assert parse(parse_update_file(f"content/{path}", source.encode()), campaign)


def test_the_appeal_that_is_shown_to_an_organiser_is_right_for_the_public_and_so_is_its_first_update(tmp_path):
    content = tmp_path / "content"
    ((appeal,), (update,)) = blocks(SETTING_UP, "yaml"), blocks(SETTING_UP, "markdown")
    ((name,),) = [re.findall(r"such as `(updates/[\w-]+\.md)`", SETTING_UP)]
    (content / name).parent.mkdir(parents=True)
    (content / name).write_text(update, encoding="utf-8")
    (content / "campaign.yaml").write_text(appeal, encoding="utf-8")
    loaded = load_campaign(tmp_path, content, now=datetime(2016, 2, 1, tzinfo=UTC), public=True)
    assert loaded.view.appeal.give and not loaded.view.appeal.example
    assert list(loaded.documents) == [name]


# -- the theme -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*reference.view_types(), reference.Given], ids=lambda kind: kind.__name__)
def test_whatever_a_theme_may_use_says_what_it_means_and_when_it_is_none(kind):
    assert inspect.getdoc(kind)
    for name, (what, said) in reference.attributes(kind).items():
        assert said.endswith((".", ".)", "?")), f"{kind.__name__}.{name}"
        if type(None) in get_args(what) and not issubclass(kind, Fields):
            assert "None" in said, f"{kind.__name__}.{name}"


@pytest.mark.parametrize("name", reference.theme_filters_known())
def test_every_filter_says_what_it_makes(name):
    assert inspect.getdoc(reference.theme_filters_known()[name]).rstrip().endswith(".")


def asked_for() -> Iterator[tuple[str, str]]:
    """Every attribute that a template asks for, and every filter."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    for path in sorted((ROOT / "theme/templates").rglob("*.*")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for asked in tree.find_all(nodes.Getattr):
            if not (isinstance(asked.node, nodes.Name) and asked.node.name in ("self", "loop")):
                yield "attribute", asked.attr
        for asked in tree.find_all(nodes.Filter):
            yield "filter", asked.name


def test_a_template_asks_for_nothing_but_what_a_theme_may_use():
    """By name alone: whose it is no template says."""
    asked = set(asked_for())
    known = {name for kind in reference.view_types() for name in reference.attributes(kind)}
    known |= {*reference.REGION, "region", "value", "slug"}
    drawings = {"stock", "paper", "ink", "progress", "lines", "size"}  # colours by name, and a card's headline
    pictures = {"address", "fallback"}
    assert {name for what, name in asked if what == "attribute"} - known <= drawings | pictures
    assert {name for what, name in asked if what == "filter"} - {*DEFAULT_FILTERS} <= set(
        reference.theme_filters_known()
    )


def test_whatever_a_theme_may_use_is_used():
    """By a template, or by what writes data, records and reports: what nobody shows nobody keeps right."""
    templates = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "theme/templates").rglob("*.*")))
    unused = {
        f"{kind.__name__}.{name}"
        for kind in reference.view_types()
        for name in reference.attributes(kind)
        if not re.search(rf"\.{name}\b", templates + SOURCES)
    }
    assert unused == set()
    for name in reference.theme_filters_known():
        assert re.search(rf"""\|{name}\b|map\("{name}"\)""", templates), name


# -- problems ------------------------------------------------------------------------------------------

NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")
RAISERS = (
    "Problem",
    "problem",
    "body_problem",
    "_problem",
    "FieldError",
    "_error",
    "PydanticCustomError",
    "Fault",
    "_fault",
)


@cache
def raised_names() -> set[str]:
    """Every problem's name in the code: the first plain word given to what makes a problem."""
    names = set()
    # A module in which none of these words stands makes no problem, and most have none.
    making = [text for text in TEXTS if re.search(rf"\b(?:{'|'.join(RAISERS)})\b", text)]
    for node in (node for text in making for node in ast.walk(ast.parse(text))):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in RAISERS:
            given = node.args
        elif isinstance(node, ast.Assign) and any(
            isinstance(name, ast.Name) and name.id == "name" for target in node.targets for name in ast.walk(target)
        ):
            given = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], ast.JoinedStr):
            given = node.elts  # a name and its message, on their way to becoming a problem
        words = [part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        names |= set([word for word in words if NAME.fullmatch(word)][:1])
    return names


DOUBTS = set(re.findall(rf"^### ({NAME.pattern})$", ERRORS, re.MULTILINE))
"""What is only asked about."""


def test_whatever_is_asked_about_is_explained_and_has_a_case():
    asked = (ROOT / "plugins/campaign/comparing/warnings.py").read_text(encoding="utf-8")
    reports = "".join(path.read_text("utf-8") for path in (ROOT / "tests/changes").glob("*/expected.txt"))
    assert set(re.findall(r'problem\(\s*"([a-z-]+)"', asked)) == DOUBTS
    assert set(re.findall(r"\[([a-z-]+)\]$", reports, re.MULTILINE)) == DOUBTS


@cache
def names_in_cases() -> set[str]:
    answers = sorted((ROOT / "tests/errors").glob("*/expected.txt"))
    text = "".join(path.read_text(encoding="utf-8") for path in answers)
    return set(re.findall(r"\[([a-z-]+)\]$", text, re.MULTILINE))


def test_every_problem_has_a_case_but_those_of_a_locked_file_and_of_the_themes_words():
    """The latter are in tests/attacks/catalogs/."""
    assert raised_names() - names_in_cases() - DOUBTS == {"unreadable", "catalog"}


def test_every_problem_is_explained_and_nothing_else():
    headings = re.findall(rf"^## ({NAME.pattern})$", ERRORS, re.MULTILINE)
    assert set(headings) == (raised_names() | names_in_cases()) - DOUBTS
    assert headings == sorted(headings)
    assert [name for name, _ in re.findall(r"\[([a-z-]+)\]\(#([a-z-]+)\)", ERRORS)] == headings


def answered(fields: str, path: str) -> set[str]:
    """The names of the problems that a few lines have, in an update or in campaign.yaml."""
    campaign = parse_campaign(parse_yaml_file("content/campaign.yaml", CAMPAIGN.encode()))
    try:
        if path.endswith(".yaml"):
            parse_campaign(parse_yaml_file(path, "\n".join((fields, *BASIS)).encode()))
        else:
            for line in ("title: Cake sale", "date: 2015-08-26"):
                if not re.search(rf"^{line.partition(':')[0]}", fields, re.MULTILINE | re.IGNORECASE):
                    fields += f"{line}\n"
            day = re.search(r"^date: (\d{4}-\d{2}-\d{2})", fields, re.MULTILINE)
            name = f"content/updates/{day[1] if day else '2015-08-26'}-cake-sale.md"
            parse_update(parse_update_file(name, f"---\n{fields}---\n".encode()), campaign)
    except CampaignError as error:
        return {problem.name for problem in error.problems}
    return set()


BASIS = ("name: A roof", "currency: GBP", "goal: 50,000")
CAMPAIGN = (
    "\n".join(BASIS)
    + """
sources:
  - {id: page, label: Online page}
  - {id: justgiving, label: JustGiving}
  - {id: bank, label: Hall account}
  - {id: cash, label: Cash and cheques, records: receipts}
  - {id: america, label: American page, currency: USD}
counters:
  - {id: petition, label: signatures}
milestones:
  - {id: accepted, label: Accepted}
"""
)


def examples() -> Iterator[tuple[str, str, str]]:
    """Each explained problem with its lines before and after they are mended."""
    for part in re.split(r"^## ", ERRORS, flags=re.MULTILINE)[1:]:
        shown = blocks(part, "yaml")
        if len(shown) == 2:
            yield part.split("\n", 1)[0], shown[0], shown[1]


@pytest.mark.parametrize(("name", "before", "after"), list(examples()))
def test_what_is_said_to_be_wrong_is_refused_for_that_and_what_is_said_to_be_right_is_right(name, before, after):
    first = re.findall(r"\w+", after)[0]
    is_update = first in keys(UpdateFields)
    path = "content/updates/2015-08-26-cake-sale.md" if is_update else "content/campaign.yaml"
    assert answered(after, path) == set()
    if name not in NEEDS_MORE:
        assert name in answered(before, path)


@pytest.mark.parametrize("name", ["footnote", "html"])
def test_a_story_that_is_said_to_be_wrong_is_refused_for_that_and_the_one_that_is_said_to_be_right_is_right(name):
    part = next(part for part in re.split(r"^## ", ERRORS, flags=re.MULTILINE) if part.startswith(f"{name}\n"))
    before, after = (read_story(story) for story in blocks(part, "markdown"))
    assert {fault.name for fault in before.faults} == {name}
    assert after.faults == ()


NEEDS_MORE = (
    *("as-of", "below-zero", "correction", "date-name", "digits", "fall", "future", "leap", "no-picture", "order"),
    *("promise", "promise-id", "same-time", "sum"),
)
"""Problems between several files, or of more than fields; their cases are in tests/errors/."""


# -- commands, options, settings -----------------------------------------------------------------------


def options_of(command: click.Command) -> set[str]:
    return {opt for param in command.params if isinstance(param, click.Option) for opt in param.opts}


COMMANDS = dict(main.commands)
OPTIONS = {opt for command in COMMANDS.values() for opt in options_of(command)}


def written_commands() -> Iterator[tuple[str, str]]:
    """Every ``campaign …`` in code, with the line it is in."""
    for text in DOCUMENTS.values():
        for line in text.splitlines():
            for match in re.finditer(r"(?:`|bin/|Scripts\\|-m )(?:python -m )?campaign ([a-z]+)", line):
                yield match[1], line


def test_every_command_that_is_written_exists_and_the_reverse():
    assert {name for name, _ in written_commands()} == set(COMMANDS)
    kinds = next(param for param in COMMANDS["new"].params if param.name == "kind").type.choices
    for kind in kinds:
        assert f"campaign new {kind}" in POSTING


def test_every_option_that_is_written_exists_and_the_reverse():
    written = {opt for _, line in written_commands() for opt in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", line)}
    written -= {"-m", "--help", "-h"}
    assert written <= OPTIONS
    table = sections(POSTING)["At a computer with the project on it"]
    assert set(re.findall(r"`(--?[a-z][a-z-]*)", table)) - {"--help"} == OPTIONS


def test_every_setting_of_ours_is_documented_and_every_documented_one_exists():
    from_environment = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", SOURCES + CONFIGURATION))
    settings = set(re.findall(r"settings(?:\.get\(|\[)\"(CAMPAIGN_\w+)\"", SOURCES))
    ours = {name for name in from_environment | settings if not name.startswith("GITHUB_")} - {"TZ"}
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", POSTING, re.MULTILINE)) == ours
    named = {code for code in CODE.findall(EVERYTHING) if re.fullmatch(r"[A-Z]+(_[A-Z]+)+|SITEURL", code)}
    for setting in named - {"YYYY_MM_DD"}:
        assert re.search(rf"\b{setting}\b", SOURCES + CONFIGURATION), setting


def test_every_make_command_that_is_written_exists_and_the_reverse():
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    written = set(re.findall(r"(?:`|\$ |^ {4})make ([a-z]+)", EVERYTHING, re.MULTILINE))
    assert written <= targets
    assert targets - written <= {"lock"}


def test_the_workflow_that_an_organiser_looks_for_is_there_and_starts_when_it_is_said_to():
    (publish,) = (ROOT / ".github/workflows").glob("publish.yml")
    text = publish.read_text(encoding="utf-8")
    (name,) = re.findall(r"^name: (.+)$", text, re.MULTILINE)
    assert set(re.findall("(?:run of|called|Actions \u203a) [*]*([A-Z][a-z]+)", SETTING_UP)) == {name}
    assert "**Enable workflow**" in SETTING_UP and "**Run workflow**" in SETTING_UP
    starts = text.partition("\non:\n")[2].partition("\n\n")[0]
    assert re.findall(r"^  (\w+):", starts, re.MULTILINE) == ["push", "workflow_dispatch"]
    assert re.search(r"^name: Daily$", (publish.parent / "daily.yml").read_text(encoding="utf-8"), re.MULTILINE)


# -- links ---------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """As GitHub makes them from headings."""
    plain = FENCED.sub("", text)
    headings = re.findall(r"^#+ (.+)$", plain, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_within_the_project_leads_to_a_file_and_a_heading(document):
    text = CODE.sub("", FENCED.sub("", DOCUMENTS[document]))
    for address in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, anchor = address.partition("#")
        target = (ROOT / document).parent / path.replace("\\", "") if path else ROOT / document
        assert target.exists(), address
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), address


def test_what_is_said_of_github_leads_to_its_own_page_in_the_newest_edition():
    """Without a version, a product or an anchor in it: these are what changes first."""
    addresses = re.findall(r"https?://docs\.github\.com[^\s)]*", EVERYTHING)
    assert len(set(addresses)) > 20
    for address in addresses:
        assert re.fullmatch(r"https://docs\.github\.com/en/[a-z0-9-]+(?:/[a-z0-9_-]+)+", address), address


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_file_or_folder_that_is_named_is_there(document):
    for code in CODE.findall(FENCED.sub("", DOCUMENTS[document])):
        if re.fullmatch(r"(?:docs|plugins|tests|theme|benchmarks|\.ci)/[\w./-]+", code):
            # What goes with the shipped appeal is named all the same where a family has taken the template.
            assert (ROOT / code).exists() or code.rstrip("/") in OF_THE_STORY, code


def test_pictures_of_the_page_to_write_on_are_small_and_each_is_shown():
    pictures = sorted((ROOT / "docs").glob("writing-*.png"))
    assert [picture.name for picture in pictures] == sorted(re.findall(r'<img src="(writing-[a-z-]+\.png)"', POSTING))
    assert all(picture.stat().st_size < 60_000 for picture in pictures)
