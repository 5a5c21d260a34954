/** Answers every movement at once with a number: what the browser itself takes from a movement to its painted answer. */
const section = document.querySelector<HTMLElement>('[aria-label="Answer"]');
const paper = document.querySelector('[data-testid="paper"]');
let count = 0;
paper?.addEventListener('pointerdown', () => (count = 1));
paper?.addEventListener('pointerrawupdate', (event) => {
  count += (event as PointerEvent).getCoalescedEvents().length;
  if (section) section.textContent = section.dataset['samples'] = String(count);
});
