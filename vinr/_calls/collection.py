"""A resource whose create and update need only a table of parameters, each with its check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic.alias_generators import to_camel

from .._models.envelope import ItemT
from . import checks
from .call import JSON, Call
from .resource import Resource
from .value_checks import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection(Resource[ItemT]):
    """A resource with its parameters by their names in Python.

    A parameter goes by its own name in the reference's dialect, and in camel case in the guide's.
    """

    parameters: Mapping[str, Check]
    required: tuple[str, ...] = ()
    """What a new object cannot be without."""
    about: tuple[str, ...] = ()
    """What the response to a write must say again, where it says it: else it is another's."""
    metadata: bool = False
    """Whether its objects have metadata."""

    def create(self, given: Mapping[str, object], idempotency_key: str | None) -> Call[ItemT]:
        """``POST /{collection}``; parameters that are None are left out."""
        body = self._body(given, self.required)
        if self.metadata:
            body["metadata"] = checks.metadata(given.get("metadata"))
        return self.post(
            "create",
            self.path,
            body,
            idempotency_key=idempotency_key,
            expected={name: body[name] for name in self.about} or None,
        )

    def update(
        self, id: str, given: Mapping[str, object], idempotency_key: str | None
    ) -> Call[ItemT]:
        """``POST /{collection}/{id}``; parameters that are None stay as they are."""
        id = checks.object_id("id", id)
        body = self._body(given, ())
        if self.metadata:
            body["metadata"] = checks.metadata_changes(given.get("metadata"))
        return self.post(
            "update",
            self.path_of(id),
            body,
            idempotency_key=idempotency_key,
            expected={"id": id},
        )

    def _body(self, given: Mapping[str, object], required: tuple[str, ...]) -> dict[str, JSON]:
        return {
            to_camel(name) if self.encoding == "json" else name: check(name, given.get(name))
            for name, check in self.parameters.items()
            if given.get(name) is not None or name in required
        }
