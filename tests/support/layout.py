"""How a page lies on the screen: sideways scroll, text spacing, target sizes, reading order, line length.

Each function gives what is wrong as sentences, empty when nothing is. Colours and focus are elsewhere.
"""

from playwright.sync_api import Page

from tests.support.measuring import laid_over, measure, resized

# WCAG 2.2 success criterion 1.4.12, all four at once.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""

_SIDEWAYS = """
const wide = document.documentElement.clientWidth;
const page = document.scrollingElement.scrollWidth > wide + 1
  ? [`the page is ${document.scrollingElement.scrollWidth} wide in ${wide}`] : [];
return page.concat([...document.querySelectorAll('body *')].filter(e => {
  const b = e.getBoundingClientRect();
  return b.width && seen(e) && (b.right > wide + 1 || b.left < -1);
}).map(e => `${tell(e)} reaches outside`));
"""
_CUT = """
return [...document.querySelectorAll('body *')].filter(e => {
  const s = getComputedStyle(e);
  const cuts = o => o === 'hidden' || o === 'clip';
  return seen(e) && ((cuts(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
    || (cuts(s.overflowY) && e.scrollHeight > e.clientHeight + 1));
}).map(e => `${tell(e)} is cut`);
"""
_OVERLAPS = """
const nodes = texts(), lines = nodes.map(n => {
  const r = document.createRange(); r.selectNodeContents(n);
  return [...r.getClientRects()].filter(b => b.width > 1 && b.height > 1); });
const wrong = [];
for (let i = 0; i < nodes.length; i++) for (let j = i + 1; j < nodes.length; j++)
  for (const a of lines[i]) for (const b of lines[j])
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 3)
      wrong.push(`"${nodes[i].data.trim().slice(0, 40)}" lies over "${nodes[j].data.trim().slice(0, 40)}"`);
return [...new Set(wrong)];
"""
_TARGETS = """
const inSentence = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline'
  && [...e.parentElement.childNodes].some(n => n.nodeType === 3 && /\\w/.test(n.data));
const targets = controls().filter(e => !inSentence(e)).map(e => {
  const choice = e.type === 'radio' || e.type === 'checkbox';
  const boxes = [e, ...(choice && e.labels ? e.labels : [])].map(boxOf);
  return {name: tell(e), choice, left: Math.min(...boxes.map(b => b.left)), top: Math.min(...boxes.map(b => b.top)),
    right: Math.max(...boxes.map(b => b.right)), bottom: Math.max(...boxes.map(b => b.bottom))};
});
const wrong = [];
for (const t of targets) {
  const [w, h, least] = [t.right - t.left, t.bottom - t.top, t.choice ? told.answer : told.least];
  if (w < told.least - 0.5 || h < least - 0.5) wrong.push(`${t.name} is ${Math.round(w)} by ${Math.round(h)}`);
}
for (let i = 0; i < targets.length; i++) for (let j = i + 1; j < targets.length; j++) {
  const [a, b] = [targets[i], targets[j]];
  const across = Math.max(b.left - a.right, a.left - b.right), down = Math.max(b.top - a.bottom, a.top - b.bottom);
  if (Math.max(across, down) < told.apart - 0.5)
    wrong.push(`${a.name} and ${b.name} are ${Math.round(Math.max(across, down))} apart`);
}
return wrong;
"""
_ORDER = """
const things = [];
const walk = e => { for (const n of e.childNodes) {
  if (n.nodeType === 3 && n.data.trim() && seen(n.parentElement)) things.push([n.data.trim().slice(0, 40), textBox(n)]);
  if (n.nodeType !== 1 || !seen(n)) continue;
  if (['IMG', 'SVG', 'svg', 'VIDEO', 'SELECT', 'TEXTAREA'].includes(n.tagName)
      || (n.tagName === 'INPUT' && !['hidden', 'radio', 'checkbox'].includes(n.type))) things.push([tell(n), boxOf(n)]);
  else if (!['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(n.tagName)) walk(n);
} };
walk(document.body);
const wrong = [];
for (let i = 1; i < things.length; i++) {
  const [[before, a], [after, b]] = [things[i - 1], things[i]];
  const above = b.bottom <= a.top + 2 && b.left < a.right - 2;
  const sameLine = b.top < a.bottom - 2 && b.bottom > a.top + 2;
  if (above || (sameLine && b.right <= a.left + 2))
    wrong.push(`"${after}" is seen before "${before}" and read after it`);
}
return wrong;
"""
_LINES = """
const wrong = [];
for (const n of texts()) {
  const s = getComputedStyle(n.parentElement), size = parseFloat(s.fontSize), what = n.data.trim().slice(0, 40);
  if (s.textAlign === 'justify') wrong.push(`"${what}" is justified`);
  if (s.lineHeight !== 'normal' && parseFloat(s.lineHeight) < 1.5 * size - 0.1 && told.longest < n.data.trim().length)
    wrong.push(`"${what}" has lines of ${s.lineHeight} at ${s.fontSize}`);
  if (s.lineHeight === 'normal' && told.longest < n.data.trim().length) wrong.push(`"${what}" has normal line height`);
  const r = document.createRange(), perLine = {};
  for (let i = 0; i < n.data.length && n.data.length > told.longest; i++) {
    r.setStart(n, i); r.setEnd(n, i + 1);
    const b = r.getBoundingClientRect();
    if (b.width) perLine[Math.round(b.top)] = (perLine[Math.round(b.top)] || 0) + 1;
  }
  const most = Math.max(0, ...Object.values(perLine));
  if (most > told.longest) wrong.push(`"${what}" has a line of ${most} characters`);
}
return [...new Set(wrong)];
"""


def sideways_scroll(page: Page, width: int, text_percent: int = 100, height: int = 640) -> list[str]:
    """D02: what makes the page scroll sideways in a window of this width with text this large."""
    with resized(page, width, height, text_percent):
        return sideways_now(page)


def sideways_now(page: Page) -> list[str]:
    """D02: what makes the page scroll sideways in the window as it is."""
    found: list[str] = measure(page, _SIDEWAYS)
    return found


def spacing_faults(page: Page) -> list[str]:
    """D03: what is cut, lies over something else or runs outside under the WCAG text spacing override."""
    with laid_over(page, SPACING):
        found: list[str] = measure(page, _CUT) + measure(page, _OVERLAPS) + measure(page, _SIDEWAYS)
    return found


def small_targets(page: Page, *, least: int = 44, answer: int = 48, apart: int = 8) -> list[str]:
    """K13: controls smaller than `least` px each way (answers `answer` high) or nearer than `apart` px.

    An answer's target is its input with its label. Links inside a sentence are left out, as WCAG 2.5.5 does.
    """
    found: list[str] = measure(page, _TARGETS, {"least": least, "answer": answer, "apart": apart})
    return found


def order_faults(page: Page, width: int, height: int = 900) -> list[str]:
    """S08: neighbours in the source whose boxes stand the other way round in a window of this width."""
    with resized(page, width, height):
        return order_now(page)


def order_now(page: Page) -> list[str]:
    """S08: neighbours in the source whose boxes stand the other way round in the window as it is."""
    found: list[str] = measure(page, _ORDER)
    return found


def line_faults(page: Page, longest: int = 80) -> list[str]:
    """D07: text that is justified, has lines of more than `longest` characters, or long text set too tight."""
    found: list[str] = measure(page, _LINES, {"longest": longest})
    return found
