"""Kernels that talk over IPC: no open port, no clash of port numbers between workers."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class IPCKernelManager(AsyncKernelManager):  # type: ignore[misc]  # jupyter_client is untyped for us
    """A kernel manager whose sockets are files in a short-lived folder of their own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._folder = tempfile.mkdtemp(prefix="briefing-")  # short on purpose: a socket's path may have 107 characters
        self.transport = "ipc"
        self.connection_file = str(Path(self._folder) / "kernel.json")
        self.ip = str(Path(self._folder) / "socket")

    def cleanup_connection_file(self) -> None:
        """Remove the sockets and their folder with the connection file."""
        super().cleanup_connection_file()
        shutil.rmtree(self._folder, ignore_errors=True)
