"""What a process has loaded for good is not searched for garbage again and again."""

import gc
from functools import cache


@cache
def leave_alone() -> None:
    """Take everything that is loaded by now out of the collector's sight, once in a process.

    Templates, code tables and compiled texts are hundreds of thousands of objects that stay. A full collection looks
    at each of them, and making cases calls for many.
    """
    gc.collect()
    gc.freeze()
