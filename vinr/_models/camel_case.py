"""Objects of the guide's dialect whose fields go over the wire in camel case."""

from __future__ import annotations

from typing import ClassVar

from pydantic import AliasGenerator, ConfigDict
from pydantic.alias_generators import to_camel

from .model import Model


class CamelCaseModel(Model):
    """Read by the names on the wire, ``walletBalance``, and by Python's, ``wallet_balance``."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        alias_generator=AliasGenerator(validation_alias=to_camel), validate_by_name=True
    )
    """Pydantic's settings: fields by their names on the wire as well as by Python's."""
