"""Whatever Pelican, a plugin or the theme logs as a warning or worse ends a build, however little is printed."""

import shutil
import sys

import pytest

from site_folder import ROOT, run

SECOND = """\
import logging
from pelican import signals

class Second:
    def register():
        {register}
        signals.{signal}.connect(Second.receive)

    def receive(*_, **__):
        {receive}

{settings}
"""
LOG = 'logging.getLogger({name!r}).{level}("the figure of %s is wrong", "today")'


def second(register="pass", receive="pass", signal="finalized", settings="PLUGINS = [*PLUGINS, Second]"):
    return SECOND.format(register=register, receive=receive, signal=signal, settings=settings)


def logs(level="warning", name="second"):
    return LOG.format(name=name, level=level)


SILENCED = f"log = logging.getLogger('second'); log.propagate = False; {logs()}"
FAULTS = {
    "a plugin is misspelt": "PLUGINS = [*PLUGINS, 'campain_counter']",
    "a plugin fails to import": "PLUGIN_PATHS = ['{here}']\nPLUGINS = [*PLUGINS, 'broken_plugin']",
    "a plugin fails to register": second(register="raise ValueError('no figure')"),
    "a plugin warns as it is registered": second(register=logs()),
    "a plugin warns as Pelican begins": second(receive=logs(), signal="initialized"),
    "a plugin warns as a file is read": second(receive=logs(), signal="article_generator_context"),
    "a plugin warns before a page is written": second(receive=logs(), signal="article_generator_write_article"),
    "a plugin warns at the very end": second(receive=logs()),
    "an error at the very end": second(receive=logs("error")),
    "Pelican's own logger": second(receive=logs("error", "pelican.writers")),
    "the logger of all": second(receive=logs(name="")),
    "a logger that hands nothing on": second(receive=SILENCED),
    "a logger's own filter": second(
        receive=f"logging.getLogger('second').addFilter(lambda record: False); {logs()}",
    ),
    "a plugin that silences everybody first": second(
        register="logging.disable(logging.CRITICAL)", receive=logs(), signal="content_written"
    ),
    "the theme": second(
        settings="PLUGINS = [*PLUGINS, Second]\nJINJA_GLOBALS = {'site_log': logging.getLogger('theme').warning}",
        register="pass",
    ),
}


@pytest.fixture
def settings(tmp_path):
    def write(change):
        (tmp_path / "broken_plugin.py").write_text("import a_module_that_is_not_there\n")
        path = tmp_path / "changed.py"
        change = change.replace("{here}", str(tmp_path))
        path.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n{change}\n")
        return path

    return write


def run_pelican(site, settings, *options, module="campaign.publishing.run_pelican"):
    command = [sys.executable, "-m", module, str(site.content), "-s", str(settings), "-o", str(site.output), *options]
    return run(command, site.folder)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_build_in_which_anything_is_said_fails_and_says_it(site, settings, fault):
    """Even where Pelican is asked to be quiet."""
    path = settings(fault)
    if "JINJA_GLOBALS" in fault:
        theme = shutil.copytree(ROOT / "theme", site.folder / "theme")
        page = theme / "templates/base.html"
        page.write_text(page.read_text().replace("</body>", "{{ site_log('the figure is wrong') }}</body>"))
        path.write_text(f"{path.read_text()}THEME = {str(theme)!r}\n")
    done = run_pelican(site, path, "--quiet")
    assert done.returncode != 0
    assert any(words in done.stdout + done.stderr for words in ("figure", "campain_counter", "broken_plugin"))


@pytest.mark.parametrize(
    "name", ["a plugin is misspelt", "a plugin fails to register", "a plugin warns as a file is read"]
)
def test_plain_pelican_fails_as_well(site, settings, name):
    done = run_pelican(site, settings(FAULTS[name]), "--quiet", module="pelican")
    assert done.returncode != 0


def test_a_build_in_which_nothing_is_said_goes_well(site, settings):
    done = run_pelican(site, settings(second()))
    assert done.returncode == 0, done.stdout + done.stderr
