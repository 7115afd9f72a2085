"""How much a page takes: little, but for the one that reads files."""

import flask

FILES = {"x12.read_file": 1_600_000}  # bytes by endpoint: a file at its limit, and the form around it


class Request(flask.Request):
    """A request whose limits depend on the page it is for. They are asked before anything of the body is read."""

    @property
    def max_content_length(self) -> int | None:  # type: ignore[override]
        """The most bytes of a body."""
        return FILES.get(self.endpoint or "") or super().max_content_length

    @property
    def max_form_memory_size(self) -> int | None:  # type: ignore[override]
        """The most bytes of typed fields."""
        return FILES.get(self.endpoint or "") or super().max_form_memory_size
