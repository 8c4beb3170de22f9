"""Kernels that talk over IPC: no port that takes messages, no clash of port numbers between workers.

What ipykernel opens besides, on the loopback address, is for the printing of processes that a cell forks.
"""

from __future__ import annotations

import copy
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from jupyter_client.manager import AsyncKernelManager

from helpers.execute.client import PromptClient
from helpers.execute.forked import ENVIRONMENT, TOLD
from helpers.files import Scratch

PROVISIONER = "briefing-warm"  # registered by the entry point in pyproject.toml


class IPCKernelManager(AsyncKernelManager):  # type: ignore[misc]  # jupyter_client is untyped for us
    """A kernel manager whose sockets are files in a short-lived folder of their own."""

    warm_address = ""
    told: ClassVar[dict[str, str]] = {}  # by the names in TOLD

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # short on purpose: a socket's path may have 107 characters
        self._scratch = None if self.warm_address else Scratch()
        self._folder = str(self._scratch.path) if self._scratch else tempfile.mkdtemp(prefix="k", dir=Path(self.warm_address).parent)
        self.client_factory = PromptClient
        self.transport = "ipc"
        self.connection_file = str(Path(self._folder) / "kernel.json")
        self.ip = str(Path(self._folder) / "socket")

    @property
    def kernel_spec(self) -> Any:
        """The kernel's specification, with the warm provisioner written into it where there is a parent to fork from."""
        spec = super().kernel_spec
        if self.warm_address and spec is not None:
            spec = copy.copy(spec)
            stanza = {"provisioner_name": PROVISIONER, "config": {"address": self.warm_address}}
            spec.metadata = {**spec.metadata, "kernel_provisioner": stanza}
        return spec

    async def start_kernel(self, **options: Any) -> None:
        """Start the kernel with what it has to know in its environment."""
        environment = {**(options.pop("env", None) or os.environ), **ENVIRONMENT}
        for name in TOLD:
            environment.pop(name, None)
        await super().start_kernel(env={**environment, **self.told}, **options)

    async def _async_wait(self, pollinterval: float = 0.005) -> None:
        """Wait for the end of a kernel that was told to end, looking more often than ten times a second."""
        await super()._async_wait(pollinterval)

    def cleanup_connection_file(self) -> None:
        """Remove the sockets and their folder with the connection file."""
        super().cleanup_connection_file()
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._scratch:
            self._scratch.close()


def manager(warm_address: str = "", reads: str = "", kept: str = "") -> type[IPCKernelManager]:
    """The kernel manager to give to papermill; with an address, one whose kernels are forked.

    `reads` is the file in which a build wants to see what the notebook asks the tables, `kept` its folder of results.
    """
    told = {name: value for name, value in zip(TOLD, (reads, kept), strict=True) if value}
    return type("BriefingKernelManager", (IPCKernelManager,), {"warm_address": warm_address, "told": told})
