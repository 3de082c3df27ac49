"""A command that is forked from a process with every library does what the same command does by itself."""

import os
import subprocess
import sys
from types import CodeType

import pytest
from jinja2 import Environment

import warm
from site_folder import NOW, ROOT, Site
from templates_once import _of, _Shared

PROGRAMS = {
    "words and errors": "import sys; print('£ and ż'); print('wrong', file=sys.stderr)",
    "where it is and what is set": "import os, sys; print(os.getcwd(), os.environ['SET'], sys.argv, sys.path[0])",
    "a status": "import sys; sys.exit(3)",
    "an end in words": "import sys; sys.exit('it cannot be done')",
    "a fault that nobody catches": "1 / 0",
    "a kill": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "what is done at the end": "import atexit; atexit.register(print, 'the end'); print('the beginning')",
    "nothing to read": "import sys; print(repr(sys.stdin.read()))",
    "a time zone": "import time; print(time.tzname)",
}


def both(folder, *words):
    """What the command says and how it ends: by itself, and forked."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "SITEURL"))}
    environment = inherited | warm.PLAIN | {"SET": "so", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": NOW}
    command = [sys.executable, *words]
    nothing = subprocess.DEVNULL
    alone = subprocess.run(
        command, cwd=folder, env=environment, stdin=nothing, capture_output=True, encoding="utf-8", check=False
    )
    for _ in range(2):  # the first of its kind is a process of its own
        forked = warm.run(command, folder, environment)
    return [(done.returncode, done.stdout, done.stderr) for done in (alone, forked)]


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_forked_program_ends_as_one_by_itself_does(program, tmp_path):
    alone, forked = both(tmp_path, "-c", program, "an argument")
    assert forked[:2] == alone[:2]
    if "Traceback" in alone[2]:
        assert forked[2].splitlines()[-1] == alone[2].splitlines()[-1]
    else:
        assert forked[2] == alone[2]


@pytest.mark.parametrize("words", [("check",), ("check", "--json"), ("build",), ("chek",), ("new", "update", "Żółć")])
def test_a_forked_command_says_what_one_by_itself_says(words, tmp_path):
    site = Site(tmp_path)
    site.write("updates/2024-02-02-more.md", "---\ntitle: More\ndate: 2024-02-02\ntotals: 12k\n---\n")
    alone, forked = both(site.folder, "-m", "campaign", *words)
    assert forked == alone


def test_a_forked_pelican_writes_the_same_bytes(tmp_path):
    sites = []
    for name in ("alone", "forked"):
        site = Site(tmp_path / name)
        words = ["-m", "pelican", str(site.content), "-s", str(ROOT / "pelicanconf.py"), "-o", str(site.output)]
        environment = os.environ | warm.PLAIN | {"SOURCE_DATE_EPOCH": NOW}
        if name == "alone":
            subprocess.run([sys.executable, *words], cwd=site.folder, env=environment, capture_output=True, check=True)
        else:
            for _ in range(2):
                assert warm.run([sys.executable, *words], site.folder, environment).returncode == 0
        sites.append(site.files())
    assert sites[0] and sites[0] == sites[1]


def test_a_copy_of_the_project_is_never_run_from_what_was_loaded_of_this_one(tmp_path):
    (tmp_path / "plugins/campaign").mkdir(parents=True)
    (tmp_path / "plugins/campaign/__main__.py").write_text("print('a copy')\n")
    (tmp_path / "plugins/campaign/__init__.py").write_text("")
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "plugins")}
    for _ in range(3):
        assert warm.run([sys.executable, "-m", "campaign"], tmp_path, environment).stdout == "a copy\n"


def test_those_who_share_a_folder_share_what_was_loaded_and_one_that_leaves_ends_nothing(tmp_path):
    environment = os.environ | warm.PLAIN
    command = [sys.executable, "-c", "import os; print(os.getppid())"]
    first = [warm.run(command, tmp_path, environment).stdout for _ in range(2)][1]
    another = warm._Warm(environment, warm._place(warm._settings(environment)))
    with (tmp_path / "said").open("wb") as said:
        nothing = os.open(os.devnull, os.O_RDONLY)
        assert another.start(command[1:], tmp_path, environment, (nothing, said.fileno(), said.fileno())).wait() == 0
        os.close(nothing)
    another.close()
    another.wait()
    assert (tmp_path / "said").read_text() == first == warm.run(command, tmp_path, environment).stdout


def test_what_was_compiled_in_another_folder_is_what_would_be_compiled_here():
    text = "{% macro half(of) %}{{ of / 0 }}{% endmacro %}{% block main %}{{ half(1) }}{% endblock %}"
    there, here = (Environment().compile(text, "page.html", f"/{folder}/page.html") for folder in ("there", "here"))
    moved = _of(there, "/here/page.html")
    assert moved == here
    assert _files(there) == {"/there/page.html"} and _files(moved) == _files(here) == {"/here/page.html"}


def test_what_is_compiled_where_the_shared_file_is_closed_is_written_into_no_other(tmp_path):
    """As in a fork of the program's own, which closes all that it did not open."""
    one, other = _Shared(tmp_path / "shared"), _Shared(tmp_path / "shared")
    one.append(b"first")
    os.close(one._file)
    one.append(b"second")
    assert list(one.new()) == []
    page = os.open(tmp_path / "page.html", os.O_RDWR | os.O_CREAT)
    assert page == one._file
    one.append(b"third")
    assert list(one.new()) == []
    assert (tmp_path / "page.html").read_bytes() == b"" and list(other.new()) == [b"first"]
    os.close(page)


def _files(code):
    inner = [_files(const) for const in code.co_consts if isinstance(const, CodeType)]
    return {code.co_filename}.union(*inner)


def test_a_forked_build_forks_pelican_as_one_by_itself_does(tmp_path):
    """Where it did not, it would load every library anew, and nothing but the time would tell."""
    program = "import sys; from campaign.publishing.pelican_process import can_fork; print(can_fork())"
    assert [done[1] for done in both(tmp_path, "-c", program)] == ["True\n", "True\n"]
