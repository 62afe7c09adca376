/** The page's script: what every page needs, and each figure's code where it is used. */

import "./page.css";
import "./figure-heights.css";
import "./elements/chapter-progress";
import "./elements/clear-progress";
import "./elements/continue-reading";
import "./elements/quiz-question";
import "./elements/theme-switch";
import { followProgress } from "./progress";
import { followReading } from "./reading";
import { applyTheme, followPrinting } from "./theme";

applyTheme();
followPrinting();
followProgress();

const chapter = document.querySelector<HTMLElement>("[data-chapter]");
if (chapter) followReading(chapter, chapter.dataset["chapter"] ?? "");

/** Elements by tag; each is loaded when the page has one. */
const ELEMENTS: Readonly<Record<string, () => Promise<unknown>>> = {
  "spiral-data": () => import("./elements/spiral-data"),
  "spiral-generator": () => import("./elements/spiral-generator"),
  "linear-classifier": () => import("./elements/linear-classifier"),
  "network-diagram": () => import("./elements/network-diagram"),
  "loss-curve": () => import("./elements/loss-curve"),
  "softmax-scores": () => import("./elements/softmax-scores"),
  "regularisation-loss": () => import("./elements/regularisation-loss"),
  "hidden-tiles": () => import("./elements/hidden-tiles"),
  "forward-trace": () => import("./elements/forward-trace"),
  "backward-trace": () => import("./elements/backward-trace"),
  "gradient-check": () => import("./elements/gradient-check"),
  "live-training": () => import("./elements/live-training"),
  "score-space": () => import("./elements/score-space"),
  "framework-listings": () => import("./elements/framework-listings"),
};

for (const [tag, load] of Object.entries(ELEMENTS)) {
  if (document.querySelector(tag)) void load();
}

if (document.querySelector("forward-trace, backward-trace, gradient-check")) {
  void import("./pointing-page").then(({ followPointing }) => followPointing());
}
