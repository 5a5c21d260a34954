/** `npm start`: installs what is missing, builds, and serves the build. `PORT` and `HOST` may be given. */
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { serve } from './serve.js';
import { installPackages, run } from './setup.js';

installPackages();
run('npx', ['vite', 'build', '--logLevel', 'warn']);
const host = process.env.HOST ?? '127.0.0.1';
const { url } = await serve(join(import.meta.dirname, '..', 'dist'), {
  port: Number(process.env.PORT ?? 4173),
  host,
});
console.log(`Inkling is at ${url}`);
if (host === '0.0.0.0') {
  const { port } = new URL(url);
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  for (const { address, family, internal } of addresses) {
    if (family === 'IPv4' && !internal)
      console.log(`In this network: http://${address}:${port}/ (offline only over https)`);
  }
}
