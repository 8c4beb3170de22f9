"""`ro-crate-metadata.json`: an edition as a Workflow Run RO-Crate, so that an archive understands what was run on what.

Written as plain JSON-LD: the library would stamp the hour of the run. Profiles: Workflow Run Crate 0.5 (Leo et al., 2024,
doi:10.1371/journal.pone.0309210), Process Run Crate 0.5, Workflow RO-Crate 1.0, RO-Crate 1.1.
"""

from __future__ import annotations

import json
import mimetypes
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from helpers import pipeline

NAME = "ro-crate-metadata.json"
WORKFLOW = "workflow"  # folder of an edition that holds what was run
MODULE = Path(pipeline.__file__).with_name("build.py")
MAIN = f"{WORKFLOW}/{MODULE.name}"
TABLES, FIGURES, NOTEBOOKS = "data/tables/", "data/figures/", "notebooks/"
RO_CRATE = "https://w3id.org/ro/crate/1.1"
PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}
# The one term of the run profiles that the context of RO-Crate 1.1 lacks.
TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMATS = {".ipynb": "application/x-ipynb+json", ".csv": "text/csv", ".json": "application/json", ".py": "text/x-python"}
OUTPUTS = {"briefing.pdf": "the briefing as PDF", "index.html": "the briefing as a page"}
Entity = dict[str, Any]


@dataclass(frozen=True)
class Edition:
    """What the crate says: the data package's descriptor, the manifest's inputs, notebooks and failures, hashes of the files."""

    descriptor: dict[str, Any]
    inputs: dict[str, Any]
    notebooks: dict[str, Any]
    failed: dict[str, str]
    files: dict[str, str]


def copy_workflow(folder: Path, templates: Path) -> None:
    """Put what was run beside what came out: the templates, and the module that says in which order."""
    (folder / WORKFLOW).mkdir()
    for path in (*sorted(templates.glob("*.ipynb")), MODULE):
        shutil.copyfile(path, folder / WORKFLOW / path.name)


def write(folder: Path, edition: Edition) -> None:
    """Write the crate's metadata; the same edition gives the same bytes."""
    content = {"@context": [f"{RO_CRATE}/context", TERMS], "@graph": graph(edition)}
    (folder / NAME).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def graph(edition: Edition) -> list[Entity]:
    """Every entity of the crate, each once."""
    packages = [_software(name, version) for name, version in sorted(edition.inputs.get("versions", {}).items())]
    values = [value for key in edition.notebooks for value in _values(key, edition)]
    runs = [_run(key, edition) for key in edition.notebooks]
    parameters = _parameters(edition)
    files = [_file(name, digest) | _template(name, edition) for name, digest in sorted(edition.files.items()) if name != MAIN]
    files.append(
        {"@id": "manifest.json", "@type": "File", "name": "hash of all that went in and came out", "encodingFormat": FORMATS[".json"]}
    )
    main = _main(edition, [item["@id"] for item in parameters], [item["@id"] for item in packages])
    root = _root(edition, [item["@id"] for item in (main, *files)], [item["@id"] for item in runs])
    descriptor = {
        "@id": NAME,
        "@type": "CreativeWork",
        "about": _at("./"),
        "conformsTo": [_at(RO_CRATE), _at("https://w3id.org/workflowhub/workflow-ro-crate/1.0")],
    }
    profiles = [
        {"@id": address, "@type": "CreativeWork", "name": name, "version": address.split("/")[-1]} for address, name in PROFILES.items()
    ]
    found = [descriptor, root, main, _build(edition), *runs, *parameters, *values, *_datasets(), *files, *packages, *profiles, *_fixed()]
    return [{name: _compact(value) for name, value in entity.items()} for entity in found]


def _root(edition: Edition, parts: list[str], runs: list[str]) -> Entity:
    about, briefing = edition.descriptor, edition.descriptor["briefing"]
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{about['title']}. {briefing['edition']}",
        "description": briefing["subtitle"],
        "version": str(about.get("version", "")),
        "datePublished": briefing["cut_off"],  # the edition's own date: a build has none
        "license": _at(LICENCE),
        "conformsTo": [_at(address) for address in PROFILES],
        "mainEntity": _at(MAIN),
        "mentions": [_at(name) for name in ("#build", *runs)],
        "hasPart": [_at(name) for name in (TABLES, FIGURES, NOTEBOOKS, *parts)],
    }


def _main(edition: Edition, parameters: list[str], packages: list[str]) -> Entity:
    templates = [name for name in sorted(edition.files) if name.startswith(f"{WORKFLOW}/") and name.endswith(".ipynb")]
    return {
        **_file(MAIN, edition.files[MAIN]),
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
        "name": "briefing build: check the tables, run the notebooks, set the book",
        "version": str(edition.descriptor.get("version", "")),
        "license": _at("https://opensource.org/license/mit"),
        "conformsTo": _at("https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"),
        "programmingLanguage": _at("#python"),
        "softwareRequirements": [_at(name) for name in packages],
        "hasPart": [_at(name) for name in templates],
        "input": [_at(name) for name in parameters if not name.startswith("#output-")],
        "output": [_at(name) for name in parameters if name.startswith("#output-")],
    }


def _parameters(edition: Edition) -> list[Entity]:
    """What the workflow takes and gives, as formal parameters with the files of this run as examples."""
    made = {f"#output-{name}": name for name in OUTPUTS if name in edition.files}
    named = {"#tables": ("tables", "Dataset", TABLES)} | {key: (OUTPUTS[name], "File", name) for key, name in made.items()}
    return [
        {
            "@id": key,
            "@type": "FormalParameter",
            "name": name,
            "additionalType": kind,
            "valueRequired": True,
            "workExample": _at(example),
            "conformsTo": _at("https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE"),
        }
        for key, (name, kind, example) in named.items()
    ]


def _build(edition: Edition) -> Entity:
    """The run of the whole workflow."""
    made = [name for name in edition.files if not name.startswith((TABLES, f"{WORKFLOW}/"))]
    whole = not edition.failed
    return {
        "@id": "#build",
        "@type": "CreateAction",
        "name": "Build of the edition",
        "description": f"Notebooks executed from the tables, book set by the {edition.inputs.get('engine', '')} engine",
        "instrument": _at(MAIN),
        "object": [_at(TABLES)],
        "result": [_at(name) for name in sorted(made)],
        **_status(whole, "; ".join(f"{key}: {words}" for key, words in sorted(edition.failed.items()))),
    }


def _run(key: str, edition: Edition) -> Entity:
    """The run of one notebook."""
    template = f"{WORKFLOW}/{'synthesis' if key == 'synthesis' else 'partner'}.ipynb"
    return {
        "@id": f"#run-{key}",
        "@type": "CreateAction",
        "name": f"Run of the notebook {key}",
        "description": "The template executed with the parameters given, in a process of its own",
        "instrument": _at(template),
        "object": [_at(TABLES), *(_at(value["@id"]) for value in _values(key, edition))],
        "result": [_at(name) for name in (f"{NOTEBOOKS}{key}.ipynb",) if name in edition.files],
        **_status(key not in edition.failed, edition.failed.get(key, "")),
    }


def _values(key: str, edition: Edition) -> list[Entity]:
    return [
        {"@id": f"#{key}-{name}", "@type": "PropertyValue", "name": name, "value": str(value)}
        for name, value in sorted(edition.notebooks[key].get("parameters", {}).items())
    ]


def _status(whole: bool, words: str) -> Entity:
    if whole:
        return {"actionStatus": "http://schema.org/CompletedActionStatus"}
    return {"actionStatus": "http://schema.org/FailedActionStatus", "error": words}


def _datasets() -> list[Entity]:
    return [
        {
            "@id": TABLES,
            "@type": "Dataset",
            "name": "Tables that the briefing rests on, a Frictionless data package",
            "conformsTo": _at("https://specs.frictionlessdata.io/data-package/"),
            "exampleOfWork": _at("#tables"),
        },
        {"@id": FIGURES, "@type": "Dataset", "name": "What each figure and table shows, as CSV"},
        {"@id": NOTEBOOKS, "@type": "Dataset", "name": "Executed notebooks and their HTML copies"},
    ]


def _file(name: str, digest: str) -> Entity:
    suffix = Path(name).suffix
    found: Entity = {"@id": quote(name), "@type": "File", "name": OUTPUTS.get(name, Path(name).name), "sha256": digest}
    if kind := FORMATS.get(suffix) or mimetypes.types_map.get(suffix):
        found["encodingFormat"] = kind
    return found | ({"exampleOfWork": _at(f"#output-{name}")} if name in OUTPUTS else {})


def _template(name: str, edition: Edition) -> Entity:
    """What a template is besides a file: the instrument of its runs."""
    if not (name.startswith(f"{WORKFLOW}/") and name.endswith(".ipynb")):
        return {}
    version = str(edition.descriptor.get("version", ""))
    return {"@type": ["File", "SoftwareSourceCode"], "programmingLanguage": _at("#python"), "version": version}


def _software(name: str, version: str) -> Entity:
    return {"@id": f"#package-{name}", "@type": "SoftwareApplication", "name": name, "softwareVersion": version}


def _fixed() -> list[Entity]:
    """Entities that every crate of ours points at."""
    return [
        {"@id": "#python", "@type": "ComputerLanguage", "name": "Python", "url": "https://www.python.org/"},
        {"@id": LICENCE, "@type": "CreativeWork", "name": "Creative Commons Attribution 4.0", "url": LICENCE},
    ]


def _compact(value: Any) -> Any:
    """A list of one is written as the one, as RO-Crate's JSON-LD asks."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _at(name: str) -> dict[str, str]:
    return {"@id": name if ":" in name or name.startswith(("#", "./")) else quote(name)}
