// Made from src/unspiral/lab/messages/ by `make types`. Do not edit.

/** An array of numbers: row-major, the last axis the fastest. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array | Int32Array;
}

/** Everything that fixes a run: same settings, same step, same numbers. */
export interface Settings {
  /** Points of each class, N. */
  readonly points: number;
  /** Arms of the spiral, K. */
  readonly classes: number;
  /** Standard deviation of the angle, in radians. */
  readonly noise: number;
  /** Of the random numbers: first the data's, then the weights'. */
  readonly seed: number;
  readonly model: "linear" | "two-layer";
  /** Hidden units, h; the linear classifier has none. */
  readonly hidden: number;
  /** Initial weights: of size 0.01, or as He et al. (2015) scale them. */
  readonly init: "he" | "small";
  /** A seed for the weights alone; without it they are drawn after the data. */
  readonly weights_seed: number | null;
  readonly dtype: "float32" | "float64";
  readonly learning_rate: number;
  /** Strength of the L2 regularisation. */
  readonly reg: number;
  /** What does the arithmetic; each rounds in its own way. */
  readonly engine: "fused" | "jax" | "numpy" | "tensorflow" | "torch";
}

/** Ask for the data set of these settings. */
export interface SpiralRequest {
  readonly settings: Settings;
}

/** The data set. */
export interface SpiralReply {
  /** (n, 2) */
  readonly X: NumericArray;
  /** (n,), int32 */
  readonly y: NumericArray;
  /** (n,): the radius of each point. */
  readonly r: NumericArray;
  /** (n,): its angle, in radians, turning on from arm to arm. */
  readonly t: NumericArray;
}

/** Ask for the network at step 0. */
export interface InitializeRequest {
  readonly settings: Settings;
}

/** Parameters of the linear classifier. */
export interface LinearParams {
  readonly model: "linear";
  /** (D, K) */
  readonly W: NumericArray;
  /** (1, K) */
  readonly b: NumericArray;
}

/** Parameters of the two-layer network. */
export interface TwoLayerParams {
  readonly model: "two-layer";
  /** (D, h) */
  readonly W1: NumericArray;
  /** (1, h) */
  readonly b1: NumericArray;
  /** (h, K) */
  readonly W2: NumericArray;
  /** (1, K) */
  readonly b2: NumericArray;
}

/** Something that went wrong in a run, in words. */
export interface Diagnosis {
  readonly kind: "dead" | "diverged" | "stalled";
  /** What happened. */
  readonly sentence: string;
  /** What to try. */
  readonly advice: string;
}

/** The network at step 0, and how it does. */
export interface InitializeReply {
  readonly params: LinearParams | TwoLayerParams;
  readonly loss: number;
  readonly accuracy: number;
  readonly dead_units: number;
  readonly diagnosis: Diagnosis | null;
}

/** Ask for `steps` more steps from these parameters, which are those of `step`. */
export interface TrainRequest {
  readonly settings: Settings;
  readonly params: LinearParams | TwoLayerParams;
  readonly step: number;
  readonly steps: number;
}

/** The network after the last step whose loss is a number. */
export interface TrainReply {
  readonly params: LinearParams | TwoLayerParams;
  readonly step: number;
  /** Loss at each step after the requested one, up to `step`. */
  readonly losses: NumericArray;
  /** Accuracy at the same steps, each from 0 to 1. */
  readonly accuracies: NumericArray;
  /** Hidden units that give 0 for every point. */
  readonly dead_units: number;
  /** The first step whose loss is not finite. */
  readonly diverged_at: number | null;
  readonly diagnosis: Diagnosis | null;
}

/** Ask for several networks of one run, each `steps` after the one before. */
export interface MomentsRequest {
  readonly settings: Settings;
  readonly params: LinearParams | TwoLayerParams;
  readonly step: number;
  readonly steps: number;
  readonly count: number;
}

/** The networks, up to divergence. */
export interface MomentsReply {
  /** Each as `train` answers if it goes on from the one before. */
  readonly moments: readonly TrainReply[];
}

/** Ask which class is chosen, and how surely, on a square grid around the origin. */
export interface DecisionMapRequest {
  readonly params: LinearParams | TwoLayerParams;
  /** Grid points on each side. */
  readonly resolution: number;
  /** The grid reaches from -extent to extent, in x1 and in x2. */
  readonly extent: number;
}

/** Scores and confidence on the grid; rows go up in x2, columns in x1. */
export interface DecisionMapReply {
  /**
   * (resolution, resolution, K), float32: the score of each class, less the largest.
   *
   * So it is 0 for the class chosen. Softmax and argmax are those of the scores
   * themselves, and classes that are nearly alike can still be told apart: their
   * probabilities in float32 would all be 1 / K.
   */
  readonly scores: NumericArray;
  /** (resolution, resolution), float32: the probability of the class chosen. */
  readonly confidence: NumericArray;
}

/** Ask how a straight line divides the data set of these settings. */
export interface SidesRequest {
  readonly settings: Settings;
  /** (2, 2): two points that it goes through, one to a row. */
  readonly line: NumericArray;
}

/** How a straight line divides the points. */
export interface SidesReply {
  /**
   * (K, 2), int32: points of each class to the left of the line, seen from its first
   * point towards its second, and those on the right of it or on it.
   */
  readonly counts: NumericArray;
}

/** Ask for the borders of a linear classifier's three regions. */
export interface RaysRequest {
  /** For 3 classes. */
  readonly params: LinearParams;
  readonly extent: number;
}

/** The borders of a linear classifier's regions, within a square. */
export interface RaysReply {
  /**
   * Three rays from one point; or, in cases of no area, parallel lines or no border:
   * the weights of the classes differ along one direction only, or not at all.
   */
  readonly kind: "apex" | "none" | "parallel";
  /** (2,): where all three scores are equal, inside the square or outside. */
  readonly apex: NumericArray | null;
  /** (3, 2), int32: the two classes of each border; the one at index k is not of k. */
  readonly pairs: NumericArray;
  /**
   * (3, 2, 2): the two ends (x1, x2) of the part of each border within the square.
   *
   * There the scores of its two classes are equal, and the third is no larger.
   * The first end is the one at the apex, or nearer to it.
   */
  readonly segments: NumericArray;
  /** (3,), int32: 1 where the border enters the square; elsewhere 0, as its ends. */
  readonly visible: NumericArray;
}

/**
 * Ask for a two-layer network trained without its ReLU.
 *
 * The settings' model does not matter: the network is compared with a linear
 * classifier trained on the same points for as many steps.
 */
export interface CollapseRequest {
  readonly settings: Settings;
  readonly steps: number;
}

/** Two layers without ReLU, and the one layer that they are. */
export interface CollapseReply {
  /** Of the network without ReLU. */
  readonly params: TwoLayerParams;
  /** The same as one layer: `W = W1 W2` and `b = b1 W2 + b2`. */
  readonly product: LinearParams;
  /** The network's; its regularisation loss is that of W1 and W2. */
  readonly loss: number;
  readonly accuracy: number;
  /**
   * Between any two scores of a data point, one from both layers and one from the
   * product: rounding, and nothing else.
   */
  readonly largest_difference: number;
  /** A linear classifier after as many steps. */
  readonly linear: LinearParams;
  readonly linear_loss: number;
  readonly linear_accuracy: number;
  /** The part of the data points for which both choose the same class, 0 to 1. */
  readonly agreement: number;
  /**
   * The first step at which one of the two losses is not finite.
   *
   * What is told of a network that diverged is told of its last step before.
   */
  readonly diverged_at: number | null;
}

/** Ask for every array of a forward pass and, given labels, of the backward pass. */
export interface TraceRequest {
  readonly params: LinearParams | TwoLayerParams;
  /** (n, 2), each entry from -100 to 100; taken in the precision of the parameters. */
  readonly X: NumericArray;
  /** (n,), int32; without labels there is no loss and nothing to go back from. */
  readonly y: NumericArray | null;
  readonly reg: number;
}

/** The forward pass of the linear classifier: `scores = X W + b`. */
export interface LinearForward {
  readonly model: "linear";
  /** (n, K) */
  readonly scores: NumericArray;
  /** (n, K): softmax of the scores. */
  readonly probs: NumericArray;
  /** (n,), int32: the class with the largest score, the first of them in a tie. */
  readonly prediction: NumericArray;
  /** (n,), int32: 1 where several classes share the largest score, 0 elsewhere. */
  readonly tied: NumericArray;
}

/** The forward pass of the two-layer network. */
export interface TwoLayerForward {
  readonly model: "two-layer";
  /** (n, h): what the first layer puts out, `X W1 + b1`: the pre-activations. */
  readonly out: NumericArray;
  /** (n, h): the activations, `max(0, out)`. */
  readonly hidden: NumericArray;
  /** (n, K): `hidden W2 + b2`. */
  readonly scores: NumericArray;
  /** (n, K): softmax of the scores. */
  readonly probs: NumericArray;
  /** (n,), int32: the class with the largest score, the first of them in a tie. */
  readonly prediction: NumericArray;
  /** (n,), int32: 1 where several classes share the largest score, 0 elsewhere. */
  readonly tied: NumericArray;
}

/** How wrong the scores are. */
export interface TraceLoss {
  /** (n,): -log of the probability of each point's own class. */
  readonly losses: NumericArray;
  /** Their mean. */
  readonly data_loss: number;
  /** `reg / 2` times the sum of all squared weights. */
  readonly reg_loss: number;
  /** Both together. */
  readonly loss: number;
}

/** The backward pass of the linear classifier. */
export interface LinearBackward {
  readonly model: "linear";
  /** (n, K): `(probs - one_hot(y)) / n`. */
  readonly dscores: NumericArray;
  /** (D, K): `dW_data + dW_reg`. */
  readonly dW: NumericArray;
  /** (D, K): the data loss's part, `X^T dscores`. */
  readonly dW_data: NumericArray;
  /** (D, K): the regularisation loss's part, `reg W`. */
  readonly dW_reg: NumericArray;
  /** (1, K): the sum of `dscores` over the points. */
  readonly db: NumericArray;
}

/** The backward pass of the two-layer network. */
export interface TwoLayerBackward {
  readonly model: "two-layer";
  /** (n, K): `(probs - one_hot(y)) / n`. */
  readonly dscores: NumericArray;
  /** (n, h): the gradient on `hidden`, `dscores W2^T`, before the ReLU gate. */
  readonly dhidden: NumericArray;
  /**
   * (n, h): the gradient on `out`: `dhidden` after the gate, 0 where `hidden <= 0`.
   *
   * Code that no longer needs the one before writes it over that, as `dhidden`.
   */
  readonly dout: NumericArray;
  /** (D, h): `dW1_data + dW1_reg`. */
  readonly dW1: NumericArray;
  /** (D, h): the data loss's part, `X^T dout`. */
  readonly dW1_data: NumericArray;
  /** (D, h): the regularisation loss's part, `reg W1`. */
  readonly dW1_reg: NumericArray;
  /** (1, h): the sum of `dout` over the points. */
  readonly db1: NumericArray;
  /** (h, K): `dW2_data + dW2_reg`. */
  readonly dW2: NumericArray;
  /** (h, K): the data loss's part, `hidden^T dscores`. */
  readonly dW2_data: NumericArray;
  /** (h, K): the regularisation loss's part, `reg W2`. */
  readonly dW2_reg: NumericArray;
  /** (1, K): the sum of `dscores` over the points. */
  readonly db2: NumericArray;
}

/** One pass over a batch of points, array by array. */
export interface TraceReply {
  readonly forward: LinearForward | TwoLayerForward;
  /** For a request with labels, and so is `backward`. */
  readonly loss: TraceLoss | null;
  readonly backward: LinearBackward | TwoLayerBackward | null;
}

/** Ask for the probabilities that scores stand for. */
export interface SoftmaxRequest {
  /** (n, K), each from -1000 to 1000 */
  readonly scores: NumericArray;
}

/** Softmax, step by step, in float64. */
export interface SoftmaxReply {
  /** (n, K): the scores, less the largest of their row. */
  readonly shifted: NumericArray;
  /** (n, K): `exp(shifted)`. */
  readonly exp_scores: NumericArray;
  /** (n, 1): the sum of each row of them. */
  readonly totals: NumericArray;
  /** (n, K): each of `exp_scores` over its row's total. */
  readonly probs: NumericArray;
  /** (n, K): -log p: the loss, if this class were the right one. */
  readonly costs: NumericArray;
}

/** Ask what probabilities cost: these, or some to draw the curve by. */
export interface CrossEntropyCurveRequest {
  /**
   * (m,), each from 1e-300 to 1; without it, `samples` of them from `smallest` to 1,
   * close together where the curve is steep.
   */
  readonly p: NumericArray | null;
  readonly samples: number;
  readonly smallest: number;
}

/** What probabilities of the right class cost. */
export interface CrossEntropyCurveReply {
  /** (m,), float64 */
  readonly p: NumericArray;
  /** (m,): -log p. */
  readonly costs: NumericArray;
}

/** Ask for the two parts of the loss on the data set of these settings. */
export interface LossesRequest {
  readonly settings: Settings;
  readonly params: LinearParams | TwoLayerParams;
}

/** The two parts of the loss. */
export interface LossesReply {
  readonly data_loss: number;
  /** `reg / 2` times `squared_weights`. */
  readonly reg_loss: number;
  /** Both together: the loss that training goes down. */
  readonly loss: number;
  /** The sum of all squared weights, biases left out. */
  readonly squared_weights: number;
}

/** Ask whether a backward pass is right, on the data set of these settings. */
export interface GradientCheckRequest {
  readonly settings: Settings;
  /** Of at most 100 hidden units: each of their numbers takes two more losses. */
  readonly params: LinearParams | TwoLayerParams;
  /**
   * What the backward pass leaves out: nothing, the ReLU gate, the 1/n in `dscores`,
   * or the regularisation loss's part.
   */
  readonly broken: "gate" | "mean" | "none" | "reg";
}

/** One entry of a gradient, computed in both ways. */
export interface EntryCheck {
  readonly row: number;
  readonly column: number;
  readonly analytic: number;
  readonly numerical: number;
  readonly relative_error: number;
}

/** One gradient, computed in both ways. All its arrays have its shape. */
export interface ArrayCheck {
  /** By the backward pass, broken or not. */
  readonly analytic: NumericArray;
  /** Slopes measured on the loss: `(above - below) / (2 * distance)`. */
  readonly numerical: NumericArray;
  /** The loss with the parameter's entry moved up by `distance`. */
  readonly above: NumericArray;
  /** The loss with it moved down. */
  readonly below: NumericArray;
  /** `|a - n| / max(|a|, |n|, floor)`; 0 at a kink. */
  readonly relative_errors: NumericArray;
  /**
   * int32: 1 where the two losses measured lie on both sides of some ReLU's kink.
   *
   * There the loss has no single slope, so these entries are not compared.
   */
  readonly at_kink: NumericArray;
  /** How many entries are compared: all but those at a kink. */
  readonly compared: number;
  /** The entry with the largest relative error, if any is compared. */
  readonly worst: EntryCheck | null;
  /** Whether that error is above the threshold: the two ways do not agree. */
  readonly caught: boolean;
}

/** Every gradient of the linear classifier. */
export interface LinearGradientChecks {
  readonly model: "linear";
  readonly dW: ArrayCheck;
  readonly db: ArrayCheck;
}

/** Every gradient of the two-layer network. */
export interface TwoLayerGradientChecks {
  readonly model: "two-layer";
  readonly dW1: ArrayCheck;
  readonly db1: ArrayCheck;
  readonly dW2: ArrayCheck;
  readonly db2: ArrayCheck;
}

/** Every gradient in both ways. */
export interface GradientCheckReply {
  readonly checks: LinearGradientChecks | TwoLayerGradientChecks;
  /** A relative error above this is a mistake, and not rounding. */
  readonly threshold: number;
  /** Derivatives below this are compared as if they were this large. */
  readonly floor: number;
  /** How far each number is moved up and down to measure a slope. */
  readonly distance: number;
  /**
   * How many points the loss is of: all of a small data set, and of one with more
   * than 300 points every second one, or every third, and so on.
   */
  readonly points: number;
}

/** Ask what each hidden unit sees. */
export interface FeaturesRequest {
  /** Of the data set whose points are counted. */
  readonly settings: Settings;
  readonly params: TwoLayerParams;
  /** Grid points on each side; fewer for many units, to keep the reply small. */
  readonly resolution: number;
  readonly extent: number;
}

/** What each hidden unit sees. Its outgoing weights are its row of W2. */
export interface FeaturesReply {
  /**
   * (resolution, resolution, h), float32: pre-activations, `X W1 + b1`.
   *
   * Rows go up in x2, columns in x1. A unit is on where its number is above 0.
   */
  readonly out: NumericArray;
  /** (h,), int32: how many of the data points turn it on. */
  readonly on: NumericArray;
  /** (h,), int32: 1 where none does, 0 elsewhere. */
  readonly dead: NumericArray;
  /**
   * (h, 2, 2): the two ends (x1, x2) of the part of its line within the square.
   *
   * It is on to the left of the way from the first end to the second.
   */
  readonly lines: NumericArray;
  /** (h,), int32: 1 where the line crosses the square; elsewhere 0, as its ends. */
  readonly crosses: NumericArray;
  /** How many data points there are, n. */
  readonly points: number;
  /** How many different patterns of units on and off they have. */
  readonly patterns: number;
  /** Into so many regions h lines can cut the plane, each with its own pattern. */
  readonly most_regions: number;
}

/** Ask where points, and a grid of the input plane, lie in score space. */
export interface ScoreSpaceRequest {
  /** For 3 classes: only their scores lie in a plane. */
  readonly params: LinearParams | TwoLayerParams;
  /** (n, 2), each entry from -100 to 100 */
  readonly X: NumericArray;
  /** Grid points on each side. */
  readonly resolution: number;
  readonly extent: number;
}

/**
 * The plane of the scores of three classes, without what all of them share.
 *
 * Its axes are (1, -1, 0) / sqrt 2 and (1, 1, -2) / sqrt 6 in the space of scores.
 */
export interface ScoreSpaceReply {
  /** (n, 2): where each point lies. */
  readonly points: NumericArray;
  /** (n,), int32: the class with its largest score. */
  readonly prediction: NumericArray;
  /** (resolution, resolution, 2): and each grid point, row x2, column x1. */
  readonly grid: NumericArray;
  /** Largest distance of a point from the origin; 0 when all have equal scores. */
  readonly radius: number;
  /**
   * (3, 2): unit vectors along which the score of each class rises the most.
   *
   * The nearest one in angle is that of the class with the largest score.
   */
  readonly class_directions: NumericArray;
  /**
   * (3, 2): unit vectors along the rays from the origin between the three wedges.
   *
   * The one at index k lies between the two classes other than k, opposite to k's own.
   */
  readonly borders: NumericArray;
}

/** Ask for the network with these settings as a program, in four frameworks. */
export interface ListingsRequest {
  readonly settings: Settings;
  /** How long each program trains. */
  readonly steps: number;
}

/** The network, trained by four complete programs. Each prints its loss. */
export interface Programs {
  readonly numpy: string;
  readonly pytorch: string;
  readonly jax: string;
  readonly tensorflow: string;
}

/** The programs in two forms. */
export interface ListingsReply {
  /** They train the very network of the lab. */
  readonly exact: Programs;
  /** As most people would write them: their comments say what differs. */
  readonly usual: Programs;
}

/** Ask for the training in each framework that is installed. */
export interface ParityRequest {
  readonly settings: Settings;
  readonly steps: number;
}

/**
 * How far a training is from core's: the largest entry of each array.
 *
 * The arrays are W1, b1, W2 and b2, or W and b, in this order.
 */
export interface Differences {
  readonly version: string;
  /** (arrays,) At step 0, against the backward pass written by hand. */
  readonly gradients: NumericArray;
  /** (moments, arrays) */
  readonly parameters: NumericArray;
  /** After the last step. */
  readonly loss: number;
  readonly accuracy: number;
  /** In seconds. */
  readonly step_time: number;
}

/** Each framework beside core. */
export interface ParityReply {
  readonly settings: Settings;
  /** (moments,) int32: the steps after which parameters are compared. */
  readonly moments: NumericArray;
  /** Core itself: all 0. */
  readonly numpy: Differences;
  /**
   * Core with the points in other orders: the same mathematics, rounded otherwise.
   *
   * The largest differences of several orders.
   */
  readonly rounding: Differences;
  readonly torch: Differences | null;
  readonly jax: Differences | null;
  readonly tensorflow: Differences | null;
  /** How to install those that are absent: a line for each; empty if none is. */
  readonly missing: string;
  /** The day, in UTC. */
  readonly date: string;
  /** Python's version, and the processor's kind. */
  readonly machine: string;
}

/** What the lab can do, under the names it has on the wire. */
export interface Operations {
  spiral: { request: SpiralRequest; reply: SpiralReply };
  initialize: { request: InitializeRequest; reply: InitializeReply };
  train: { request: TrainRequest; reply: TrainReply };
  moments: { request: MomentsRequest; reply: MomentsReply };
  decision_map: { request: DecisionMapRequest; reply: DecisionMapReply };
  sides: { request: SidesRequest; reply: SidesReply };
  rays: { request: RaysRequest; reply: RaysReply };
  collapse: { request: CollapseRequest; reply: CollapseReply };
  trace: { request: TraceRequest; reply: TraceReply };
  softmax: { request: SoftmaxRequest; reply: SoftmaxReply };
  cross_entropy_curve: { request: CrossEntropyCurveRequest; reply: CrossEntropyCurveReply };
  losses: { request: LossesRequest; reply: LossesReply };
  gradient_check: { request: GradientCheckRequest; reply: GradientCheckReply };
  features: { request: FeaturesRequest; reply: FeaturesReply };
  score_space: { request: ScoreSpaceRequest; reply: ScoreSpaceReply };
  listings: { request: ListingsRequest; reply: ListingsReply };
  parity: { request: ParityRequest; reply: ParityReply };
}

export const DEFAULT_SETTINGS: Settings = {
  points: 100,
  classes: 3,
  noise: 0.2,
  seed: 0,
  model: "two-layer",
  hidden: 100,
  init: "small",
  weights_seed: null,
  dtype: "float64",
  learning_rate: 1.0,
  reg: 0.001,
  engine: "numpy",
};

/** Smallest and largest value of each numeric setting. */
export const BOUNDS = {
  points: { minimum: 1, maximum: 500 },
  classes: { minimum: 2, maximum: 10 },
  noise: { minimum: 0, maximum: 2 },
  seed: { minimum: 0, maximum: 4294967295 },
  hidden: { minimum: 1, maximum: 500 },
  weights_seed: { minimum: 0, maximum: 4294967295 },
  learning_rate: { minimum: 0, maximum: 1000 },
  reg: { minimum: 0, maximum: 10 },
} as const;
