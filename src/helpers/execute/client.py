"""A kernel client that is ready as soon as the kernel is."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous import AsyncKernelClient

ANSWER_SECONDS = 1.0  # after so long without an answer, whether the kernel lives is looked at and it is asked again
OUTPUT_SECONDS = 0.2
RETRY_MILLISECONDS = 5


class PromptClient(AsyncKernelClient):  # type: ignore[misc]  # jupyter_client is untyped for us
    """Waits for the answer on both channels and no longer: jupyter_client's own then listens a fifth of a second for nothing more."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.context.setsockopt(zmq.RECONNECT_IVL, RETRY_MILLISECONDS)  # for all of its sockets: the kernel opens them while they call

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel has answered; raises RuntimeError when it died or `timeout` seconds have passed."""
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        while True:
            asked = self.kernel_info()
            answer = await _next(self.shell_channel, ANSWER_SECONDS)
            if answer and answer["msg_type"] == "kernel_info_reply" and await self._heard(asked):
                self._handle_kernel_info_reply(answer)
                return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _heard(self, asked: str) -> bool:
        """Whether the end of our own request comes through: then outputs will too, and nothing older stands before them."""
        while message := await _next(self.iopub_channel, OUTPUT_SECONDS):
            own = message["parent_header"].get("msg_id") == asked
            if own and message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return True
        return False

    wait_for_ready = _async_wait_for_ready


async def _next(channel: Any, seconds: float) -> dict[str, Any] | None:
    try:
        message: dict[str, Any] = await channel.get_msg(timeout=seconds)
    except Empty:
        return None
    return message
