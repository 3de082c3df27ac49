"""What a story links to and shows."""

import pytest

from campaign.core.links import links_in, page_place, picture_place, scheme_of, site_place

BODY = """\
See ![A walk](/images/walk.jpg "Title") and [the page](https://example.org/a_(b)).

`[code](nowhere)` and

```
![code](nowhere.jpg)
```

[before](2024-02-01-begun.md#top), [ref][r].

[r]: money.html
"""


def test_links_and_pictures_are_found_in_order_but_not_in_code():
    assert [(link.address, link.is_picture, link.text) for link in links_in(BODY)] == [
        ("/images/walk.jpg", True, "A walk"),
        ("https://example.org/a_", False, "the page"),
        ("2024-02-01-begun.md#top", False, "before"),
        ("money.html", False, "money.html"),
    ]
    first = next(links_in(BODY))
    assert BODY[first.offset :].startswith("![A walk]")


@pytest.mark.parametrize(
    ("story", "found"),
    [
        ('<a class="x" HREF="money.html">the money</a>', [("money.html", False, "")]),
        ("<img alt='A walk' src=images/walk.jpg>", [("images/walk.jpg", True, "A walk")]),
        ("<img data-src=x>", [("", True, "")]),
        ("<a name=top>here</a> <abbr title=x>y</abbr>", []),
        (
            "![A walk][w]\n\n[W]: images/walk.jpg",
            [("images/walk.jpg", False, "images/walk.jpg"), ("images/walk.jpg", True, "A walk")],
        ),
        ("![w]\n\n[w]: a.jpg", [("a.jpg", False, "a.jpg"), ("a.jpg", True, "w")]),
        ("![A note] and ![another][none]", []),
        ("<!-- [hidden](nowhere) -->", []),
        ("One ` sign.\n\n[A link](a).\n\nAnother ` sign.", [("a", False, "A link")]),
        ("``a ` [x](y) ``", []),
    ],
)
def test_links_and_pictures_are_found_however_they_are_written(story, found):
    assert [(link.address, link.is_picture, link.text) for link in links_in(story)] == found


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/images/walk.jpg", "images/walk.jpg"),
        ("images/walk.jpg", "images/walk.jpg"),
        ("{static}/images/walk.jpg", "images/walk.jpg"),
        ("images/deep/walk.jpg", None),
        ("images/.hidden.jpg", None),
        ("images/", None),
        ("https://example.org/images/walk.jpg", None),
        ("walk.jpg", None),
    ],
)
def test_a_picture_is_the_sites_own_however_it_is_written(address, place):
    assert picture_place(address) == place


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("2024-02-01-begun.md", "updates/2024-02-01-begun.md"),
        ("{filename}/pages/about.md#us", "pages/about.md"),
        ("https://example.org/a.md", None),
        ("../secret.md", None),
        ("about.html", None),
    ],
)
def test_a_link_to_a_file_of_content_leads_to_its_page(address, place):
    assert page_place(address) == place


def test_a_link_to_one_of_the_sites_own_pages_is_known():
    assert (site_place("/money.html#h-goals"), site_place("mony.html")) == ("money.html", None)


def test_an_address_without_a_scheme_is_the_sites_and_one_with_two_slashes_is_not():
    assert [scheme_of(a) for a in ("HTTPS://x.org", "money.html", "//x.org", "javascript:x")] == [
        "https",
        "",
        "/",
        "javascript",
    ]
