"""``vinr mcp``: a server through which assistants read and correct, in the sandbox by default."""

from .command import mcp_server

__all__ = ["mcp_server"]
