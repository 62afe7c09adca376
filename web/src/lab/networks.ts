/** The two-layer network with its ReLU and without, and a linear classifier beside them. */

import type { Lab } from "./lab";
import type {
  DecisionMapReply,
  LinearParams,
  Settings,
  TwoLayerParams,
} from "./messages";

/** Grid points on each side of a map. */
const RESOLUTION = 80;

/** A trained network and its map. */
export interface Trained<Params> {
  readonly params: Params;
  readonly map: DecisionMapReply;
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
  const mapOf = (params: TwoLayerParams | LinearParams) =>
    lab.decision_map({ params, resolution: RESOLUTION, extent: 1.1 });
  const trained = async () => {
    const start = await lab.initialize({ settings });
    const request = { settings, params: start.params, step: 0, steps };
    const reply = await lab.train(request);
    const params = reply.params as TwoLayerParams;
    const accuracy = reply.accuracies.data.at(-1) ?? start.accuracy;
    return { params, accuracy, dead: reply.dead_units, map: await mapOf(params) };
  };
  const collapsed = async () => {
    // From small weights, so that the product can be compared with W, number by number.
    const small: Settings = { ...settings, init: "small" };
    const reply = await lab.collapse({ settings: small, steps });
    const [map, linear] = await Promise.all([
      mapOf(reply.product),
      mapOf(reply.linear),
    ]);
    return {
      product: reply.product,
      without: { params: reply.params, accuracy: reply.accuracy, map },
      oneLayer: {
        params: reply.linear,
        accuracy: reply.linear_accuracy,
        map: linear,
      },
    };
  };
  const [withReLU, others] = await Promise.all([trained(), collapsed()]);
  return { withReLU, ...others };
}
