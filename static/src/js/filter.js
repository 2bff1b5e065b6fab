/* A field above a list of people to choose from: who is not called so is hidden, who is ticked stays. The server does the
   same for a page that was asked with the words. */
const bare = (words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/-/g, ' ').trim();
const called = (name, wanted) => ` ${bare(name)}`.includes(` ${wanted}`);

export function startFilter() {
  const form = document.querySelector('form[data-filter]');
  const list = form && document.getElementById(form.dataset.filter);
  if (!list) return;
  const none = document.getElementById(`${list.id}-none`);
  const field = form.elements.q;
  const look = () => {
    const wanted = bare(field.value);
    let found = 0;
    list.querySelectorAll('[data-name]').forEach((row) => {
      const fits = called(row.dataset.name, wanted);
      found += fits;
      row.hidden = !fits && !row.querySelector(':checked');
    });
    none.hidden = found > 0;
  };
  form.addEventListener('submit', (event) => { event.preventDefault(); look(); });
  field.addEventListener('input', look);
  addEventListener('pageshow', look);
}
