"""Template environments: strict for our pages, forgiving for the GOV.UK macros, and constant words folded in.

What goes into a template, and how a page is answered, is `render.py`'s affair.
"""

import contextlib
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from app.pages.words import LOCALES, catalogue

PACKAGE = "govuk_frontend_jinja"
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
COMPILED = "__pycache__"


def pages_environment(folder: Path) -> jinja2.Environment:
    """The environment of our own templates: an undefined name is an error; every GOV.UK macro is there by its name."""
    compiled = _Compiled(folder / COMPILED, _digest(folder))
    environment = _environment(jinja2.FileSystemLoader(folder), jinja2.StrictUndefined, compiled)
    environment.globals.update(_macros())
    return environment


@cache
def _macros() -> dict[str, Callable[..., Markup]]:
    """Every GOV.UK macro by its name, ready to call; they lean on undefined values being empty."""
    loader = jinja2.PrefixLoader({PACKAGE: jinja2.PackageLoader(PACKAGE)})
    compiled = _Compiled(TEMPLATES / COMPILED, f"{PACKAGE} {version(PACKAGE)} {_digest(TEMPLATES)}")
    environment = _environment(loader, jinja2.Undefined, compiled)
    found: dict[str, Callable[..., Markup]] = {}
    for name in environment.list_templates(filter_func=lambda name: name.endswith("/macro.html")):
        module = environment.get_template(name).module
        found.update({key: value for key, value in vars(module).items() if key.startswith("govuk")})
    return found


def _environment(
    loader: jinja2.BaseLoader, undefined: type[jinja2.Undefined], compiled: jinja2.BytecodeCache
) -> jinja2.Environment:
    environment = _FoldingEnvironment(
        loader=loader,
        autoescape=True,
        undefined=undefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        bytecode_cache=compiled,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    return environment


class _FoldingEnvironment(jinja2.Environment):
    """Settles once, when a template is compiled, what is the same at every showing of a page.

    Words without variables are looked up, and pieces that a template includes by name become a part of it.
    """

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Folder(self).visit(super()._parse(source, name, filename))
        return tree

    def piece(self, name: str) -> nodes.Template:
        """The tree of a template, itself folded."""
        if self.loader is None:
            raise jinja2.TemplateNotFound(name)
        source, filename, _uptodate = self.loader.get_source(self, name)
        return self._parse(source, name, filename)


class _Folder(NodeTransformer):
    def __init__(self, environment: _FoldingEnvironment) -> None:
        self._environment = environment

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # the name that Jinja looks for
        """`_("words")` as the markup that it would give each time."""
        self.generic_visit(node)
        words = node.args[0] if len(node.args) == 1 else None
        if not _is_gettext(node) or not isinstance(words, nodes.Const) or not isinstance(words.value, str):
            return node
        said = Markup(catalogue.gettext(words.value)) % {}  # noqa: S704  # as the extension itself does
        return nodes.Const(said, lineno=node.lineno)

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802  # the name that Jinja looks for
        """A piece by name, in a scope of its own, as an include is; one with blocks stays an include."""
        plain = node.with_context and not node.ignore_missing
        if not plain or not isinstance(node.template, nodes.Const):
            return node
        piece = self._environment.piece(node.template.value)
        if piece.find(nodes.Block) or piece.find(nodes.Extends):
            return node
        return nodes.Scope(piece.body, lineno=node.lineno)


def _is_gettext(node: nodes.Call) -> bool:
    called = isinstance(node.node, nodes.Name) and node.node.name == "_"
    return called and not (node.kwargs or node.dyn_args or node.dyn_kwargs)


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Compiled templates in a folder, as Python keeps its own: half of a start was spent on compiling them.

    Where nothing can be written, they are compiled at each start. `made_of` is all that a template is compiled from
    beside its own source: pieces, words, and this file.
    """

    def __init__(self, folder: Path, made_of: str) -> None:
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
        super().__init__(str(folder))
        self._made_of = made_of

    def get_source_checksum(self, source: str) -> str:
        """What was compiled is good for as long as this stays the same."""
        return super().get_source_checksum(f"{self._made_of}{source}")

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Jinja hands over what it has compiled."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _digest(folder: Path) -> str:
    """Of every template in a folder, of the words that are folded in, and of how it is done."""
    read = [*sorted(folder.rglob("*.html")), *sorted(LOCALES.rglob("*.mo")), Path(__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in read)).hexdigest()


if __name__ == "__main__":  # for an image, whose files cannot be written later
    ours = pages_environment(TEMPLATES)
    for each in ours.list_templates(["html"]):
        ours.get_template(each)
