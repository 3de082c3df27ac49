"""Whoever writes in a run, Pelican, a plugin or a story's words, writes into the output or not at all."""

import os
import sys
from pathlib import Path

import pytest

import warm
from site_folder import ROOT, UPDATE
from writing import a_campaign, a_view, an_update

GUARDED = f"""
import os, shutil, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT / "plugins")!r})
from campaign.publishing.write_guard import guard_writes
here = Path(sys.argv[1])
(here / "output").mkdir()
(here / "mine").mkdir()
(here / "mine/letter.txt").write_text("dear")
(here / "output/link").symlink_to(here / "mine")
(here / "output/one.html").write_text("one")
os.chdir(here)
guard_writes([here / "output"])
exec(sys.argv[2])
"""
WAYS_OUT = (
    "Path('mine/new.txt').write_text('x')",
    "Path('mine/letter.txt').write_text('x')",
    "open('mine/letter.txt', 'a').close()",
    "open('mine/letter.txt', 'r+b').close()",
    "open(b'mine/new.txt', 'xb').close()",
    "os.open('mine/new.txt', os.O_CREAT | os.O_WRONLY)",
    "Path('output/../mine/new.txt').write_text('x')",
    "Path('output/link/new.txt').write_text('x')",
    "shutil.copyfile('output/one.html', 'mine/new.txt')",
    "shutil.copy('output/one.html', 'output/link')",
    "shutil.move('output/one.html', 'mine/new.txt')",
    "os.rename('output/one.html', 'mine/new.txt')",
    "os.replace('mine/letter.txt', 'output/two.html')",
    "os.remove('mine/letter.txt')",
    "shutil.rmtree('mine')",
    "os.mkdir('new', dir_fd=os.open('mine', os.O_RDONLY))",
    "os.remove('letter.txt', dir_fd=os.open('mine', os.O_RDONLY))",
    "os.mkdir('mine/folder')",
    "os.makedirs('elsewhere/deep')",
    "os.symlink('output/one.html', 'mine/link')",
    "os.link('output/one.html', 'mine/link')",
    "os.truncate('mine/letter.txt', 0)",
    "Path('output-more').mkdir()",
    "Path('output/two.html').symlink_to(here / 'mine/letter.txt'); Path('output/two.html').write_text('x')",
)
WAYS_IN = (
    "Path('output/two.html').write_text('x')",
    "os.makedirs('output/updates/deep')",
    "shutil.copyfile('mine/letter.txt', 'output/letter.txt')",
    "os.remove('output/link')",
    "os.rename('output/one.html', 'output/two.html')",
    "Path('mine/letter.txt').read_text()",
    "open(os.devnull, 'w').close()",
    "os.write(1, b'said')",
    "shutil.rmtree('output')",
    "os.mkdir('new', dir_fd=os.open('output', os.O_RDONLY))",
)


def run(tmp_path, words):
    return warm.run([sys.executable, "-c", GUARDED, str(tmp_path), words], Path.cwd(), os.environ)


@pytest.mark.parametrize("words", WAYS_OUT)
def test_nothing_is_written_elsewhere(tmp_path, words):
    done = run(tmp_path, words)
    assert "OutsideTheOutput" in done.stderr, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "output"]
    assert [(path.name, path.read_text()) for path in (tmp_path / "mine").iterdir()] == [("letter.txt", "dear")]


@pytest.mark.parametrize("words", WAYS_IN)
def test_the_output_is_written_and_everything_is_read_as_ever(tmp_path, words):
    done = run(tmp_path, words)
    assert done.returncode == 0, done.stderr


OUT = {
    "a page": "MONEY_SAVE_AS = '../money.html'",
    "a page by its whole path": "MONEY_SAVE_AS = '{folder}/money.html'",
    "an extra file": "PATH_METADATA = r'extra/(?=(?P<url>.+))(?P<save_as>.+)'.replace('(?P<save_as>.+)', '')\n"
    "EXTRA_PATH_METADATA = {{'extra/a.txt': {{'path': '../a.txt', 'save_as': '../a.txt'}}}}",
    "a feed": "FEED_ALL_ATOM = '../feed.xml'\nSITEURL = 'https://example.org'",
    "a plugin": "import pathlib\nfrom pelican import signals\n"
    "class Writer:\n    def register(): signals.finalized.connect(Writer.write)\n"
    "    def write(pelican): pathlib.Path(pelican.output_path, '../mine.txt').write_text('x')\n"
    "PLUGINS = [*PLUGINS, Writer]",
}


@pytest.mark.parametrize("change", OUT.values(), ids=OUT.keys())
def test_no_setting_and_no_plugin_leads_out_of_the_output(site, tmp_path, change):
    site.write("extra/a.txt", "mine")
    settings = tmp_path / "changed.py"
    change = change.format(folder=tmp_path)
    settings.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n{change}\n")
    site.pelican(settings=settings)
    # Beside its settings Python keeps what it made of them.
    assert {path.name for path in tmp_path.iterdir()} <= {"changed.py", "__pycache__", "content", "output"}


BRACES = (
    "{static}/../../etc/hostname",
    "{attach}campaign.yaml",
    "{filename}/campaign.yaml",
    "|static|/campaign.yaml",
    "{static}/images/../campaign.yaml",
    "{index}",
)


@pytest.mark.parametrize("brace", BRACES)
def test_what_pelican_would_resolve_stays_text_wherever_it_stands(site, brace):
    story = f"A [walk](https://example.org \"<a href='{brace}'>\") and {brace} and `{brace}`.\n"
    site.write("updates/2024-02-10-more.md", UPDATE.replace("2024-02-01", "2024-02-10") + story)
    done = site.pelican()
    assert done.returncode == 0, done.stderr
    assert brace in site.page("updates/2024-02-10-more.html").replace("&#39;", "'")
    assert not (site.output / "campaign.yaml").exists() and not list(site.output.rglob("hostname"))


def test_a_page_names_no_folder_of_the_machine():
    campaign = a_campaign()
    update = an_update(campaign, "2024-02-01", "totals:\n  raised: 5")
    for path, shown in (
        ("/home/amy/appeal/content/updates/2024-02-01-news.md", "updates/2024-02-01-news.md"),
        ("C:/Users/amy/content/updates/2024-02-01-news.md", "updates/2024-02-01-news.md"),
        ("content/updates/2024-02-01-news.md", "content/updates/2024-02-01-news.md"),
    ):
        object.__setattr__(update.document, "path", path)
        assert a_view(campaign, update, on="2024-02-02").updates[0].path == shown
