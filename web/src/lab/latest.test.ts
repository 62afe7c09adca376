import { expect, it } from "vitest";
import { latest } from "./latest";

it("works on one thing at a time, and then on the last that came in", async () => {
  const done: number[] = [];
  let finish = () => {};
  const work = latest(async (value: number) => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    done.push(value);
  });
  const settle = async () => {
    finish();
    await new Promise((resolve) => setTimeout(resolve));
  };
  for (const value of [1, 2, 3]) work(value);
  await settle();
  expect(done).toEqual([1]);
  await settle();
  expect(done).toEqual([1, 3]);
  work(4);
  await settle();
  expect(done).toEqual([1, 3, 4]);
});
