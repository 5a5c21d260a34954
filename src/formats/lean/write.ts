/** A network of two layers with what VerifiedNN notes of its training. */
export interface LeanNetwork {
  /** The file's name without its ending, which is its name in Lean too. */
  name: string;
  architecture: string;
  epochs: number;
  learningRate: number;
  datasetSize: number;
  /** In percent. */
  finalTrainAcc: number;
  finalTestAcc: number;
  finalLoss: number;
  trainedOn: string;
  layers: readonly LeanLayer[];
}

/** Weights row-major, one row an output. */
interface LeanLayer {
  inputs: number;
  outputs: number;
  weights: ArrayLike<number>;
  bias: ArrayLike<number>;
}

/** The Lean source of a network, letter by letter as VerifiedNN's `saveModel` writes it. */
export function writeLean(network: LeanNetwork): string {
  const layers = network.layers.flatMap((layer, at) => [
    matrix(`layer${at + 1}Weights`, layer),
    vector(`layer${at + 1}Bias`, layer.bias),
  ]);
  const uses = network.layers.map((_, at) => {
    const name = `layer${at + 1}`;
    return `  ${name} := { weights := ${name}Weights, bias := ${name}Bias }`;
  });
  return [
    'import VerifiedNN.Network.Architecture\nimport VerifiedNN.Core.DataTypes\n',
    'namespace VerifiedNN.SavedModels\n',
    `${comment(network)}\n`,
    ...layers.map((layer) => `${layer}\n`),
    '/-- The trained network, ready for `trainedModel.predict`. -/',
    `def trainedModel : MLPArchitecture := {\n${uses.join(',\n')}\n}\n`,
    'end VerifiedNN.SavedModels\n',
  ].join('\n');
}

function comment(network: LeanNetwork): string {
  const { name } = network;
  return [
    `/-!\n# Trained MNIST Model: ${name}\n\n## Training Configuration\n`,
    `- **Architecture:** ${network.architecture}`,
    `- **Epochs:** ${network.epochs}`,
    `- **Learning rate:** ${formatFloat(network.learningRate)}`,
    `- **Dataset size:** ${network.datasetSize} samples\n\n## Training Results\n`,
    `- **Final training accuracy:** ${formatFloat(network.finalTrainAcc)}%`,
    `- **Final test accuracy:** ${formatFloat(network.finalTestAcc)}%`,
    `- **Final loss:** ${formatFloat(network.finalLoss)}`,
    `- **Trained:** ${network.trainedOn}\n\n## Usage\n`,
    `\`\`\`lean\nimport VerifiedNN.SavedModels.${name}`,
    `let model := VerifiedNN.SavedModels.${name}.trainedModel`,
    'let prediction := model.predict inputImage\n```\n-/',
  ].join('\n');
}

function matrix(name: string, { inputs, outputs, weights }: LeanLayer): string {
  const arms = Array.from({ length: outputs * inputs }, (_, at) => {
    const value = formatFloat(weights[at] ?? 0);
    return `    | ${Math.floor(at / inputs)}, ${at % inputs} => ${value}`;
  });
  return [
    `def ${name} : Matrix ${outputs} ${inputs} :=`,
    `  ⊞ (i : Idx ${outputs}, j : Idx ${inputs}) =>`,
    '    match i.1.toNat, j.1.toNat with',
    ...arms,
    '    | _, _ => 0.0',
  ].join('\n');
}

function vector(name: string, elements: ArrayLike<number>): string {
  const arms = Array.from(elements, (value, at) => `    | ${at} => ${formatFloat(value)}`);
  return [
    `def ${name} : Vector ${elements.length} :=`,
    `  ⊞ (i : Idx ${elements.length}) =>`,
    '    match i.1.toNat with',
    ...arms,
    '    | _ => 0.0',
  ].join('\n');
}

/** Lean's `Float.toString`: always six decimals, the sign kept where they are all zero. */
function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0.000000' : value.toFixed(6);
}
