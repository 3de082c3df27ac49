"""No theme but ours is ever searched: Pelican's own would write a page without a figure for a template that is gone."""

import shutil

import pytest

from campaign.rendering.theme import TEMPLATES, missing_templates
from site_folder import ROOT


@pytest.fixture
def theme(site):
    return shutil.copytree(ROOT / "theme", site.folder / "theme")


def build(site, theme, more=""):
    settings = site.folder / "changed.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\nTHEME = {str(theme)!r}\n{more}\n"
    )
    return site.pelican(settings=settings)


def test_every_template_of_the_theme_is_known_to_be_written_from():
    names = {path.name for path in (ROOT / "theme/templates").iterdir() if path.is_file()}
    assert names == {*TEMPLATES, "base.html"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_that_is_missing_is_named_before_anything_is_built(tmp_path, name):
    theme = shutil.copytree(ROOT / "theme/templates", tmp_path / "templates")
    (theme / name).unlink()
    assert missing_templates(theme) == (name,)


@pytest.mark.parametrize("name", ["index.html", "base.html", "partials/cover.html"])
def test_a_template_that_is_missing_ends_the_run(site, theme, name):
    (theme / "templates" / name).unlink()
    done = build(site, theme)
    assert done.returncode != 0
    if name == "index.html":
        assert f"The theme lacks {name} in {theme / 'templates'}; nothing was built." in done.stderr


def test_a_template_is_not_taken_from_another_folder(site, theme):
    other = site.folder / "others"
    other.mkdir()
    (other / "index.html").write_text("No figure here.")
    done = build(site, theme, f"THEME_TEMPLATES_OVERRIDES = [{str(other)!r}]")
    assert done.returncode != 0 or "£12,345" in site.page("index.html")


@pytest.mark.parametrize("name", ["!simple/index.html", "!theme/index.html", "tags.html", "author.html"])
def test_a_template_cannot_name_one_of_pelicans(site, theme, name):
    (theme / "templates/index.html").write_text(f'{{% extends "{name}" %}}')
    done = build(site, theme)
    assert done.returncode != 0
