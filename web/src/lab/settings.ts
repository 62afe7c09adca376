/** A figure's settings: from its tag's attributes, and from and to its link. */

import { DEFAULT_SETTINGS, type Settings } from "./messages";
import type { Change, Hyperparameters, Run } from "./run";

type Field = keyof Settings;

const FIELDS = Object.keys(DEFAULT_SETTINGS) as Field[];

/** Settings as a tag gives them: `learning-rate="0.32"`. */
export function settingsOf(
  element: Element,
  otherwise: Settings = DEFAULT_SETTINGS,
): Settings {
  const attributes = new Map<string, string>();
  for (const field of FIELDS) {
    const text = element.getAttribute(attributeOf(field));
    if (text !== null) attributes.set(field, text);
  }
  return settingsFrom(attributes, otherwise);
}

/** The settings that differ, as texts, by field. */
export function differing(settings: Settings, from: Settings): Map<string, string> {
  const fields = new Map<string, string>();
  for (const field of FIELDS) {
    if (settings[field] !== from[field]) fields.set(field, String(settings[field]));
  }
  return fields;
}

/** HTML's own attribute `hidden` hides an element; ours has another name. */
function attributeOf(field: Field): string {
  return field === "hidden" ? "hidden-units" : field.replaceAll("_", "-");
}

/** Settings from texts, by field. What makes no sense the lab will refuse, in words. */
export function settingsFrom(
  texts: ReadonlyMap<string, string>,
  otherwise: Settings,
): Settings {
  const settings: Record<string, string | number | null> = { ...otherwise };
  for (const field of FIELDS) {
    const text = texts.get(field);
    if (text === undefined) continue;
    const isText = typeof DEFAULT_SETTINGS[field] === "string";
    settings[field] = isText ? text : numberOr(text);
  }
  return settings as unknown as Settings;
}

/** The number a text stands for; the text itself when it stands for none. */
function numberOr(text: string): number | string {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}

/** Where in a run a link starts. */
export interface Start {
  readonly step: number;
  readonly changes: Change[];
  readonly speed: number | undefined;
  readonly auto: boolean;
}

export function startOf(texts: ReadonlyMap<string, string>): Start {
  const step = Number(texts.get("step") ?? 0);
  const speed = Number(texts.get("speed") ?? Number.NaN);
  return {
    step: Number.isInteger(step) && step > 0 ? step : 0,
    changes: (texts.get("changes") ?? "").split(";").flatMap(changeFrom),
    speed: speed > 0 ? speed : undefined,
    auto: texts.get("auto") === "1",
  };
}

function changeFrom(text: string): Change[] {
  const [step, learning_rate, reg] = text.split(":").map(Number);
  const known = step !== undefined && learning_rate !== undefined && reg !== undefined;
  return known && Number.isInteger(step) ? [{ step, learning_rate, reg }] : [];
}

/** A link's fields: all that differs from what the tag gives. */
export function linkOf(
  defaults: Settings,
  run: Run,
  step: number,
  now: Hyperparameters,
  speed: number,
): Map<string, string> {
  const changes = run.changes.filter((change) => change.step < step);
  const last = changes.at(-1);
  if (last?.learning_rate !== now.learning_rate || last.reg !== now.reg) {
    changes.push({ step, ...now });
  }
  const [first, ...later] = changes as [Change, ...Change[]];
  const { learning_rate } = first;
  const fields = differing({ ...run.settings, learning_rate }, defaults);
  if (first.reg !== run.settings.reg) later.unshift(first); // step 0 keeps its loss
  if (later.length > 0) fields.set("changes", later.map(written).join(";"));
  if (step > 0) fields.set("step", String(step));
  if (speed !== 5) fields.set("speed", String(speed));
  return fields;
}

function written({ step, learning_rate, reg }: Change): string {
  return [step, learning_rate, reg].join(":");
}
