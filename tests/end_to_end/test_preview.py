"""The preview: what it watches, what it serves, and to whom."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.pipeline.paths import Paths
from helpers.pipeline.preview import Turn, changes, is_source, serve, with_reload

POLICY = "<meta content=\"default-src 'none'; script-src 'sha256-x'; style-src 'unsafe-inline'\"><body></body>"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    for name in ("data", "report", "notebooks"):
        (tmp_path / name).mkdir()
    return Paths(tmp_path, tmp_path / "data", tmp_path / "report" / "_output")


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "index.html").write_text(POLICY, "utf-8")
    server = serve(tmp_path, Turn())
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def get(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": f"{host}:{port}"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_a_served_page_reloads_itself_under_its_own_policy() -> None:
    got = with_reload(POLICY)
    assert "script-src 'self' 'sha256-x'" in got
    assert "connect-src 'self'" in got
    assert '<script src="/_reload.js"></script></body>' in got


def test_the_start_page_is_served(port: int) -> None:
    status, text = get(port, "/")
    assert status == 200
    assert "_reload.js" in text


def test_the_number_of_builds_is_served(port: int) -> None:
    assert get(port, "/_turn") == (200, "0")


def test_a_page_from_elsewhere_gets_nothing(port: int) -> None:
    status, _ = get(port, "/", host="example.org")
    assert status == 403


def test_what_a_build_writes_starts_no_build(paths: Paths) -> None:
    got = [is_source(path, paths) for path in (paths.out / "index.html", paths.report / "_output.new" / "x", paths.data / ".facts.csv.swp")]
    assert got == [False, False, False]


def test_a_changed_table_is_noticed(paths: Paths) -> None:
    stop = threading.Event()
    path = paths.data / "facts.csv"
    writing = threading.Timer(0.8, lambda: path.write_text("x", "utf-8"))
    ending = threading.Timer(15, stop.set)
    writing.start()
    ending.start()
    got = next(changes(paths, stop))
    ending.cancel()
    stop.set()
    assert got == {path}
