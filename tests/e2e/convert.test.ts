import { describe, expect, it } from 'vitest';
import {
  choose,
  dropCheckpoint,
  file,
  fill,
  goTo,
  leanSource,
  onConvert,
  sourced,
  sourcedWith,
  takes,
} from './convert-screen';
import { engines } from './engines';
import { drop, press, problems, says } from './inkling';

describe.each(engines)('The Convert screen in $name', ({ name, start }) => {
  const visit = onConvert(start);

  it('makes a model of a Lean source, keeps it, and shows it', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await drop(page, [leanSource()]);
    await says(page, 'every stage is done', '[aria-labelledby="stages"] li.done', 'Check the model');
    await takes(page, 'batch × 6');
    await press(page, 'Keep in the library');
    await says(page, 'it is inspected', 'h1', 'tiny');
    await says(page, 'its graph is sound', '[aria-labelledby="checks"] p', 'None');
    expect(await problems(page)).toEqual([]);
  });

  it('makes a model of weights and their source, and asks only what neither tells', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await goTo(page, 'convert');
    await dropCheckpoint(page, sourced('parallel.pth'), sourced('net.py'));
    await says(page, 'the way is chosen', '#stages', 'PyTorch source');
    await says(page, 'the head count is asked', '[aria-labelledby="questions"] label', 'n_heads');
    await says(page, 'the input is asked', '[aria-labelledby="questions"] label', 'Size of x');
    await fill(page, 'n_heads', '4');
    await fill(page, 'Size of x', 'float32[batch,10,12]');
    await press(page, 'Convert with these');
    await takes(page, 'batch × x_1 × 12');
    expect(await problems(page)).toEqual([]);
  });

  it('says what is wrong with an answer that it cannot read, and takes sizes as people write them', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    const field = () =>
      page.evaluate(() => {
        const [input] = document.querySelectorAll<HTMLInputElement>('[aria-labelledby="questions"] input');
        const described = input?.getAttribute('aria-describedby')?.split(' ') ?? [];
        return {
          isInvalid: input?.getAttribute('aria-invalid'),
          isFocused: document.activeElement === input,
          mark: input?.closest('label')?.querySelector('em')?.textContent,
          described: described.map((id) => document.getElementById(id)?.textContent ?? '').join(' '),
        };
      });
    await dropCheckpoint(page, file('tests/fixtures/convert/scripted.pt'));
    await says(page, 'the input is asked', '[aria-labelledby="questions"] label', 'Size of x');
    await fill(page, 'Size of x', 'hello');
    expect(await field()).toMatchObject({ mark: 'to be answered', isInvalid: null });
    await press(page, 'Convert with these');
    await says(page, 'it says why', '[aria-labelledby="questions"] [role=alert]', '“hello” alone is no list');
    const asked = await field();
    expect(asked).toMatchObject({ mark: 'not understood', isInvalid: 'true', isFocused: true });
    expect(asked.described).toContain('“hello” alone is no list of sizes');
    expect(asked.described).toContain('as in 1,3,224,224');
    await fill(page, 'Size of x', 'batchx5x3');
    await says(page, 'it is understood', '[aria-labelledby="questions"] em', 'answered');
    expect(await field()).toMatchObject({ isInvalid: null });
    await press(page, 'Convert with these');
    await takes(page, 'batch × x_1 × 3');
    await dropCheckpoint(page, sourced('parallel.pth'), sourced('net.py'));
    await fill(page, 'n_heads', '4');
    await fill(page, 'Size of x', 'float32[batch,10,12]');
    await press(page, 'Convert with these');
    await takes(page, 'batch × x_1 × 12');
  });

  it('keeps what was typed while another screen is shown', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await goTo(page, 'inspect', 'parallel.pth');
    await goTo(page, 'convert');
    await takes(page, 'batch × x_1 × 12');
  });

  it('is proved by arrays that are dropped later, and says so where it is kept', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await drop(page, [sourced('net.npz')]);
    await says(page, 'it is proved', '[aria-labelledby="result"] .verified', 'Verified against PyTorch');
    await says(
      page,
      'each output is compared',
      '[aria-labelledby="result"] li',
      'states differs from what was recorded by',
    );
    await press(page, 'Keep in the library');
    await says(page, 'it is inspected', 'h1', 'parallel');
    await says(page, 'the proof is kept', '.note', 'Verified against PyTorch: its 2 outputs differ');
    expect(await problems(page)).toEqual([]);
  });

  it('lists everything that stands in the way, with its place', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    await goTo(page, 'convert');
    const spectral = sourcedWith('x = self.embed(x)', 'x = torch.fft.fft(self.embed(x))');
    await dropCheckpoint(page, sourced('config.pth'), spectral, sourced('net.npz'));
    await says(page, 'the way is chosen', '#stages', 'PyTorch source');
    await says(page, 'the gap is listed', '[aria-labelledby="gaps"] td', 'torch.fft');
    await says(page, 'with its line', '[aria-labelledby="gaps"] td', 'net.py, line');
    await drop(page, [sourced('net.py')]);
    await says(
      page,
      'a mended source is taken',
      '[aria-labelledby="result"] .verified',
      'Verified against PyTorch',
    );
  });

  it('turns between checkpoints that were dropped together, and keeps what was answered for each', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    const mlp = file('models/mnist-mlp/mnist-mlp.pt');
    const scripted = file('tests/fixtures/convert/scripted.pt');
    await dropCheckpoint(page, scripted, mlp);
    const offered = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLOptionElement>('[aria-label="Files dropped together"] option')].map(
        ({ textContent }) => textContent,
      ),
    );
    expect(offered).toEqual(['scripted.pt', 'mnist-mlp.pt']);
    await fill(page, 'Size of x', 'batchx5x3');
    await press(page, 'Convert with these');
    await takes(page, 'batch × x_1 × 3');
    await choose(page, 'Files dropped together', 'mnist-mlp.pt');
    await takes(page, 'batch × 784');
    await choose(page, 'Files dropped together', 'scripted.pt');
    await takes(page, 'batch × x_1 × 3');
    expect(await problems(page)).toEqual([]);
  });

  it('says that nothing came of a file that cannot be read, and goes on', async (context) => {
    if (!visit.engine) return context.skip(`${name} is not installed`);
    const { page } = visit;
    const { bytes } = sourced('config.pth');
    await drop(page, [{ name: 'cut.pth', bytes: bytes.slice(0, 5000) }]);
    await says(page, 'nothing came of it', '#stopped', 'Nothing came of it');
    expect(await problems(page)).toHaveLength(1);
    await press(page, 'Understood');
    await drop(page, [file('models/mnist-mlp/mnist-mlp.pt')]);
    await takes(page, 'batch × 784');
    await says(
      page,
      'what is assumed can be changed',
      '[aria-labelledby="questions"] p',
      'Some of it is assumed',
    );
  });
});
