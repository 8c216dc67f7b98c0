class Entry:
    POST: str
    @classmethod
    def single_register(
        cls, method: str, uri: str, *, body: str = "", headers: dict[str, str] | None = None
    ) -> None: ...
