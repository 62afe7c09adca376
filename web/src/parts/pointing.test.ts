import { beforeEach, describe, expect, test } from "vitest";
import {
  arrayOf,
  heldName,
  hold,
  marks,
  nameOf,
  onPointing,
  placeOf,
  pointAt,
  pointed,
  shownName,
  valueName,
} from "./pointing";

describe("names", () => {
  test("say which array, and where in it", () => {
    expect(nameOf("hidden", 0, 7)).toBe("hidden[0, 7]");
    expect(placeOf("hidden[0, 7]")).toEqual({ array: "hidden", index: [0, 7] });
    expect(placeOf("y[12]")).toEqual({ array: "y", index: [12] });
    expect(placeOf("W1")).toEqual({ array: "W1", index: undefined });
    expect(arrayOf("dscores[299, 2]")).toBe("dscores");
  });

  test("are the same whatever the spaces", () => {
    expect(valueName("hidden[0,7]")).toBe("hidden[0, 7]");
  });

  test.each(["", "hidden[", "hidden[a]", "hidden[-1, 0]", "two words", undefined])(
    "are not %s",
    (text) => expect(placeOf(text)).toBeUndefined(),
  );

  test("say where the code has one name for two values", () => {
    expect(shownName("dout[0, 3]")).toBe("dhidden[0, 3] after the gate");
    expect(shownName("dhidden[0, 3]")).toBe("dhidden[0, 3]");
  });
});

test("an entry marks itself and its array, and an array no single entry", () => {
  expect(marks("hidden[0, 3]", "hidden[0, 3]")).toBe(true);
  expect(marks("hidden[0, 3]", "hidden")).toBe(true);
  expect(marks("hidden[0, 3]", "hidden[0, 4]")).toBe(false);
  expect(marks("hidden", "hidden[0, 3]")).toBe(false);
  expect(marks(undefined, "hidden")).toBe(false);
});

describe("pointing", () => {
  beforeEach(() => hold(undefined));

  test("what is under the pointer counts while it is there, then what is held", () => {
    hold("W1[0, 0]");
    pointAt("hidden[0, 3]");
    expect(pointed()).toBe("hidden[0, 3]");
    expect(heldName()).toBe("W1[0, 0]");
    pointAt(undefined);
    expect(pointed()).toBe("W1[0, 0]");
    hold(undefined);
    expect(pointed()).toBeUndefined();
  });

  test("is told to all who listen, once for each change", () => {
    const heard: (string | undefined)[] = [];
    const stop = onPointing((name) => heard.push(name));
    pointAt("scores[0, 1]");
    pointAt("scores[0, 1]");
    hold("scores[0, 1]"); // now it stays
    pointAt(undefined);
    pointAt("probs");
    stop();
    pointAt("X");
    expect(heard).toEqual(["scores[0, 1]", "scores[0, 1]", "probs"]);
  });
});
