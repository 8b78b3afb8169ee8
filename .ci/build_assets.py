"""Compile the Sass, bundle the script, copy the other static files, name and compress each: once per change.

The result, `app/static/build`, is read by `app/pages/static.py`; nothing here runs while the service answers.
"""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import font_files

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "app" / "static"
BUILD = SOURCES / "build"
NODE = Path(sys.executable).parent / "node"
SASS = ROOT / "node_modules" / "sass" / "sass.js"
BUNDLE = ROOT / ".ci" / "bundle.mjs"
BROTLI = ROOT / ".ci" / "brotli.mjs"
SCRIPT = SOURCES / "script" / "candidate.js"  # imports every other file of its folder
MOST_SCRIPT = 8 * 1024  # gzipped: pages of a test have to open quickly on a slow line
# The service is not part of GOV.UK: its font, crown and crest are not ours to use. Of fonts, only those of
# `font_files` may be asked for.
NOT_OURS = ("gds transport", "crown", "crest")
COMPRESSIBLE = {".css", ".js", ".svg", ".txt", ".json", ".html"}


class AssetsError(RuntimeError):
    """The static files cannot be built; the message says why."""


def sources() -> list[Path]:
    """Every file under app/static that people write, in a fixed order."""
    return sorted(
        p
        for p in SOURCES.rglob("*")
        if p.is_file() and not p.relative_to(SOURCES).parts[0].startswith("build")
    )


def fingerprint() -> str:
    """A digest of everything that the result depends on."""
    digest = hashlib.sha256()
    tools = [Path(__file__), Path(font_files.__file__), BUNDLE, BROTLI]
    for path in [*tools, ROOT / "package-lock.json", *sources()]:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current() -> bool:
    """True when the built files match their sources."""
    stamp = BUILD / ".inputs"
    return stamp.is_file() and stamp.read_text() == fingerprint()


def compile_sass(source: Path) -> bytes:
    """One stylesheet as compressed CSS; raises AssetsError with Sass's own words."""
    command = [str(NODE), str(SASS), "--pkg-importer=node", "--no-charset", "--no-source-map"]
    command += ["--style=compressed", "--quiet-deps", "--fatal-deprecation=import", str(source)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise AssetsError(f"{source.relative_to(ROOT)} does not compile:\n{done.stderr}")
    if done.stderr:
        sys.stderr.write(done.stderr)
    found = [word for word in NOT_OURS if word in done.stdout.lower()] + font_files.foreign_faces(done.stdout)
    if found:
        raise AssetsError(f"{source.relative_to(ROOT)} brings in what is not ours to use: {', '.join(found)}")
    return done.stdout.encode()


def bundle_script(source: Path, most: int = MOST_SCRIPT) -> bytes:
    """A module and all that it imports as one small file; raises AssetsError, also when it is too large gzipped."""
    command = [str(NODE), str(BUNDLE), str(source)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False)
    if done.returncode:
        raise AssetsError(f"{source.name} cannot be bundled:\n{done.stderr.decode(errors='replace')}")
    size = len(gzip.compress(done.stdout, compresslevel=9, mtime=0))
    if size > most:
        raise AssetsError(f"{source.name} is {size} bytes gzipped, {size - most} too many.")
    return done.stdout


def contents() -> dict[str, bytes]:
    """Logical name to bytes: each stylesheet compiled, the script bundled, each other file as it is."""
    fonts = font_files.font_files()
    served = {name: hashed(name, body) for name, body in fonts.items()}
    built: dict[str, bytes] = {SCRIPT.name: bundle_script(SCRIPT), **fonts}
    for source in sources():
        relative = source.relative_to(SOURCES)
        if relative.parts[0] == "script":
            continue
        if relative.parts[0] != "sass":
            built[relative.as_posix()] = source.read_bytes()
        elif not source.name.startswith("_"):
            built[f"{source.stem}.css"] = font_files.pointed(compile_sass(source), served)
    return built


def hashed(name: str, body: bytes) -> str:
    """The name under which a file is served: it changes with the content."""
    path = Path(name)
    return path.with_name(f"{path.stem}.{hashlib.sha256(body).hexdigest()[:16]}{path.suffix}").as_posix()


def write(folder: Path, built: dict[str, bytes]) -> None:
    """Write the files under names that change with their content, the manifest and the compressed copies."""
    manifest: dict[str, str] = {}
    compress: list[str] = []
    for name, body in built.items():
        manifest[name] = hashed(name, body)
        target = folder / manifest[name]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        if target.suffix in COMPRESSIBLE:
            Path(f"{target}.gz").write_bytes(gzip.compress(body, compresslevel=9, mtime=0))
            compress.append(str(target))
    # Node carries brotli, so that no Python package is needed for it.
    subprocess.run([str(NODE), str(BROTLI), *compress], check=True, timeout=120)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")


def build() -> bool:
    """Bring app/static/build up to date; True when something was done. Raises AssetsError."""
    if is_current():
        return False
    inputs = fingerprint()
    fresh, old = SOURCES / "build.new", SOURCES / "build.old"
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        write(fresh, contents())
        (fresh / ".inputs").write_text(inputs)
        if BUILD.exists():
            BUILD.rename(old)
        fresh.rename(BUILD)
    finally:
        for folder in (fresh, old):
            shutil.rmtree(folder, ignore_errors=True)
    return True


if __name__ == "__main__":
    try:
        print("Static files built." if build() else "Static files are up to date.")
    except AssetsError as error:
        sys.exit(str(error))
