"""What tests of pages share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from site_folder import MOMENT, ROOT, Site


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Site]:
    """A whole small campaign as it is for the public, today or on an earlier day; each is built once."""

    @cache
    def of(name: str, day: str = "") -> Site:
        site = Site(tmp_path_factory.mktemp(name))
        site.content = ROOT / "tests/sites" / name
        # The smallest campaigns promise nothing, which only a site for the public must.
        options = ["CAMPAIGN_PUBLIC=false"] + ([f'CAMPAIGN_AS_OF="{day}"'] if day else [])
        environ = {"SOURCE_DATE_EPOCH": MOMENT, "SITEURL": "https://example.org"}
        done = site.pelican("--fatal=warnings", "-e", *options, settings=ROOT / "publishconf.py", environ=environ)
        assert done.returncode == 0, done.stderr + done.stdout
        return site

    return of
