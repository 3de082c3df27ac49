"""The page to write on is one file: its modules joined, its style cut down to what it uses, its data escaped."""

import gzip
import json
import re
from gettext import NullTranslations

import pytest

from campaign.core.reading.update import EventFields, UpdateFields
from campaign.rendering.script import tight, tokens, with_short_names
from campaign.rendering.styles import stripped_css, stylesheet
from campaign.rendering.write_page import FIRST, as_json, joined, names_in, only_used, sentences, spoken
from catalog import theme_words
from site_folder import ROOT
from surfaces import surfaces

MODULES = ROOT / "theme/static/write"
CAMPAIGN = """\
name: A roof </script><script>alert(1)</script><!--
currency: GBP
goal: 50,000
repository: someone/roof
sources:
  - {id: bank, label: "</script><img src=x onerror=alert(1)>"}
  - {id: cash, label: Cash, records: receipts}
"""
UPDATES = {"2024-02-01": "totals:\n  bank: about 3,000", "2024-03-01": "received:\n  - {source: cash, amount: 42.30}"}
SAID = {"2024-02-01": "totals:\n  bank: about 3000", "2024-03-01": "received:\n  - {source: cash, amount: 42}"}
MAX_BYTES = 40 * 1024
"""Bytes that the page may have once it is compressed, script, style and data included."""


@pytest.fixture(scope="module")
def roof(tmp_path_factory):
    return surfaces(tmp_path_factory.mktemp("roof"), CAMPAIGN, UPDATES)


def data_in(page):
    return re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1]


def module(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


# -- one script -------------------------------------------------------------------------------------------


def test_modules_are_joined_each_once_behind_those_that_they_import(tmp_path):
    module(tmp_path, "page.js", 'import { b } from "./b.js";\nimport { a } from "./a.js";\n\nb(a);\n')
    module(tmp_path, "b.js", '// Says b.\nimport { a } from "./a.js";\n\n/** What it is. */\nexport function b() {}\n')
    module(tmp_path, "a.js", "/**\n * Long.\n */\nexport const a = 1; // one\n")
    assert joined(tmp_path) == "const a=1;function b(){}\nb(a);"


@pytest.mark.parametrize(
    "line",
    [
        'import { a as b } from "./a.js";',
        'import * as a from "./a.js";',
        'import a from "./a.js";',
        'const a = await import("./a.js");',
        "export default 1;",
        "export { a };",
    ],
)
def test_an_import_that_would_lose_its_name_is_refused(tmp_path, line):
    module(tmp_path, "a.js", "export const a = 1;\n")
    module(tmp_path, "page.js", f"{line}\n")
    with pytest.raises(ValueError, match=r"page\.js imports or exports in a form that is not joined"):
        joined(tmp_path)


def test_spaces_that_are_a_text_or_a_pattern_stay(tmp_path):
    lines = (
        'const a = "x = y";',
        "const b = /a = b/ ;",
        "const c = `x = ${a} = y`;",
        "const d = 4 / 2 / 1;",
        "f(1, / ,/);",
    )
    module(tmp_path, "page.js", "\n".join(lines))
    kept = joined(tmp_path)
    assert kept == 'const a="x = y";const b=/a = b/;const c=`x = ${a} = y`;const d=4/2/1;f(1,/ ,/);'


@pytest.mark.parametrize(
    ("script", "right"),
    [
        ("a = b\nc()", "a=b\nc()"),
        ("const a = b + +c - -d;", "const a=b+ +c- -d;"),
        ("f((line) => /^[ a]{2}/.test(line), a / b / c);", "f((line)=>/^[ a]{2}/.test(line),a/b/c);"),
        ('const a = `x ${b ? `y ${ {c: 1}.c }` : "//"} z`; // no', 'const a=`x ${b?`y ${{c:1}.c}`:"//"} z`;'),
        ("f(a, b,\n);\nconst [, c] = [1, 2,];", "f(a,b);const[,c]=[1,2];"),
        ("return typeof a in b;", "return typeof a in b;"),
    ],
)
def test_a_script_loses_only_what_says_nothing(script, right):
    assert tight(script) == right


def test_a_script_that_is_not_closed_is_refused():
    with pytest.raises(ValueError, match="is not closed"):
        tight("const a = `x ${b;")


def test_names_are_short_where_nobody_else_knows_them():
    script = (
        "const lines=1,others=2;class Form{method(own){return own+lines}}function built({taken}){return taken}"
        "const taken=0;const method=1;const key=built({key:1,others});f(`${lines} lines`,lines);const window={};"
    )
    assert with_short_names(script) == (
        "const $a=1,others=2;class $c{method(own){return own+$a}}function $b({taken}){return taken}"
        "const taken=0;const method=1;const key=$b({key:1,others});f(`${$a} lines`,$a);const $d={};"
    )
    assert with_short_names(script, but="lines(window, Form);") == script.replace("built", "$a")


def test_what_is_done_with_the_key_can_be_read_in_the_page(roof):
    github = joined(MODULES, "github.js")
    names = [text for kind, text in tokens(github) if kind == "name"]
    page = set(re.findall(r"[\w$]+", roof.page("write.html")))
    assert {"askGitHub", "graphql", "publish", "commitFiles", "usableKey"} <= page & set(names)


def test_no_two_modules_give_one_name_to_two_things():
    declared = []
    for path in MODULES.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        declared += re.findall(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) ([\w$]+)", text, re.MULTILINE)
    assert [name for name in declared if declared.count(name) > 1] == []


def test_every_module_is_in_the_page():
    whole = joined(MODULES)
    for path in MODULES.glob("*.js"):
        names = re.findall(
            r"^export (?:async )?(?:function|const|class) ([\w$]+)", path.read_text("utf-8"), re.MULTILINE
        )
        assert path.name == FIRST or all(re.search(rf"\b{re.escape(name)}\b", whole) for name in names), path.name


# -- its words --------------------------------------------------------------------------------------------


def test_each_sentence_of_the_script_is_one_that_translators_are_given():
    assert set(sentences(joined(MODULES))) <= theme_words()


def test_a_script_says_its_sentences_in_another_language_and_ends_no_element():
    class German(NullTranslations):
        def gettext(self, message):
            return {"Add": 'Da"zu</script>', "long one": "lang"}[message]

    script = spoken('f(_("Add", { a }) + _(\n"long " + "one"));', German())
    assert script == 'f(_("Da\\"zu\\u003c/script>", { a }) + _("lang"));'


# -- its style --------------------------------------------------------------------------------------------


def test_a_sheet_loses_what_it_says_of_classes_elements_and_values_that_the_page_does_not_have():
    sheet = stripped_css(
        "@layer a, b; @layer a { :root { --in: 1px; --out: 2px } p { x: var(--in) } .in, .out { y: 2 } .out p { z: 3 }"
        " p:not(.out:is(b, i)) > :is(h2, h3), table { w: 4 } @media print { .out { v: 5 } .in { u: 6 } } #gone { t: 7 }"
        ' input[type="x y"]:focus + b::before { s: 8 } :is(.out, b:has(i)) p, b:has(> .out) { r: 9 }'
        " p:has(+ .in, .out), :root:not(:has(.out)) { q: 1 } }"
    )
    page = names_in('<p class="in"><h2> el("input", { type: "out", id: "there" }, el("b"))')
    assert only_used(sheet, page) == (
        "@layer a,b;@layer a{:root{--in:1px}p{x:var(--in)}.in{y:2}p:not(.out:is(b,i)) > :is(h2,h3){w:4}"
        '@media print{.in{u:6}}input[type="x y"]:focus + b::before{s:8}p:has(+ .in,.out),:root:not(:has(.out)){q:1}}'
    )


def test_what_has_no_class_stays_in_the_sheet():
    whole = stylesheet(ROOT / "theme/static/css")
    kept = only_used(whole, names_in(""))
    assert ":focus-visible" in kept
    assert "--paper" in kept
    assert ".masthead" not in kept


# -- its data ---------------------------------------------------------------------------------------------


def test_data_ends_no_element_whatever_a_family_calls_things(roof):
    page = roof.page("write.html")
    text = data_in(page)
    assert not set("<>&").intersection(text)
    assert json.loads(text)["sources"][0]["label"] == "</script><img src=x onerror=alert(1)>"
    assert page.count("</script>") == 2


@pytest.mark.parametrize("text", ["</script>", "<!--", "\u2028", "&lt;", "<![CDATA["])
def test_data_reads_back_as_it_was(text):
    assert json.loads(as_json({"a": text})) == {"a": text}
    assert not set("<>&\u2028").intersection(as_json({"a": text}))


def test_every_field_of_updates_and_events_is_one_that_the_form_has():
    form = "".join((MODULES / f"{name}.js").read_text("utf-8") for name in ("form", "fields", "file"))
    names = {field.alias or name for model in (UpdateFields, EventFields) for name, field in model.model_fields.items()}
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", form)) == []


@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "fr_FR", "pl_PL"])
def test_the_page_with_its_script_is_small_in_every_language(tmp_path, locale):
    said = surfaces(tmp_path, CAMPAIGN.replace("50,000", "50000") + f"locale: {locale}\n", SAID)
    size = len(gzip.compress(said.page("write.html").encode(), 9))
    assert size <= MAX_BYTES, f"{size} bytes"


# -- the proof --------------------------------------------------------------------------------------------


def test_the_page_is_as_the_proof_wants_it(roof):
    assert roof.faults("write.html") == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"amount":"3000"', '"amount":"30000"', "gives its form"),
        ('"as_of":"2024-02-01"', '"as_of":"2024-02-02"', "gives its form source bank"),
        ('"branch":"main"', '"branch":"other"', "gives its form project"),
        ('"goals":[{"from":null,"amount":"50000"}]', '"goals":[{"from":null,"amount":"5000"}]', "gives its form goal"),
        ('"before":{', '"after":{', "has no data for its form"),
        ("connect-src 'self' https://api.github.com", "connect-src *", "another policy"),
        ('<div id="write"></div>', '<div id="write"></div><iframe></iframe>', "holds <iframe>"),
        ("github.com/someone/roof/new", "github.com/someone-else/roof/new", "which nobody named for it"),
    ],
)
def test_another_page_to_write_on_is_not_published(roof, old, new, told):
    assert any(told in fault for fault in roof.faults("write.html", old, new))


def test_the_foot_of_every_page_leads_there_and_no_other_file_names_it(roof):
    for place in ("index.html", "money.html", "updates.html"):
        assert roof.page(place).count("write.html") == 1
    assert "write.html" not in roof.page("sitemap.xml")
    assert '<meta name="robots" content="noindex">' in roof.page("write.html")


def test_an_appeal_that_has_ended_says_so_before_anything_is_written(tmp_path):
    ended = surfaces(tmp_path, f"{CAMPAIGN}closed: 2024-04-01\n", UPDATES)
    assert '<div class="lead">The appeal closed on 1 April 2024.</div>' in ended.page("write.html").replace("\xa0", " ")
    assert ended.faults("write.html") == []


def test_where_nobody_knows_the_project_there_is_no_such_page(tmp_path):
    alone = surfaces(tmp_path, CAMPAIGN.replace("repository: someone/roof\n", ""), UPDATES)
    assert "write.html" not in alone.page("index.html")
    assert alone.context["write"] is None
