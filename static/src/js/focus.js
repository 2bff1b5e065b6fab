/* After a swap focus never falls to the top of the page: a marked error first, then a marked place to go on,
   then the same thing by its id, then what had opened the menu it stood in, then the post around it. */
export function place(roots, was) {
  const marked = (mark) => roots.map((root) => (root.matches(mark) ? root : root.querySelector(mark))).find(Boolean);
  const found = marked('[data-focus]') || marked('[data-after]')
    || (was?.id && document.getElementById(was.id))
    || (was?.opener && document.getElementById(was.opener))
    || was?.slot;
  found?.focus({ preventScroll: found === was?.slot });
}

export function remember(element) {
  return { id: element?.id, opener: element?.closest?.('.menu-slot')?.dataset.open, slot: element?.closest?.('.slot') };
}

export function startFocus() {
  document.querySelector('main [data-focus]')?.focus();
}
