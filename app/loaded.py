"""What a process has loaded for good is not searched for garbage again and again."""

import gc
from functools import cache

# New objects after which the collector looks at the young ones; Python's own 700 are fewer than a single case makes.
YOUNG = 10_000


@cache
def leave_alone() -> None:
    """Take everything that is loaded by now out of the collector's sight, once in a process, and let it look seldom.

    Templates, code tables and compiled texts are hundreds of thousands of objects that stay. A full collection looks
    at each of them, and making cases calls for many. A case has no cycles: its objects go when the next one is made.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
