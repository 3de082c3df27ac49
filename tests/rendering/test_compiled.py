"""Templates are compiled once for whatever campaign they show."""

from jinja2 import Environment, FileSystemLoader

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


EACH_ONCE = """\
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
