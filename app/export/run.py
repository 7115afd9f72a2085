"""Fill an order: chunk by chunk, by one process or several, and from where an earlier run stopped.

A chunk is written in `.partial/` and moved into place when it is whole; then the manifest says so. Whatever stops a
run, what the manifest names is there, and the next run makes the rest.
"""

import fcntl
import multiprocessing as mp
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from app.coding.editions import SqliteCodeIndex
from app.export import csv_files, fhir_files, parquet_files, pdf_files, readme, x12_files
from app.export.order import (
    MANIFEST,
    BadOrder,
    Kind,
    Manifest,
    Order,
    Written,
    check_belongs,
    digests,
    is_there,
    keep,
    read,
    sha256_of,
    versions,
)
from app.learning.population import Billed, population
from app.loaded import leave_alone

Progress = Callable[[int, int], None]  # cases done, cases done by earlier runs
Write = Callable[[Iterable[Billed], Path, int], list[str]]

WRITERS: dict[Kind, Write] = {"x12": x12_files.write, "csv": csv_files.write, "parquet": parquet_files.write,
                              "fhir": fhir_files.write, "pdf": pdf_files.write}
_APART: tuple[Kind, ...] = ("parquet",)  # pyarrow takes 60 MB: not in the process that has the whole site
PARTIAL = ".partial"  # chunks under way, and the parts of files that are joined at the end
_OURS = {MANIFEST, f".{MANIFEST}.partial", PARTIAL, readme.NAME}


def export(order: Order, folder: Path, codes: Path, *, workers: int = 1, progress: Progress = lambda done, kept: None
           ) -> Manifest:
    """Write `order` into `folder` and return its manifest. `codes` is the built code index.

    A second run with the same order goes on where the first stopped. Raises BadOrder when the folder belongs to
    something else, FileNotFoundError without a code index, OSError when the disk refuses.
    """
    fresh = Manifest(order, versions(order.kind, SqliteCodeIndex(codes).edition))
    folder.mkdir(parents=True, exist_ok=True)
    with _alone_in(folder):
        manifest = _found(folder, fresh)
        if manifest.complete and is_there(folder, manifest.files):
            return manifest
        manifest = replace(manifest, complete=False, whole={},
                           chunks=tuple(row for row in manifest.chunks if is_there(_home(order, folder), row.files)))
        _home(order, folder).mkdir(exist_ok=True)
        keep(manifest, folder)
        (folder / readme.NAME).write_text(readme.text(manifest), encoding="utf-8")
        manifest = _fill(manifest, folder, codes, workers, progress)
        return _finish(manifest, folder)


def _home(order: Order, folder: Path) -> Path:
    """Where the chunks of an order stand until it is complete."""
    return folder / PARTIAL if order.kind == "csv" else folder


def _found(folder: Path, fresh: Manifest) -> Manifest:
    """Return what an earlier run left, or `fresh` in a folder that nobody uses."""
    found = read(folder)
    if found is not None:
        check_belongs(found, fresh, folder)
        return found
    other = sorted(path.name for path in folder.iterdir() if path.name not in _OURS)
    if other:
        raise BadOrder(f"{folder} holds other files ({', '.join(other[:3])}): choose an empty folder, or a new one")
    return fresh


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder: the lock falls with the process, however it ends. Raises BadOrder."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BadOrder(f"another export is writing into {folder}") from None
    finally:
        os.close(held)


def _fill(manifest: Manifest, folder: Path, codes: Path, workers: int, progress: Progress) -> Manifest:
    """Write the chunks that are missing, and keep the manifest after each."""
    order, rows = manifest.order, {row.chunk: row for row in manifest.chunks}
    kept = sum(row.cases for row in rows.values())
    done = kept
    for row in _written(order, folder, codes, [n for n in range(order.chunks) if n not in rows], workers):
        rows[row.chunk] = row
        done += row.cases
        manifest = replace(manifest, chunks=tuple(rows[number] for number in sorted(rows)))
        keep(manifest, folder)
        progress(done, kept)
    return manifest


def _written(order: Order, folder: Path, codes: Path, missing: list[int], workers: int) -> Iterator[Written]:
    """Yield each missing chunk as it becomes whole."""
    workers = min(workers, len(missing))
    if workers <= 1 and order.kind not in _APART:
        yield from (write_chunk(order, folder, codes, number) for number in missing)
        return
    # `spawn`: a fork would copy the threads and connections of whoever called.
    with ProcessPoolExecutor(max(workers, 1), mp.get_context("spawn"), _end_with_parent) as pool:
        left = iter(missing)
        running: set[Future[Written]] = set()
        try:
            while True:
                running |= {pool.submit(write_chunk, order, folder, codes, number)
                            for number in islice(left, 2 * workers - len(running))}
                if not running:
                    return
                ready, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in ready)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """A worker does not outlive the run that asked for it, also when that was killed."""
    parquet_files.refuse_pandas()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run: it lets the chunks under way end
    parent = mp.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@lru_cache(1)
def _opened(codes: Path) -> SqliteCodeIndex:
    """One index a process: each has connections, and pages that it keeps."""
    return SqliteCodeIndex(codes)


def write_chunk(order: Order, folder: Path, codes: Path, number: int) -> Written:
    """Write one chunk and move it into place. Return what it is."""
    first, after = order.cases(number)
    work = folder / PARTIAL / f"{number:05d}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    cases = population(order.seed, _opened(codes), first, after, order.wish)
    files = digests(work, WRITERS[order.kind](cases, work, number))
    for name in files:
        (work / name).replace(_home(order, folder) / name)
    work.rmdir()
    leave_alone()  # the first chunk has loaded what all chunks need
    return Written(number, after - first, files)


def _finish(manifest: Manifest, folder: Path) -> Manifest:
    """Join what is to be one file, tell that all is there, and clear away what is not wanted any more."""
    if manifest.order.kind == "csv":
        work = folder / PARTIAL / "whole"
        work.mkdir(parents=True, exist_ok=True)
        names = csv_files.join(folder / PARTIAL, work, manifest.order.chunks)
        whole = {name: sha256_of(work / name) for name in names}
        for name in names:
            (work / name).replace(folder / name)
        manifest = replace(manifest, whole=whole)
    manifest = replace(manifest, complete=True)
    keep(manifest, folder)
    shutil.rmtree(folder / PARTIAL, ignore_errors=True)
    return manifest
