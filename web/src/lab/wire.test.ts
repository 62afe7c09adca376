import { describe, expect, test } from "vitest";
// Made by Python: tests/lab/test_wire_of_the_page.py is the other half of this test.
import fixtures from "../../../tests/lab/fixtures/wire.json";
import {
  DEFAULT_SETTINGS,
  type TrainReply,
  type TrainRequest,
  type TwoLayerParams,
} from "./messages";
import { fromBytes, toBytes } from "./wire";

const PARAMS: TwoLayerParams = {
  model: "two-layer",
  W1: { shape: [2, 1], data: Float64Array.of(0.5, -1.25) },
  b1: { shape: [1, 1], data: Float64Array.of(0.1) },
  W2: { shape: [1, 2], data: Float64Array.of(1, 1 / 3) },
  b2: { shape: [1, 2], data: Float64Array.of(0, -0) },
};

describe("what Python wrote is read", () => {
  test("a reply to train", () => {
    const reply: TrainReply = {
      params: PARAMS,
      step: 12,
      losses: { shape: [2], data: Float64Array.of(1.5, 1 / 3) },
      accuracies: { shape: [2], data: Float64Array.of(0.5, 1) },
      dead_units: 0,
      diverged_at: null,
      diagnosis: null,
    };
    expect(fromBytes(bytesOf(fixtures.train_reply))).toStrictEqual(reply);
  });

  test("a reply to spiral, with whole numbers", () => {
    expect(fromBytes(bytesOf(fixtures.spiral_reply))).toStrictEqual({
      X: { shape: [2, 2], data: Float64Array.of(0, 0, 0.25, -1) },
      y: { shape: [2], data: Int32Array.of(0, 1) },
      r: { shape: [2], data: Float64Array.of(0, 0.5) },
      t: { shape: [2], data: Float64Array.of(-0.25, 4) },
    });
  });

  test("a reply to decision_map, in single precision", () => {
    expect(fromBytes(bytesOf(fixtures.decision_map_reply))).toStrictEqual({
      scores: { shape: [1, 2, 2], data: Float32Array.of(0, -0.75, -0.1, 0) },
      confidence: { shape: [1, 2], data: Float32Array.of(0.75, 0.5) },
    });
  });
});

test("what is written Python can read", () => {
  const request: TrainRequest = {
    settings: { ...DEFAULT_SETTINGS, hidden: 1, classes: 2, learning_rate: 0.32 },
    params: PARAMS,
    step: 10,
    steps: 2,
  };
  expect(hexOf(toBytes(request))).toBe(fixtures.train_request);
});

describe("arrays", () => {
  test("come back as they went, to the last bit", () => {
    const message = {
      // Every length of text puts the array at another place, aligned or not.
      texts: "abcdefg",
      doubles: {
        shape: [5],
        data: Float64Array.of(
          Math.PI,
          -0,
          5e-324,
          Number.NaN,
          Number.NEGATIVE_INFINITY,
        ),
      },
      singles: { shape: [1, 3], data: Float32Array.of(0.1, 3e38, -1e-45) },
      whole: { shape: [2], data: Int32Array.of(2 ** 31 - 1, -(2 ** 31)) },
      none: { shape: [0, 3], data: new Float64Array() },
    };
    for (let length = 0; length < 8; length++) {
      const sent = { ...message, texts: message.texts.slice(0, length) };
      expect(fromBytes(toBytes(sent).slice().buffer)).toStrictEqual(sent);
    }
  });

  test("that are part of a longer one take no more than that part along", () => {
    const long = Float64Array.from({ length: 10 }, (_, i) => i);
    const sent = { part: { shape: [2], data: long.subarray(3, 5) } };
    expect(fromBytes(toBytes(sent).slice().buffer)).toStrictEqual({
      part: { shape: [2], data: Float64Array.of(3, 4) },
    });
  });
});

function bytesOf(hex: string): ArrayBuffer {
  const pairs = hex.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)).buffer;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
