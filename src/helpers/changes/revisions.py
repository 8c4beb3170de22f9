"""Tables and prose of a git revision, read with plumbing: nothing is checked out, and no link is followed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from helpers.errors import InputError

WANTED = (".csv", ".md", ".json")
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}  # read only, and no network
_FILES = {"100644", "100755"}  # plain files; links and submodules have other modes
EXAMPLE = "expected a folder, or a revision such as HEAD~3 or HEAD~3:data"


def extract(name: str, root: Path, data: str, target: Path) -> tuple[Path, Path | None]:
    """Write tables and prose of a revision below `target`; returns both folders, None for prose that is not there.

    `name` is a revision, whose tables lie where the project has them (`data`, seen from `root`), or a revision, a colon and
    a folder. Raises InputError when git is missing, `root` is in no repository, or the name stands for no folder of tables.
    """
    revision, colon, inside = name.partition(":")
    if name.startswith("-") or not revision:
        raise InputError("no folder and no revision", name, EXAMPLE)
    tree = _peeled(revision, name, root)
    if not colon:
        inside = git(root, name, "rev-parse", "--show-prefix").decode("utf-8", "replace").rstrip("\n") + data
    inside = inside.strip("/")
    found = _subtree(root, tree, inside)
    if found is None:
        raise InputError(f"no folder {inside or '/'} in {revision}", name, "expected the folder of the tables, such as HEAD~3:data")
    _write(root, name, found, target / "data")
    above = inside.rpartition("/")[0]
    report = f"{above}/report" if above else "report"
    prose = _subtree(root, tree, report)
    if prose is None:
        return target / "data", None
    _write(root, name, prose, target / "report")
    if partners := _subtree(root, tree, f"{report}/partners"):
        _write(root, name, partners, target / "report" / "partners")
    return target / "data", target / "report"


def git(root: Path, name: str, *arguments: str, text: bytes = b"") -> bytes:
    """Output of a git command; raises InputError with what git says."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], input=text, capture_output=True, env=os.environ | _QUIET, check=False)
    except OSError as error:
        raise InputError("git cannot be run, and there is no such folder", name, EXAMPLE) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(f"no such folder, and git says: {said[0] if said else 'no'}", name, EXAMPLE)
    return done.stdout


def _peeled(revision: str, name: str, root: Path) -> str:
    """The tree of a commit, tag or tree."""
    git(root, name, "rev-parse", "--git-dir")
    try:
        return git(root, name, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}").decode().strip()
    except InputError as error:
        raise InputError(f'no folder and no revision "{revision}"', name, EXAMPLE) from error


def _subtree(root: Path, tree: str, folder: str) -> str | None:
    """Name of the tree object of a folder; None where there is none."""
    if not folder:
        return tree
    try:
        found = git(root, "", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{tree}:{folder}").decode().strip()
        return found if git(root, "", "cat-file", "-t", found).decode().strip() == "tree" else None
    except InputError:
        return None


def _write(root: Path, name: str, tree: str, target: Path) -> None:
    """Write the plain files that lie directly in a tree and that tables or prose can be."""
    wanted: dict[str, str] = {}
    for entry in git(root, name, "ls-tree", "--full-tree", "-z", tree).decode("utf-8", "replace").split("\0"):
        about, _, file = entry.partition("\t")
        if not file.endswith(WANTED) or Path(file).name != file:
            continue
        mode, _, blob = about.split(" ")
        if mode not in _FILES:
            raise InputError(f"{file} is a link, no file", name, "expected plain files")
        wanted[file] = blob
    target.mkdir(parents=True)
    answer = git(root, name, "cat-file", "--batch", text="".join(f"{blob}\n" for blob in wanted.values()).encode())
    for file in wanted:
        head, _, answer = answer.partition(b"\n")
        size = head.split(b" ")[-1]
        if not size.isdigit():
            raise InputError(f"{file} is not in this clone", name, "expected a complete clone")
        (target / file).write_bytes(answer[: int(size)])
        answer = answer[int(size) + 1 :]
