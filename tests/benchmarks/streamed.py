"""Export so many cases as X12, chunk by chunk, and print this process's peak memory in MB."""

import re
import sys
import tempfile
from pathlib import Path

from app.export.order import make_order
from app.export.run import export
from tests.codes import built_index


def peak() -> float:
    """Return the peak in MB, as the kernel counts it (`ru_maxrss` would begin with that of the process before)."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) * 1024 / 1e6


def main() -> None:
    """Write into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        export(make_order("streamed", int(sys.argv[1]), "x12"), Path(folder), built_index())
    print(peak())


if __name__ == "__main__":
    main()
