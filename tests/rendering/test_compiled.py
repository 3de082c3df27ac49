"""Templates are compiled once for whatever campaign they show."""

from jinja2 import Environment, FileSystemLoader

from campaign.rendering.cache import Cache
from campaign.rendering.compiled import compiled_templates


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
