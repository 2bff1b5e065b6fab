"""The rest of the states: what one meets while writing, and the quieter pages."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state
from tests.browser.thread_page import open_more, send, slot


def own_reply(stage: Stage, text: str, who: str = "elias") -> tuple[int, int]:
    """A thread of the tests' own and a reply in it that may still be changed."""
    thread = stage.sample.pen("tuva").write(f"Vem gör vad på lördag? ({text})")
    return thread, stage.sample.pen(who).reply(thread, text)


@state("thread with a text open for change")
def thread_edit(stage: Stage) -> Page:
    thread, piece = own_reply(stage, "jag tar disken")
    page = stage.member("elias", f"/t/{thread}")
    open_more(page, piece).locator("a[data-get*=edit]").click()
    expect(slot(page, piece).locator(".editing")).to_be_visible()
    return page


@state("thread with heads-ups and quotes")
def thread_quotes(stage: Stage) -> Page:
    talk = stage.sample.noted
    page = stage.member("amina", f"/t/{talk}")
    slot(page, stage.piece(talk, 1)).locator(".bodybox > .folded > summary").click()
    open_more(page, stage.piece(talk, 2)).locator("a[data-quote]").click()
    expect(page.locator(".quoting .quoted")).to_be_visible()
    page.locator("#composer .noting > summary").click()
    return page


@state("write with everything open")
def write_open(stage: Stage) -> Page:
    page = stage.member("amina", "/write")
    page.locator(".more-fields > summary").click()
    page.locator("form.writing [name=text]").fill("å" * 10_001)
    expect(page.locator(".count.over")).to_be_visible()
    return page


@state("thread with a change that came too late")
def thread_conflict(stage: Stage) -> Page:
    thread, piece = own_reply(stage, "jag tar soporna")
    page = stage.member("elias", f"/t/{thread}", 409)
    open_more(page, piece).locator("a[data-get*=edit]").click()
    editing = slot(page, piece).locator(".editing")
    editing.locator("[name=text]").fill("jag tar soporna och disken")
    stage.sample.pen("elias").edit(piece, "jag tar inget")
    editing.locator("button[type=submit]").click()
    expect(slot(page, piece).locator(".note.warm")).to_contain_text("jag tar inget")
    return page


@state("thread with a piece taken back")
def thread_undo(stage: Stage) -> Page:
    thread, piece = own_reply(stage, "jag tar allt")
    page = stage.member("elias", f"/t/{thread}")
    open_more(page, piece).locator("button.danger").click()
    expect(page.locator(".undo")).to_be_visible()
    return page


@state("thread whose opening was taken back")
def thread_refused(stage: Stage) -> Page:
    page = stage.member("amina", f"/t/{stage.sample.taken_back}")
    expect(page.locator(".note#composer")).to_be_visible()
    return page


@state("thread for somebody who may only read")
def thread_paused(stage: Stage) -> Page:
    stage.after.enter_context(stage.sample.standing("isla", "paused"))
    page = stage.member("isla", f"/t/{stage.sample.talk}")
    expect(page.locator(".note#composer")).to_be_visible()
    return page


@state("thread with an error by the field")
def thread_error(stage: Stage) -> Page:
    page = stage.member("amina", f"/t/{stage.sample.talk}", 422)
    page.locator("#composer textarea").evaluate("(field) => { field.required = false; }")
    send(page, " ")
    expect(page.locator("#composer .err")).to_be_visible()
    return page


@state("thread with what is new")
def thread_new(stage: Stage) -> Page:
    thread, _piece = own_reply(stage, "jag kan torka golvet", "samir")
    stage.sample.pen("elias").read_to(thread, 1)
    page = stage.member("elias", f"/t/{thread}")
    expect(page.locator(".new-mark")).to_be_visible()
    return page


@state("write with an error")
def write_error(stage: Stage) -> Page:
    page = stage.member("amina", "/write", 422)
    page.locator("summary").click()
    page.locator("form.writing").evaluate("(form) => { form.noValidate = true; }")
    page.locator("form.writing button[type=submit]").click()
    expect(page.locator(".err")).to_be_visible()
    return page


@state("me with an error")
def me_error(stage: Stage) -> Page:
    page = stage.member("amina", "/me", 422)
    page.locator("form.form").evaluate("(form) => { form.noValidate = true; }")
    page.locator("[name=display_name]").fill("")
    page.locator("form.form > button[type=submit]").click()
    expect(page.locator(".err")).to_be_visible()
    return page


@state("invite with errors")
def invite_error(stage: Stage) -> Page:
    page = stage.member("birgitta", "/invitations/new", 422)
    page.locator("form.form > button[type=submit]").click()
    expect(page.locator(".err")).to_be_visible()
    return page


@state("invited")
def invited(stage: Stage) -> Page:
    page = stage.member("birgitta", "/invitations/new")
    page.locator("[name=display_name]").fill("Ali")
    page.locator("[name=adult_checked]").check()
    page.locator("form.form > button[type=submit]").click()
    expect(page.locator(".code")).to_have_text(re.compile(r"^\w{5} \w{5}$"))
    return page


@state("joined")
def joined(stage: Stage) -> Page:
    link, _code = stage.sample.pen("birgitta").invite("Nikodemus", stage.look.lang)
    page = stage.visitor(link)
    page.locator("[name=password]").fill("kanel moped blåbär")
    page.locator("[name=accept_rules]").check()
    page.locator("form.card > button.btn[type=submit]").click()
    expect(page.locator(".secret")).to_be_visible()
    return page


@state("more as a page")
def more_page(stage: Stage) -> Page:
    return stage.member("amina", f"/pieces/{stage.piece(stage.sample.talk, 0)}/more")


@state("reactions as a page")
def react_page(stage: Stage) -> Page:
    return stage.member("amina", f"/pieces/{stage.piece(stage.sample.talk, 1)}/react")


@state("change as a page")
def edit_page(stage: Stage) -> Page:
    _thread, piece = own_reply(stage, "jag lagar mat")
    return stage.member("elias", f"/pieces/{piece}/edit")


@state("earlier versions")
def history_page(stage: Stage) -> Page:
    _thread, piece = own_reply(stage, "jag lagar maten")
    stage.sample.pen("elias").edit(piece, "jag beställer maten")
    return stage.member("jonna", f"/pieces/{piece}/history?why=report")


@state("an old page sent, the text kept")
def text_kept(stage: Stage) -> Page:
    page = stage.member("amina", f"/t/{stage.sample.talk}", 400)
    page.locator("#composer textarea").fill("Länge sedan jag öppnade den här sidan.")
    page.locator("#composer").evaluate("(form) => { form.elements.csrf_token.value = 'old'; form.submit(); }")
    expect(page.locator("textarea.kept")).to_have_value("Länge sedan jag öppnade den här sidan.")
    return page


@state("closed for now")
def suspended(stage: Stage) -> Page:
    page = stage.people.signed_in("daniel")
    stage.after.enter_context(stage.sample.standing("daniel", "suspended"))
    stage.people.guard(page).expect(403)
    page.goto("/")
    return page


_simple("passkeys, none", "amina", "/me/passkeys")
_simple("second step, off", "amina", "/me/second-step")
_simple("second step to set up", "amina", "/me/second-step/set-up")
_simple("recovery codes, none", "samir", "/me/recovery-codes")
_simple("recover", None, "/recover")


@state("recover with an error")
def recover_error(stage: Stage) -> Page:
    page = stage.visitor("/recover", 422)
    page.locator("[name=name]").fill("amina")
    page.locator("[name=code]").fill("ABCDE 22222")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator(".note.bad")).to_be_visible()
    return page


@state("recovery codes shown once")
def codes_shown(stage: Stage) -> Page:
    page = stage.member("tuva", "/me/recovery-codes")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator(".codes li")).to_have_count(10)
    return page


@state("a new password, refused")
def new_password(stage: Stage) -> Page:
    page = codes_shown(stage)
    code = page.locator(".codes li").first.inner_text()
    page = stage.visitor("/recover", 422)
    page.locator("[name=name]").fill("tuva")
    page.locator("[name=code]").fill(code)
    page.locator("form.card button[type=submit]").click()
    page.locator("[name=password]").fill("kort")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("#password-err")).to_be_visible()
    return page


@state("the password once more, wrong")
def confirm_wrong(stage: Stage) -> Page:
    page = stage.people.signed_in("elias", own=True, keep=True)
    stage.after.callback(stage.sample.flask, "clock", "set", "real")
    stage.sample.flask("clock", "set", "+16m")
    stage.people.guard(page).expect(422)
    page.goto("/confirm?next=/me")
    for _second in range(10):
        if "/confirm" in page.url:
            break
        page.wait_for_timeout(500)
        page.goto("/confirm?next=/me")
    page.locator("[name=password]").fill("inte mitt lösenord")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("#password-err")).to_be_visible()
    return page
