"""Every page rule: the sample page keeps it, and a page with one thing changed is seen to break it."""

import pytest

from accessibility.page_rules import PageKind, Rule, faults, mentions
from tests.accessibility.sample_site import FAULTY, GOOD, error_page

A1 = '<input type="radio" name="answer" id="a1" value="k3">'
FLAG = '<button name="action" value="flag">Flag to check later</button>'
MAIN = '<main id="main" tabindex="-1">'
SAY = '<div aria-live="polite" aria-atomic="true" class="vh" id="say"></div>'
SCRIPT = '<script src="/static/sample.js" defer></script>'
NOTICE = '<div class="notice"><p>You flagged this question.</p></div>'
STAY = '<button type="submit" name="action" value="stay" hidden></button>'

# What is changed in the good page (old, new), the rule that must see it, and words of its sentence.
BROKEN = [
    (Rule.WHOLE, "<!doctype html>", "", "does not start"),
    (Rule.WHOLE, 'id="a2"', 'id="a1"', "stands on 2 elements"),
    (Rule.WHOLE, "</fieldset>", "", "fieldset> is never ended"),
    (Rule.WHOLE, "</form>", "</form></section>", "</section> ends nothing"),
    (Rule.WHOLE, 'name="csrf"', 'name="csrf" name="csrf"', "attribute name twice"),
    (Rule.WHOLE, A1, A1.replace(">", ' aria-describedby="gone">'), 'refers to "gone"'),
    (Rule.WHOLE, "/sitting/break", "#gone", 'leads to "#gone"'),
    (Rule.TITLE, " – Driving theory test", "", "does not end with"),
    (Rule.TITLE, "<title>", "<title>Error: ", "no error summary"),
    (Rule.TITLE, "<title>", "<title></title><title>", "2 titles"),
    (Rule.HEADINGS, "</fieldset>", "<h1>Again</h1></fieldset>", "2 h1"),
    (Rule.HEADINGS, "legend>", "div>", "outside the legend"),
    (Rule.HEADINGS, "</fieldset>", "<h3>Help</h3></fieldset>", "level is left out"),
    (Rule.HEADINGS, "</fieldset>", "<h2> </h2></fieldset>", "no words"),
    (Rule.LANDMARKS, MAIN, f"<p>Hello</p>{MAIN}", "outside every landmark"),
    (Rule.LANDMARKS, MAIN, f"<div><button>Go away</button></div>{MAIN}", "outside every landmark"),
    (Rule.LANDMARKS, ' aria-label="Tools and help"', "", "no label"),
    (Rule.LANDMARKS, "<header>", "<header></header><header>", "2 header"),
    (Rule.LANDMARKS, "aside", "section", "0 asides"),
    (Rule.LANGUAGE, ' lang="en-GB"', "", "no lang"),
    (Rule.LANGUAGE, "<h1>", '<h1 lang="English (UK)">', "no language"),
    (Rule.SKIP_LINK, '<a class="skip" href="#main">Skip to the question</a>', "", "not a skip link"),
    (Rule.SKIP_LINK, 'href="#main"', 'href="#a1"', "not main"),
    (Rule.SKIP_LINK, MAIN, '<main id="main">', "cannot move there"),
    (Rule.TAB_ORDER, A1, A1.replace(">", ' tabindex="2">'), "tabindex 2"),
    (Rule.LINK_TEXT, "Take a break", "How this page looks", "leads to 2 places"),
    (Rule.LINK_TEXT, "Take a break", "Click here", "makes no sense alone"),
    (Rule.POSITION, '<p class="position">Question 12 of 50</p>', "", "header does not say"),
    (Rule.POSITION, "<title>Question 12 of 50", "<title>Fog", "title does not start"),
    (Rule.PICTURES, ' alt="A grey road. The car in front is hard to see."', "", "has no alt"),
    (Rule.PICTURES, "A grey road. The car in front is hard to see.", "fog.svg", "file's name"),
    (Rule.PICTURES, "<legend>", "<legend><svg></svg>", "neither aria-hidden"),
    (Rule.PURPOSE, A1, '<label>Code <input autocomplete="code"></label>' + A1, "nothing knows"),
    (Rule.PURPOSE, A1, '<label>Email <input type="email"></label>' + A1, "no autocomplete"),
    (Rule.ENTER_STAYS, STAY, "", "Enter on an answer presses"),
    (Rule.ENTER_STAYS, STAY, STAY.replace("hidden", "hidden disabled"), "passes it over"),
    (Rule.ENTER_STAYS, ' autocomplete="off"', "", "Back ticks"),
    (Rule.ENTER_STAYS, "<form ", "</form><div ", "no answers inside a form"),
    (Rule.NO_KEY_TAKEN, FLAG, FLAG.replace(">", ' accesskey="f">', 1), "accesskey"),
    (Rule.PLAIN_POINTER, FLAG, FLAG.replace(">", ' onmousedown="flag()">', 1), "held, hovered or dragged"),
    (Rule.PLAIN_POINTER, "/sitting/help", "javascript:help()", "runs a script"),
    (Rule.LABEL_IN_NAME, FLAG, FLAG.replace(">", ' aria-label="Mark this">', 1), "is its name"),
    (Rule.LABEL_IN_NAME, "See all questions", "Save and continue", "2 buttons with different effects"),
    (Rule.START_PLACE, 'id="a2"', 'id="a2" autofocus', "takes the focus"),
    (Rule.START_PLACE, "<h1>", "<h1 autofocus>", "takes the focus"),
    (Rule.START_PLACE, A1, A1.replace(">", " autofocus>") + NOTICE, "although there is a notice"),
    (Rule.LIVE_REGION, SAY, "", "0 live regions"),
    (Rule.LIVE_REGION, SAY, SAY + SAY.replace("say", "say2"), "2 live regions"),
    (Rule.LIVE_REGION, SAY, SAY.replace("polite", "assertive"), "is not the one polite"),
    (Rule.LIVE_REGION, SAY, SAY.replace("></", ">Saved</"), "is not empty"),
    (Rule.LIVE_REGION, '<p class="clock">', '<p class="clock" role="timer">', "speaks by itself"),
    (Rule.NOTHING_MOVES, "<title>", '<meta http-equiv="refresh" content="60"><title>', "by itself"),
    (Rule.NOTHING_MOVES, A1, '<video src="/v" autoplay></video>' + A1, "moves by itself"),
    (Rule.ERRORS, "</legend>", '<span class="error-message">Choose 1</span></legend>', "no error summary"),
    (Rule.LABELS, '<label for="a4">', '<label for="a9">', "has no name"),
    (Rule.LABELS, '<label for="a4">', '<label for="a9">', "no field has that id"),
    (Rule.LABELS, A1, '<input name="x" aria-label="Extra">' + A1, "no label that can be seen"),
    (Rule.GROUPS, "fieldset", "div", "do not stand in one fieldset"),
    (Rule.GROUPS, "legend>", "div>", "no legend with words"),
    (Rule.NO_TRAPS, A1, A1.replace(">", " required>"), "required"),
    (Rule.NO_TRAPS, A1, '<label>Why <input placeholder="Fog"></label>' + A1, "placeholder"),
    (Rule.NO_TRAPS, "<header>", "<header><details><summary>Words</summary></details>", "hides words"),
    (Rule.NO_TRAPS, A1, A1.replace(">", " disabled>"), "is disabled"),
    (Rule.FORMS, " novalidate", "", "no novalidate"),
    (Rule.FORMS, 'name="csrf"', 'name="other"', "without a token"),
    (Rule.FORMS, 'method="post"', 'method="get"', "into the address"),
    (Rule.FORMS, 'method="post" ', "", "say get or post"),
    (Rule.FORMS, FLAG, FLAG.replace("<button", '<button type="reset"'), "empty the form"),
    (Rule.FILES_ONLY, "<h1>", '<h1 style="color: red">', "style of its own"),
    (Rule.FILES_ONLY, "</head>", "<script>go()</script></head>", "inline script"),
    (Rule.ONE_SCRIPT, SCRIPT, "", "There are 0 scripts"),
    (Rule.ONE_SCRIPT, SCRIPT, SCRIPT + SCRIPT.replace("sample", "more"), "There are 2 scripts"),
    (Rule.ONE_SCRIPT, SCRIPT, SCRIPT.replace(" defer", ""), "not a deferred file"),
    (Rule.ONE_SCRIPT, SCRIPT, SCRIPT.replace("defer", "defer async"), "not a deferred file"),
    (Rule.ONE_SCRIPT, SCRIPT, "<script>go()</script>", "not a script of ours"),
    (Rule.ONE_SCRIPT, "/static/sample.js", "//elsewhere.test/static/sample.js", "not a script of ours"),
    (Rule.ONE_SCRIPT, "</header>", f"{SCRIPT}</header>", "outside the head"),
]


def test_the_sample_question_page_keeps_every_rule() -> None:
    assert faults(GOOD, kind="question") == []


def test_a_sample_error_page_keeps_every_rule() -> None:
    assert faults(error_page(), kind="question") == []


@pytest.mark.parametrize(("rule", "old", "new", "words"), BROKEN, ids=lambda value: str(value)[:30])
def test_one_thing_changed_is_seen_to_break_its_rule(rule: Rule, old: str, new: str, words: str) -> None:
    assert old in GOOD
    broken = faults(GOOD.replace(old, new), kind="question")
    assert any(fault.rule is rule and words in fault.sentence for fault in broken), [
        str(one) for one in broken
    ]


# The same for the error page: its summary is what is changed.
BROKEN_ERRORS = [
    (Rule.TITLE, "<title>Error: ", "<title>", "does not start"),
    (Rule.ERRORS, 'href="#a1"', 'href="#say"', "is no field"),
    (
        Rule.ERRORS,
        '"error-message">Choose 1 answer',
        '"error-message">Pick an answer',
        "not beside its field",
    ),
    (Rule.ERRORS, '"error-message">Choose 1 answer', '"error-message">Pick an answer', "not in the summary"),
    (Rule.ERRORS, ' tabindex="-1" autofocus', "", "does not take the focus"),
    (Rule.ERRORS, '<h2 id="wrong">There is a problem</h2>', "", "has no heading"),
    (Rule.ERRORS, '<a href="#a1">Choose 1 answer</a>', "Choose 1 answer", "leads to no field"),
    (Rule.ERRORS, MAIN, MAIN + '<a href="/sitting/list">See the list</a>', "does not stand first"),
    (Rule.START_PLACE, "<h1>", '<h1 tabindex="-1" autofocus>', "although there is an error summary"),
]


@pytest.mark.parametrize(("rule", "old", "new", "words"), BROKEN_ERRORS, ids=lambda value: str(value)[:30])
def test_a_broken_error_page_is_seen(rule: Rule, old: str, new: str, words: str) -> None:
    assert old in error_page()
    broken = faults(error_page().replace(old, new), kind="question")
    assert any(fault.rule is rule and words in fault.sentence for fault in broken), [
        str(one) for one in broken
    ]


def test_every_rule_has_an_example_that_breaks_it() -> None:
    assert {rule for rule, *_ in (*BROKEN, *BROKEN_ERRORS)} == set(Rule)


def test_the_page_with_seeded_faults_breaks_most_rules_at_once() -> None:
    broken = {fault.rule for fault in faults(FAULTY, kind="question")}
    assert len(broken) >= 15, sorted(broken)


def test_a_page_outside_a_sitting_needs_no_tools_and_no_live_region() -> None:
    aside = GOOD[GOOD.index("<aside") : GOOD.index("</aside>") + len("</aside>")]
    assert faults(GOOD.replace(aside, "").replace(SAY, "")) == []


def test_a_staff_page_ends_its_title_with_the_name_of_the_service() -> None:
    staff = GOOD.replace("Driving theory test</title>", "Clearway</title>")
    assert faults(staff, kind=PageKind.STAFF) == []
    assert [fault.rule for fault in faults(GOOD, kind=PageKind.STAFF)] == [Rule.TITLE]


def test_the_same_button_for_two_people_needs_two_names() -> None:
    form = (
        '<form method="post" action="/x" novalidate><input type="hidden" name="csrf" value="t">'
        '<input type="hidden" name="sitting" value="{}"><button>Release{}</button></form>'
    )
    alike = GOOD.replace("</main>", form.format(1, "") + form.format(2, "") + "</main>")
    named = '<span class="vh"> for {}</span>'
    apart = form.format(1, named.format("Ana")) + form.format(2, named.format("Ben"))
    assert [fault.rule for fault in faults(alike)] == [Rule.LABEL_IN_NAME]
    assert faults(GOOD.replace("</main>", apart + "</main>")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (A1, A1.replace(">", " autofocus>")),
        ("<h1>", '<h1 tabindex="-1" autofocus>'),
        (MAIN, MAIN + NOTICE.replace(">", ' tabindex="-1" autofocus>', 1)),
    ],
    ids=["the first answer", "the question", "a notice"],
)
def test_r05_a_page_may_start_where_somebody_chose(old: str, new: str) -> None:
    assert old in GOOD
    assert faults(GOOD.replace(old, new), kind="question") == []


def test_answers_may_be_buttons_or_covered() -> None:
    start, end = GOOD.index('<div class="opt">'), GOOD.index("</fieldset>")
    for button in ('name="choose" value="k3" aria-pressed="false"', 'name="action" value="show-1"'):
        assert faults(GOOD[:start] + f"<button {button}>A</button>" + GOOD[end:], kind="question") == []
    other = GOOD[:start] + '<button name="action" value="more">A</button>' + GOOD[end:]
    assert [fault.rule for fault in faults(other, kind="question")] == [Rule.ENTER_STAYS]


def test_end_tags_that_may_be_left_out_are_no_fault() -> None:
    table = "<table><caption>Marks</caption><tr><th scope=row>Signs<td>4<tr><th scope=row>Rules<td>5</table>"
    listed = "<ul><li>One<li>Two</ul><dl><dt>Time<dd>57 minutes<dt>Marks<dd>50</dl><p>Words<p>More words"
    assert faults(GOOD.replace("</main>", f"<div>{table}{listed}</div></main>")) == []


def test_an_unknown_kind_of_page_is_refused() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        faults(GOOD, kind="nonsense")


@pytest.mark.parametrize(
    "disguise",
    [
        '<i data-k="kzq7-fox trot/9&amp;">',
        "<!-- kzq7-fox trot/9&amp; -->",
        "<a href='/x?k=kzq7-fox%20trot%2F9%26'>",
        "<a href='/x?k=kzq7-fox+trot%2F9%26'>",
        "<i class='a3pxNy1mb3ggdHJvdC85Jg=='>",
        "<i class='eGt6cTctZm94IHRyb3QvOSY='>",
        "<i class='6b7a71372d666f782074726f742f3926'>",
        "<i>&9/tort xof-7qzk</i>",
        "<i>KZQ7-FOX TROT/9&amp;</i>",
    ],
)
def test_a_secret_is_found_in_every_disguise(disguise: str) -> None:
    assert mentions(GOOD + disguise, "kzq7-fox trot/9&")


def test_a_page_without_the_secret_mentions_nothing() -> None:
    assert mentions(GOOD, "kzq7-fox trot/9&") == []
