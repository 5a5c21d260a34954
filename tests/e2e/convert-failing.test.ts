import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sizes, violations } from './axe';
import { file, fill, goTo, leanSource, onConvert, sourced, sourcedWith, takes } from './convert-screen';
import { engines } from './engines';
import { openChromium, startChromium } from './engines/chromium';
import { until, type Page } from './engines/engine';
import { crash, hold, isHeld, letGo, tire } from './held-call';
import { drop, expectProblem, offlineReady, press, problems, says, type DroppedFile } from './inkling';

/** Has the network converted, and keeps that from being done. */
async function holdConversion(page: Page): Promise<void> {
  await drop(page, [sourced('parallel.pth'), sourced('net.py')]);
  await fill(page, 'n_heads', '4');
  await fill(page, 'Size of x', 'float32[batch,10,12]');
  await hold(page, 'convert');
  await press(page, 'Convert with these');
  await isHeld(page);
}

describe.each(engines)('A conversion that is disturbed in $name', ({ name, start }) => {
  const visit = onConvert(start);

  it('goes on while another screen is shown, and gives way to what is dropped next', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await holdConversion(page);
    await goTo(page, 'library', 'Library');
    await goTo(page, 'convert', 'parallel.pth');
    await says(page, 'it goes on', '.notices [aria-label="Converting parallel.pth"]', 'Cancel');
    await drop(page, [sourced('parallel.pth'), sourced('net.py')]);
    await takes(page, 'batch × x_1 × 12');

    await hold(page, 'convert');
    await press(page, 'Convert with these');
    await isHeld(page);
    await drop(page, [leanSource()]);
    await says(page, 'the second is shown', 'h1', 'tiny.lean');
    await takes(page, 'batch × 6');
    await until(page, 'nothing else is done', () => !document.querySelector('.notices progress'), []);
    expect(await problems(page)).toEqual([]);
  });

  it('keeps nobody waiting who draws meanwhile', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await holdConversion(page);
    await goTo(page, 'draw');
    await until(
      page,
      'the models are there',
      () => {
        const picker = document.querySelector<HTMLSelectElement>('[data-testid="model-picker"]');
        const other = [...(picker?.options ?? [])].find(({ selected }) => !selected);
        if (!picker || !other) return false;
        picker.value = other.value;
        return picker.dispatchEvent(new Event('change', { bubbles: true }));
      },
      [],
    );
    await says(page, 'its layers are watched', '[aria-labelledby="layers"] figcaption', 'fc1 128');
    await goTo(page, 'convert', 'parallel.pth');
    await letGo(page);
    await takes(page, 'batch × x_1 × 12');
    expect(await problems(page)).toEqual([]);
  });

  it('says that its worker died or fell silent, keeps what was answered, and can begin anew', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await drop(page, [sourced('parallel.pth'), sourced('net.py')]);
    await fill(page, 'n_heads', '2');
    await fill(page, 'Size of x', 'float32[batch,10,12]');
    const ends: [string | null, () => Promise<unknown>][] = [
      ['worker_crashed', () => crash(page)],
      ['worker_silent', () => tire(page)],
      [null, () => press(page, 'Cancel')],
    ];
    for (const [code, end] of ends) {
      await hold(page, 'convert');
      await press(page, code === 'worker_crashed' ? 'Convert with these' : 'Convert again');
      await isHeld(page);
      await end();
      if (code) await expectProblem(page, code);
      await says(page, 'nothing came of it', '#stopped', 'Nothing came of it');
      expect(await problems(page)).toEqual([]);
    }
    await press(page, 'Convert again');
    await takes(page, 'batch × x_1 × 12');
  });

  it('ends a source that goes on for ever, and takes the mended one', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await drop(page, [
      sourced('config.pth'),
      sourcedWith('self.embed = nn', 'while True: pass; self.embed = nn'),
    ]);
    await says(
      page,
      'its line is named',
      '[aria-labelledby="gaps"] td',
      'it takes more than 2\u202f000\u202f000 steps',
    );
    await drop(page, [sourced('net.py')]);
    await says(page, 'the input is asked', '[aria-labelledby="questions"] label', 'Size of x');
    expect(await problems(page)).toEqual([]);
  });

  it('converts, proves and keeps with the server gone', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page, server } = visit;
    await offlineReady(page);
    await server.close();
    await page.reload();
    await says(page, 'the screen is there', 'h1', 'Convert');
    await drop(page, [sourced('config.pth'), sourced('net.py'), sourced('net.npz')]);
    await says(page, 'it is proved', '[aria-labelledby="result"] .verified', 'Verified against PyTorch');
    await press(page, 'Keep in the library');
    await says(page, 'the proof is kept', '.note', 'Verified against PyTorch: its 2 outputs differ');
    await goTo(page, 'convert', 'config.pth');
    await drop(page, [file('models/mnist-mlp/mnist-mlp.pt')]);
    await takes(page, 'batch × 784');
    expect(await problems(page)).toEqual([]);
  });
});

describe('The Convert screen in chromium', () => {
  const visit = onConvert(() => startChromium({ gpu: false }));

  it('says that the disk is full, keeps what came out, and keeps it when there is room', async (context) => {
    if (!visit.engine) return context.skip('chromium is not installed');
    const { page, raw, context: browsing } = await openChromium(visit.engine.browser);
    const session = await browsing.newCDPSession(raw);
    const { origin } = new URL(visit.server.url);
    // Before the first write: for half a minute after one Chromium goes by the room that it found then.
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await page.go(`${visit.server.url}#convert`);
    await says(page, 'the screen is there', 'h1', 'Convert');
    await drop(page, [file('models/mnist-mlp/mnist-mlp.pt')]);
    await takes(page, 'batch × 784');
    await press(page, 'Keep in the library');
    await expectProblem(page, 'storage_full');
    await takes(page, 'batch × 784');
    const download = raw.waitForEvent('download');
    await press(page, 'Download');
    expect((await download).suggestedFilename()).toBe('mnist-mlp.onnx');
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await press(page, 'Keep in the library');
    await raw.waitForFunction(() => /inspect\W+\w{16}/.test(location.hash));
    expect(await problems(page)).toEqual([]);
    await page.close();
  });

  it('says which file was changed after it was dropped', async (context) => {
    if (!visit.engine) return context.skip('chromium is not installed');
    const { page, raw } = await openChromium(visit.engine.browser);
    const folder = await mkdtemp(join(tmpdir(), 'inkling-'));
    await page.go(`${visit.server.url}#convert`);
    for (const { name, bytes } of [sourced('config.pth'), sourced('net.py')])
      await writeFile(join(folder, name), bytes);
    await raw.setInputFiles(
      '[data-testid="file-input"]',
      ['config.pth', 'net.py'].map((name) => join(folder, name)),
    );
    await fill(page, 'Size of x', 'float32[batch,10,12]');
    await writeFile(join(folder, 'net.py'), 'gone = True');
    await press(page, 'Convert with these');
    await says(page, 'it is named', '[data-code="file_gone"]', 'net.py');
    await rm(folder, { recursive: true });
    await page.close();
  });

  it('leads from picking files to a kept model by the keyboard alone', async (context) => {
    if (!visit.engine) return context.skip('chromium is not installed');
    const { page, raw } = await openChromium(visit.engine.browser);
    await page.go(`${visit.server.url}#convert`);
    await says(page, 'the screen is there', 'h1', 'Convert');
    const tabTo = async (label: string) => {
      for (let presses = 0; presses < 40; presses += 1) {
        const at = await raw.evaluate(
          `(document.activeElement.closest('label') ?? document.activeElement).textContent`,
        );
        if (String(at).trim().startsWith(label)) return;
        await raw.keyboard.press('Tab');
      }
      throw new Error(`The keyboard did not reach ${label}.`);
    };
    // Long before the key is pressed: the browser has to be told first.
    const picking = raw.waitForEvent('filechooser');
    await tabTo('Convert a checkpoint');
    await raw.keyboard.press('Space');
    const mimeType = 'application/octet-stream';
    await (
      await picking
    ).setFiles(
      [sourced('parallel.pth'), sourced('net.py')].map(({ name, bytes }) => ({
        name,
        mimeType,
        buffer: Buffer.from(bytes),
      })),
    );
    await says(page, 'it asks', '#questions', 'What the file does not say');
    await tabTo('n_heads');
    await raw.keyboard.type('5');
    await tabTo('Size of x');
    await raw.keyboard.type('float32[batch,10,12]');
    await raw.keyboard.press('Enter');
    await says(page, 'five heads do not fit', '.outcome', 'AssertionError');
    await raw.keyboard.press('Shift+Tab');
    await raw.keyboard.type('4');
    await raw.keyboard.press('Enter');
    await takes(page, 'batch × x_1 × 12');
    await tabTo('Size of x');
    await tabTo('Keep in the library');
    await raw.keyboard.press('Enter');
    await raw.waitForFunction(() => /inspect\W+\w{16}/.test(location.hash));
    expect(await problems(page)).toEqual([]);
    await page.close();
  });

  it('has nothing that axe finds, and nothing too wide, whatever came of a file', async (context) => {
    if (!visit.engine) return context.skip('chromium is not installed');
    const { page, raw } = await openChromium(visit.engine.browser);
    await page.go(`${visit.server.url}#convert`);
    const net = sourced('net.py');
    const states: [string, string, DroppedFile[]][] = [
      ['questions', '#questions', [sourced('parallel.pth'), net]],
      [
        'gaps',
        '#gaps',
        [
          sourced('config.pth'),
          sourcedWith('x = self.embed(x)', 'x = torch.fft.fft(self.embed(x))'),
          sourced('net.npz'),
        ],
      ],
      ['proved', '.verified', [net]],
      ['no way', '.outcome [data-testid="problem"]', [sourced('config.pth')]],
      ['stopped', '#stopped', [{ name: 'cut.pth', bytes: sourced('config.pth').bytes.slice(0, 5000) }]],
    ];
    const findings: string[] = [];
    for (const [state, selector, files] of states) {
      await drop(page, files);
      await raw.waitForSelector(selector);
      for (const { colorScheme, ...size } of sizes) {
        await raw.setViewportSize(size);
        await raw.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        findings.push(...(await violations(raw)).map((found) => `${state}, ${colorScheme}: ${found}`));
        const isWide = await raw.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        if (isWide) findings.push(`${state}, ${size.width}: the page is wider than the window`);
      }
    }
    expect(findings).toEqual([]);
    await page.close();
  });
});
