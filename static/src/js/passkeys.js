/* Passkeys: ask the server for a question, let the device answer it, send the answer as an ordinary form. The forms are
   hidden until the browser is known to have passkeys, and this to be the address they belong to. */
import { fromMember, token } from './house.js';
import { hush, tell } from './say.js';

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const known = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

const make = (options) => navigator.credentials.create({ publicKey: {
  ...options,
  challenge: toBytes(options.challenge),
  user: { ...options.user, id: toBytes(options.user.id) },
  excludeCredentials: known(options.excludeCredentials),
} });

const use = (options) => navigator.credentials.get({ publicKey: {
  ...options, challenge: toBytes(options.challenge), allowCredentials: known(options.allowCredentials),
} });

function written(credential) {
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const response = Object.fromEntries(parts.filter((part) => credential.response[part])
    .map((part) => [part, toText(credential.response[part])]));
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
}

async function start(form) {
  const failed = form.dataset.sayFailed;
  try {
    const answer = await fetch(form.dataset.passkey, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams({ csrf_token: token() }),
    });
    const options = await answer.json();
    if (options.url) return void location.assign(`${options.url}?next=${encodeURIComponent(location.pathname)}`);
    if (!answer.ok) return void tell(form, options.message || failed);
    const credential = await ('make' in form.dataset ? make(options) : use(options));
    form.elements.credential.value = written(credential);
    const keep = document.querySelector('form.card input[name="keep"]');
    if (keep?.checked) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'keep', value: 'y' }));
    HTMLFormElement.prototype.submit.call(form);
  } catch {
    tell(form, failed);
  } finally {
    form.removeAttribute('aria-busy');
  }
}

export function startPasskeys() {
  if (!window.PublicKeyCredential || !navigator.credentials?.create) return;
  document.querySelectorAll('form[data-passkey]').forEach((form) => {
    if (fromMember(form) || form.dataset.host !== location.hostname) return;
    form.hidden = false;
    form.parentElement.querySelector('[data-no-passkey]')?.remove();
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      hush(form);
      if (form.getAttribute('aria-busy')) return;
      form.setAttribute('aria-busy', 'true');
      start(form);
    });
  });
}
