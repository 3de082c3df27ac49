"""GitHub's API as far as the page asks it, answering as GitHub documents it; nothing leaves this machine."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route

API = "https://api.github.com"
SERVER = "https://github.com"
REPOSITORY = "amys-mum/appeal"
KEY = "github_pat_11ABCDEFG0" + "x" * 61
EXPOSED = "ETag, Link, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"
"""What GitHub lets a page read of its headers."""

Answer = tuple[int, Any, dict[str, str]]


def refusal(status: int, message: str, **headers: str) -> Answer:
    """What the API says when it does not do something."""
    said = {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}
    return status, said, {name.replace("_", "-"): value for name, value in headers.items()}


def fault(kind: str, message: str) -> Answer:
    """What GraphQL says when it does not do something: with status 200."""
    return 200, {"data": {"createCommitOnBranch": None}, "errors": [{"type": kind, "message": message}]}, {}


BAD_KEY = refusal(401, "Bad credentials")
NOT_FOR_THIS_KEY = fault("FORBIDDEN", "Resource not accessible by personal access token")
NOT_FOUND = refusal(404, "Not Found")
STALE = fault("STALE_DATA", 'Expected branch to point to "0123" but it did not.  Pull and try again.')
SECOND_LIMIT = refusal(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
LIMIT = refusal(403, "API rate limit exceeded for user ID 1.", x_ratelimit_remaining="0", x_ratelimit_reset="1")
OFFLINE = None
SLOW = "slow"
"""Nothing is heard any more."""
LOST = "lost"
"""The commit is made, and its answer does not arrive."""


class GitHub:
    """A project with a branch ``main``. ``next``: what is answered to the next requests in place of what is right."""

    def __init__(self, *, is_public: bool = True) -> None:
        self.is_public = is_public
        self.files: dict[str, bytes] = {}
        self.commits: list[dict[str, Any]] = []
        self.head = hashlib.sha1(b"0").hexdigest()
        self.runs: list[dict[str, Any]] = []
        self.notes: dict[int, list[dict[str, Any]]] = {}
        self.next: list[Answer | str | None] = []
        self.asked: list[str] = []
        self.on_look: Callable[[GitHub], None] = lambda github: None

    def answer(self, page: Page) -> None:
        page.route(f"{API}/**", self._route)

    def someone_publishes(self, path: str, text: bytes = b"theirs") -> None:
        """A commit of somebody else."""
        self.files[path] = text
        self.head = hashlib.sha1((self.head + path).encode()).hexdigest()

    def run(self, number: int, name: str, status: str, conclusion: str | None = None, *notes: dict[str, Any]) -> None:
        """A job of the commit's workflow, as it stands now."""
        self.runs = [run for run in self.runs if run["id"] != number]
        self.notes[number] = list(notes)
        self.runs.append(
            {
                "id": number,
                "name": name,
                "status": status,
                "conclusion": conclusion,
                "html_url": f"{SERVER}/{REPOSITORY}/actions/runs/7/job/{number}",
                "output": {"annotations_count": len(notes)},
            }
        )

    def _route(self, route: Route) -> None:
        request = route.request
        self.asked.append(f"{request.method} {request.url.removeprefix(API)}")
        said: Answer | str | None = "right"
        if self.next:
            said = self.next.pop(0)
        if said is OFFLINE:
            route.abort("internetdisconnected")
            return
        if said == SLOW:
            return
        if said == LOST:
            self._right(request)
            route.abort("connectionreset")
            return
        status, data, headers = self._right(request) if isinstance(said, str) else said
        headers |= {"access-control-allow-origin": "*", "access-control-expose-headers": EXPOSED}
        route.fulfill(status=status, headers=headers, json=data)

    def _right(self, request: Any) -> Answer:
        path = request.url.removeprefix(API).split("?")[0]
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in ("", KEY):
            return BAD_KEY
        if path == "/graphql":
            assert token, "GraphQL answers nobody without a key"
            return 200, self._graphql(json.loads(request.post_data)), {}
        # No key of this kind may read the checks of a private project.
        if not self.is_public:
            return refusal(403, "Resource not accessible by personal access token") if token else NOT_FOUND
        if token:
            return refusal(403, "Resource not accessible by personal access token")
        if path == f"/repos/{REPOSITORY}/commits/{self.head}/check-runs":
            self.on_look(self)
            return 200, {"total_count": len(self.runs), "check_runs": self.runs}, {}
        if path.endswith("/annotations"):
            return 200, self.notes[int(path.split("/")[-2])], {}
        return NOT_FOUND

    def _graphql(self, asked: dict[str, Any]) -> Any:
        given = asked["variables"]
        if "createCommitOnBranch" not in asked["query"]:
            assert f"{given['owner']}/{given['name']}" == REPOSITORY
            assert given["ref"] == "refs/heads/main"
            found: dict[str, Any] = {
                "ref": {"target": {"oid": self.head, "history": {"nodes": [{"oid": self.head}]}}},
            }
            for name, where in given.items():
                if name.startswith("e"):
                    data = self.files.get(where.removeprefix("main:"))
                    found[f"f{name[1:]}"] = None if data is None else {"oid": git_name(data)}
            return {"data": {"repository": found}}
        given = given["input"]
        assert given["branch"] == {"repositoryNameWithOwner": REPOSITORY, "branchName": "main"}
        if given["expectedHeadOid"] != self.head:
            return STALE[1]
        self.commits.append(given["message"])
        for addition in given["fileChanges"]["additions"]:
            self.files[addition["path"]] = base64.b64decode(addition["contents"], validate=True)
        for deletion in given["fileChanges"]["deletions"]:
            del self.files[deletion["path"]]
        self.head = hashlib.sha1(json.dumps(given).encode()).hexdigest()
        return {"data": {"createCommitOnBranch": {"commit": {"oid": self.head}}}}


def git_name(data: bytes) -> str:
    """The name that git gives to these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
