"""Where a site will be: the address that every whole link in it begins with."""

from __future__ import annotations

import re

from .problems import FieldError

EXAMPLE = "https://example.org"

_ADDRESS = re.compile(
    r"""(?P<scheme>https?)://
    (?P<who>[^/?#]*@)?
    (?P<rest>
        [^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*  # a domain, in any script
        (?::[0-9]{1,5})?
        (?:/(?!\.\.?(?:/|$))[A-Za-z0-9._~%-]+)*  # folders; none of them . or ..
    )""",
    re.VERBOSE,
)


def parse_site_address(text: str) -> str:
    """``https://example.org/roof``, without a slash at its end.

    Raises FieldError (``address``) for anything that is no such address. What is said never repeats a name and a
    password: every page would tell them, and so would the log of the run.
    """
    found = _ADDRESS.fullmatch(text.strip().rstrip("/"))
    if found is None:
        held = " and nothing after it" if re.search("[?#]", text) else ""
        raise FieldError("address", f"SITEURL must say where the site will be{held}, like SITEURL={EXAMPLE}")
    if found["who"]:
        meant = f"{found['scheme']}://{found['rest']}"
        raise FieldError(
            "address", f"SITEURL must not hold a name or a password, since every page shows it: write {meant}"
        )
    return found[0]
