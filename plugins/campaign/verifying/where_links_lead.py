"""Where a link of a page leads: hundreds of pages hold the same links, so each is worked out once a folder."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urljoin


def where_it_leads(base: str, place: str, link: str) -> str:
    """The whole address of a link on the page at ``place``, as ``urljoin`` says it. base: the site's, with a slash."""
    if not link or link[0] in "#?;":  # these lead to a place of the page itself
        return urljoin(f"{base}{place}", link)
    return _in_folder(f"{base}{place.rpartition('/')[0]}/" if "/" in place else base, link)


@lru_cache(maxsize=1 << 14)
def _in_folder(folder: str, link: str) -> str:
    return urljoin(folder, link)
