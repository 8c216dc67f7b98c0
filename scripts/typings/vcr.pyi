from contextlib import AbstractContextManager

class Cassette:
    play_count: int
    def __len__(self) -> int: ...

def use_cassette(path: str, *, record_mode: str) -> AbstractContextManager[Cassette]: ...
