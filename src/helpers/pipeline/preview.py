"""Preview: the edition on a loopback address, built again and shown anew when a file changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from helpers.errors import InputError
from helpers.pipeline.paths import Paths

HOST = "127.0.0.1"
TURN = "/_turn"  # answers with the number of builds so far
# A script of the preview alone, from its own address: the page on disk never holds it.
RELOAD = "/_reload.js"
_SCRIPT = f"""(() => {{
  let seen;
  const ask = async () => {{
    try {{
      const turn = await (await fetch("{TURN}")).text();
      if (seen !== undefined && turn !== seen) location.reload();
      seen = turn;
    }} catch {{ /* the preview has ended */ }}
    setTimeout(ask, 700);
  }};
  ask();
}})();
"""


class Turn:
    """Counts the builds that came out."""

    def __init__(self) -> None:
        self.number = 0
        self.lock = threading.Lock()

    def next(self) -> None:
        """One more."""
        with self.lock:
            self.number += 1


class Pages(SimpleHTTPRequestHandler):
    """The files of the edition, with the script that reloads a page added on the way."""

    def __init__(self, *args: object, turn: Turn, directory: str) -> None:
        self.turn = turn
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # what the server hands over

    def do_GET(self) -> None:
        """Answer a request."""
        address = self.path.split("?")[0]
        if self.headers.get("Host", "").rpartition(":")[0] not in (HOST, "localhost"):
            self.send_error(403)  # a page elsewhere that found out the port gets nothing
        elif address == TURN:
            self._send(str(self.turn.number).encode(), "text/plain")
        elif address == RELOAD:
            self._send(_SCRIPT.encode(), "text/javascript")
        elif address.endswith((".html", "/")) and (path := Path(self.translate_path(self.path))) and (page := _page(path)) is not None:
            self._send(with_reload(page).encode(), "text/html; charset=utf-8")
        elif address == "/":  # the first build found something wrong; the next one that works reloads this
            self._send(with_reload("<!DOCTYPE html><title>Preview</title><body><p>Nothing is built yet.</p></body>").encode(), "text/html")
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal shows the builds."""

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def with_reload(page: str) -> str:
    """A page that reloads itself; its policy allows this one script and asking this server."""
    page = page.replace("script-src ", "script-src 'self' ", 1).replace("default-src 'none';", "default-src 'none'; connect-src 'self';", 1)
    return page.replace("</body>", f'<script src="{RELOAD}"></script></body>', 1)


def serve(out: Path, turn: Turn, port: int = 0) -> ThreadingHTTPServer:
    """A running server of the edition on loopback; `port` 0 takes a free one.

    Raises InputError where the port is taken.
    """
    try:
        server = ThreadingHTTPServer((HOST, port), partial(Pages, turn=turn, directory=str(out)))
    except OSError as error:
        raise InputError(f"port {port} cannot be used: {error.strerror}", "--port", "leave --port out to take a free one") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def changes(paths: Paths, stop: threading.Event | None = None) -> Iterator[set[Path]]:
    """Sets of changed files below data/, report/ and notebooks/, without those that a build writes."""
    from watchfiles import watch

    watched = [path for path in (paths.data, paths.report, paths.notebooks) if path.is_dir()]
    for found in watch(*watched, stop_event=stop, raise_interrupt=True):
        changed = {Path(name) for _, name in found}
        if wanted := {path for path in changed if is_source(path, paths)}:
            yield wanted


def is_source(path: Path, paths: Paths) -> bool:
    """Whether a file goes into a build: not the edition, and no file that an editor or system keeps for itself."""
    made = [paths.out, paths.out.with_name(paths.out.name + ".new"), paths.out.with_name(paths.out.name + ".old")]
    hidden = path.name.startswith((".", "~")) or path.name.endswith(("~", ".swp", ".tmp")) or "__pycache__" in path.parts
    return not hidden and not any(path.is_relative_to(folder) for folder in made)


def preview(paths: Paths, build: Callable[[], bool], port: int, ready: Callable[[str], None], stop: threading.Event | None = None) -> None:
    """Build, serve, and build again on each change until interrupted; `build` says whether an edition came out."""
    turn = Turn()
    build()
    server = serve(paths.out, turn, port)
    try:
        ready(f"http://{HOST}:{server.server_address[1]}/")
        for _ in changes(paths, stop):
            if build():
                turn.next()
    finally:
        server.shutdown()
        server.server_close()


def _page(path: Path) -> str | None:
    path = path / "index.html" if path.is_dir() else path
    return path.read_text(encoding="utf-8") if path.is_file() else None
