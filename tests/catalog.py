"""The theme's sentences, and a catalog of them in a language that nobody speaks."""

import functools
import io
import re

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from site_folder import ROOT

PLACE = re.compile(r"%\(\w+\)s|%s")
HEBREW = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתאבגד")


@functools.cache
def theme_words():
    """Every text that a template or a filter asks gettext for; a set, read once when it is first asked for."""
    methods = [("templates/**", "jinja2.ext:babel_extract"), ("static/write/*.js", "javascript")]
    found = extract_from_dir(ROOT / "theme", method_map=methods, options_map={"templates/**": {"silent": "false"}})
    filters = extract_from_dir(ROOT / "plugins/campaign", method_map=[("rendering/filters.py", "python")])
    return {message[2] for message in (*found, *filters)}


def an_invented_catalog(path):
    """Hebrew letters for English ones, with everything that a figure or a name is put into left as it is."""
    catalog = Catalog(locale="he")
    for text in theme_words():
        parts = re.split(f"({PLACE.pattern})", text)
        catalog.add(text, "".join(part if PLACE.fullmatch(part) else part.lower().translate(HEBREW) for part in parts))
    written = io.BytesIO()
    write_po(written, catalog)
    path.write_bytes(written.getvalue())
