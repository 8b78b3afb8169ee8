"""Template environments: strict for our pages, forgiving for the GOV.UK macros, and constant words folded in.

What goes into a template, and how a page is answered, is `render.py`'s affair.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from app.pages.words import catalogue

PACKAGE = "govuk_frontend_jinja"


def pages_environment(folder: Path) -> jinja2.Environment:
    """The environment of our own templates: an undefined name is an error; every GOV.UK macro is there by its name."""
    environment = _environment(jinja2.FileSystemLoader(folder), jinja2.StrictUndefined)
    environment.globals.update(_macros())
    return environment


@cache
def _macros() -> dict[str, Callable[..., Markup]]:
    """Every GOV.UK macro by its name, ready to call; they lean on undefined values being empty."""
    loader = jinja2.PrefixLoader({PACKAGE: jinja2.PackageLoader(PACKAGE)})
    environment = _environment(loader, jinja2.Undefined)
    found: dict[str, Callable[..., Markup]] = {}
    for name in environment.list_templates(filter_func=lambda name: name.endswith("/macro.html")):
        module = environment.get_template(name).module
        found.update({key: value for key, value in vars(module).items() if key.startswith("govuk")})
    return found


def _environment(loader: jinja2.BaseLoader, undefined: type[jinja2.Undefined]) -> jinja2.Environment:
    environment = _FoldingEnvironment(
        loader=loader,
        autoescape=True,
        undefined=undefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        bytecode_cache=_COMPILED,
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


class _Compiled(jinja2.BytecodeCache):
    """Compiled templates of this process by name and source, for a second application (tests make many)."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Jinja asks for what it compiled before."""
        known = self._kept.get(f"{bucket.key} {bucket.checksum}")
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Jinja hands over what it has compiled."""
        self._kept[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


_COMPILED = _Compiled()
