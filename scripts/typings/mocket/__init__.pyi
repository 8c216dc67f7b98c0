from contextlib import AbstractContextManager

class Mocketizer(AbstractContextManager[object]):
    def __exit__(self, *_: object) -> None: ...
