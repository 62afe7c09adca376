/** The page's script: what every page needs, and each figure's code where it is used. */

import "./page/colours.css";
import "./page/page.css";
import "./page/front.css";
import "./page/prose.css";
import "./page/figures.css";
import "./page/figure-heights.css";
import "./exercises/exercise.css";
import "./page/stills.css";
import "./page/quizzes.css";
import "./page/print.css";
import "./page/chapter-progress";
import "./page/clear-progress";
import "./page/continue-reading";
import "./page/quiz-question";
import "./page/theme-switch";
import { followProgress } from "./page/progress";
import { followReading } from "./page/reading";
import { applyTheme, followPrinting } from "./page/theme";

applyTheme();
followPrinting();
followProgress();

const chapter = document.querySelector<HTMLElement>("[data-chapter]");
if (chapter) followReading(chapter, chapter.dataset["chapter"] ?? "");

/** Elements by tag; each is loaded when the page has one. */
const ELEMENTS: Readonly<Record<string, () => Promise<unknown>>> = {
  "spiral-data": () => import("./figures/spiral-data/spiral-data"),
  "spiral-generator": () => import("./figures/spiral-generator/spiral-generator"),
  "linear-classifier": () => import("./figures/linear-classifier/linear-classifier"),
  "network-diagram": () => import("./figures/network-diagram/network-diagram"),
  "loss-curve": () => import("./figures/loss-curve/loss-curve"),
  "softmax-scores": () => import("./figures/softmax-scores/softmax-scores"),
  "regularisation-loss": () =>
    import("./figures/regularisation-loss/regularisation-loss"),
  "hidden-tiles": () => import("./figures/hidden-tiles/hidden-tiles"),
  "forward-trace": () => import("./figures/forward-trace/forward-trace"),
  "backward-trace": () => import("./figures/backward-trace/backward-trace"),
  "gradient-check": () => import("./figures/gradient-check/gradient-check"),
  "live-training": () => import("./figures/live-training/live-training"),
  "score-space": () => import("./figures/score-space/score-space"),
  "framework-listings": () => import("./figures/framework-listings/framework-listings"),
  "framework-parity": () => import("./figures/framework-parity/framework-parity"),
  "code-exercise": () => import("./exercises/code-exercise"),
  "my-network": () => import("./exercises/my-network"),
};

for (const [tag, load] of Object.entries(ELEMENTS)) {
  if (document.querySelector(tag)) void load();
}

if (document.querySelector("forward-trace, backward-trace, gradient-check")) {
  void import("./page/pointing-page").then(({ followPointing }) => followPointing());
}
