"""A kernel provisioner that takes its kernels from the warm parent (extension point of jupyter_client)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode

from helpers.execute.forked import TOLD, ForkedProcess


class WarmProvisioner(LocalProvisioner):  # type: ignore[misc]  # jupyter_client is untyped for us
    """Forks a kernel from the parent at `address` instead of starting a Python of its own."""

    address = Unicode("", help="socket of the warm parent").tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Ask for a kernel; everything after that is as with a local process."""
        environment = {name: value for name, value in kwargs["env"].items() if name in TOLD}  # all else it has from its parent
        folder = str(kwargs.get("cwd") or Path.cwd())
        arguments = cmd[cmd.index("-f") + 2 :] if "-f" in cmd else []  # as nbclient gives them: no history file, for one
        request = {"connection_file": self.parent.connection_file, "folder": folder, "environment": environment, "arguments": arguments}
        self.process = ForkedProcess(self.address, request)
        self.pid = self.process.pid
        self.pgid = self.process.pid
        return dict(self.connection_info)

    async def wait(self) -> int | None:
        """Wait for the kernel's end, looking more often than the ten times a second of a local process."""
        while self.process and self.process.poll() is None:
            await asyncio.sleep(0.005)
        status: int | None = await super().wait()
        return status
