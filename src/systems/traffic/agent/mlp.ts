/** A small network of fully connected layers: ReLU inside, and a linear or a tanh output. */
import { drawUniform, type RandomState } from "../../../base/random.js";

/** A network and what its last forward pass left for the backward pass. All columns are row-major. */
export interface Mlp {
  /** Numbers of units, from input to output. */
  readonly sizes: readonly number[];
  readonly output: "linear" | "tanh";
  /** All weights and biases: for each layer its rows of weights (one for each output), then its biases. */
  readonly weights: Float64Array;
  /** Gradients in the same places. */
  readonly gradient: Float64Array;
  /** Units of each layer for each row of the batch; layer 0 is the input. */
  readonly units: readonly Float64Array[];
  /** Derivatives with respect to these units before their activation; of layer 0, to the input. */
  readonly deltas: readonly Float64Array[];
}

/**
 * Returns a network for batches of at most `batch` rows, with uniform weights of Glorot and Bengio (AISTATS
 * 2010), and small weights in the last layer, so that it begins near 0.
 */
export function createMlp(
  sizes: readonly number[],
  output: Mlp["output"],
  { batch, random }: { readonly batch: number; readonly random: RandomState },
): Mlp {
  const count = countWeights(sizes);
  const weights = new Float64Array(count);
  for (let layer = 1, at = 0; layer < sizes.length; layer++) {
    const [inputs, outputs] = [sizes[layer - 1], sizes[layer]];
    const limit = layer === sizes.length - 1 ? 0.003 : Math.sqrt(6 / (inputs + outputs));
    for (let w = 0; w < inputs * outputs; w++) weights[at + w] = limit * (2 * drawUniform(random) - 1);
    at += (inputs + 1) * outputs;
  }
  return mlpOf(sizes, output, weights, batch);
}

/** Returns a network with these weights. */
export function mlpOf(
  sizes: readonly number[],
  output: Mlp["output"],
  weights: Float64Array,
  batch = 1,
): Mlp {
  return {
    ...{ sizes, output, weights },
    gradient: new Float64Array(weights.length),
    units: sizes.map((size) => new Float64Array(size * batch)),
    deltas: sizes.map((size) => new Float64Array(size * batch)),
  };
}

/** Returns the number of weights and biases. */
export function countWeights(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, outputs, l) => sum + (sizes[l] + 1) * outputs, 0);
}

/** Computes the outputs for the rows in `units[0]`; returns them. */
export function forward(mlp: Mlp, rows: number): Float64Array {
  const { sizes, output, units } = mlp;
  const last = sizes.length - 1;
  for (let layer = 1, at = 0; layer <= last; layer++) {
    sumLayer(mlp, layer, at, rows);
    at += (sizes[layer - 1] + 1) * sizes[layer];
    const own = units[layer];
    const count = rows * sizes[layer];
    if (layer < last) for (let u = 0; u < count; u++) own[u] = own[u] > 0 ? own[u] : 0;
    else if (output === "tanh") for (let u = 0; u < count; u++) own[u] = Math.tanh(own[u]);
  }
  return units[last];
}

/** Computes the units of a layer before their activation; its weights begin at `at`. */
function sumLayer({ sizes, weights, units }: Mlp, layer: number, at: number, rows: number): void {
  const [inputs, outputs] = [sizes[layer - 1], sizes[layer]];
  const [from, to] = [units[layer - 1], units[layer]];
  const biases = at + inputs * outputs;
  const blocked = outputs - (outputs % 4);
  for (let row = 0; row < rows; row++) {
    const x = row * inputs;
    const y = row * outputs;
    // Four sums at a time, because each addition has to wait for the one before in its own sum only.
    for (let o = 0; o < blocked; o += 4) {
      const w0 = at + o * inputs;
      const w1 = w0 + inputs;
      const w2 = w1 + inputs;
      const w3 = w2 + inputs;
      let sum0 = weights[biases + o];
      let sum1 = weights[biases + o + 1];
      let sum2 = weights[biases + o + 2];
      let sum3 = weights[biases + o + 3];
      for (let i = 0; i < inputs; i++) {
        const unit = from[x + i];
        sum0 += weights[w0 + i] * unit;
        sum1 += weights[w1 + i] * unit;
        sum2 += weights[w2 + i] * unit;
        sum3 += weights[w3 + i] * unit;
      }
      to[y + o] = sum0;
      to[y + o + 1] = sum1;
      to[y + o + 2] = sum2;
      to[y + o + 3] = sum3;
    }
    for (let o = blocked; o < outputs; o++) {
      let sum = weights[biases + o];
      for (let i = 0; i < inputs; i++) sum += weights[at + o * inputs + i] * from[x + i];
      to[y + o] = sum;
    }
  }
}

/**
 * Computes the gradient of a sum over rows, from its derivatives with respect to the outputs of the last
 * forward pass, which the caller writes into the last column of `deltas`. With "weights", the derivatives
 * with respect to the weights are in `gradient` afterwards; with "inputs", those with respect to the inputs
 * are in `deltas[0]`.
 */
export function backward(mlp: Mlp, rows: number, wanted: "weights" | "inputs"): void {
  const { sizes, output, gradient, units, deltas } = mlp;
  const last = sizes.length - 1;
  if (wanted === "weights") gradient.fill(0);
  if (output === "tanh")
    for (let u = 0; u < rows * sizes[last]; u++) deltas[last][u] *= 1 - units[last][u] ** 2;
  let at = gradient.length;
  for (let layer = last; layer > 0; layer--) {
    at -= (sizes[layer - 1] + 1) * sizes[layer];
    if (wanted === "weights") addGradient(mlp, layer, at, rows);
    if (layer === 1 && wanted === "weights") return;
    sumDeltas(mlp, layer, at, rows);
    const [own, below] = [deltas[layer - 1], units[layer - 1]];
    if (layer > 1) for (let u = 0; u < rows * sizes[layer - 1]; u++) if (below[u] <= 0) own[u] = 0;
  }
}

function addGradient({ sizes, gradient, units, deltas }: Mlp, layer: number, at: number, rows: number): void {
  const [inputs, outputs] = [sizes[layer - 1], sizes[layer]];
  const [from, delta] = [units[layer - 1], deltas[layer]];
  const biases = at + inputs * outputs;
  for (let row = 0; row < rows; row++) {
    const x = row * inputs;
    for (let o = 0; o < outputs; o++) {
      const d = delta[row * outputs + o];
      if (d === 0) continue;
      const w = at + o * inputs;
      gradient[biases + o] += d;
      for (let i = 0; i < inputs; i++) gradient[w + i] += d * from[x + i];
    }
  }
}

/** Computes the derivatives with respect to the units of the layer below. */
function sumDeltas({ sizes, weights, deltas }: Mlp, layer: number, at: number, rows: number): void {
  const [inputs, outputs] = [sizes[layer - 1], sizes[layer]];
  const [into, delta] = [deltas[layer - 1], deltas[layer]];
  into.fill(0, 0, rows * inputs);
  for (let row = 0; row < rows; row++) {
    const x = row * inputs;
    for (let o = 0; o < outputs; o++) {
      const d = delta[row * outputs + o];
      if (d === 0) continue;
      const w = at + o * inputs;
      for (let i = 0; i < inputs; i++) into[x + i] += d * weights[w + i];
    }
  }
}
