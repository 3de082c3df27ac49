"""Where a project is public: its name is read strictly, and no address is made of anything else."""

import pytest

from campaign.core.reading.problems import FieldError
from campaign.core.reading.repository import Repository, parse_repository, repository_on


@pytest.mark.parametrize("name", ["amy/appeal", "amys-family/a.b_c-1", "A/.github", "amy_org/x"])
def test_a_project_is_named_by_its_owner_and_its_name(name):
    assert parse_repository(name) == Repository(name)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("https://github.com/amy/appeal", "; write amy/appeal"),
        ("github.com/amy/appeal.git", "; write amy/appeal"),
        ("http://www.github.com/amy/appeal/tree/main/content?x=1#top", "; write amy/appeal"),
        ("https://example.org/amy/appeal", ""),
        ("https://github.com/-/..", ""),
        ("https://github.com/amy/app!eal", ""),
        ("amy", ""),
        ("amy/", ""),
        ("amy/..", ""),
        ("amy/appeal/updates", ""),
        ("amy/app eal", ""),
        ("amy/appeal ", ""),
        ("amy/appeal\n", ""),
        ("amy/appeal?x", ""),
        ("amy/appeal, the site", ""),
        ("-amy/appeal", ""),
        ("ämy/appeal", ""),
    ],
)
def test_anything_else_is_refused_with_what_to_write_where_that_can_be_guessed(text, hint):
    with pytest.raises(FieldError) as refused:
        parse_repository(text)
    assert refused.value.name == "repository"
    assert refused.value.message == f"expected a project on GitHub as owner/name, got '{text}'{hint}"


def test_a_files_address_holds_only_what_an_address_can():
    project = Repository("amy/appeal", "https://git.example.org")
    assert project.file("content/updates/a b?#%.md") == (
        "https://git.example.org/amy/appeal/blob/HEAD/content/updates/a%20b%3F%23%25.md"
    )
    assert project.history("content/campaign.yaml") == (
        "https://git.example.org/amy/appeal/commits/HEAD/content/campaign.yaml"
    )


@pytest.mark.parametrize("path", ["/home/amy/content/a.md", "../a.md", "content/../../a.md", "", "content//a.md"])
def test_a_file_outside_the_project_has_no_address(path):
    assert Repository("amy/appeal").file(path) is None
    assert Repository("amy/appeal").history(path) is None


def test_what_a_machine_says_is_taken_where_it_makes_a_plain_address():
    assert repository_on("https://github.com", "amy/appeal") == Repository("amy/appeal")
    assert repository_on("https://git.example.org:8443/", "amy/appeal") == Repository(
        "amy/appeal", "https://git.example.org:8443"
    )


@pytest.mark.parametrize(
    ("server", "name"),
    [
        ("https://github.com", ""),
        ("https://github.com", "amy"),
        ("https://github.com", "amy/appeal/tree"),
        ("https://github.com", "amy/appeal?x"),
        ("http://github.com", "amy/appeal"),
        ("javascript:alert(1)//", "amy/appeal"),
        ("https://github.com/x", "amy/appeal"),
        ('https://git.example.org"', "amy/appeal"),
        ("https://me:pass@git.example.org", "amy/appeal"),
        ("", "amy/appeal"),
    ],
)
def test_what_makes_no_plain_address_is_left_out(server, name):
    assert repository_on(server, name) is None


@pytest.mark.parametrize(
    ("branch", "is_of"), [("live", "live"), ("a/b.c-d", "a/b.c-d"), ("", "main"), ("a b", "main"), ("-x", "main")]
)
def test_a_new_file_begins_in_the_branch_that_is_published(branch, is_of):
    told = repository_on("https://github.com/", "someone/roof", branch)
    assert told == Repository("someone/roof", branch=is_of)
    assert told.new_file("content/updates") == f"https://github.com/someone/roof/new/{is_of}/content/updates"
