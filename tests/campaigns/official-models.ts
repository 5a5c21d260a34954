import { spawnSync } from 'node:child_process';
import { hasOnnx } from './onnx-facts';

const packages = ['libonnx-testdata', 'python3-onnx'];

/** Paths of the official models, installed where they can be; or why there are none. */
export function officialModels(): string[] | string {
  if (!isInstalled()) {
    if (process.getuid?.() !== 0)
      return `${packages.join(' and ')} are not installed, and installing takes root`;
    spawnSync('apt-get', ['update']);
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages]);
    if (!isInstalled()) return `${packages.join(' and ')} cannot be installed`;
  }
  const { stdout } = spawnSync('dpkg', ['-L', 'libonnx-testdata'], { encoding: 'utf8' });
  return stdout.split('\n').filter((path) => path.endsWith('/model.onnx'));
}

function isInstalled(): boolean {
  return spawnSync('dpkg', ['-L', 'libonnx-testdata']).status === 0 && hasOnnx();
}
