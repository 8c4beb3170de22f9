"""The warm parent: imports the libraries once, then forks a fresh kernel for each notebook that asks.

Run as `python -m helpers.execute.warm SOCKET [DATA]`; the tables in DATA are read too, and kernels share them. A client
connects, sends one line of JSON (connection file, folder, environment, arguments), gets back the pid of its kernel, and later,
on the same connection, the exit status. The parent ends when its standard input closes, which happens however the build ends,
and takes its kernels with it.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pickle
import random
import selectors
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from helpers.files import remove

PRELOADED = (
    "helpers.profile.chapter",
    "helpers.profile.synthesis",
    "helpers.profile.show",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "IPython.core.completer",
)


def serve(address: str, data: str = "") -> None:
    """Import the libraries, read the tables, listen, fork; returns when standard input closes."""
    for name in PRELOADED:
        importlib.import_module(name)
    if data:
        with suppress(Exception):  # the check beside says what is wrong with them, and a kernel reads them itself
            importlib.import_module("helpers.tables.load").preload(data)
    gc.freeze()  # a kernel that collects would else write to every page that it shares
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(address)
    listener.listen(64)
    wake_read, wake_write = socket.socketpair()
    wake_write.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.set_wakeup_fd(wake_write.fileno(), warn_on_full_buffer=False)
    waiting = selectors.DefaultSelector()
    for source in (listener, wake_read, sys.stdin):
        waiting.register(source, selectors.EVENT_READ)
    kernels: dict[int, socket.socket] = {}
    try:
        print("ready", flush=True)
        while True:
            for key, _ in waiting.select():
                if key.fileobj is sys.stdin:
                    if not os.read(0, 1):
                        return
                elif key.fileobj is wake_read:
                    wake_read.recv(4096)
                    _reap(kernels)
                else:
                    _launch(listener, kernels, waiting)
    except BrokenPipeError:  # the build ended before it asked for a kernel
        return
    finally:
        for pid in kernels:
            _kill(pid)
        remove(Path(address).parent)  # a build that was killed cannot


def _launch(listener: socket.socket, kernels: dict[int, socket.socket], waiting: selectors.BaseSelector) -> None:
    connection, _ = listener.accept()
    request = json.loads(connection.makefile("r", encoding="utf-8").readline())
    pid = os.fork()
    if pid == 0:
        try:
            _become([listener, *kernels.values(), connection], waiting, request)
            if "function" in request:
                _answer(request)
            _kernel(request)
        finally:
            os._exit(1)
    kernels[pid] = connection
    connection.sendall(f"{pid}\n".encode())


def _become(inherited: list[socket.socket], waiting: selectors.BaseSelector, request: dict[str, Any]) -> None:
    """In the child: drop what belongs to the parent, restore what a fresh process would have."""
    import numpy as np

    os.setsid()  # a process group of its own, so that a signal to the kernel reaches what it started
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL if number == signal.SIGCHLD else signal.default_int_handler)
    waiting.close()
    for connection in inherited:
        connection.close()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a pipe to the build, who reads it no more: the lines of 160 kernels would fill it
    os.chdir(request["folder"])
    os.environ.update(request["environment"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    random.seed()
    np.random.seed()  # a fresh process has a fresh legacy generator too


def _answer(request: dict[str, Any]) -> NoReturn:
    """Write down what a function returns, or what it raises."""
    module, name = request["function"].split(":")
    try:
        outcome = (True, getattr(importlib.import_module(module), name)(*request["arguments"]))
    except Exception as error:
        outcome = (False, error)
    Path(request["answer"]).write_bytes(pickle.dumps(outcome))
    os._exit(0)


def _kernel(request: dict[str, Any]) -> NoReturn:
    """Run the kernel."""
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", "-f", request["connection_file"], *request["arguments"]]
    application = IPKernelApp.instance()
    application.initialize(sys.argv[1:])
    application.start()
    os._exit(0)


def _reap(kernels: dict[int, socket.socket]) -> None:
    """Tell each client whose kernel has ended how it ended."""
    while kernels:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        connection = kernels.pop(pid, None)
        if connection is not None:
            with suppress(OSError):  # where the client has gone, nobody wants to know
                connection.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
            connection.close()


def _kill(pid: int) -> None:
    with suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    serve(*sys.argv[1:])
    os._exit(0)  # taking all the libraries down again would keep the build waiting
