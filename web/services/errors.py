"""What a use case may answer instead of a result; `web.errors` words them once."""


class ServiceError(Exception):
    """Base of the refusals of a use case."""


class NotFoundError(ServiceError):
    """The thing does not exist, or the actor may not know that it does."""


class ForbiddenError(ServiceError):
    """The actor may see the thing but not do this. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ConflictError(ServiceError):
    """Somebody else was first; nothing was changed. `code` says what happened."""

    def __init__(self, code: str = "stale") -> None:
        super().__init__(code)
        self.code = code


class InvalidError(ServiceError):
    """The values are not acceptable: message ids (English) by field name."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(sorted(problems)))
        self.problems = problems
