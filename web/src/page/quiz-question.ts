import { answer, progress } from "./progress";

/**
 * A question: keeps the answer, and reads its explanation out.
 *
 * The page has the question, its options and the explanations, and shows the one of
 * the option chosen, without any script.
 */
export class QuizQuestion extends HTMLElement {
  private readonly spoken = document.createElement("p");

  connectedCallback(): void {
    this.spoken.className = "visually-hidden";
    this.spoken.role = "status";
    this.append(this.spoken);
    for (const why of this.querySelectorAll(".why")) why.removeAttribute("role");
    const option = progress().answers[this.chapter]?.[this.id];
    for (const input of this.options) {
      if (input.value === option) input.checked = true;
    }
    this.addEventListener("change", this.answered);
  }

  disconnectedCallback(): void {
    this.removeEventListener("change", this.answered);
  }

  private get chapter(): string {
    return this.closest<HTMLElement>("[data-chapter]")?.dataset["chapter"] ?? "";
  }

  private get options(): NodeListOf<HTMLInputElement> {
    return this.querySelectorAll("input[type=radio]");
  }

  private readonly answered = (event: Event) => {
    const input = event.target as HTMLInputElement;
    answer(this.chapter, this.id, input.value);
    const why = input.parentElement?.querySelector(".why");
    this.spoken.textContent = why?.textContent ?? "";
  };
}

customElements.define("quiz-question", QuizQuestion);

declare global {
  interface HTMLElementTagNameMap {
    "quiz-question": QuizQuestion;
  }
}
