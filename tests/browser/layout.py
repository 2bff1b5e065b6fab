"""What stands outside the screen, and what is too small to hit."""

from __future__ import annotations

from playwright.sync_api import Page

_OUTSIDE = """() => {
  const whole = document.documentElement.scrollWidth;
  const right = (node) => node.getBoundingClientRect().right;
  const out = [...document.querySelectorAll('body *')].filter((node) => right(node) > innerWidth + 1
    && node.checkVisibility({ visibilityProperty: true }) && !node.closest('.scroller, pre, .visually-hidden, .skip'));
  return [...(whole > innerWidth ? [`the page is ${whole} wide`] : []),
    ...out.map((node) => `${node.localName}.${node.className} reaches ${right(node)}`)];
}"""

_SMALL = """(least) => {
  const seen = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest('.visually-hidden, .skip');
  const inText = (node) => node.localName === 'a' && getComputedStyle(node).display === 'inline'
    && node.parentElement.textContent.trim() !== node.textContent.trim();
  /* A label carries what it names; a post in the feed, or a message that was found, is one place to press. */
  const target = (node) => (node.matches('input') && node.closest('label'))
    || (node.matches('.open') && node.closest('.feed-item, .notice'))
    || (node.matches('.found-words a') && node.closest('.found-one')) || node;
  const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  return [...document.querySelectorAll(all)]
    .filter((node) => seen(target(node)) && !inText(node) && !node.closest('.member'))
    .map((node) => [node, target(node).getBoundingClientRect()])
    .filter(([, box]) => box.width + .5 < least || box.height + .5 < least)
    .map(([node, box]) => [node.localName, node.className, node.textContent.trim(), box.width, box.height].join(' '));
}"""


def outside(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_OUTSIDE)
    return found


def too_small(page: Page, least: int = 44) -> list[str]:
    found: list[str] = page.evaluate(_SMALL, least)
    return found
