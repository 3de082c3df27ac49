"""Templates are compiled once for whatever campaign they show."""

import sys

import pytest
from jinja2 import Environment, FileSystemLoader

from campaign.rendering import compiled
from campaign.rendering.cache import Cache
from campaign.rendering.compiled import compiled_templates
from site_folder import ROOT


def test_what_a_filter_of_one_campaign_makes_of_a_constant_is_not_compiled_in_for_another(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text("{{ 5|money }} {{ 'a'|upper }}")
    said = []
    for sign in ("£", "€"):
        env = Environment(loader=FileSystemLoader(tmp_path / "templates"), autoescape=True)
        env.filters["money"] = f"{sign}{{}}".format
        kept = compiled_templates(env, tmp_path, Cache(tmp_path / "cache"), ("code",))
        assert [name for name, _ in kept._compiled] == ["page.html"]
        env.bytecode_cache = kept
        said.append(env.get_template("page.html").render())
    assert said == ["£5 A", "€5 A"]
    assert len(list((tmp_path / "cache").iterdir())) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")
def test_several_processes_compile_what_one_does_and_leave_out_what_cannot_be(tmp_path, monkeypatch):
    texts = {f"partials/{n}.html": f"{{% for each in of %}}{{{{ each|upper }}}} {n}{{% endfor %}}" for n in range(40)}
    texts["broken.html"] = "{% if %}"
    (tmp_path / "templates/partials").mkdir(parents=True)
    for name, text in texts.items():
        (tmp_path / "templates" / name).write_text(text)
    env, found = Environment(loader=FileSystemLoader(tmp_path / "templates"), autoescape=True), []
    for forks in (0, 2):
        monkeypatch.setattr(compiled, "forks_for", lambda *_, forks=forks: forks)
        found.append(compiled_templates(env, tmp_path, Cache(None), ("code",)))
    assert found[0]._compiled == found[1]._compiled
    assert {name for name, _ in found[0]._compiled} == texts.keys() - {"broken.html"}
    env.bytecode_cache = found[1]
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("it is compiled again"))
    assert env.get_template("partials/7.html").render(of=["a"]) == "A 7"


EACH_ONCE = """\
import os
os.sched_getaffinity = lambda _: {0}  # one process, which counts them all
from jinja2 import Environment
compile, compiled = Environment.compile, set()
def compile_once(env, source, name=None, *more):
    if name in compiled:
        raise SystemExit(f"{name} is compiled a second time")
    compiled.add(name)
    return compile(env, source, name, *more)
Environment.compile = compile_once
"""


def test_no_template_is_compiled_twice_in_a_build_whoever_shows_it(site, tmp_path):
    settings = tmp_path / "each_once.py"
    settings.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n{EACH_ONCE}")
    done = site.pelican(settings=settings)
    assert done.returncode == 0, done.stderr
