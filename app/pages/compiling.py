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
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    return environment


class _FoldingEnvironment(jinja2.Environment):
    """Looks words without variables up once, when a template is compiled, and not at every showing of a page."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Folder().visit(super()._parse(source, name, filename))
        return tree


class _Folder(NodeTransformer):
    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802  # the name that Jinja looks for
        node.nodes = [_folded(child) for child in node.nodes]
        return self.generic_visit(node)


def _folded(node: nodes.Expr) -> nodes.Expr:
    """`{{ _("words") }}` as the markup that it would give each time."""
    plain_call = (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "_"
        and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    )
    if not plain_call or not isinstance(node, nodes.Call) or len(node.args) != 1:
        return node
    words = node.args[0]
    if not isinstance(words, nodes.Const) or not isinstance(words.value, str):
        return node
    return nodes.TemplateData(catalogue.gettext(words.value) % {}, lineno=node.lineno)


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
