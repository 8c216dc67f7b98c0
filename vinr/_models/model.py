"""The base of every model: frozen, keeps unknown fields, has the response as ``last_response``."""

from collections.abc import Generator
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, Strict

from .lenient import finite
from .response import LastResponse

Points = Annotated[int, Strict(), Field(ge=-(2**63) + 1, le=2**63 - 1)]
"""A whole number of points; never a float, a bool or a string, nor beyond 2**63 - 1."""

ObjectId = Annotated[str, Field(min_length=1)]

LAST_RESPONSE: Final = "last_response"
"""The response that an object came in is noted beside its fields, as cached properties are kept.

So equality, repr and dumps of the object do not depend on it.
"""


OpenValue: TypeAlias = Annotated[JsonValue, AfterValidator(finite)]
"""The value of a field that is not known here: any JSON."""


class Model(BaseModel):
    """An object of VINR's. Fields that this version does not know are kept as attributes."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="allow", strict=True, defer_build=True
    )
    """Pydantic's settings: frozen, strict, and open to fields that are not known here."""

    # Pydantic's own way to type these fields; its base class types them wider. The default says to
    # type checkers that the constructor does not take them; pydantic would change how it reads.
    if TYPE_CHECKING:
        __pydantic_extra__: dict[str, OpenValue] = Field(init=False)  # pyright: ignore[reportIncompatibleVariableOverride]
    else:
        __pydantic_extra__: dict[str, OpenValue]

    def __hash__(self) -> int:
        """By type and id, which equal objects have in common."""
        return hash((type(self), vars(self).get("id")))

    def __iter__(self) -> Generator[tuple[str, object], None, None]:  # noqa: PYI058  # its base
        """Names and values, as ``dict()`` asks for them: the fields and what else came."""
        return (each for each in super().__iter__() if each[0] != LAST_RESPONSE)

    @property
    def last_response(self) -> LastResponse:
        """The answer this object came in.

        Raises:
            AttributeError: You made the object yourself.
        """
        try:
            answer: LastResponse = vars(self)[LAST_RESPONSE]
        except KeyError:
            raise AttributeError(f"this {type(self).__name__} did not come in a response") from None
        return answer


def last_response_of(result: BaseModel) -> LastResponse:
    """The same of any model that was made from a response, also one of the caller's own."""
    response: LastResponse = vars(result)[LAST_RESPONSE]
    return response
