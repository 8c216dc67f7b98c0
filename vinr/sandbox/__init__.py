"""An embedded, stateful stand-in for VINR's loyalty service: in process and over HTTP."""

from .extra import explain_missing_extra

with explain_missing_extra():
    from .events import Event
    from .invariants import Finding
    from .programs import Program, Tier
    from .ratelimit import RateLimit
    from .refusal import Refusal
    from .sandbox import Sandbox

__all__ = ["Event", "Finding", "Program", "RateLimit", "Refusal", "Sandbox", "Tier"]
