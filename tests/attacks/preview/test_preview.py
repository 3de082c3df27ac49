"""The preview answers this computer by its own names, however many ask at once and however they leave."""

import http.client
import socket
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from campaign.publishing import preview as serve
from campaign.publishing.preview import Preview, _listening

PATIENCE = 300
"""Seconds: a guard against what never comes, not a limit that a busy machine could break."""
PAGE = "<!doctype html><html><head></head><body>A draft: £12,345</body></html>"


@pytest.fixture
def preview(tmp_path):
    folder = tmp_path / "site"
    (folder / "updates").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "broken.html").write_bytes(b"<html><head></head><body>\xff</body></html>")
    (folder / "badge.svg").write_bytes(b"<svg/>" * 200_000)
    preview = Preview(folder, lambda _: pytest.fail("nothing is built here"))
    with _listening(0, preview):
        yield preview


def port_of(preview):
    return int(preview.address.rstrip("/").rpartition(":")[2])


def ask(preview, path="/", method="GET", **headers):
    """Status and text; a header given as None is not sent."""
    asking = http.client.HTTPConnection("127.0.0.1", port_of(preview), timeout=PATIENCE)
    asking.putrequest(method, path, skip_host=True)
    for name, value in ({"Host": f"127.0.0.1:{port_of(preview)}"} | headers).items():
        for each in value if isinstance(value, tuple) else (value,):
            if each is not None:
                asking.putheader(name, each)
    asking.endheaders()
    answer = asking.getresponse()
    text = answer.read().decode(errors="replace")
    asking.close()
    return answer.status, text


def raw(preview, sent, *, leave=False):
    """Send bytes as they are; hang up on it rudely, or read what comes."""
    with socket.create_connection(("127.0.0.1", port_of(preview)), timeout=PATIENCE) as talking:
        talking.sendall(sent)
        if leave:
            talking.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return b""
        return talking.recv(100_000)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:80", "localhost:9000", "[::1]:8000"])
def test_this_computer_is_answered_by_each_of_its_names(preview, host):
    status, text = ask(preview, Host=host)
    assert status == 200 and "£12,345" in text


@pytest.mark.parametrize("path", ["/", "/badge.svg", "/.campaign-version", "/updates", "/none"])
@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.example",
            "evil.example:8000",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "evil.example#localhost",
        ),
        *("localhost@evil.example", "192.168.1.7", "0.0.0.0", "", ":8000", None, ("localhost", "evil.example")),
        *("localhost, evil.example", "localhost evil.example"),
    ],
)
def test_whoever_makes_a_name_lead_here_is_told_nothing(preview, host, path):
    """A page elsewhere may read what its own name answers, and its owner decides which computer that is."""
    status, text = ask(preview, path, Host=host)
    assert (status, text) == (421, f"The preview answers at {preview.address} only.\n")


def test_a_name_in_the_line_itself_leads_nowhere(preview):
    port = port_of(preview)
    for line in (
        b"GET http://evil.example/ HTTP/1.1",
        b"GET //evil.example/ HTTP/1.1",
        b"GET //evil.example/.. HTTP/1.1",
    ):
        answer = raw(preview, line + f"\r\nHost: localhost:{port}\r\n\r\n".encode())
        assert b" 404 " in answer.splitlines()[0] or b"\r\nLocation: /evil.example/../\r\n" in answer


def test_a_request_from_before_hosts_had_names_is_told_nothing(preview):
    assert b"12,345" not in raw(preview, b"GET /\r\n\r\n")


@pytest.mark.parametrize(
    "path",
    [
        *("/%00", "/%00.html", f"/{'a' * 300}", f"/{'a' * 300}.html", "/a/" * 2000, "/%ff%fe", "/index.html/x.html"),
        *("/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5cetc", "/updates/", "/updates/../.."),
    ],
)
def test_no_name_is_an_answer_outside_the_site_nor_a_traceback(preview, capfd, path):
    status, text = ask(preview, path)
    assert status in (301, 404) or (status, text) == ask(preview)
    assert "root:" not in text
    assert capfd.readouterr() == ("", "")


def test_a_page_that_is_no_text_is_shown_all_the_same(preview):
    assert ask(preview, "/broken.html")[0] == 200


def test_whoever_asks_for_the_head_alone_gets_that(preview):
    assert ask(preview, method="HEAD") == (200, "")
    assert ask(preview, method="POST")[0] == 501


def test_two_hundred_requests_at_once_are_all_answered(preview):
    together = threading.Barrier(200)

    def one(number):
        together.wait()
        return ask(preview, "/" if number % 2 else "/badge.svg")[0]

    with ThreadPoolExecutor(200) as pool:
        assert list(pool.map(one, range(200))) == [200] * 200


def test_more_may_wait_to_be_taken_than_a_browser_ever_sends(preview):
    """All connect before the first is taken."""
    assert serve.AT_ONCE >= 200
    waiting = [socket.create_connection(("127.0.0.1", port_of(preview)), timeout=PATIENCE) for _ in range(200)]
    for one in waiting:
        one.close()
    assert ask(preview)[0] == 200


BROKEN = {
    "in the middle of a line": b"GET /badge",
    "in the middle of the headers": b"GET /badge.svg HTTP/1.1\r\nHost: local",
    "before the answer": b"GET /badge.svg HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "before a page": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "without a word": b"",
    "after rubbish": b"\x16\x03\x01\x02\x00\x01\xfc" * 50,
    "after a line without end": b"GET /" + b"a" * 70_000,
    "after a thousand headers": b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN.keys())
def test_a_connection_that_breaks_says_nothing_in_the_terminal(preview, capfd, sent):
    for _ in range(20):
        raw(preview, sent, leave=True)
    assert ask(preview)[0] == 200
    time.sleep(0.3)
    assert capfd.readouterr() == ("", "")


def test_a_connection_that_says_nothing_is_not_waited_for_without_end(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(serve._Handler, "timeout", 0.2)
    (tmp_path / "site").mkdir()
    preview = Preview(tmp_path / "site", lambda _: pytest.fail("nothing is built here"))
    with _listening(0, preview), socket.create_connection(("127.0.0.1", port_of(preview)), timeout=PATIENCE) as silent:
        silent.sendall(b"GET / HT")
        assert silent.recv(10) == b""
    assert capfd.readouterr() == ("", "")


def test_any_other_fault_is_one_line(preview, monkeypatch, capfd):
    monkeypatch.setattr(serve, "_decorated", lambda page, shown: 1 / 0)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(preview)
    said = capfd.readouterr().err
    assert said == "A page could not be shown: ZeroDivisionError: division by zero\n"
