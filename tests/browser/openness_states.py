"""The states of what staff do can be looked at: the list, numbers, house rules, incident mode, texts without a name."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("what staff did", "birgitta", "/audit?group=channels")
_simple("what staff did, a day that is none", "birgitta", "/audit?from_on=x", 422)
_simple("a list to take along", "birgitta", "/audit/export")
_simple("how often staff step in", "amina", "/numbers")
_simple("who read what of mine", "amina", "/me/read")
_simple("who answers, not entered yet", "birgitta", "/about/safety")
_simple("what people ask, signed out", None, "/about/questions")
_simple("make everything read-only", "birgitta", "/incident")
_simple("house rules, their versions", "amina", "/rules/history")
_simple("texts without a name", "karin", "/unmaskings")


@state("house rules as they will read")
def preview(stage: Stage) -> Page:
    page = stage.member("birgitta", "/rules/change")
    page.locator("[name=sv_7]").fill("Vi provar igen.")
    page.locator("[name=en_7]").fill("We try again.")
    page.locator("[name=why_sv]").fill("Den förra var lång.")
    page.locator("[name=why_en]").fill("The old one was long.")
    page.locator("[name=do][value=preview]").click()
    expect(page.locator("[name=do][value=publish]")).to_be_visible()
    return page


@state("earlier versions, why")
def why(stage: Stage) -> Page:
    pen = stage.sample.pen("elias")
    reply = pen.reply(stage.sample.talk, "jag lagar mat på torsdag")
    pen.edit(reply, "jag lagar mat på fredag")
    return stage.member("jonna", f"/pieces/{reply}/history")
