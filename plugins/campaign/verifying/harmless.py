"""What a page may hold: the one policy, elements and attributes that are known, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from campaign.core.reading.links import SCHEMES
from campaign.loading.site_paths import WRITE

from .written_page import WrittenPage

POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src {style}; script-src {script};"
    " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The one policy, with the hashes of what stands in the page itself."""

WRITING_POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src 'self' blob: data:;"
    " connect-src 'self' https://api.github.com; base-uri 'none'; form-action 'none'"
)
"""The policy of the page to write on, which alone shows what a volunteer chooses and speaks with GitHub."""

_EVERYWHERE = "class id lang dir role tabindex aria-label aria-labelledby aria-hidden data-said"
_DRAWN = "x y width height fill stroke stroke-width stroke-dasharray"
_PLAIN = """
head body main header footer article section nav figure figcaption details summary title style
h1 h2 h3 h4 h5 h6 p ul li dl dt dd div blockquote pre code table thead tbody tfoot tr br hr
b i em strong s sub sup g defs picture
"""
_IMG = "src srcset sizes width height alt title fetchpriority loading decoding"
ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN.split(), frozenset()),
    "html": frozenset(("data-zone",)),
    "meta": frozenset(("charset", "name", "property", "content", "media", "http-equiv")),
    "link": frozenset(("rel", "href", "type", "title")),
    "script": frozenset(("type",)),
    "a": frozenset(("href", "rel", "title", "target")),
    "ol": frozenset(("start",)),
    "th": frozenset(("scope", "colspan")),
    "td": frozenset(("data-label",)),
    "time": frozenset(("datetime",)),
    "span": frozenset(("data-left", "data-age", "data-done")),
    "button": frozenset(("type", "data-do", "data-copy", "hidden")),
    "img": frozenset(_IMG.split()),
    "source": frozenset(("type", "srcset", "sizes", "media", "width", "height")),
    "progress": frozenset(("max", "value")),
    "svg": frozenset(f"{_DRAWN} xmlns viewbox preserveaspectratio overflow font-family".split()),
    "text": frozenset(f"{_DRAWN} font-size font-weight textlength lengthadjust".split()),
    "rect": frozenset(_DRAWN.split()),
    "line": frozenset(f"{_DRAWN} x1 x2 y1 y2".split()),
    "circle": frozenset(f"{_DRAWN} cx cy r".split()),
    "path": frozenset(f"{_DRAWN} d transform vector-effect".split()),
    "pattern": frozenset(f"{_DRAWN} patternunits patterntransform".split()),
}
"""Every element that a page may have, and what it may say besides what each may."""

WRITING_ELEMENTS = ELEMENTS | {"noscript": frozenset(), "script": frozenset(("type",))}
"""What the page to write on may have; its script makes the rest, of data that is compared with the view."""

_FROM_ELSEWHERE = re.compile(r"@import|url\((?!#)|image-set\(|expression\(", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):|//", re.IGNORECASE)
_SOURCE = re.compile(r"\S+-([0-9]+)\.(?:webp|jpg) \1w")
_ALLOWED = frozenset(_EVERYWHERE.split())


def faults_in(place: str, page: WrittenPage, own: str = "") -> Iterator[str]:
    """What a page holds that it may not, or lacks of what guards it. own: an address from which it may load, too."""
    policies, known = [], WRITING_ELEMENTS if place == WRITE else ELEMENTS
    for element in page.elements:
        tag, said = element.tag, element.said
        if not said:
            if tag not in known:
                yield f"holds <{tag}>"
            continue
        yield from _strange(tag, tuple(said), is_written_on=place == WRITE)
        if "http-equiv" in said:
            policies.append(said)
        if "href" in said or "src" in said or "srcset" in said:
            yield from _loaded(tag, said, own)
    for text in page.inline.get("style", []):
        yield from _loaded_by_sheet(text)
    if place.endswith(".html"):
        right = {"http-equiv": "Content-Security-Policy", "content": policy_of(page, place)}
        if policies != [right]:
            yield "carries another policy than the one policy" if policies else "carries no policy"
        if [len(page.inline.get(kind, ())) for kind in ("style", "script")] != [1, 1]:
            yield "has not one style sheet and one script"


@lru_cache(maxsize=16)
def _loaded_by_sheet(text: str) -> tuple[str, ...]:
    return tuple(f"loads something from its style sheet: {found}" for found in _FROM_ELSEWHERE.findall(text))


@lru_cache(maxsize=1024)
def _strange(tag: str, names: tuple[str, ...], *, is_written_on: bool) -> tuple[str, ...]:
    """What is not known of an element."""
    known = WRITING_ELEMENTS if is_written_on else ELEMENTS
    if tag not in known:
        return (f"holds <{tag}>",)
    return tuple(f"has {name} in <{tag}>" for name in names if name not in _ALLOWED and name not in known[tag])


def _loaded(tag: str, said: Mapping[str, str], own: str) -> Iterator[str]:
    """Whatever a browser would fetch or run without being asked, and links that are no links."""
    for name in ("src", "srcset"):
        for address in said.get(name, "").split(",") if name in said else ():
            if _SCHEME.match(address.strip()) and not (own and address.startswith(own)):
                yield f"loads {address.strip()} in <{tag}>"
    for source in said["srcset"].split(",") if "srcset" in said else ():
        if not _SOURCE.fullmatch(source.strip()):
            yield f"names a picture’s width otherwise than its file: {source.strip()}"
    if tag == "img" and not (said.get("width", "").isdecimal() and said.get("height", "").isdecimal()):
        yield "shows a picture without its width and height"
    address = said.get("href", "").strip()
    found = _SCHEME.match(address)
    scheme = (found[1] or "//").lower() if found else ""
    if tag == "link":
        if said.get("rel") not in ("icon", "canonical", "alternate") or (said["rel"] == "icon") != (scheme == "data"):
            yield f"loads {address[:60]} as {said.get('rel')}"
    elif scheme and scheme not in SCHEMES:
        yield f"links to {address[:60]}"


def policy_of(page: WrittenPage, place: str = "") -> str:
    """The one policy for what stands in the page; that of the page to write on is its own."""
    kinds = {
        "style": [_hash(text) for text in page.inline.get("style", [])],
        "script": [_hash(text) for kind in ("script", "data") for text in page.inline.get(kind, [])],
    }
    return (WRITING_POLICY if place == WRITE else POLICY).format(
        **{kind: " ".join(hashes) for kind, hashes in kinds.items()}
    )


@lru_cache(maxsize=16)
def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
