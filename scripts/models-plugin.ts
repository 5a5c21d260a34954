import { join } from 'node:path';
import { runnerImport, type Plugin } from 'vite';
import type * as maker from './bundled-models';

const VIRTUAL = 'virtual:bundled-models';

/**
 * Makes the bundled models' precisions with the page's own code, and gives the page their records and URLs as
 * `virtual:bundled-models`.
 */
export function bundledModels(): Plugin {
  let root = '';
  let isBuild = false;
  let made: Promise<maker.BundledModel[]> | null = null;
  const make = () => (made ??= makeModels(root));
  return {
    name: 'inkling-bundled-models',
    configResolved(config) {
      root = config.root;
      isBuild = config.command === 'build';
    },
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    async load(id) {
      if (id !== `\0${VIRTUAL}`) return null;
      const entries: string[] = [];
      for (const { record, files } of await make()) {
        const urls: string[] = [];
        for (const [key, { name, blob }] of Object.entries(files)) {
          urls.push(
            `${JSON.stringify(key)}: ${!isBuild ? JSON.stringify(`/models/${name}`) : `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'asset', name, source: new Uint8Array(await blob.arrayBuffer()) })}`}`,
          );
        }
        entries.push(`{ record: ${JSON.stringify(record)}, urls: { ${urls.join(', ')} } }`);
      }
      return `export default [${entries.join(',\n')}];`;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        void make().then((models) => {
          const wanted = models
            .flatMap(({ files }) => Object.values(files))
            .find(({ name }) => request.url?.split('?')[0] === `/models/${name}`);
          if (!wanted) {
            next();
            return;
          }
          response.setHeader('Content-Type', 'application/octet-stream');
          void wanted.blob.arrayBuffer().then((bytes) => response.end(new Uint8Array(bytes)));
        }, next);
      });
    },
  };
}

async function makeModels(root: string): Promise<maker.BundledModel[]> {
  const { module } = await runnerImport<typeof maker>(join(root, 'scripts/bundled-models.ts'));
  return module.bundledModels(join(root, 'models'));
}
