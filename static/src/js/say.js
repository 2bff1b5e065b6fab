/* Aloud: emptied, then set in the next frame, so that the same sentence is heard a second time. */
export function say(text) {
  const line = document.getElementById('say');
  if (!line || !text) return;
  line.textContent = '';
  requestAnimationFrame(() => { line.textContent = text; });
}

/* Beside the form, for the eyes, and aloud. The form and what was typed in it stay as they are. */
export function tell(form, text) {
  hush(form);
  const line = document.createElement('p');
  line.className = 'note bad answer';
  line.textContent = text;
  form.append(line);
  line.scrollIntoView({ block: 'nearest' });
  say(text);
}

export function hush(form) {
  form.querySelector(':scope > .answer')?.remove();
}
