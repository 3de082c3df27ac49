"""What is rendered once for many pages is on each of them what it would be alone."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from campaign.rendering.parts_once import MAX_KEPT, parts_once
from site_folder import ROOT
from surfaces import surfaces_of

APPEALS = ("village-hall", "matched", "remembered", "resumed", "zloty")


def showing(**templates):
    env = Environment(loader=DictLoader(templates), undefined=StrictUndefined, autoescape=True)
    env.globals["once"] = parts_once(env)
    return env


@pytest.mark.parametrize(
    "reach", ["{{ title }}", "{% if there %}{{ title }}{% endif %}", "{% include 'more' %}", "{{ once('more') }}"]
)
def test_a_part_sees_nothing_of_its_page_but_what_it_is_given(reach):
    env = showing(page="{% set title = 'A roof' %}{{ once('part', there=true) }}", part=reach, more="{{ title }}")
    with pytest.raises(UndefinedError):
        env.get_template("page").render(title="A roof")


@pytest.mark.parametrize(
    "asked", ["{{ title|default('none') }}", "{% if title is defined %}some{% else %}none{% endif %}"]
)
def test_a_part_that_asks_whether_there_is_more_is_the_same_on_every_page(asked):
    env = showing(page="{{ once('part') }}", part=asked)
    assert [env.get_template("page").render(title=title) for title in ("A", "B")] == ["none", "none"]


def test_a_part_has_no_filter_that_knows_of_one_page():
    env = showing(page="{{ once('part') }}", part="{{ 'walk'|picture }}", more="{{ 'walk'|picture }}")
    env.filters["picture"] = {}.__getitem__
    env.globals["once"] = parts_once(env)
    env.filters["picture"] = {"walk": "walk-360.jpg"}.__getitem__
    assert env.get_template("more").render() == "walk-360.jpg"
    with pytest.raises(KeyError, match="walk"):
        env.get_template("page").render()


def test_values_that_are_equal_and_written_otherwise_are_shown_as_they_are_written():
    once = showing(part="{{ of }}").globals["once"]
    for of in (Decimal("1.0"), Decimal("1.00"), True, 1, 1.0, "1", Markup("<b>"), "<b>", ("a", 1), ("a", True)):
        assert once("part", of=of) == once("part", of=of) == Markup.escape(of)


def test_a_part_is_not_rendered_again_for_the_same_and_is_for_anything_else():
    rendered = []
    env = showing(part="{{ note(of) }}")
    env.globals["note"] = lambda of: rendered.append(of) or ""
    shared, other = ("a",), tuple("a")
    for of in (shared, shared, other, "b", "b"):
        env.globals["once"]("part", of=of)
    env.globals["once"]("part", of="b", more="c")
    assert rendered == [("a",), ("a",), "b", "b"]


def test_no_value_is_taken_for_one_that_is_gone_however_many_there_were():
    once = showing(part="{{ of[0] }}").globals["once"]
    assert [once("part", of=(number,)) for number in range(3 * MAX_KEPT)] == list(map(str, range(3 * MAX_KEPT)))


@pytest.mark.parametrize("appeal", APPEALS)
def test_an_updates_page_is_what_it_would_be_were_each_of_its_parts_rendered_for_it_alone(appeal):
    shown = surfaces_of(ROOT / "tests/sites" / appeal, now=datetime(2026, 5, 28, tzinfo=UTC)).updates
    slugs = [update.slug for update in shown._site.loaded.view.updates]
    pages = [shown.written(shown.of(slug)) for slug in slugs]
    shown.env.globals["once"] = lambda part, **given: Markup(shown.env.get_template(part).render(given))
    assert [shown.written(shown.of(slug)) for slug in slugs] == pages
