"""The oracle's only exception: a code of vectors/project/error_codes.json."""


class Refused(Exception):
    """An input is refused; `facts` holds what else the error tells."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code = code
        self.facts = facts
