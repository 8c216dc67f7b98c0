"""What the fuzzer has to know beyond the document."""

from typing import cast

import schemathesis


@schemathesis.hook  # pyright: ignore[reportUnknownMemberType] - its types stop at the hook's own
def map_body(_context: schemathesis.HookContext, body: object) -> object:
    """Whole numbers as such: for a schema ``1.0`` is one, for the service points never are."""
    return _whole(body)


def _whole(value: object) -> object:
    match value:
        case dict():
            return {name: _whole(each) for name, each in cast("dict[str, object]", value).items()}
        case list():
            return [_whole(each) for each in cast("list[object]", value)]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value
