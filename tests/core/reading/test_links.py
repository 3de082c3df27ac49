"""Addresses in a story: where each leads, and what is wrong with one."""

import pytest

from campaign.core.reading.links import external_fault, page_place, picture_place, scheme_of, site_place, video_site


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
        ("{filename}/pages/about.md", "pages/about.md"),
        ("2024-02-01-begun.md#us", None),
        ("https://example.org/a.md", None),
        ("../secret.md", None),
        ("about.html", None),
    ],
)
def test_a_link_to_a_file_of_content_leads_to_its_page(address, place):
    assert page_place(address) == place


def test_a_link_to_one_of_the_sites_own_pages_is_known():
    assert (site_place("/money.html"), site_place("mony.html"), site_place("money.html#x")) == (
        "money.html",
        None,
        None,
    )
    for page in ("index.html", "updates.html", "money.html", "events.html"):
        assert site_place(page) == page


def test_an_address_without_a_scheme_is_the_sites_and_one_with_two_slashes_is_not():
    assert [scheme_of(a) for a in ("HTTPS://x.org", "money.html", "//x.org", "javascript:x")] == [
        "https",
        "",
        "/",
        "javascript",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a_(b)?c=d&e=f#g",
        "https://żółw.example/łódź",
        "HTTPS://EXAMPLE.ORG",
        "mailto:jo@example.org",
        "mailto:jo.b+c@mail.example.org?subject=Cakes",
        "tel:+442079460000",
        "tel:020 7946-0000",
    ],
)
def test_a_whole_address_is_right(address):
    assert external_fault(address) is None


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("javascript:alert(1)", "begins with https://"),
        ("data:text/html,x", "begins with https://"),
        ("//example.org", "begins with https://"),
        ("https:evil.example", "no whole address"),
        ("https:/evil.example", "no whole address"),
        ("https://", "no whole address"),
        ("https://evil", "no whole address"),
        ("https://a..b", "no whole address"),
        ("https://example.org_", "no whole address"),
        ("https://example.org!", "no whole address"),
        ("https://example.1", "no whole address"),
        ("https://[::1", "no whole address"),
        ("https://example.org:99999/", "no whole address"),
        ("https://example.org:0/", "no whole address"),
        ("https://example.org/a b", "no whole address"),
        ("https://example.org\\@evil.example", "no whole address"),
        ("https://example.org/{static}/x", "no whole address"),
        ("https://me:word@example.org", "a name or password"),
        ("https://me@example.org", "a name or password"),
        ("https://:word@example.org", "a name or password"),
        ("mailto:", "takes an e-mail address"),
        ("mailto:jo", "takes an e-mail address"),
        ("tel:jo", "takes a telephone number"),
    ],
)
def test_an_address_that_leads_astray_is_refused(address, said):
    assert said in external_fault(address)


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.youtube.com/watch?v=abc", "YouTube"),
        ("https://m.youtube.com/shorts/abc", "YouTube"),
        ("https://youtu.be/abc", "YouTube"),
        ("https://vimeo.com/12345", "Vimeo"),
        ("https://www.facebook.com/amy/videos/123", "Facebook"),
        ("https://www.tiktok.com/@amy/video/123", "TikTok"),
        ("https://youtu.be/", ""),
        ("https://www.youtube.com/@amy", ""),
        ("https://www.facebook.com/amy", ""),
        ("https://youtube.com.evil.example/watch?v=abc", ""),
        ("https://[::1/watch", ""),
        ("mailto:youtu.be", ""),
        ("money.html", ""),
    ],
)
def test_a_video_is_told_by_where_it_is(address, site):
    assert video_site(address) == site


@pytest.mark.parametrize(
    ("site", "addresses"),
    [
        (
            "YouTube",
            "youtube.com/watch?v=a m.youtube.com/shorts/a www.youtube.com/live/a youtube.com/embed/a"
            " youtube.com/playlist?list=a youtu.be/a",
        ),
        ("Vimeo", "vimeo.com/1 player.vimeo.com/video/1"),
        ("Dailymotion", "dailymotion.com/video/a www.dailymotion.com/video/a dai.ly/a"),
        (
            "Facebook",
            "facebook.com/watch?v=1 facebook.com/a/videos/1 m.facebook.com/reel/1 facebook.com/share/v/a"
            " facebook.com/share/r/a fb.watch/a",
        ),
        ("Instagram", "instagram.com/reel/a www.instagram.com/reels/a instagram.com/tv/a"),
        ("TikTok", "www.tiktok.com/@a/video/1 vm.tiktok.com/a"),
        (
            "",
            "youtube.com youtube.com/shorts/ youtube.com/@a youtu.be youtu.be/ vimeo.com/ dailymotion.com/a"
            " facebook.com/a instagram.com/p/a tiktok.com/@a example.org/watch",
        ),
    ],
)
def test_a_video_is_known_by_its_sites_address(site, addresses):
    for address in addresses.split():
        assert video_site(f"https://{address}") == video_site(f"http://{address}") == site, address
        assert video_site(address) == video_site(f"ftp://{address}") == ""
