/** Answers every movement at once with a number: what the browser itself takes from a movement to its painted answer. */
const section = document.querySelector('[aria-label="Answer"]');
const paper = document.querySelector('[data-testid="paper"]');
let count = 0;
paper?.addEventListener('pointerrawupdate', () => {
  section?.setAttribute('aria-busy', 'true');
  count += 1;
  if (section) section.textContent = String(count);
  section?.setAttribute('aria-busy', 'false');
});
