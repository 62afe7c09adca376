/** How messages travel: MessagePack, arrays as dtype, shape and little-endian bytes. */

import { decode, encode } from "@msgpack/msgpack";
import type { NumericArray } from "./messages";

const CONSTRUCTORS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
} as const;

type Dtype = keyof typeof CONSTRUCTORS;

export function toBytes(message: unknown): Uint8Array<ArrayBuffer> {
  return encode(takenApart(message));
}

export function fromBytes(bytes: ArrayBuffer): unknown {
  return putTogether(decode(bytes));
}

function takenApart(value: unknown): unknown {
  if (isNumericArray(value)) {
    const { shape, data } = value;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { dtype: dtypeOf(data), shape, data: bytes };
  }
  return mapped(value, takenApart);
}

function putTogether(value: unknown): unknown {
  if (isRecord(value) && value["data"] instanceof Uint8Array) {
    const { dtype, shape, data } = value as {
      dtype: Dtype;
      shape: number[];
      data: Uint8Array;
    };
    // A copy, because the bytes of a message are not aligned to whole numbers.
    return { shape, data: new CONSTRUCTORS[dtype](data.slice().buffer) };
  }
  return mapped(value, putTogether);
}

function mapped(value: unknown, change: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, change(inner)]),
  );
}

function dtypeOf(data: NumericArray["data"]): Dtype {
  if (data instanceof Float64Array) return "float64";
  return data instanceof Float32Array ? "float32" : "int32";
}

function isNumericArray(value: unknown): value is NumericArray {
  return isRecord(value) && ArrayBuffer.isView(value["data"]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
