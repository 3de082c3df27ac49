"""A Pelican that nobody has tried this with is refused in one sentence, before anything is written."""

import tomllib

import pytest
from pelican import __version__

from campaign.publishing.versions import PELICANS, unfit
from site_folder import ROOT


def test_the_plugin_and_the_project_name_the_same_versions_of_pelican():
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    first, never = (".".join(map(str, bound)) for bound in PELICANS)
    assert f"pelican>={first},<{never}" in dependencies


@pytest.mark.parametrize("version", [__version__, "4.12", "4.12.0", "4.12.0.post1", "4.13.2", "4.100.0"])
def test_these_will_do(version):
    assert unfit(version) == ""


@pytest.mark.parametrize("version", ["3.7.1", "4.0.1", "4.9.1", "4.11.0", "5.0", "5.0.0b1", "10.1"])
def test_these_will_not_and_one_sentence_says_which_would(version):
    assert unfit(version) == (
        f"This site needs Pelican 4.12 or later, and before 5; here is {version}."
        " Install what requirements.txt lists; nothing was built."
    )


@pytest.mark.parametrize("version", ["", "unknown"])
def test_a_pelican_of_no_known_version_will_not_do(version):
    assert "nothing was built" in unfit(version)


def test_another_pelican_builds_nothing(site):
    settings = site.folder / "older.py"
    older = "plugin.pelican_version = '4.11.0'"
    settings.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n{older}\n")
    done = site.pelican(settings=settings)
    assert done.returncode != 0
    assert "This site needs Pelican 4.12 or later" in done.stderr and "Traceback" not in done.stderr
    assert not site.output.exists()
