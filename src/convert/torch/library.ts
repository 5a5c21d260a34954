/** What is written in Python of the libraries that models are built with, by path: `torch/nn/linear.py`. */
const library: ReadonlyMap<string, string> = new Map(
  Object.entries(
    import.meta.glob<string>('./library/**/*.py', { eager: true, query: '?raw', import: 'default' }),
  ).map(([path, text]) => [path.replace('./library/', ''), text]),
);

/** Packages whose members stand in files of a folder, whatever module of the package they are asked of. */
const gathered: readonly (readonly [RegExp, string])[] = [
  [/^torch\.nn(\.modules(\.\w+)?|\.parameter|\.parallel(\.\w+)?)?$/, 'torch/nn'],
  [/^torch(\.ao)?\.nn\.(intrinsic\.)?quantized\.dynamic(\.modules(\.\w+)?)?$/, 'torch/nn/quantized/dynamic'],
  [/^torch(\.ao)?\.nn\.(intrinsic\.)?quantized(\.modules(\.\w+)?)?$/, 'torch/nn/quantized'],
  [/^torch(\.ao)?\.nn\.(intrinsic|quantizable)(\.modules(\.\w+)?)?$/, 'torch/nn'],
  [/^torch\.nn\.functional$/, 'torch/nn/functional'],
  [/^torch\.nn\.utils$/, 'torch/nn/utils'],
  [
    /^torch\.nn\.utils\.(weight_norm|spectral_norm|clip_grad|convert_parameters|fusion|init)$/,
    'torch/nn/utils',
  ],
  [/^torch\.(ao\.)?quantization(\.\w+)?$/, 'torch/quantization'],
  [/^torch_geometric\.nn(\.(conv|glob|pool|norm|dense|models|inits|aggr)(\.\w+)?)?$/, 'torch_geometric/nn'],
  [/^torch_geometric\.(utils|data|typing)(\.\w+)?$/, 'torch_geometric/data'],
  [/^timm\.(models\.)?layers(\.\w+)?$/, 'timm'],
  [/^torchvision\.ops(\.\w+)?$/, 'torchvision'],
];

/** In which folder a module's members are defined, each in the file that names it; `null` for other modules. */
export function folderOf(name: string): string | null {
  return gathered.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** The file of a folder that defines a class or function, as a module: `torch.nn.linear` for `Linear`. */
export function moduleDefining(folder: string, name: string): string | null {
  return definitions.get(folder)?.get(name) ?? null;
}

/** The text of a module that is written down. */
export function textOf(name: string): { file: string; text: string } | null {
  const path = name.replaceAll('.', '/');
  for (const file of [`${path}.py`, `${path}/__init__.py`]) {
    const text = library.get(file);
    if (text !== undefined) return { file, text };
  }
  return null;
}

/** Whether a module is written down, or modules in it are. */
export function isWritten(name: string): boolean {
  const path = `${name.replaceAll('.', '/')}/`;
  return (
    around.has(name) || textOf(name) !== null || [...library.keys()].some((file) => file.startsWith(path))
  );
}

/** Packages around gathered ones. */
const around: ReadonlySet<string> = new Set(['torch.ao', 'torch.ao.nn', 'timm.models']);

const definitions = new Map<string, Map<string, string>>();
for (const [file, text] of library) {
  const folder = file.slice(0, file.lastIndexOf('/'));
  const names = definitions.get(folder) ?? new Map<string, string>();
  definitions.set(folder, names);
  for (const [, defined, assigned] of text.matchAll(/^(?:(?:class|def) (\w+)|([A-Za-z]\w*) = )/gm))
    names.set(defined ?? assigned ?? '', file.slice(0, -3).replaceAll('/', '.'));
}
