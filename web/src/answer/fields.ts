// What of a form is sent when one question has changed: that question alone, so that nothing else is
// confirmed in passing.

/** The fields of one question, and what every form repeats. */
export function fieldsOf(form: HTMLFormElement, question: HTMLElement): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== 'string') continue;
    const inside = [...question.querySelectorAll<HTMLInputElement>('[name]')].some((one) => one.name === name);
    if (name === 'form' || inside) body.append(name, value);
  }
  return body;
}
