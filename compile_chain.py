"""Make a copy of the program in which the chain from patient to remittance is machine code: `make compiled`.

mypyc turns typed Python into C. It comes with mypy, which checks these modules anyway, so that the code stays as it
is: the copy gives the same bytes for the same seeds (`make bench` compares them) and takes about a minute to make.
A site does not need it; whoever exports large populations is served sooner. Run any command of the program in the
copy: `cd instance/compiled && ../../.venv/bin/flask --app wsgi world export …`.

The modules below are those that spend time. Left out are the ones whose classes msgspec fills from data files, as
mypyc does not keep the types it reads there, and `charts/texts.py`, which compiles texts itself.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
COPIED = ("app", "question_bank", "scenarios", "tests", "wsgi.py", "pyproject.toml")
SHARED = ("instance", ".pytest_cache")  # what the program keeps, and the code index of the tests
STAMP = "made_from"  # in the copy: the digest of its sources, once it is whole
CHAIN = {
    "app/billing": "claims coordination",
    "app/billing/x12": "answered claims envelope remittances segments",
    "app/learning": "population",
    "app/payer": "accumulators at_hand benefits codes coordination cost_sharing deadlines eligibility history members "
                 "pipeline pricing provider_level references stays steady story words",
    "app/payer/edits": "access bundling coding coverage covered duplicates front_door identity life necessity required "
                       "timeliness",
    "app/world": "coverage digits generate history households insured money people registration seed",
    "app/world/charts": "documents encounters vitals words",
}
_SETUP = """
from mypyc.build import mypycify
from setuptools import setup

setup(name="chain", packages=[], ext_modules=mypycify({files!r}, opt_level="3", debug_level="0", group_name="chain"),
      script_args=["--quiet", "build_ext", "--inplace"])
"""


def chain() -> list[str]:
    """Return the files that become machine code."""
    return [f"{folder}/{name}.py" for folder, names in CHAIN.items() for name in names.split()]


def compile_chain(to: Path) -> str:
    """Make the copy in `to`, unless it is there and nothing has changed, and return one line that says what it is.

    Without a C compiler the copy is plain Python. Raises SystemExit when the compiler fails.
    """
    made_from, stamp = _made_from(), to / STAMP
    if stamp.exists() and stamp.read_text() == made_from:
        return f"{to} is as it should be"
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    stamp.write_text("not yet whole")
    _copy(to)
    compiler = _compiler()
    if compiler:
        print(f"compiling {len(chain())} modules into {to}; this takes about a minute", flush=True)
        done = subprocess.run([sys.executable, "-c", _SETUP.format(files=chain())], cwd=to, capture_output=True,
                              text=True, check=False)
        if done.returncode:
            sys.exit(f"{done.stdout[-2000:]}{done.stderr[-2000:]}\nthe modules could not be compiled; see above")
        shutil.rmtree(to / "build")
    stamp.write_text(made_from)
    return f"{to} is made" if compiler else f"{to} is made without machine code: there is no C compiler (cc)"


def _compiler() -> str | None:
    """Return where the C compiler is, or None."""
    return shutil.which(os.environ.get("CC", "cc"))


def _made_from() -> str:
    """Return a digest of the sources, of the Python that runs them and of where the compiler is."""
    told = hashlib.sha256(f"{sys.version} {_compiler()}".encode())
    told.update(Path(__file__).read_bytes())
    for name in COPIED:
        found = ROOT / name
        for path in sorted(found.rglob("*")) if found.is_dir() else [found]:
            if path.is_file() and "__pycache__" not in path.parts:
                told.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return told.hexdigest()


def _copy(to: Path) -> None:
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, to / name)
    for name in SHARED:
        (ROOT / name).mkdir(exist_ok=True)
        (to / name).symlink_to(ROOT / name)


def main() -> None:
    """Make the copy in the folder that is given."""
    parser = argparse.ArgumentParser(description="Copy the program and compile the chain there.")
    parser.add_argument("to", type=Path, help="a folder that this program makes and makes anew")
    to = parser.parse_args().to.resolve()
    if to.exists() and any(to.iterdir()) and not (to / STAMP).exists():
        parser.error(f"{to} holds something else")
    print(compile_chain(to))


if __name__ == "__main__":
    main()
