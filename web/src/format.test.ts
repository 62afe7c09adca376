import { expect, test } from "vitest";
import { decimal, list, lossText, placesFor, powerOfTen } from "./format";

test("decimals have a real minus sign, but not before a zero", () => {
  expect(decimal(-1.239, 2)).toBe("−1.24");
  expect(decimal(-0.001, 2)).toBe("0.00");
  expect(decimal(0, 3)).toBe("0.000");
});

test("small arrays get more decimals", () => {
  expect(placesFor([4.4, -0.01])).toBe(2);
  expect(placesFor([0.0273, 0])).toBe(4);
  expect(placesFor([0, 0])).toBe(2);
});

test("small numbers are written by their power of ten", () => {
  expect(powerOfTen(3.24e-10)).toBe("3.2\u00a0·\u00a010⁻¹⁰");
  expect(powerOfTen(1e-6)).toBe("10⁻⁶");
  expect(powerOfTen(1.357)).toBe("1.36");
  expect(powerOfTen(0)).toBe("0");
});

test("lists end in and", () => {
  expect(list([])).toBe("");
  expect(list(["dW1"])).toBe("dW1");
  expect(list([2, 3, 5])).toBe("2, 3 and 5");
});

test("a loss, and one that runs away", () => {
  expect(lossText(1.0986, 4)).toBe("1.0986");
  expect(lossText(123456.789, 3)).toBe("123456.789");
  expect(lossText(6.26476902489171e86, 4)).toBe("6.3\u00a0·\u00a010⁸⁶");
});
