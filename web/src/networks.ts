/** The two-layer network with its ReLU and without, and a linear classifier beside them. */

import type { Lab } from "./lab";
import type { LinearParams, NumericArray, Settings, TwoLayerParams } from "./messages";

/** Grid points on each side of a map. */
const RESOLUTION = 80;

/** A trained network and its map. */
export interface Trained<Params> {
  readonly params: Params;
  readonly probs: NumericArray;
  readonly accuracy: number;
}

/** All that is shown of networks with one number of hidden units. */
export interface Networks {
  readonly withReLU: Trained<TwoLayerParams> & { readonly dead: number };
  readonly without: Trained<TwoLayerParams>;
  /** The network without ReLU as one layer. */
  readonly product: LinearParams;
  readonly oneLayer: Trained<LinearParams>;
}

/** Train them all. */
export async function trainNetworks(
  lab: Lab,
  settings: Settings,
  steps: number,
): Promise<Networks> {
  const map = async (params: TwoLayerParams | LinearParams) =>
    (await lab.decision_map({ params, resolution: RESOLUTION, extent: 1.1 })).probs;
  const trained = async () => {
    const start = await lab.initialize({ settings });
    const request = { settings, params: start.params, step: 0, steps };
    const reply = await lab.train(request);
    const params = reply.params as TwoLayerParams;
    const accuracy = reply.accuracies.data.at(-1) ?? start.accuracy;
    return { params, accuracy, dead: reply.dead_units, probs: await map(params) };
  };
  const collapsed = async () => {
    // From small weights, so that the product can be compared with W, number by number.
    const small: Settings = { ...settings, init: "small" };
    const reply = await lab.collapse({ settings: small, steps });
    const [probs, linear] = await Promise.all([map(reply.product), map(reply.linear)]);
    return {
      product: reply.product,
      without: { params: reply.params, accuracy: reply.accuracy, probs },
      oneLayer: {
        params: reply.linear,
        accuracy: reply.linear_accuracy,
        probs: linear,
      },
    };
  };
  const [withReLU, others] = await Promise.all([trained(), collapsed()]);
  return { withReLU, ...others };
}
