"""An embedded, stateful stand-in for VINR's loyalty service: in process and over HTTP."""

from .extra import explain_missing_extra

with explain_missing_extra():
    from .event_log import Event
    from .faults.kinds import Fault, Garbage, LoseReply, Pass, Reset, Slow, Status, Truncate
    from .faults.plans import FaultPlans, PendingFault
    from .invariants import Finding
    from .programs import Program, Tier
    from .rate_limit import RateLimit
    from .refusal import Refusal
    from .sandbox import Sandbox, SandboxOptions
    from .webhooks.delivery import Delivery
    from .webhooks.endpoint import Endpoint
    from .webhooks.webhooks import Webhooks

__all__ = [
    "Delivery",
    "Endpoint",
    "Event",
    "Fault",
    "FaultPlans",
    "Finding",
    "Garbage",
    "LoseReply",
    "Pass",
    "PendingFault",
    "Program",
    "RateLimit",
    "Refusal",
    "Reset",
    "Sandbox",
    "SandboxOptions",
    "Slow",
    "Status",
    "Tier",
    "Truncate",
    "Webhooks",
]
