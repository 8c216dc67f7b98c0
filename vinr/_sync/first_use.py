# Generated from vinr/_async/first_use.py; do not edit.
"""Resources that are loaded and made when they are first used.

Most programs use a few of them, and neither ``import vinr`` nor a client should pay for the others.
"""

from __future__ import annotations

import importlib
from typing import Any


class OnFirstUse:
    """Stands in a class for a resource: on an object it is the resource, on the class its class.

    So tools that look at the class, such as ``help()`` and ``create_autospec``, see all of it.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __set_name__(self, owner: type, attribute: str) -> None:
        self._package = owner.__module__.rpartition(".")[0]
        self._attribute = attribute

    def __get__(self, instance: Any, owner: type) -> Any:
        module = importlib.import_module(f"{self._package}.{self._module}")
        resource = getattr(module, self._name)
        if instance is None:
            return resource
        # of two threads that come at once both get the same one
        return instance.__dict__.setdefault(
            self._attribute,
            resource(instance._driver),  # noqa: SLF001  # of a class in this package
        )


def on_first_use(module: str, name: str) -> Any:
    """For an attribute that is annotated with the resource's class."""
    return OnFirstUse(module, name)
