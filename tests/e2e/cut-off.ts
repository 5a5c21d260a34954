import type { Page as PlaywrightPage } from 'playwright-core';

/** What of a page cannot be seen or reached: texts and fields beyond the window, their sheet, or a frame that hides them. */
export function cutOff(raw: PlaywrightPage): Promise<string[]> {
  return raw.evaluate(() => {
    const problems = new Set<string>();
    if (document.documentElement.scrollWidth > innerWidth) problems.add('the page is wider than the window');
    const ofTexts: { element: Element; right: number; called: string }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const { width, right } = range.getBoundingClientRect();
      const called = node.textContent?.trim().slice(0, 40) ?? '';
      if (node.parentElement && called !== '' && width > 0)
        ofTexts.push({ element: node.parentElement, right, called });
    }
    const ofFields = [...document.querySelectorAll('input, select, textarea, button')].map((element) => {
      const called = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
      return {
        element,
        right: element.getBoundingClientRect().right,
        called: `${element.localName} ${called}`,
      };
    });
    for (const { element, right, called } of [...ofTexts, ...ofFields]) {
      if (element.closest('.unseen, dialog:not([open])') || !element.checkVisibility()) continue;
      for (let around: Element | null = element; around; around = around.parentElement) {
        const { overflowX, textOverflow } = getComputedStyle(around);
        if (overflowX === 'auto' || overflowX === 'scroll') break;
        const isFrame = overflowX !== 'visible' || around.matches('.sheet, body');
        // What ends in an ellipsis has the whole text elsewhere or in its title.
        if (!isFrame || textOverflow === 'ellipsis') continue;
        if (right > around.getBoundingClientRect().right + 1) problems.add(`“${called}” is cut off`);
      }
    }
    return [...problems];
  });
}
