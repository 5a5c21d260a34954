import { describe, expect, it } from 'vitest';
import { file, fill, goTo, leanSource, onConvert, sourced, sourcedWith, takes } from './convert-screen';
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
    await drop(page, [sourced('parallel.pth'), sourced('net.py')]);
    await says(page, 'the way is chosen', '#stages', 'PyTorch source');
    await says(page, 'the head count is asked', '[aria-labelledby="questions"] label', 'n_heads');
    await says(page, 'the input is asked', '[aria-labelledby="questions"] label', 'Size of x');
    await fill(page, 'n_heads', '4');
    await fill(page, 'Size of x', 'float32[batch,10,12]');
    await press(page, 'Convert with these');
    await takes(page, 'batch × x_1 × 12');
    expect(await problems(page)).toEqual([]);
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
    await drop(page, [sourced('config.pth'), spectral, sourced('net.npz')]);
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
