"""Fields that an object may lack: None where they did not come, or came in another form.

Most objects beside members and their ledger are documented thinly, so little of them is required.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from .lenient import LinkedId, OrNone
from .model import Points

TextOrNone: TypeAlias = Annotated[str | None, OrNone]
IdOrNone: TypeAlias = Annotated[LinkedId | None, OrNone]
"""The id of another object; where the object itself came, its id is taken."""
PointsOrNone: TypeAlias = Annotated[Points | None, OrNone]
WholeNumberOrNone: TypeAlias = Annotated[int | None, OrNone]
NumberOrNone: TypeAlias = Annotated[
    int | Annotated[float, Field(allow_inf_nan=False)] | None, OrNone
]
SwitchOrNone: TypeAlias = Annotated[bool | None, OrNone]
