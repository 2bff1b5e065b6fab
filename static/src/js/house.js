/* The one place where text from the server becomes nodes. The policy passes it through: it fences off every other
   way into the page, it cleans nothing. Two bundles share it, because a policy's name may be taken only once. */
const make = () => {
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy('house', { createHTML: (text) => text })
    : { createHTML: (text) => text };
  return (text) => {
    const template = document.createElement('template');
    template.innerHTML = policy.createHTML(text);
    return template.content;
  };
};

export const house = (window.hearth = window.hearth || { fragment: make() });
export const fragment = house.fragment;
export const words = document.body.dataset;
export const token = () => document.querySelector('input[name="csrf_token"]')?.value || '';
/* What members wrote can look like anything; no listener of ours acts on it. */
export const fromMember = (node) => !node?.closest || Boolean(node.closest('.member'));
