/* Words typed while a form was on its way are nobody's to lose: they come into the form that takes its place. */
const texts = (form) => [...form.querySelectorAll('textarea, input[type="text"], input:not([type])')];

export const textsOf = (form) => new Map(texts(form).map((field) => [field.name, field.value]));

export function typedSince(form, sent) {
  return texts(form).filter((field) => field.value !== sent.get(field.name)).map((field) => ({ name: field.name, value: field.value, sent: sent.get(field.name) }));
}

/* Behind words that were taken only what came after them stays; what was sent back is as she has it now. */
export function carry(since, next) {
  since.forEach(({ name, value, sent }) => {
    const field = next.elements[name];
    if (!field) return;
    const taken = !field.value.trim();
    field.value = taken && value.startsWith(sent) ? value.slice(sent.length).trimStart() : value;
    field.dispatchEvent(new Event('input', { bubbles: true })); // kept as a draft, and the field as tall as it needs
  });
}
