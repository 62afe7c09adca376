// Made from src/unspiral/lesson/ by `make types`. Do not edit.

import type {
  Diagnosis,
  LinearParams,
  NumericArray,
  Settings,
  TwoLayerParams,
} from "../lab/messages";

/** Ask whether a function is right. */
export interface CheckRequest {
  /** The exercise, by its function, such as ``backward``. */
  readonly exercise: string;
  /** A Python file with this function. */
  readonly source: string;
}

/** The exception that was raised. */
export interface Error {
  /** Such as ``ValueError``. */
  readonly type: string;
  readonly message: string;
  /** The learner's line, from 1; None if it is none of theirs. */
  readonly line: number | null;
  /** Where in the line, from 1; of errors of syntax only. */
  readonly column: number | null;
  /** That line, without the spaces around it. */
  readonly text: string;
  /** What it means, in plain words; empty if that is not known. Markdown. */
  readonly meaning: string;
  /** With which inputs, as in: with n = 5, D = 2. Empty if before any call. */
  readonly case: string;
}

/** Why the process that ran the code came to an end. */
export interface Stopped {
  /** Such as ``time``; see `sandbox.Reason`. */
  readonly reason: string;
  readonly sentence: string;
  readonly line: number | null;
}

/** The first array that is not what it should be. */
export interface Difference {
  /** Its name; that of the function if it is about all that was returned. */
  readonly array: string;
  /** ``type``, ``shape`` or ``value``. */
  readonly kind: string;
  /** What it is, and what it should be. Markdown. */
  readonly sentence: string;
  /** With which inputs, as in: with n = 5, D = 2. */
  readonly case: string;
  readonly shape: readonly number[] | null;
  readonly expected_shape: readonly number[] | null;
  /** Where it is furthest off. */
  readonly index: readonly number[] | null;
  /** What stands there; None if that is not finite. */
  readonly value: number | null;
  /** What should stand there. */
  readonly expected: number | null;
  /** How many entries are wrong, */
  readonly wrong: number;
  /** of how many. */
  readonly entries: number;
}

/** A mistake that is in the function. */
export interface Found {
  /** Such as ``no-gate``. */
  readonly name: string;
  /** What is wrong, and what it should be. Markdown of one paragraph. */
  readonly sentence: string;
  /** The formula that it breaks, if there is one. */
  readonly tex: string;
  /** The same for a page. */
  readonly mathml: string;
  /** The line to look at, from 1, if one can be told. */
  readonly line: number | null;
  /** That line, without the spaces around it. */
  readonly text: string;
  /** The arrays in which it shows, if not in all that are wrong. */
  readonly arrays: readonly string[];
}

/** How a function does in its exercise. */
export interface Report {
  readonly exercise: string;
  readonly right: boolean;
  /** Whether there is anything but the template. */
  readonly started: boolean;
  /** All in one sentence. Markdown. */
  readonly sentence: string;
  readonly error: Error | null;
  readonly stopped: Stopped | null;
  readonly difference: Difference | null;
  /** What is wrong, as far as it is known for sure. */
  readonly mistakes: readonly Found[];
  /** Mistakes that explain the results equally well, if none is sure. */
  readonly maybe: readonly Found[];
  /** What else is worth knowing, also of a right function. Markdown. */
  readonly notes: readonly string[];
  /** What it printed. */
  readonly output: string;
}

/** A whole network in one file. */
export interface NetworkFile {
  readonly source: string;
}

/** The same, by exercise. */
export interface NetworkParts {
  /** A Python file for each function that is written, by its name. */
  readonly functions: Readonly<Record<string, string>>;
  /** What no function needs. */
  readonly besides: string;
  /** What is done when the file is run; None for the lesson's. */
  readonly training: string | null;
}

/** Ask for `steps` more steps of the learner's own network. */
export interface TrainMineRequest {
  readonly settings: Settings;
  readonly params: LinearParams | TwoLayerParams;
  readonly step: number;
  readonly steps: number;
  /** A Python file with all of its functions. */
  readonly source: string;
  /** Where the package's run is by then; without it, at `params` too. */
  readonly package: TwoLayerParams | null;
}

/** The learner's network after these steps: fewer than asked for if it is slow. */
export interface TrainMineReply {
  readonly params: LinearParams | TwoLayerParams;
  readonly step: number;
  readonly losses: NumericArray;
  readonly accuracies: NumericArray;
  readonly dead_units: number;
  readonly diverged_at: number | null;
  readonly diagnosis: Diagnosis | null;
  /** The package's loss at the same steps; fewer if its run diverges. */
  readonly package_losses: NumericArray;
  /** Where the package's run is now. */
  readonly package: TwoLayerParams;
  /** The first step at which the learner's network does not do as the package. */
  readonly parted_at: number | null;
  /** What came of it. Markdown. */
  readonly sentence: string;
}

/** The exercises, in their order; `trains`: whether training calls it. */
export const EXERCISES = [
  {
    number: 1,
    name: "spiral",
    title: "The spiral",
    href: "1-the-spiral#exercise-spiral",
    trains: false,
  },
  {
    number: 2,
    name: "affine",
    title: "The scores of a linear classifier",
    href: "2-a-linear-classifier-fails#exercise-affine",
    trains: false,
  },
  {
    number: 3,
    name: "initial_parameters",
    title: "The initial parameters",
    href: "3-a-hidden-layer#exercise-initial-parameters",
    trains: false,
  },
  {
    number: 4,
    name: "forward",
    title: "The forward pass",
    href: "4-forward-pass#exercise-forward",
    trains: true,
  },
  {
    number: 5,
    name: "softmax",
    title: "Softmax",
    href: "5-loss#exercise-softmax",
    trains: true,
  },
  {
    number: 6,
    name: "loss",
    title: "The loss",
    href: "5-loss#exercise-loss",
    trains: true,
  },
  {
    number: 7,
    name: "cross_entropy_backward",
    title: "The gradient on the scores",
    href: "6-backward-pass#exercise-cross-entropy-backward",
    trains: true,
  },
  {
    number: 8,
    name: "backward",
    title: "The backward pass",
    href: "6-backward-pass#exercise-backward",
    trains: true,
  },
  {
    number: 9,
    name: "update",
    title: "The update",
    href: "6-backward-pass#exercise-update",
    trains: true,
  },
] as const;
